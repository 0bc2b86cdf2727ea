#include "layers/project/batch_store.hpp"

#include "layers/error.hpp"
#include "layers/project/binding_handle.hpp"
#include "layers/project/project_handle.hpp"
#include "layers/project/record_json_handle.hpp"

#include <fmt/format.h>

namespace layers {

namespace {

using project::Json;

std::string hashText(const geo::Shape& shape) {
    return fmt::format("{:016x}", geo::normalisedHash(shape));
}

void refuseTaken(const ProjectFile& project, const Batch& batch) {
    for (const Batch& other : batches(project)) {
        if (other.code == batch.code || other.name == batch.name) {
            throw Error(fmt::format(
                "批次“{0}”（{1}）已在项目中，{2} 由 {3} 导入；批次不能重复导入，新数据请用新批次 / "
                "batch “{0}” ({1}) is in the project already, added {2} by {3}: new data are a new "
                "batch",
                other.name, other.code, other.added.at, other.added.who));
        }
    }
}

void addPatches(SQLite::Database& database, std::int64_t batch, std::int64_t source, const BatchPart& part) {
    SQLite::Statement insert(
        database,
        std::string("INSERT INTO patches (batch_id, source, patch_id, batch, activity_code, activity, "
                    "stated_area_m2, source_file, source_layer, source_fid, geometry_hash, received, ") +
            project::kShapeColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " +
            project::kShapePlaces + ")");
    std::vector<std::byte> wkb;
    for (const Patch& patch : part.patches) {
        int place = 0;
        insert.bind(++place, batch);
        insert.bind(++place, source);
        insert.bind(++place, patch.id);
        insert.bind(++place, patch.batch);
        insert.bind(++place, patch.activity);
        insert.bind(++place, patch.activityText);
        project::bindValue(insert, ++place, project::valueOf(patch.statedAreaM2));
        insert.bind(++place, part.source.report.file);
        insert.bind(++place, part.source.report.layer);
        insert.bind(++place, patch.feature);
        insert.bind(++place, hashText(patch.shape));
        insert.bind(++place, project::textOf(project::toJson(patch)));
        project::bindShape(insert, ++place, &patch.shape, wkb);
        project::insertRow(insert);
    }
}

constexpr const char* kBatches =
    "SELECT id, code, name, patches, rejects, added_at, added_by, current_run FROM batches ";

Batch batchFrom(SQLite::Statement& row) {
    int column = 0;
    Batch batch;
    batch.id = row.getColumn(column++).getInt64();
    batch.code = row.getColumn(column++).getString();
    batch.name = row.getColumn(column++).getString();
    batch.patches = row.getColumn(column++).getInt64();
    batch.rejects = row.getColumn(column++).getInt64();
    batch.added.at = row.getColumn(column++).getString();
    batch.added.who = row.getColumn(column++).getString();
    if (!row.getColumn(column).isNull()) {
        batch.currentRun = row.getColumn(column).getInt64();
    }
    return batch;
}

} // namespace

void addBatch(LedgerChange& change, Batch& batch, const std::vector<BatchPart>& parts) {
    project::guarded(change.project(), [&](SQLite::Database& database) {
        refuseTaken(change.project(), batch);
        batch.patches = 0;
        batch.rejects = 0;
        for (const BatchPart& part : parts) {
            batch.patches += static_cast<std::int64_t>(part.patches.size());
            batch.rejects += static_cast<std::int64_t>(part.source.rejects.size());
        }
        if (batch.patches + batch.rejects == 0) {
            throw Error(fmt::format("批次“{0}”没有图斑，未导入 / batch “{0}” has no patches and is not kept",
                                    batch.name));
        }
        batch.added = change.stamp();
        SQLite::Statement insert(database,
                                 "INSERT INTO batches (code, name, patches, rejects, added_at, added_by) "
                                 "VALUES (?, ?, ?, ?, ?, ?)");
        int place = 0;
        insert.bind(++place, batch.code);
        insert.bind(++place, batch.name);
        insert.bind(++place, batch.patches);
        insert.bind(++place, batch.rejects);
        insert.bind(++place, batch.added.at);
        insert.bind(++place, batch.added.who);
        insert.exec();
        batch.id = database.getLastInsertRowid();
        Json files = Json::array();
        std::int64_t number = 0;
        for (const BatchPart& part : parts) {
            const std::int64_t source = addSource(change, part.source);
            SQLite::Statement link(database,
                                   "INSERT INTO batch_sources (batch, place, source) VALUES (?, ?, ?)");
            link.bind(1, batch.id);
            link.bind(2, ++number);
            link.bind(3, source);
            link.exec();
            addPatches(database, batch.id, source, part);
            files.push_back(Json{{"file", part.source.report.file}, {"sha256", part.source.report.sha256}});
        }
        change.record({"batch_added", "",
                       project::textOf(Json{{"batch", batch.code},
                                            {"name", batch.name},
                                            {"patches", batch.patches},
                                            {"rejects", batch.rejects},
                                            {"files", files}})});
        return 0;
    });
}

std::vector<Batch> batches(const ProjectFile& project) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(database, std::string(kBatches) + "ORDER BY id");
        std::vector<Batch> all;
        while (rows.executeStep()) {
            all.push_back(batchFrom(rows));
        }
        return all;
    });
}

Batch readBatch(const ProjectFile& project, std::int64_t id) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement row(database, std::string(kBatches) + "WHERE id = ?");
        row.bind(1, id);
        if (!row.executeStep()) {
            throw Error(fmt::format("项目中没有第 {0} 号批次 / the project has no batch in row {0}", id));
        }
        return batchFrom(row);
    });
}

Batch findBatch(const ProjectFile& project, const std::string& codeOrName) {
    std::string known;
    for (Batch& batch : batches(project)) {
        if (batch.code == codeOrName || batch.name == codeOrName) {
            return std::move(batch);
        }
        known += (known.empty() ? "" : ", ") + batch.code + " (" + batch.name + ")";
    }
    throw Error(fmt::format("项目中没有批次“{0}”；已有 / the project has no batch “{0}”; it has: {1}",
                            codeOrName, known.empty() ? "-" : known));
}

std::vector<StoredPatch> patchesOf(const ProjectFile& project, std::int64_t batch) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(
            database, std::string("SELECT p.id, s.place, p.received, ") + project::kShapeOut +
                          " FROM patches p JOIN batch_sources s ON s.batch = p.batch_id AND s.source "
                          "= p.source WHERE p.batch_id = ? ORDER BY p.id");
        rows.bind(1, batch);
        std::vector<StoredPatch> patches;
        while (rows.executeStep()) {
            constexpr int kShape = 3;
            StoredPatch stored{rows.getColumn(0).getInt64(),
                               project::patchFrom(Json::parse(rows.getColumn(2).getString()))};
            stored.patch.input = rows.getColumn(1).getInt() - 1;
            stored.patch.shape = project::shapeOf(rows, kShape);
            patches.push_back(std::move(stored));
        }
        return patches;
    });
}

std::vector<StoredSource> sourcesOf(const ProjectFile& project, std::int64_t batch) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(database, "SELECT source FROM batch_sources WHERE batch = ? ORDER BY place");
        rows.bind(1, batch);
        std::vector<StoredSource> sources;
        while (rows.executeStep()) {
            sources.push_back(readSource(project, rows.getColumn(0).getInt64()));
        }
        return sources;
    });
}

} // namespace layers
