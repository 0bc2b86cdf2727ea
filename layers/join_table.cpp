#include "layers/join_table.hpp"

#include "layers/column_names.hpp"
#include "layers/error.hpp"
#include "layers/table_heading.hpp"
#include "layers/table_reader.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::size_t kLookedRows = 20;
constexpr std::size_t kExamples = 5;

} // namespace

std::string joinKey(std::string_view text) {
    return trimmed(halfWidth(text));
}

std::string_view withoutZeros(std::string_view key) {
    const std::size_t first = key.find_first_not_of('0');
    return first == std::string_view::npos ? key.substr(0, 0) : key.substr(first);
}

JoinTable::JoinTable(const TableJoin& join, ProblemLog& log) : m_file(join.table.file.filename().string()) {
    const std::unique_ptr<TableReader> table = openTable(join.table, join.encoding, log);
    m_sheet = table->info().sheet;
    m_members = table->info().members;
    std::vector<TableRow> first;
    TableRow row;
    while (first.size() < kLookedRows && table->next(row)) {
        first.push_back(row);
    }
    const TableHeading heading = findHeading(
        first, [&](const auto& cells) { return columnOf(cells, join.right) >= 0; }, log);
    const int key = columnOf(heading.names, join.right);
    if (key < 0) {
        throw Error(
            fmt::format("--join {0}（{1}）：没有列“{2}”，现有：{3}；请更正 --on / no column \"{2}\"; there "
                        "are: {3}: correct --on",
                        m_file, m_sheet, join.right, fmt::join(heading.names, ", ")));
    }
    const auto keyAt = static_cast<std::size_t>(key);
    m_columns = heading.names;
    m_columns.erase(m_columns.begin() + key);
    std::int64_t keyless = 0;
    std::int64_t longRows = 0;
    const auto takeRow = [&](TableRow& taken) {
        if (isBlankRow(taken)) {
            return;
        }
        longRows += taken.cells.size() > heading.names.size() ? 1 : 0;
        taken.cells.resize(heading.names.size());
        std::string text = joinKey(taken.cells[keyAt]);
        ++m_rowCount;
        if (text.empty()) {
            ++keyless;
            return;
        }
        taken.cells.erase(taken.cells.begin() + key);
        take(std::move(text), std::move(taken.cells), taken.number);
    };
    for (std::size_t n = heading.rows; n < first.size(); ++n) {
        takeRow(first[n]);
    }
    while (table->next(row)) {
        takeRow(row);
    }
    if (keyless > 0) {
        Problem problem =
            makeProblem(ProblemKind::JoinUnmatched, Severity::Warning,
                        {fmt::format("表 {} 有 {} 行的“{}”为空", m_file, keyless, join.right),
                         fmt::format("{1} rows of {0} have no \"{2}\"", m_file, keyless, join.right)},
                        {"这些行不连接", "these rows are not joined"});
        problem.count = keyless;
        problem.field = join.right;
        log.add(std::move(problem));
    }
    if (longRows > 0) {
        Problem problem = makeProblem(
            ProblemKind::FileDamaged, Severity::Warning,
            {fmt::format("表 {} 有 {} 行的格数多于表头（文字中的分隔符未加引号？）", m_file, longRows),
             fmt::format("{1} rows of {0} have more cells than the heading (a delimiter in a text "
                         "without quotes?)",
                         m_file, longRows)},
            {"多出的格不读取", "the cells beyond it are not read"});
        problem.count = longRows;
        log.add(std::move(problem));
    }
    tellTwins(log);
}

void JoinTable::take(std::string key, std::vector<std::string> values, std::int64_t row) {
    const auto [place, isNew] = m_entries.try_emplace(key);
    Entry& entry = place->second;
    if (!isNew) {
        ++entry.again;
        entry.differs = entry.differs || entry.values != values;
        return;
    }
    entry.values = std::move(values);
    entry.row = row;
    ++m_withoutZeros[std::string(withoutZeros(key))];
    m_keys.push_back(std::move(key));
}

void JoinTable::tellTwins(ProblemLog& log) const {
    for (const bool differs : {true, false}) {
        std::int64_t keys = 0;
        std::string examples;
        for (const std::string& key : m_keys) {
            const Entry& entry = m_entries.at(key);
            if (entry.again == 0 || entry.differs != differs) {
                continue;
            }
            if (keys++ < static_cast<std::int64_t>(kExamples)) {
                examples += fmt::format("{}{} ×{}", examples.empty() ? "" : ", ", key, entry.again + 1);
            }
        }
        if (keys == 0) {
            continue;
        }
        Problem problem =
            differs
                ? makeProblem(ProblemKind::JoinAmbiguous, Severity::Error,
                              {fmt::format("表 {} 有 {} 个键各有多行且内容不同：{}", m_file, keys, examples),
                               fmt::format("{1} keys of {0} have several rows that differ: {2}", m_file, keys,
                                           examples)},
                              {"这些键的要素不连接，请在表中只留一行",
                               "features with these keys are not joined: keep one row in the table"})
                : makeProblem(ProblemKind::JoinAmbiguous, Severity::Info,
                              {fmt::format("表 {} 有 {} 个键各有多行，内容相同：{}", m_file, keys, examples),
                               fmt::format("{1} keys of {0} have several rows, all equal: {2}", m_file, keys,
                                           examples)},
                              {"按一行连接", "joined as one row"});
        problem.count = keys;
        log.add(std::move(problem));
    }
}

JoinTable::Match JoinTable::find(const std::string& key) {
    const auto found = m_entries.find(key);
    if (found == m_entries.end()) {
        return {};
    }
    found->second.isUsed = true;
    return found->second.differs ? Match{Found::Ambiguous, nullptr}
                                 : Match{Found::One, &found->second.values};
}

bool JoinTable::hasWithOtherZeros(const std::string& key) const {
    const auto found = m_withoutZeros.find(std::string(withoutZeros(key)));
    return !key.empty() && found != m_withoutZeros.end();
}

JoinTable::Unused JoinTable::unused(std::size_t most) const {
    Unused unused;
    for (const std::string& key : m_keys) {
        if (m_entries.at(key).isUsed) {
            continue;
        }
        ++unused.count;
        if (unused.first.size() < most) {
            unused.first.push_back(key);
        }
    }
    return unused;
}

} // namespace layers
