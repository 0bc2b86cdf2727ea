#include "layers/coordinate_columns.hpp"
#include "layers/error.hpp"
#include "layers/feature_source.hpp"
#include "layers/point_cells.hpp"
#include "layers/split_coordinates.hpp"
#include "layers/table_heading.hpp"
#include "layers/table_reader.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::size_t kLookedRows = 2000; ///< on which columns and units are judged
constexpr std::size_t kPerFeatureBytes = 256;

std::string joinedNames(const std::vector<std::string>& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

/// A table whose rows have coordinates, as a layer of points (or of what its WKT says).
class TableSource final : public FeatureSource {
  public:
    TableSource(const LayerRef& ref, const ReadOptions& options, ProblemLog& log)
        : m_log(log), m_file(ref.file.filename().string()),
          m_option(std::string(roleKey(options.role)) + "."), m_table(openTable(ref, options.encoding, log)),
          m_mapShift(options.positions.mapShift) {
        TableRow row;
        while (m_first.size() < kLookedRows && m_table->next(row)) {
            m_first.push_back(row);
        }
        if (std::all_of(m_first.begin(), m_first.end(), isBlankRow)) {
            throw Error(m_file + "：表中没有数据 / the table has no rows");
        }
        const TableHeading heading = findHeading(
            m_first, [&](const auto& cells) { return namesCoordinates(cells, options.mapping); }, log);
        m_names = heading.names;
        m_first.erase(m_first.begin(), m_first.begin() + static_cast<std::ptrdiff_t>(heading.rows));
        lookForMarks(options.role);
        auto columns = findCoordinateColumns(m_names, options.mapping, m_option, m_file);
        if (!columns) {
            refuseWithoutColumns();
        }
        if (columns->xParts > 1 || columns->yParts > 1) {
            noteSplitCoordinates(
                {"坐标的度、分、秒各占一列", "degrees, minutes and seconds stand in columns of their own"},
                log);
        }
        std::size_t headingRows = heading.rows;
        if (!m_first.empty() && takeSplitCoordinates(m_first.front(), m_names, *columns, m_file, log)) {
            m_first.erase(m_first.begin());
            ++headingRows;
        }
        m_cells.emplace(*columns, m_names, m_option, m_file);
        m_cells->judge(m_first, log);
        fillInfo(*columns, static_cast<std::int64_t>(headingRows));
    }

    [[nodiscard]] const SourceInfo& info() const override { return m_info; }

    [[nodiscard]] std::vector<RawFeature> read(std::size_t bytes) override {
        std::vector<RawFeature> batch;
        std::size_t taken = 0;
        while (taken < bytes) {
            TableRow row;
            if (!nextRow(row)) {
                noteBlank();
                break;
            }
            if (isBlankRow(row)) {
                ++m_blank;
                continue;
            }
            taken += kPerFeatureBytes;
            for (const std::string& cell : row.cells) {
                taken += cell.size() + sizeof(std::string);
            }
            batch.push_back(featureOf(std::move(row)));
        }
        return batch;
    }

  private:
    bool nextRow(TableRow& row) {
        if (m_taken < m_first.size()) {
            row = std::exchange(m_first[m_taken++], {});
            return true;
        }
        return m_table->next(row);
    }

    RawFeature featureOf(TableRow&& row) {
        RawFeature feature;
        feature.id = row.number;
        const std::size_t columns = m_names.size();
        const bool isLong =
            row.cells.size() > columns &&
            std::any_of(row.cells.begin() + static_cast<std::ptrdiff_t>(columns), row.cells.end(),
                        [](const std::string& cell) { return !cell.empty(); });
        if (isLong) { // cells have moved: which one is which cannot be known
            feature.geometry = RawFeature::Geometry::Damaged;
            feature.faultZh = fmt::format("第 {} 行有 {} 格，表头只有 {} 列（文字中的分隔符未加引号？）",
                                          row.number, row.cells.size(), columns);
            feature.faultEn = fmt::format(
                "row {} has {} cells where the heading has {} (a delimiter in a text without quotes?)",
                row.number, row.cells.size(), columns);
            for (std::size_t n = columns; n < row.cells.size() && columns > 0; ++n) {
                row.cells[columns - 1] += " " + row.cells[n];
            }
        } else {
            noteShort(row, columns);
            noteMark(row);
            m_cells->read(row, feature, m_log);
        }
        row.cells.resize(columns);
        feature.values = std::move(row.cells);
        return feature;
    }

    void noteShort(const TableRow& row, std::size_t columns) {
        if (row.cells.size() >= columns) {
            return;
        }
        Problem problem;
        problem.kind = ProblemKind::FileDamaged;
        problem.severity = Severity::Info;
        problem.feature = row.number;
        problem.textZh = "行的格数少于表头";
        problem.textEn = "the row has fewer cells than the heading";
        problem.doneZh = "缺的格按空白读取";
        problem.doneEn = "the missing ones are read as empty";
        m_log.addGrouped(std::move(problem));
    }

    void noteBlank() {
        if (m_blank == 0) {
            return;
        }
        Problem problem;
        problem.kind = ProblemKind::FeaturesLost;
        problem.severity = Severity::Info;
        problem.count = std::exchange(m_blank, 0);
        problem.textZh = fmt::format("表中有 {} 个空行", problem.count);
        problem.textEn = fmt::format("{} rows of the table are blank", problem.count);
        problem.doneZh = "不读取";
        problem.doneEn = "not read";
        m_log.add(std::move(problem));
    }

    /// 奥维 writes g (GCJ-02) or b (BD-09) into the first column of its text files (domain.md 3.1).
    static char markOf(const TableRow& row) {
        const std::string first = row.cells.empty() ? std::string() : folded(row.cells.front());
        return first == "G" || first == "B" ? first.front() : '\0';
    }

    /// A column that is called something holds ids, names or classes, which may well be "b": one row of
    /// marks, or a heading of our own, is no evidence.
    void lookForMarks(Role role) {
        constexpr std::ptrdiff_t kLeast = 2;
        constexpr std::array<std::string_view, 12> kCalled{"ID",   "NO",   "编号", "序号", "代码", "编码",
                                                           "名称", "点号", "等级", "级别", "类别", "分区"};
        const std::string name = m_names.empty() ? std::string() : folded(m_names.front());
        if (shippedFieldFor(role, name) != nullptr ||
            std::find(kCalled.begin(), kCalled.end(), name) != kCalled.end()) {
            return;
        }
        m_hasMarks = std::count_if(m_first.begin(), m_first.end(),
                                   [](const TableRow& row) { return markOf(row) != 0; }) >= kLeast &&
                     std::all_of(m_first.begin(), m_first.end(), [](const TableRow& row) {
                         return row.cells.empty() || row.cells.front().empty() || markOf(row) != 0;
                     });
    }

    void noteMark(const TableRow& row) {
        const char mark = m_hasMarks ? markOf(row) : '\0';
        if (mark == '\0') {
            return;
        }
        const std::string system = mark == 'G' ? "GCJ-02" : "BD-09";
        Problem problem;
        problem.kind = ProblemKind::CrsSuspicious;
        problem.severity = Severity::Error;
        problem.feature = row.number;
        problem.field = m_names.front();
        problem.textZh =
            fmt::format("首列标“{}”：奥维的加偏坐标 {}，与真实位置相差数百米", row.cells.front(), system);
        problem.textEn =
            fmt::format("marked \"{}\" in the first column: Ovital's shifted {} coordinates, hundreds of "
                        "metres off",
                        row.cells.front(), system);
        problem.doneZh = "照读，不自动纠偏；请从奥维重新导出无偏坐标，或用 --gcj02、--bd09 反算";
        problem.doneEn = "read as they are, not shifted back: export them again without the shift, or give "
                         "--gcj02 or --bd09";
        if (system == mapShiftName(m_mapShift)) {
            problem.severity = Severity::Info;
            problem.doneZh = "按选项反算";
            problem.doneEn = "undone, as asked";
        } else if (m_mapShift != MapShift::None) {
            problem.doneZh = fmt::format("却按 {} 反算；请核对", mapShiftName(m_mapShift));
            problem.doneEn = fmt::format("undone as {} all the same; check it", mapShiftName(m_mapShift));
        }
        m_log.addGrouped(std::move(problem));
    }

    /// Columns whose values look like coordinates, as a hint and no more.
    [[nodiscard]] std::string hint() const {
        std::string text;
        for (std::size_t n = 0; n < m_names.size(); ++n) {
            std::size_t longitudes = 0;
            std::size_t latitudes = 0;
            std::size_t pairs = 0;
            std::size_t filled = 0;
            for (const TableRow& row : m_first) {
                const std::string cell = n < row.cells.size() ? row.cells[n] : std::string();
                filled += cell.empty() ? 0U : 1U;
                const auto value = parseCoordinate(cell).value;
                constexpr double kSomeLongitude = 100;
                constexpr double kSomeLatitude = 30;
                const bool isFine = value && value->precision < 1 && isInDegrees(value->kind);
                longitudes += isFine && isInChina(value->value, kSomeLatitude) ? 1U : 0U;
                latitudes += isFine && isInChina(kSomeLongitude, value->value) ? 1U : 0U;
                pairs += parseCoordinatePair(cell).pair ? 1U : 0U;
            }
            for (const auto& [count, target] :
                 {std::pair(longitudes, "lon"), std::pair(latitudes, "lat"), std::pair(pairs, "xy")}) {
                text += filled > 0 && count == filled
                            ? fmt::format(" --map {}{}={}", m_option, target, m_names[n])
                            : std::string();
            }
        }
        return text;
    }

    [[noreturn]] void refuseWithoutColumns() const {
        const std::string suggestion = hint();
        throw Error(fmt::format(
            "{0}：没有认出坐标列（现有：{1}），请用 --map {2}lon=列 和 --map {2}lat=列、--map "
            "{2}xy=列（一格两个坐标）或 "
            "--map {2}wkt=列 指明；没有坐标的清单请用 --join 连接到图层 / no column of coordinates is known "
            "(there "
            "are: {1}): give --map {2}lon=COLUMN and --map {2}lat=COLUMN, --map {2}xy=COLUMN (both in a "
            "cell) or "
            "--map {2}wkt=COLUMN; a list without coordinates goes with --join to a layer{3}{4}",
            m_file, joinedNames(m_names), m_option,
            suggestion.empty() ? "" : "\n  按数值看可能是 / by their values perhaps:" + suggestion,
            m_hasMarks
                ? "\n  首列标有 g 或 b：可能是奥维的加偏坐标（GCJ-02、BD-09） / rows marked g or b: perhaps "
                  "Ovital's shifted coordinates"
                : ""));
    }

    void fillInfo(const CoordinateColumns& columns, std::int64_t headingRows) {
        const TableInfo& table = m_table->info();
        m_info.layer = table.sheet;
        for (const std::string& name : m_names) {
            m_info.fields.push_back({name, FieldKind::Text});
        }
        m_info.places = columns.report(m_names);
        m_info.crs = m_cells->crs();
        m_info.crsReason = m_info.crs.empty() ? "" : "SRID of the WKT";
        m_info.encoding = table.encoding;
        m_info.encodingReason = table.encodingReason;
        m_info.encodingSamples = table.encodingSamples;
        m_info.features = std::max<std::int64_t>(0, table.rows - headingRows);
        m_info.members = table.members;
    }

    ProblemLog& m_log;
    std::string m_file;
    std::string m_option; ///< "changes."
    std::unique_ptr<TableReader> m_table;
    std::vector<TableRow> m_first;
    std::size_t m_taken = 0; ///< of m_first
    std::vector<std::string> m_names;
    std::optional<PointCells> m_cells;
    SourceInfo m_info;
    bool m_hasMarks = false;
    MapShift m_mapShift; ///< of --gcj02 or --bd09
    std::int64_t m_blank = 0;
};

} // namespace

std::unique_ptr<FeatureSource> openTableSource(const LayerRef& ref, const ReadOptions& options,
                                               ProblemLog& log) {
    return std::make_unique<TableSource>(ref, options, log);
}

} // namespace layers
