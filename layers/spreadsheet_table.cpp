#include "layers/error.hpp"
#include "layers/feature_source.hpp"
#include "layers/ogr_handle.hpp"
#include "layers/spreadsheet_size.hpp"
#include "layers/spreadsheet_times.hpp"
#include "layers/table_reader.hpp"
#include "layers/text.hpp"

#include <cpl_conv.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::uint64_t kUnpackedMost = std::uint64_t{2} << 30U;
constexpr std::uint64_t kMemoryMost = std::uint64_t{1} << 30U; ///< sheets are held in memory

/// Settings of OGR's drivers for as long as this lives: rows as they are, cells as text.
class RawRows {
  public:
    RawRows() {
        for (const char* option : kHeaders) {
            CPLSetThreadLocalConfigOption(option, "DISABLE");
        }
        for (const char* option : kTypes) {
            CPLSetThreadLocalConfigOption(option, "STRING");
        }
    }
    ~RawRows() {
        for (const char* option : kHeaders) {
            CPLSetThreadLocalConfigOption(option, nullptr);
        }
        for (const char* option : kTypes) {
            CPLSetThreadLocalConfigOption(option, nullptr);
        }
    }
    RawRows(const RawRows&) = delete;
    RawRows& operator=(const RawRows&) = delete;

  private:
    static constexpr std::array<const char*, 2> kHeaders{"OGR_XLSX_HEADERS", "OGR_XLS_HEADERS"};
    static constexpr std::array<const char*, 2> kTypes{"OGR_XLSX_FIELD_TYPES", "OGR_XLS_FIELD_TYPES"};
};

/// True for messages of the drivers that mean rows or columns are missing from what they give.
bool meansLoss(const std::string& message) {
    return message.find("Invalid row") != std::string::npos ||
           message.find("number of fields") != std::string::npos ||
           message.find("number of columns") != std::string::npos;
}

/// True for the digits of a number that a spreadsheet cannot have held whole: 16 and more, with an exponent.
bool hasLostDigits(std::string_view text) {
    constexpr int kWholeDigits = 15;
    const std::size_t exponent = std::min(text.find("E+"), text.find("e+"));
    if (exponent == std::string_view::npos || exponent == 0 ||
        text.substr(0, exponent).find_first_not_of("0123456789.") != std::string_view::npos) {
        return false;
    }
    int power = 0;
    const auto end = std::from_chars(text.data() + exponent + 2, text.data() + text.size(), power);
    return end.ec == std::errc() && end.ptr == text.data() + text.size() && power >= kWholeDigits;
}

/// True for 06:15:20, which is what the XLS driver makes of a time.
bool isShownClock(std::string_view text) {
    constexpr std::string_view kForm = "00:00:00";
    constexpr std::string_view kMost = "23:59:59";
    const auto fits = [&](std::size_t at) {
        return kForm[at] == ':' ? text[at] == ':' : text[at] >= '0' && text[at] <= '9';
    };
    bool isForm = text.size() == kForm.size() && text <= kMost;
    for (std::size_t at = 0; isForm && at < kForm.size(); ++at) {
        isForm = fits(at);
    }
    return isForm;
}

/// 30.050000000000001 is stored for what is shown as 30.05: fifteen digits count.
std::string shownNumber(std::string text) {
    constexpr std::size_t kShownDigits = 15;
    const std::size_t point = text.find('.');
    const std::size_t first = text.find_first_not_of("-0.");
    if (point == std::string::npos || first == std::string::npos || text.size() - first <= kShownDigits + 1 ||
        text.find_first_not_of("0123456789.", text.front() == '-' ? 1 : 0) != std::string::npos) {
        return text;
    }
    double value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isNumber = end.ec == std::errc() && end.ptr == text.data() + text.size();
    return isNumber ? fmt::format("{:.15g}", value) : text;
}

/// Throws layers::Error when no driver can read it, or it would take too much memory.
ogr::DatasetPtr openWorkbook(const std::filesystem::path& file, ogr::MessageCatcher& catcher) {
    const std::string name = file.filename().string();
    const SpreadsheetSize size = spreadsheetSize(file);
    if (size.unpackedBytes > kUnpackedMost || size.memoryBytes > kMemoryMost) {
        throw Error(name +
                    "：工作簿太大（读入内存要 1 GiB 以上），不读取；请另存为 CSV / the workbook is too large "
                    "(more than 1 GiB in memory) and is not read: save it as CSV");
    }
    ogr::DatasetPtr dataset = ogr::openReadOnly(file.string(), {"XLSX", "XLS"});
    if (!dataset) {
        std::string detail;
        for (const std::string& message : catcher.take()) {
            detail += (detail.empty() ? "" : "; ") + message;
        }
        throw Error(name +
                    "：工作簿无法读取（损坏、加密或不是工作簿），请用表格软件打开后另存 / the workbook "
                    "cannot be read (damaged, encrypted or none): open and save it again" +
                    (detail.empty() ? "" : ": " + detail));
    }
    return dataset;
}

/// A sheet through OGR's XLSX or XLS driver: texts as they are, numbers with the digits that are shown, dates
/// as 2024/03/15.
class SpreadsheetTable final : public TableReader {
  public:
    SpreadsheetTable(const LayerRef& ref, ProblemLog& log) : m_log(log) {
        const std::string name = ref.file.filename().string();
        ogr::MessageCatcher catcher;
        const RawRows raw;
        m_dataset = openWorkbook(ref.file, catcher);
        chooseSheet(ref, name, catcher);
        const std::string_view driver = GDALGetDriverShortName(GDALGetDatasetDriver(m_dataset.get()));
        m_isOld = driver == "XLS";
        if (!m_isOld) {
            m_times = spreadsheetTimes(ref.file, m_info.sheet);
            tellCountFrom1904();
        }
        m_info.encoding = "UTF-8";
        m_info.encodingReason = "workbook";
        m_info.members = {ref.file};
        OGR_L_ResetReading(m_layer);
    }

    [[nodiscard]] const TableInfo& info() const override { return m_info; }

    [[nodiscard]] bool next(TableRow& row) override {
        const ogr::FeaturePtr from(OGR_L_GetNextFeature(m_layer));
        if (!from) {
            return false;
        }
        const auto feature = static_cast<OGRFeatureH>(from.get());
        row.number = ++m_row;
        const int columns = OGR_F_GetFieldCount(feature);
        row.cells.assign(static_cast<std::size_t>(columns), {});
        row.clocks.clear();
        for (int n = 0; n < columns; ++n) {
            if (OGR_F_IsFieldSetAndNotNull(feature, n) != 0) {
                std::string& cell = row.cells[static_cast<std::size_t>(n)];
                cell = shownNumber(trimmed(OGR_F_GetFieldAsString(feature, n)));
                noteLostDigits(cell, row.number);
                if (m_isOld && isShownClock(cell)) {
                    row.clocks.push_back({n, false});
                }
            }
        }
        takeTimes(row);
        return true;
    }

  private:
    /// What the driver makes of dates and times is put right.
    void takeTimes(TableRow& row) {
        const auto number = static_cast<std::uint32_t>(row.number);
        for (; m_nextTime < m_times.cells.size() && m_times.cells[m_nextTime].row <= number; ++m_nextTime) {
            const TimedCell& timed = m_times.cells[m_nextTime];
            if (timed.row != number || timed.column == 0 || timed.column > row.cells.size()) {
                continue;
            }
            std::string& cell = row.cells[timed.column - 1];
            if (timed.kind == TimedCell::Kind::Date) {
                const std::string date = dateTextFrom1904(timed.days);
                cell = date.empty() ? cell : date;
            } else {
                cell = clockText(timed.days);
                row.clocks.push_back(
                    {static_cast<int>(timed.column) - 1, timed.kind == TimedCell::Kind::Clock});
            }
        }
    }

    void tellCountFrom1904() {
        const auto dates =
            std::count_if(m_times.cells.begin(), m_times.cells.end(),
                          [](const TimedCell& cell) { return cell.kind == TimedCell::Kind::Date; });
        if (!m_times.countFrom1904) {
            return;
        }
        Problem problem;
        problem.kind = ProblemKind::DateSuspicious;
        problem.count = std::max<std::int64_t>(1, dates);
        problem.textZh =
            fmt::format("工作簿采用 1904 日期系统（Mac 版 Excel），本表有 {} 个日期单元格", dates);
        problem.textEn = fmt::format(
            "the workbook counts days from 1904 (Excel for Mac); the sheet has {} cells of dates", dates);
        problem.doneZh =
            "日期单元格按 1904 年起算（比 1900 日期系统晚 4 年零 1 天）；没有日期格式的数字仍按 1900 "
            "年起算，请设为日期格式";
        problem.doneEn =
            "cells formatted as dates are counted from 1904 (four years and a day later than from "
            "1900); numbers without a date format are counted from 1900: format them as dates";
        m_log.add(std::move(problem));
    }

    /// Empty sheets (Sheet2, Sheet3) are no choice.
    void chooseSheet(const LayerRef& ref, const std::string& file, ogr::MessageCatcher& catcher) {
        std::vector<std::string> filled;
        for (int n = 0; n < GDALDatasetGetLayerCount(m_dataset.get()); ++n) {
            OGRLayerH layer = GDALDatasetGetLayer(m_dataset.get(), n);
            const std::string sheet = OGR_L_GetName(layer);
            const bool isAsked = ref.layer.empty() || ref.layer == sheet;
            if (!isAsked || OGR_L_GetFeatureCount(layer, 1) > 0) {
                filled.push_back(sheet);
            }
        }
        tellMessages(file, catcher.take());
        if (filled.empty()) {
            throw Error(file + "：工作簿中没有数据 / the workbook holds no rows");
        }
        m_info.sheet = chooseLayer(ref, filled);
        m_layer = GDALDatasetGetLayerByName(m_dataset.get(), m_info.sheet.c_str());
        m_info.rows = OGR_L_GetFeatureCount(m_layer, 1);
        OGR_L_GetLayerDefn(
            m_layer); // the XLS driver decides only here what is a heading: while RawRows says none
    }

    void tellMessages(const std::string& file, const std::vector<std::string>& messages) {
        for (const std::string& message : messages) {
            if (meansLoss(message)) {
                throw Error(fmt::format("{0}：工作表不能完整读取（行有大段空缺，或超过 2000 "
                                        "列），请整理后另存 / the sheet cannot be read "
                                        "whole (a large gap between rows, or more than 2000 columns): tidy "
                                        "it up and save it again: {1}",
                                        file, message));
            }
            Problem problem;
            problem.kind = ProblemKind::FileDamaged;
            problem.textZh = "读取工作簿时的提示：" + message;
            problem.textEn = "while reading the workbook: " + message;
            problem.doneZh = "能读的照读";
            problem.doneEn = "what can be read is read";
            m_log.addGrouped(std::move(problem));
        }
    }

    void noteLostDigits(const std::string& cell, std::int64_t number) {
        if (!hasLostDigits(cell)) {
            return;
        }
        Problem problem;
        problem.kind = ProblemKind::ValueUnreadable;
        problem.feature = number;
        problem.textZh = "单元格是 16 位以上的数字，表格软件只保留 15 位（如“" + cell + "”）";
        problem.textEn = "a cell holds a number of more than 15 digits, which spreadsheets do not keep";
        problem.doneZh = "照读；编码请在表格中改为文本";
        problem.doneEn = "read as it is; keep codes as text";
        m_log.addGrouped(std::move(problem));
    }

    ProblemLog& m_log;
    ogr::DatasetPtr m_dataset;
    OGRLayerH m_layer = nullptr;
    TableInfo m_info;
    SpreadsheetTimes m_times;
    std::size_t m_nextTime = 0;
    bool m_isOld = false; ///< an .xls, of which the driver drops the days of times beyond 24 hours
    std::int64_t m_row = 0;
};

} // namespace

std::vector<std::string> spreadsheetSheets(const std::filesystem::path& file) {
    ogr::MessageCatcher catcher;
    const RawRows raw;
    const ogr::DatasetPtr dataset = openWorkbook(file, catcher);
    std::vector<std::string> sheets;
    for (int n = 0; n < GDALDatasetGetLayerCount(dataset.get()); ++n) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset.get(), n);
        if (OGR_L_GetFeatureCount(layer, 1) > 0) {
            sheets.emplace_back(OGR_L_GetName(layer));
        }
    }
    return sheets;
}

std::unique_ptr<TableReader> openSpreadsheet(const LayerRef& ref, ProblemLog& log) {
    return std::make_unique<SpreadsheetTable>(ref, log);
}

} // namespace layers
