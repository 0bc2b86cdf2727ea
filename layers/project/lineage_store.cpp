#include "layers/project/lineage_store.hpp"

#include "layers/error.hpp"
#include "layers/project/binding_handle.hpp"
#include "layers/project/project_handle.hpp"

#include <map>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace layers {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kRows =
    "SELECT l.patch, n.patch_id, l.earlier, o.patch_id, l.relation, l.rebound, l.same_id, l.iou, "
    "l.share_new, "
    "l.share_old, l.distance_m, l.old_batch, l.old_case, l.old_status, l.old_conclusion "
    "FROM lineage l JOIN patches n ON n.id = l.patch JOIN patches o ON o.id = l.earlier ";

LineageRow rowFrom(SQLite::Statement& row) {
    int column = 0;
    LineageRow out;
    out.patch = row.getColumn(column++).getInt64();
    out.patchId = row.getColumn(column++).getString();
    out.earlier.id = row.getColumn(column++).getInt64();
    out.earlier.patchId = row.getColumn(column++).getString();
    const std::string relation = row.getColumn(column++).getString();
    const auto known = relationFromKey(relation);
    if (!known) {
        throw Error(fmt::format("批次间比对表中有不认识的关系“{0}” / the table lineage holds an unknown "
                                "relation \"{0}\"",
                                relation));
    }
    out.relation = *known;
    out.rebound = row.getColumn(column++).getInt() != 0;
    out.sameId = row.getColumn(column++).getInt() != 0;
    out.iou = project::realOf(row.getColumn(column++));
    out.shareNew = project::realOf(row.getColumn(column++));
    out.shareOld = project::realOf(row.getColumn(column++));
    out.distanceM = row.getColumn(column++).getDouble();
    out.earlier.batch = row.getColumn(column++).getString();
    out.earlier.caseNumber = row.getColumn(column++).getString();
    out.earlier.status = row.getColumn(column++).getString();
    out.earlier.conclusion = row.getColumn(column++).getString();
    return out;
}

std::vector<LineageRow> rowsWhere(const ProjectFile& project, const char* condition, std::int64_t id) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(database, std::string(kRows) + condition);
        rows.bind(1, id);
        std::vector<LineageRow> all;
        while (rows.executeStep()) {
            all.push_back(rowFrom(rows));
        }
        return all;
    });
}

void insertRows(SQLite::Database& database, const std::vector<LineageRow>& rows) {
    SQLite::Statement insert(
        database, "INSERT INTO lineage (patch, place, earlier, relation, rebound, same_id, iou, "
                  "share_new, share_old, distance_m, old_batch, old_case, old_status, old_conclusion) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    std::int64_t patch = 0;
    std::int64_t number = 0;
    for (const LineageRow& row : rows) {
        number = row.patch == patch ? number + 1 : 1;
        patch = row.patch;
        int place = 0;
        insert.bind(++place, row.patch);
        insert.bind(++place, number);
        insert.bind(++place, row.earlier.id);
        insert.bind(++place, std::string(relationKey(row.relation)));
        insert.bind(++place, row.rebound ? 1 : 0);
        insert.bind(++place, row.sameId ? 1 : 0);
        project::bindValue(insert, ++place, project::valueOf(row.iou));
        project::bindValue(insert, ++place, project::valueOf(row.shareNew));
        project::bindValue(insert, ++place, project::valueOf(row.shareOld));
        insert.bind(++place, row.distanceM);
        for (const std::string* text :
             {&row.earlier.batch, &row.earlier.caseNumber, &row.earlier.status, &row.earlier.conclusion}) {
            insert.bindNoCopy(++place, *text);
        }
        insert.exec();
        insert.reset();
    }
}

std::string eventContent(const std::string& code, const LineageResult& result, const Settings& settings) {
    const LineageCounts& counts = result.counts;
    std::map<Relation, std::int64_t> numbers;
    for (const LineageRow& row : result.rows) {
        ++numbers[row.relation];
    }
    Json relations = Json::object();
    for (const auto& [relation, number] : numbers) {
        relations[std::string(relationKey(relation))] = number;
    }
    return Json{{"batch", code},
                {"patches", counts.patches},
                {"related", counts.related},
                {"rebounds", counts.rebounds},
                {"relations", relations},
                {"without_shape", counts.withoutShape},
                {"not_compared", counts.notCompared},
                {"not_kept", counts.notKept},
                {"running_ids", counts.runningIds},
                {"settings", Json{{"lineage_iou", settings.lineageIou},
                                  {"lineage_share", settings.lineageShare},
                                  {"lineage_same_size", settings.lineageSameSize},
                                  {"lineage_partial_share", settings.lineagePartialShare},
                                  {"lineage_radius_m", settings.lineageRadiusM}}}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

void writeLineage(LedgerChange& change, std::int64_t batch, const LineageResult& result,
                  const Settings& settings) {
    project::guarded(change.project(), [&](SQLite::Database& database) {
        SQLite::Statement known(database,
                                "SELECT b.code, l.batch FROM batches b LEFT JOIN lineage_batches l ON "
                                "l.batch = b.id WHERE b.id = ?");
        known.bind(1, batch);
        if (!known.executeStep()) {
            throw Error(fmt::format("项目中没有第 {0} 号批次 / the project has no batch number {0}", batch));
        }
        const std::string code = known.getColumn(0).getString();
        if (!known.getColumn(1).isNull()) {
            throw Error(
                fmt::format("批次 {0} 已与以前的批次比对过，结果不会改写 / batch {0} was compared with the "
                            "earlier ones before: what was found then stands",
                            code));
        }
        const LineageCounts& counts = result.counts;
        SQLite::Statement insert(database,
                                 "INSERT INTO lineage_batches (batch, patches, related, rebounds, rows, "
                                 "without_shape, not_compared, not_kept, running_ids) "
                                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        int place = 0;
        for (const std::int64_t number :
             {batch, counts.patches, counts.related, counts.rebounds,
              static_cast<std::int64_t>(result.rows.size()), counts.withoutShape, counts.notCompared,
              counts.notKept, std::int64_t{counts.runningIds ? 1 : 0}}) {
            insert.bind(++place, number);
        }
        insert.exec();
        insertRows(database, result.rows);
        change.record({"lineage_found", "", eventContent(code, result, settings)});
        return 0;
    });
}

std::optional<LineageResult> readLineage(const ProjectFile& project, std::int64_t batch) {
    const auto counts =
        project::guarded(project, [&](SQLite::Database& database) -> std::optional<LineageCounts> {
            SQLite::Statement row(database,
                                  "SELECT patches, related, rebounds, rows, without_shape, not_compared, "
                                  "not_kept, running_ids FROM lineage_batches WHERE batch = ?");
            row.bind(1, batch);
            if (!row.executeStep()) {
                return std::nullopt;
            }
            LineageCounts out;
            int column = 0;
            for (std::int64_t LineageCounts::*member :
                 {&LineageCounts::patches, &LineageCounts::related, &LineageCounts::rebounds,
                  &LineageCounts::rows, &LineageCounts::withoutShape, &LineageCounts::notCompared,
                  &LineageCounts::notKept}) {
                out.*member = row.getColumn(column++).getInt64();
            }
            out.runningIds = row.getColumn(column).getInt() != 0;
            return out;
        });
    if (!counts) {
        return std::nullopt;
    }
    return LineageResult{*counts,
                         rowsWhere(project, "WHERE n.batch_id = ? ORDER BY l.patch, l.place", batch)};
}

std::vector<LineageRow> lineageOf(const ProjectFile& project, std::int64_t patch) {
    return rowsWhere(project, "WHERE l.patch = ? ORDER BY l.place", patch);
}

std::vector<LineageRow> laterThan(const ProjectFile& project, std::int64_t patch) {
    return rowsWhere(project, "WHERE l.earlier = ? ORDER BY l.patch, l.place", patch);
}

} // namespace layers
