#include "layers/table_heading.hpp"

#include "layers/column_names.hpp"
#include "layers/coordinate_text.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::size_t kLooked = 20; ///< rows among which a heading may stand

void tellTitles(const std::vector<TableRow>& rows, std::size_t heading, ProblemLog& log) {
    std::string titles;
    for (std::size_t n = 0; n < heading; ++n) {
        for (const std::string& cell : rows[n].cells) {
            titles += cell.empty() ? "" : (titles.empty() ? "" : " ") + cell;
        }
    }
    if (titles.empty()) {
        return;
    }
    Problem problem;
    problem.kind = ProblemKind::FieldAmbiguous;
    problem.severity = Severity::Info;
    problem.textZh = fmt::format("表头是第 {} 行，其上的文字：{}", rows[heading].number, titles);
    problem.textEn = fmt::format("row {} is the heading; above it stands: {}", rows[heading].number, titles);
    problem.doneZh = "表头以上不作为数据";
    problem.doneEn = "what is above it is no data";
    log.add(std::move(problem));
}

/// Names of the columns, each different; an empty one is called by its place.
std::vector<std::string> namesOf(const TableRow& row, ProblemLog& log) {
    std::vector<std::string> names;
    std::set<std::string> taken;
    for (std::size_t n = 0; n < row.cells.size(); ++n) {
        const std::string name = row.cells[n].empty() ? "field_" + std::to_string(n + 1) : row.cells[n];
        std::string unique = uniqueName(name, taken);
        if (unique != name) {
            Problem problem;
            problem.kind = ProblemKind::FieldAmbiguous;
            problem.field = unique;
            problem.textZh = "表中有同名列“" + name + "”";
            problem.textEn = "the table has two columns \"" + name + "\"";
            problem.doneZh = "后一列改名为 " + unique;
            problem.doneEn = "the later one is renamed " + unique;
            log.add(std::move(problem));
        }
        names.push_back(std::move(unique));
    }
    return names;
}

/// True for a row of data: some cell is a number or a coordinate.
bool holdsNumbers(const TableRow& row) {
    return std::any_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) {
        return parseNumber(cell).has_value() || parseCoordinate(cell).value.has_value();
    });
}

TableHeading withoutHeading(const std::vector<TableRow>& rows, ProblemLog& log) {
    TableHeading heading;
    std::size_t columns = 0;
    for (const TableRow& row : rows) {
        columns = std::max(columns, row.cells.size());
    }
    for (std::size_t n = 0; n < columns; ++n) {
        heading.names.push_back("field_" + std::to_string(n + 1));
    }
    Problem problem;
    problem.kind = ProblemKind::FieldMissing;
    problem.textZh = "表没有表头（首行即是数据）";
    problem.textEn = "the table has no heading: its first row holds data";
    problem.doneZh = "各列按位置称为 field_1、field_2 …";
    problem.doneEn = "columns are called by their places: field_1, field_2, …";
    log.add(std::move(problem));
    return heading;
}

} // namespace

bool isBlankRow(const TableRow& row) {
    return std::all_of(row.cells.begin(), row.cells.end(),
                       [](const std::string& cell) { return cell.empty(); });
}

TableHeading findHeading(const std::vector<TableRow>& rows,
                         const std::function<bool(const std::vector<std::string>&)>& isHeading,
                         ProblemLog& log) {
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), kLooked));
    auto found = std::find_if(rows.begin(), end, [&](const TableRow& row) { return isHeading(row.cells); });
    if (found == end) {
        found = std::find_if(rows.begin(), end, [](const TableRow& row) { return !isBlankRow(row); });
        if (found == end || holdsNumbers(*found)) {
            return found == end ? TableHeading{} : withoutHeading(rows, log);
        }
    }
    const auto at = static_cast<std::size_t>(found - rows.begin());
    tellTitles(rows, at, log);
    return {namesOf(*found, log), at + 1};
}

} // namespace layers
