#include "layers/project/case_query.hpp"

#include "layers/project/case_row_handle.hpp"
#include "layers/project/project_handle.hpp"

#include <fmt/format.h>

namespace layers {

namespace {

using Bindings = std::vector<std::string>;

/// A condition with the values that it binds.
struct Condition {
    std::string sql;
    Bindings values;
};

std::string marks(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += i == 0 ? "?" : ", ?";
    }
    return text;
}

/// A pattern of LIKE that finds the text as it is.
std::string partOf(const std::string& text) {
    std::string pattern = "%";
    for (const char c : text) {
        pattern += c == '%' || c == '_' || c == '\\' ? "\\" : "";
        pattern += c;
    }
    return pattern + "%";
}

Condition conditionOf(const CaseFilter& filter) {
    Condition all{"1", {}};
    const auto add = [&all](const std::string& sql, const Bindings& values) {
        all.sql += " AND " + sql;
        all.values.insert(all.values.end(), values.begin(), values.end());
    };
    if (!filter.batch.empty()) {
        add("c.batch IN (SELECT id FROM batches WHERE code = ? OR name = ?)", {filter.batch, filter.batch});
    }
    if (!filter.batches.empty()) {
        const std::string any = marks(filter.batches.size());
        Bindings twice = filter.batches;
        twice.insert(twice.end(), filter.batches.begin(), filter.batches.end());
        add("c.batch IN (SELECT id FROM batches WHERE code IN (" + any + ") OR name IN (" + any + "))",
            twice);
    }
    if (!filter.county.empty()) {
        add("(c.county_code = ? OR c.county = ?)", {filter.county, filter.county});
    }
    if (!filter.statuses.empty()) {
        add("c.status IN (" + marks(filter.statuses.size()) + ")", filter.statuses);
    }
    if (filter.priority) {
        add("c.priority_now = CAST(? AS INTEGER)", {std::to_string(*filter.priority)});
    }
    for (const auto& [column, value] :
         {std::pair("c.verdict_now", &filter.verdict), std::pair("c.desk", &filter.desk),
          std::pair("c.team", &filter.team)}) {
        if (!value->empty()) {
            add(std::string(column) + " = ?", {*value});
        }
    }
    if (!filter.zoneKind.empty()) {
        add(R"(c.zone_kind LIKE ? ESCAPE '\')", {partOf(filter.zoneKind)});
    }
    if (!filter.text.empty()) {
        add(R"((c.number LIKE ? ESCAPE '\' OR c.patch_id LIKE ? ESCAPE '\'))",
            {partOf(filter.text), partOf(filter.text)});
    }
    if (!filter.dueBefore.empty()) {
        add("c.deadline > '' AND c.deadline < ?", {filter.dueBefore});
        add("c.status IN (" + marks(filter.dueStatuses.size()) + ")", filter.dueStatuses);
    }
    if (filter.holds) {
        add(*filter.holds ? "c.holds = 1" : "c.holds = 0", {});
    }
    return all;
}

std::string orderOf(const std::vector<CaseSort>& sort) {
    const auto sqlOf = [](CaseOrder order) -> const char* {
        switch (order) {
        case CaseOrder::County:
            return "c.county_code";
        case CaseOrder::Priority:
            return "c.priority_now";
        case CaseOrder::Deadline:
            return "c.deadline = '', c.deadline"; // those without come last
        case CaseOrder::Status:
            return "c.status";
        case CaseOrder::Verdict:
            return "c.verdict_now";
        case CaseOrder::Zone:
            return "c.zone_name";
        case CaseOrder::Area:
            return "c.area_m2";
        case CaseOrder::Covered:
            return "c.covered_m2";
        case CaseOrder::Number:
            break;
        }
        return "";
    };
    std::string sql;
    bool numbersFall = false;
    for (const CaseSort& key : sort) {
        if (key.by == CaseOrder::Number) {
            numbersFall = key.isDescending;
            break; // nothing can follow what is never equal
        }
        sql += std::string(sqlOf(key.by)) + (key.isDescending ? " DESC, " : ", ");
    }
    const char* way = numbersFall ? " DESC" : "";
    return sql + fmt::format("c.batch{0}, c.scheme{0}, c.serial{0}", way);
}

void bindAll(SQLite::Statement& statement, const Bindings& values) {
    int place = 0;
    for (const std::string& value : values) {
        statement.bind(++place, value);
    }
}

} // namespace

const std::vector<std::pair<std::string, CaseOrder>>& caseOrders() {
    static const std::vector<std::pair<std::string, CaseOrder>> kOrders{
        {"number", CaseOrder::Number},     {"county", CaseOrder::County}, {"priority", CaseOrder::Priority},
        {"deadline", CaseOrder::Deadline}, {"status", CaseOrder::Status}, {"verdict", CaseOrder::Verdict},
        {"zone", CaseOrder::Zone},         {"area", CaseOrder::Area},     {"covered", CaseOrder::Covered}};
    return kOrders;
}

bool CaseFilter::isEmpty() const {
    return conditionOf(*this).sql == "1";
}

void eachCase(const ProjectFile& project, const CaseFilter& filter, const CasePage& page,
              const std::function<void(CaseRecord&&)>& take) {
    const Condition condition = conditionOf(filter);
    const std::string order = orderOf(page.sort);
    project::guarded(project, [&](SQLite::Database& database) {
        // The inner query sorts keys alone; whole rows are read for the page only.
        SQLite::Statement rows(
            database, fmt::format("SELECT {0}FROM cases c JOIN batches b ON b.id = c.batch WHERE c.id IN "
                                  "(SELECT c.id FROM cases c WHERE {1} ORDER BY {2} LIMIT ? OFFSET ?) "
                                  "ORDER BY {2}",
                                  project::caseColumns(), condition.sql, order));
        bindAll(rows, condition.values);
        const int count = static_cast<int>(condition.values.size());
        rows.bind(count + 1, page.limit);
        rows.bind(count + 2, page.offset);
        while (rows.executeStep()) {
            take(project::caseFrom(rows));
        }
        return 0;
    });
}

std::int64_t countCases(const ProjectFile& project, const CaseFilter& filter) {
    const Condition condition = conditionOf(filter);
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement count(database, "SELECT count(*) FROM cases c WHERE " + condition.sql);
        bindAll(count, condition.values);
        count.executeStep();
        return count.getColumn(0).getInt64();
    });
}

std::vector<std::pair<std::string, std::int64_t>>
countCasesBy(const ProjectFile& project, const CaseFilter& filter, const CaseField& field) {
    const Condition condition = conditionOf(filter);
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(database,
                               fmt::format("SELECT c.{0}, count(*) FROM cases c WHERE {1} GROUP BY c.{0} "
                                           "ORDER BY count(*) DESC, c.{0}",
                                           field.key, condition.sql));
        bindAll(rows, condition.values);
        std::vector<std::pair<std::string, std::int64_t>> counts;
        while (rows.executeStep()) {
            counts.emplace_back(rows.getColumn(0).getString(), rows.getColumn(1).getInt64());
        }
        return counts;
    });
}

} // namespace layers
