#include "layers/project/case_store.hpp"

#include "layers/error.hpp"
#include "layers/project/binding_handle.hpp"
#include "layers/project/case_row_handle.hpp"
#include "layers/project/project_handle.hpp"

namespace layers {

namespace {

constexpr const char* kRunColumns =
    "c.id, c.number, c.scheme, c.serial, c.batch, b.code, c.patch, c.patch_id, c.issued_at, c.issued_run, "
    "c.current_run, c.holds, c.county_code, c.county, c.zone_kind, c.zone_name, c.zone_class, c.activity, "
    "c.verdict, c.priority, c.area_m2, c.covered_m2, c.proposed_responsible, c.proposed_partners, "
    "c.last_event";

} // namespace

namespace project {

const std::string& caseColumns() {
    static const std::string kColumns = [] {
        std::string columns = kRunColumns;
        for (const CaseField& field : caseFields()) {
            columns += ", c." + field.key;
        }
        return columns + " ";
    }();
    return kColumns;
}

CaseRecord caseFrom(SQLite::Statement& row) {
    CaseRecord record;
    int place = 0;
    const auto next = [&] { return row.getColumn(place++); };
    record.id = next().getInt64();
    record.number = next().getString();
    record.scheme = next().getString();
    record.serial = next().getInt64();
    record.batch = next().getInt64();
    record.batchCode = next().getString();
    record.patch = next().getInt64();
    record.patchId = next().getString();
    record.issuedAt = next().getString();
    record.issuedRun = next().getInt64();
    record.currentRun = next().getInt64();
    record.holds = next().getInt() != 0;
    for (std::string CaseRecord::*text :
         {&CaseRecord::countyCode, &CaseRecord::county, &CaseRecord::zoneKind, &CaseRecord::zoneName,
          &CaseRecord::zoneClass, &CaseRecord::activity, &CaseRecord::verdict}) {
        record.*text = next().getString();
    }
    record.priority = next().getInt();
    record.areaM2 = realOf(next());
    record.coveredM2 = realOf(next());
    record.proposedResponsible = next().getString();
    record.proposedPartners = next().getString();
    record.lastEvent = next().getInt64();
    for (const CaseField& field : caseFields()) {
        record.*field.member = next().getString();
    }
    return record;
}

void linkEvent(SQLite::Database& database, std::int64_t event, const std::vector<std::int64_t>& cases) {
    SQLite::Statement link(database, "INSERT INTO case_events (case_id, event) VALUES (?, ?)");
    SQLite::Statement mark(database, "UPDATE cases SET last_event = ?2 WHERE id = ?1");
    for (const std::int64_t id : cases) {
        for (SQLite::Statement* statement : {&link, &mark}) {
            statement->bind(1, id);
            statement->bind(2, event);
            statement->exec();
            statement->reset();
        }
    }
}

void writeFields(SQLite::Database& database, const std::vector<std::int64_t>& cases,
                 const std::vector<FieldChange>& changes) {
    for (const FieldChange& change : changes) {
        const CaseField* field = findCaseField(change.field);
        if (field == nullptr) {
            throw Error("内部错误：没有字段 / internal error: no field " + change.field);
        }
        SQLite::Statement update(database, "UPDATE cases SET " + field->key + " = ?2 WHERE id = ?1");
        for (const std::int64_t id : cases) {
            update.bind(1, id);
            update.bind(2, change.to);
            update.exec();
            update.reset();
        }
    }
}

} // namespace project

std::int64_t caseCount(const ProjectFile& project) {
    return project::guarded(project, [&](SQLite::Database& database) {
        return database.execAndGet("SELECT count(*) FROM cases").getInt64();
    });
}

std::optional<CaseRecord> readCase(const ProjectFile& project, const std::string& number) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement row(database, "SELECT " + project::caseColumns() +
                                            "FROM cases c JOIN batches b ON b.id = c.batch WHERE number = ?");
        row.bind(1, number);
        return row.executeStep() ? std::optional(project::caseFrom(row)) : std::nullopt;
    });
}

CaseName caseName(const ProjectFile& project, std::int64_t id) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement row(database, "SELECT number, county_code FROM cases WHERE id = ?");
        row.bind(1, id);
        if (!row.executeStep()) {
            throw Error("项目中没有案件 " + std::to_string(id) + " / the project has no such case");
        }
        return CaseName{row.getColumn(0).getString(), row.getColumn(1).getString()};
    });
}

std::int64_t changeCase(LedgerChange& change, CaseRecord& record, const CaseEventText& text) {
    for (const FieldChange& each : text.changes) {
        const CaseField* field = findCaseField(each.field);
        if (field == nullptr || record.*field->member != each.from) {
            throw Error("内部错误：更改与案件不符 / internal error: the change does not fit the case " +
                        record.number + " " + each.field);
        }
        record.*field->member = each.to;
    }
    record.lastEvent = change.record({text.kind, record.number, contentOf(text)});
    project::guarded(change.project(), [&](SQLite::Database& database) {
        project::writeFields(database, {record.id}, text.changes);
        SQLite::Statement mark(database, "UPDATE cases SET last_event = ? WHERE id = ?");
        mark.bind(1, record.lastEvent);
        mark.bind(2, record.id);
        return mark.exec();
    });
    return record.lastEvent;
}

} // namespace layers
