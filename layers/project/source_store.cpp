#include "layers/project/source_store.hpp"

#include "layers/error.hpp"
#include "layers/problem_row.hpp"
#include "layers/project/binding_handle.hpp"
#include "layers/project/project_handle.hpp"
#include "layers/project/record_json_handle.hpp"

#include <algorithm>
#include <cmath>

namespace layers {

namespace {

using project::Json;

void addProblems(SQLite::Database& database, std::int64_t source, const std::vector<Problem>& problems) {
    SQLite::Statement insert(
        database,
        "INSERT INTO problems (source, kind, severity, role, source_file, source_layer, source_fid, field, "
        "text_zh, text_en, done_zh, done_en, count, area_before_m2, area_after_m2, geometry) VALUES (?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, GeomFromWKB(?, 4490))");
    std::vector<std::byte> wkb;
    for (const Problem& problem : problems) {
        int place = 0;
        insert.bind(++place, source);
        for (const Value& value : problemRow(problem)) {
            project::bindValue(insert, ++place, value);
        }
        geo::Shape where;
        if (problem.place && std::isfinite(problem.place->x) && std::isfinite(problem.place->y)) {
            where.points.push_back(*problem.place);
        }
        project::bindWkb(insert, ++place, &where, wkb);
        project::insertRow(insert);
    }
}

bool isFinite(const geo::Shape& shape) {
    const geo::Box box = shape.box();
    return std::isfinite(box.minX) && std::isfinite(box.minY) && std::isfinite(box.maxX) &&
           std::isfinite(box.maxY);
}

/// The attributes by their field names, for people.
std::string attributesOf(const Reject& reject, const InputReport& report) {
    Json json = Json::object();
    for (std::size_t i = 0; i < reject.raw.size(); ++i) {
        json[i < report.fields.size() ? report.fields[i] : "field_" + std::to_string(i + 1)] = reject.raw[i];
    }
    return project::textOf(json);
}

void addRejects(SQLite::Database& database, std::int64_t source, const StoredSource& stored) {
    SQLite::Statement insert(
        database,
        std::string("INSERT INTO rejects (source, role, source_file, source_layer, source_fid, code, "
                    "reason_zh, reason_en, attributes, received, ") +
            project::kShapeColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " + project::kShapePlaces +
            ")");
    std::vector<std::byte> wkb;
    for (const Reject& reject : stored.rejects) {
        int place = 0;
        insert.bind(++place, source);
        insert.bind(++place, std::string(roleKey(stored.report.role)));
        insert.bind(++place, stored.report.file);
        insert.bind(++place, stored.report.layer);
        insert.bind(++place, reject.feature);
        insert.bind(++place, reject.id);
        insert.bind(++place, reject.reasonZh);
        insert.bind(++place, reject.reasonEn);
        insert.bind(++place, attributesOf(reject, stored.report));
        insert.bind(++place, project::textOf(project::toJson(reject)));
        // What no map can draw is kept in `received` alone.
        project::bindShape(insert, ++place, isFinite(reject.shape) ? &reject.shape : nullptr, wkb);
        project::insertRow(insert);
    }
}

} // namespace

std::int64_t addSource(LedgerChange& change, const StoredSource& source) {
    return project::guarded(change.project(), [&](SQLite::Database& database) {
        SQLite::Statement insert(
            database, "INSERT INTO sources (role, file, layer, sha256, report) VALUES (?, ?, ?, ?, ?)");
        int place = 0;
        insert.bind(++place, std::string(roleKey(source.report.role)));
        insert.bind(++place, source.report.file);
        insert.bind(++place, source.report.layer);
        insert.bind(++place, source.report.sha256);
        insert.bind(++place, project::textOf(project::toJson(source.report)));
        insert.exec();
        const std::int64_t id = database.getLastInsertRowid();
        addProblems(database, id, source.problems);
        addRejects(database, id, source);
        return id;
    });
}

void removeSource(LedgerChange& change, std::int64_t id) {
    project::guarded(change.project(), [&](SQLite::Database& database) {
        for (const char* sql : {"DELETE FROM problems WHERE source = ?",
                                "DELETE FROM rejects WHERE source = ?", "DELETE FROM sources WHERE id = ?"}) {
            SQLite::Statement statement(database, sql);
            statement.bind(1, id);
            statement.exec();
        }
        return 0;
    });
}

StoredSource readSource(const ProjectFile& project, std::int64_t id) {
    return project::guarded(project, [&](SQLite::Database& database) {
        StoredSource source;
        SQLite::Statement report(database, "SELECT report FROM sources WHERE id = ?");
        report.bind(1, id);
        if (!report.executeStep()) {
            throw Error("项目中没有编号 " + std::to_string(id) + " 的来源 / the project has no such source");
        }
        source.report = project::reportFrom(Json::parse(report.getColumn(0).getString()));
        SQLite::Statement problems(
            database, "SELECT kind, severity, role, source_file, source_layer, source_fid, field, text_zh, "
                      "text_en, done_zh, done_en, count, area_before_m2, area_after_m2, "
                      "AsBinary(geometry) FROM problems WHERE source = ? ORDER BY id");
        problems.bind(1, id);
        while (problems.executeStep()) {
            std::vector<Value> row;
            const int columns = problems.getColumnCount() - 1;
            row.reserve(static_cast<std::size_t>(columns));
            for (int column = 0; column < columns; ++column) {
                row.push_back(project::valueOf(problems.getColumn(column)));
            }
            Problem problem = problemFromRow(row);
            const geo::Shape place = project::shapeOf(problems.getColumn(columns));
            if (!place.points.empty()) {
                problem.place = place.points.front();
            }
            source.problems.push_back(std::move(problem));
        }
        SQLite::Statement rejects(database, "SELECT received FROM rejects WHERE source = ? ORDER BY id");
        rejects.bind(1, id);
        while (rejects.executeStep()) {
            source.rejects.push_back(project::rejectFrom(Json::parse(rejects.getColumn(0).getString())));
        }
        return source;
    });
}

} // namespace layers
