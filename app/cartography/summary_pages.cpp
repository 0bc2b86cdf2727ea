#include "app/cartography/summary_pages.hpp"

#include "app/cartography/summary_charts.hpp"
#include "app/cartography/summary_table.hpp"
#include "app/cartography/task_sheet.hpp"
#include "app/report/cell_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace app {

namespace {

constexpr double kLongA4Mm = 297;
constexpr double kShortA4Mm = 210;
constexpr double kLongA3Mm = 420;
/// The margin to bind at is the left one (domain.md 3.5).
constexpr double kLeftMm = 25;
constexpr double kMarginMm = 10;
constexpr double kFootMm = 6;
constexpr double kTitleMm = 15.5;
constexpr double kAlertMm = 4.6;
constexpr double kGapMm = 2;
constexpr double kLeastChartMm = 40;
constexpr double kMostChartMm = 70;
constexpr double kNoteSizeMm = 2.45;
constexpr double kNoteGapMm = 0.4;

double roomOf(double paperMm) {
    return paperMm - kLeftMm - kMarginMm;
}

TextStyle noteStyle(double widthMm) {
    TextStyle style;
    style.sizeMm = kNoteSizeMm;
    style.widthMm = widthMm;
    return style;
}

/// What the tables prove: each adds up, and those without double counting come to the same.
std::string proofText(const std::vector<SummaryTable>& tables) {
    const auto text = [](const SummaryTable& table, std::size_t column) {
        layers::Column look;
        look.decimals = table.decimals[column];
        return printedText(table.rows.back()[column], look);
    };
    return fmt::format(
        "核对：三表各列的合计均等于各行之和(按印出的数逐列相加)；按县、按人类活动类型两表的去重"
        "合计相同：图斑 {} 个，涉及管控区 {} 处 {} 公顷。",
        text(tables[0], 1), text(tables[0], 2), text(tables[0], 3));
}

/// Whether the first table and its charts stand on one page.
bool chartsHaveRoom(const SummaryPaper& paper, const SummarySheet& sheet, const PaperTable& table) {
    double height = kTitleMm + kAlertMm * static_cast<double>(sheet.alerts.size()) + table.headHeight();
    for (std::size_t r = 0; r < table.rowCount(); ++r) {
        height += table.rowHeight(r);
    }
    const TextStyle style = noteStyle(roomOf(paper.widthMm));
    for (const std::string& note : sheet.tables.front().notes) {
        height += measureText(note, style).height + kNoteGapMm;
    }
    height += measureText(proofText(sheet.tables), style).height + kNoteGapMm;
    return height + 2 * kGapMm + kLeastChartMm <= paper.heightMm - 2 * kMarginMm - kFootMm;
}

/// Lays out and paints; with `count` it only counts.
class Pages {
  public:
    Pages(const SummaryPaper& paper, const SheetTemplate& sheet, std::string date)
        : m_paper(paper), m_sheet(sheet), m_date(std::move(date)) {}

    /// @param canvas nullptr: counts only
    void run(const std::vector<SummarySheet>& sheets, Canvas* canvas) {
        m_canvas = canvas;
        m_total = m_page;
        m_page = 0;
        for (const SummarySheet& sheet : sheets) {
            for (std::size_t i = 0; i < sheet.tables.size(); ++i) {
                addTable(sheet, i);
            }
        }
    }
    [[nodiscard]] std::size_t count() const { return m_page; }

  private:
    [[nodiscard]] double bottom() const { return m_paper.heightMm - kMarginMm - kFootMm; }
    [[nodiscard]] double room() const { return roomOf(m_paper.widthMm); }

    void begin(const SummarySheet& sheet, const SummaryTable& table, bool isContinued) {
        ++m_page;
        m_top = kMarginMm;
        if (m_canvas != nullptr) {
            paintTitle(*m_canvas, {kLeftMm, m_top}, room(), m_sheet.mark,
                       table.title + (isContinued ? "(续)" : ""), {5, 1.5});
            TextStyle style = noteStyle(room());
            style.mostLines = 1;
            m_canvas->text({kLeftMm, m_top + 10.6}, sheet.info + "　编制日期：" + m_date + "　单位：处、公顷",
                           style);
        }
        m_top += kTitleMm;
        for (const std::string& alert : sheet.alerts) {
            if (m_canvas != nullptr) {
                TextStyle style = noteStyle(room());
                style.bold = true;
                style.mostLines = 1;
                m_canvas->text({kLeftMm, m_top}, "【" + alert + "】", style);
            }
            m_top += kAlertMm;
        }
    }

    void end() {
        if (m_canvas == nullptr) {
            return;
        }
        const double top = m_paper.heightMm - kMarginMm - 3.4;
        m_canvas->moveTo({kLeftMm, top - 0.8});
        m_canvas->lineTo({kLeftMm + room(), top - 0.8});
        m_canvas->stroke({kBlack, 0.12});
        TextStyle style;
        style.sizeMm = 2.3;
        style.mostLines = 1;
        constexpr double kNoticeShare = 0.8;
        style.widthMm = room() * kNoticeShare;
        m_canvas->text({kLeftMm, top}, m_sheet.notice, style);
        style.align = TextAlign::Right;
        style.widthMm = room() * (1 - kNoticeShare);
        m_canvas->text({kLeftMm + room() * kNoticeShare, top},
                       fmt::format("第 {} 页 共 {} 页", m_page, m_total), style);
        m_canvas->finishPage();
    }

    void addTable(const SummarySheet& sheet, std::size_t number) {
        const SummaryTable& table = sheet.tables[number];
        const PaperTable paper(table, room(), m_paper.sizeMm);
        begin(sheet, table, false);
        paintHead(paper);
        for (std::size_t r = 0; r < paper.rowCount(); ++r) {
            if (m_top + paper.rowHeight(r) > bottom()) {
                end();
                begin(sheet, table, true);
                paintHead(paper);
            }
            if (m_canvas != nullptr) {
                paper.paintRow(*m_canvas, r, {kLeftMm, m_top});
            }
            m_top += paper.rowHeight(r);
        }
        m_top += kGapMm / 2;
        for (const std::string& note : table.notes) {
            addNote(sheet, table, note);
        }
        if (number == 0) {
            if (sheet.alerts.empty()) {
                addNote(sheet, table, proofText(sheet.tables));
            }
            addCharts(sheet, table);
        }
        end();
    }

    void paintHead(const PaperTable& paper) {
        if (m_canvas != nullptr) {
            paper.paintHead(*m_canvas, {kLeftMm, m_top});
        }
        m_top += paper.headHeight();
    }

    void addNote(const SummarySheet& sheet, const SummaryTable& table, const std::string& note) {
        const TextStyle style = noteStyle(room());
        const double height = measureText(note, style).height;
        if (m_top + height > bottom()) {
            end();
            begin(sheet, table, true);
        }
        if (m_canvas != nullptr) {
            m_canvas->text({kLeftMm, m_top}, note, style);
        }
        m_top += height + kNoteGapMm;
    }

    void addCharts(const SummarySheet& sheet, const SummaryTable& table) {
        m_top += kGapMm;
        if (m_top + kLeastChartMm > bottom()) {
            end();
            begin(sheet, table, true);
        }
        const double height = std::min(kMostChartMm, bottom() - m_top);
        constexpr double kCountyShare = 0.58;
        constexpr double kApartMm = 8;
        const double left = (room() - kApartMm) * kCountyShare;
        if (m_canvas != nullptr) {
            paintColumns(*m_canvas, countyChart(table), {kLeftMm, m_top, left, height});
            paintBars(*m_canvas, classChart(table),
                      {kLeftMm + left + kApartMm, m_top, room() - kApartMm - left, height});
        }
        m_top += height;
    }

    const SummaryPaper& m_paper;
    const SheetTemplate& m_sheet;
    std::string m_date;
    Canvas* m_canvas = nullptr;
    std::size_t m_page = 0;
    std::size_t m_total = 0;
    double m_top = 0;
};

} // namespace

SummarySheet summarySheet(const CheckResult& result, const std::string& batchCode) {
    SummarySheet sheet;
    sheet.tables = summaryTables(result);
    sheet.lost.merge(lostCharacters(result.batch));
    for (const SummaryTable& table : sheet.tables) {
        for (const std::string& column : columnsThatDoNotClose(table)) {
            sheet.alerts.push_back(
                fmt::format("结果无效：{}的{}不等于各行之和，不得使用", table.title, column));
        }
        for (const std::vector<layers::Value>& row : table.rows) {
            for (const layers::Value& value : row) {
                if (const auto* text = std::get_if<std::string>(&value)) {
                    sheet.lost.merge(lostCharacters(*text));
                }
            }
        }
    }
    constexpr std::size_t kLastSameColumn = 3; // total, listed, hectares
    for (std::size_t c = 1; c <= kLastSameColumn; ++c) {
        if (sheet.tables[0].rows.back()[c] != sheet.tables[1].rows.back()[c]) {
            sheet.alerts.emplace_back("结果无效：按县与按人类活动类型的合计不同，不得使用");
        }
    }
    if (!result.faults.empty()) {
        sheet.alerts.emplace_back("结果无效：合计不闭合，见核查说明，不得使用");
    }
    const std::string name = paperText(result.batch);
    sheet.info = "批次：" + (name.empty() ? batchCode : name);
    if (!batchCode.empty() && !name.empty() && name != batchCode) {
        sheet.info += " (" + batchCode + ")";
    }
    return sheet;
}

bool SummaryPaper::isA3() const {
    return widthMm > kLongA4Mm;
}

SummaryPaper summaryPaper(const std::vector<SummarySheet>& sheets) {
    constexpr std::array kSizes{2.8, 2.6, 2.45, 2.3};
    constexpr std::array kPapers{std::pair{kLongA4Mm, kShortA4Mm}, std::pair{kLongA3Mm, kLongA4Mm}};
    const auto all = [&](const SummaryPaper& paper, const auto& test) {
        return std::all_of(sheets.begin(), sheets.end(), [&](const SummarySheet& sheet) {
            return test(paper, sheet, PaperTable(sheet.tables.front(), roomOf(paper.widthMm), paper.sizeMm));
        });
    };
    const auto fits = [](const SummaryPaper&, const SummarySheet&, const PaperTable& table) {
        return table.fits();
    };
    for (const auto& [width, height] : kPapers) {
        std::optional<SummaryPaper> largest;
        for (const double size : kSizes) {
            const SummaryPaper paper{width, height, size};
            if (!all(paper, fits)) {
                continue;
            }
            if (all(paper, chartsHaveRoom)) {
                return paper; // one page for leaders
            }
            largest = largest ? largest : paper;
        }
        if (largest) {
            return *largest;
        }
    }
    constexpr double kSmallest = 1.6; // figures are never cut
    return {kLongA3Mm, kLongA4Mm, kSmallest};
}

SummaryFile writeSummaryPages(const std::filesystem::path& file, const std::vector<SummarySheet>& sheets,
                              const SheetTemplate& sheet, const std::string& date) {
    requireFonts();
    SummaryFile written{summaryPaper(sheets), 0};
    Pages pages(written.paper, sheet, date);
    pages.run(sheets, nullptr);
    written.pages = pages.count();
    Canvas canvas =
        Canvas::pdf(file, written.paper.widthMm, written.paper.heightMm, {"疑似问题图斑核查汇总表", date});
    pages.run(sheets, &canvas);
    canvas.close();
    return written;
}

} // namespace app
