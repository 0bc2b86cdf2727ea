#include "layers/project/zone_store.hpp"

#include "layers/error.hpp"
#include "layers/project/binding_handle.hpp"
#include "layers/project/project_handle.hpp"
#include "layers/project/record_json_handle.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace layers {

namespace {

using project::Json;

/// The layer's row, made where there is none.
std::int64_t layerId(SQLite::Database& database, const ZoneVersion& version) {
    SQLite::Statement find(database, "SELECT id, role FROM zone_layers WHERE name = ?");
    find.bind(1, version.layer);
    if (find.executeStep()) {
        if (find.getColumn(1).getString() != roleKey(version.role)) {
            throw Error(
                fmt::format("图层“{0}”已作为 {1} 存在，不能作为 {2} 导入；请另起名称（--layer）/ the layer "
                            "“{0}” is there as {1}, not as {2}: give another name (--layer)",
                            version.layer, find.getColumn(1).getString(), roleKey(version.role)));
        }
        return find.getColumn(0).getInt64();
    }
    SQLite::Statement insert(database, "INSERT INTO zone_layers (role, name) VALUES (?, ?)");
    insert.bind(1, std::string(roleKey(version.role)));
    insert.bind(2, version.layer);
    insert.exec();
    return database.getLastInsertRowid();
}

void addVersionRow(LedgerChange& change, ZoneVersion& version, const StoredSource& source) {
    SQLite::Database& database = *change.project().connection().database;
    const std::int64_t layer = layerId(database, version);
    SQLite::Statement last(database, "SELECT coalesce(max(number), 0) FROM zone_versions WHERE layer = ?");
    last.bind(1, layer);
    last.executeStep();
    version.number = last.getColumn(0).getInt() + 1;
    if (version.number > 1 && version.validFrom.empty() && version.role != Role::Admin) {
        throw Error(fmt::format(
            "图层“{0}”已有 {1} 个版本，新版本要说明从哪天起生效：--valid-from 2026-03-15 "
            "（或 --approved）/ the layer “{0}” has {1} versions: say from when the new one holds, "
            "--valid-from YYYY-MM-DD (or --approved)",
            version.layer, version.number - 1));
    }
    version.source = addSource(change, source);
    version.file = source.report.file;
    version.sha256 = source.report.sha256;
    version.added = change.stamp();
    SQLite::Statement insert(
        database, "INSERT INTO zone_versions (layer, number, source, approval, approved, valid_from, "
                  "valid_to, features, complete, added_at, added_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
                  "?, ?)");
    int place = 0;
    insert.bind(++place, layer);
    insert.bind(++place, version.number);
    insert.bind(++place, version.source);
    for (const std::string* text :
         {&version.approval, &version.approved, &version.validFrom, &version.validTo}) {
        insert.bind(++place, *text);
    }
    insert.bind(++place, version.features);
    insert.bind(++place, version.isComplete ? 1 : 0);
    insert.bind(++place, version.added.at);
    insert.bind(++place, version.added.who);
    insert.exec();
    version.id = database.getLastInsertRowid();
}

/// The printed form of a date: the day, or the text as received.
std::string shownDate(const DateText& date) {
    return date.first && date.first == date.last ? isoFromDay(*date.first) : date.raw;
}

void record(LedgerChange& change, const ZoneVersion& version, const char* kind) {
    change.record({kind, "",
                   project::textOf(Json{{"version", version.id},
                                        {"role", roleKey(version.role)},
                                        {"layer", version.layer},
                                        {"number", version.number},
                                        {"file", version.file},
                                        {"sha256", version.sha256},
                                        {"approval", version.approval},
                                        {"approved", version.approved},
                                        {"valid_from", version.validFrom},
                                        {"valid_to", version.validTo},
                                        {"features", version.features}})});
}

} // namespace

void addZoneVersion(LedgerChange& change, ZoneVersion& version, const StoredSource& source,
                    const std::vector<Zone>& zones) {
    project::guarded(change.project(), [&](SQLite::Database& database) {
        version.features = static_cast<std::int64_t>(zones.size());
        addVersionRow(change, version, source);
        SQLite::Statement insert(
            database,
            "INSERT INTO zones (zone_version, role, kind, kind_name, code, name, level, zone_class, "
            "original_class, version, approval, approved, valid_from, valid_to, source_file, source_layer, "
            "source_fid, received, geometry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
            "?, CastToMulti(GeomFromWKB(?, 4490)))");
        std::vector<std::byte> wkb;
        for (const Zone& zone : zones) {
            int place = 0;
            insert.bind(++place, version.id);
            insert.bind(++place, std::string(roleKey(zone.role)));
            insert.bind(++place, std::string(zoneKindCode(zone.kind)));
            insert.bind(++place, std::string(zoneKindNameZh(zone.kind)));
            for (const std::string* text : {&zone.id, &zone.name, &zone.level, &zone.zoneClass,
                                            &zone.originalClass, &zone.version, &zone.approval}) {
                insert.bind(++place, *text);
            }
            insert.bind(++place, shownDate(zone.approved));
            insert.bind(++place, shownDate(zone.validFrom));
            insert.bind(++place, shownDate(zone.validTo));
            insert.bind(++place, source.report.file);
            insert.bind(++place, source.report.layer);
            insert.bind(++place, zone.feature);
            insert.bind(++place, project::textOf(project::toJson(zone)));
            project::bindWkb(insert, ++place, &zone.shape, wkb);
            project::insertRow(insert);
        }
        record(change, version, "zones_added");
        return 0;
    });
}

void addCountyVersion(LedgerChange& change, ZoneVersion& version, const StoredSource& source,
                      const std::vector<County>& counties) {
    project::guarded(change.project(), [&](SQLite::Database& database) {
        version.features = static_cast<std::int64_t>(counties.size());
        addVersionRow(change, version, source);
        SQLite::Statement insert(
            database, "INSERT INTO counties (zone_version, code, name, city, geometry) VALUES (?, ?, "
                      "?, ?, CastToMulti(GeomFromWKB(?, 4490)))");
        std::vector<std::byte> wkb;
        for (const County& county : counties) {
            int place = 0;
            insert.bind(++place, version.id);
            insert.bind(++place, county.code);
            insert.bind(++place, county.name);
            insert.bind(++place, county.city);
            project::bindWkb(insert, ++place, &county.shape, wkb);
            project::insertRow(insert);
        }
        record(change, version, "counties_added");
        return 0;
    });
}

std::vector<ZoneVersion> zoneVersions(const ProjectFile& project) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(
            database, "SELECT v.id, l.role, l.name, v.number, v.source, s.file, s.sha256, v.approval, "
                      "v.approved, v.valid_from, v.valid_to, v.features, v.complete, v.added_at, v.added_by, "
                      "v.withdrawn_at FROM zone_versions v JOIN zone_layers l ON l.id = v.layer JOIN sources "
                      "s ON s.id = v.source ORDER BY l.id, v.number");
        std::vector<ZoneVersion> versions;
        while (rows.executeStep()) {
            int column = 0;
            const auto text = [&] { return rows.getColumn(column++).getString(); };
            const auto number = [&] { return rows.getColumn(column++).getInt64(); };
            ZoneVersion version;
            version.id = number();
            version.role = roleFromKey(text()).value_or(Role::RedLine);
            version.layer = text();
            version.number = static_cast<int>(number());
            version.source = number();
            for (std::string* part : {&version.file, &version.sha256, &version.approval, &version.approved,
                                      &version.validFrom, &version.validTo}) {
                *part = text();
            }
            version.features = number();
            version.isComplete = number() != 0;
            version.added.at = text();
            version.added.who = text();
            version.withdrawnAt = text();
            versions.push_back(std::move(version));
        }
        std::stable_sort(versions.begin(), versions.end(),
                         [](const ZoneVersion& a, const ZoneVersion& b) { return a.role < b.role; });
        return versions;
    });
}

bool removeZoneVersion(LedgerChange& change, const ZoneVersion& version) {
    return project::guarded(change.project(), [&](SQLite::Database& database) {
        SQLite::Statement used(database, "SELECT count(*) FROM run_zones WHERE zone_version = ?");
        used.bind(1, version.id);
        used.executeStep();
        const bool isUsed = used.getColumn(0).getInt() > 0;
        const auto run = [&](const char* sql) {
            SQLite::Statement statement(database, sql);
            statement.bind(1, version.id);
            statement.exec();
        };
        if (isUsed) {
            SQLite::Statement withdraw(database, "UPDATE zone_versions SET withdrawn_at = ? WHERE id = ?");
            withdraw.bind(1, change.stamp().at);
            withdraw.bind(2, version.id);
            withdraw.exec();
        } else {
            run("DELETE FROM zones WHERE zone_version = ?");
            run("DELETE FROM counties WHERE zone_version = ?");
            run("DELETE FROM zone_versions WHERE id = ?");
            removeSource(change, version.source);
        }
        record(change, version, isUsed ? "zones_withdrawn" : "zones_removed");
        return !isUsed;
    });
}

std::vector<StoredZone> zonesOf(const ProjectFile& project, std::int64_t version) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(
            database,
            "SELECT id, received, AsBinary(geometry) FROM zones WHERE zone_version = ? ORDER BY id");
        rows.bind(1, version);
        std::vector<StoredZone> zones;
        while (rows.executeStep()) {
            StoredZone stored{rows.getColumn(0).getInt64(),
                              project::zoneFrom(Json::parse(rows.getColumn(1).getString()))};
            stored.zone.shape = project::shapeOf(rows.getColumn(2));
            zones.push_back(std::move(stored));
        }
        return zones;
    });
}

std::vector<County> countiesOf(const ProjectFile& project, std::int64_t version) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(
            database,
            "SELECT code, name, city, AsBinary(geometry) FROM counties WHERE zone_version = ? ORDER BY id");
        rows.bind(1, version);
        std::vector<County> counties;
        while (rows.executeStep()) {
            constexpr int kShape = 3;
            counties.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString(),
                                rows.getColumn(2).getString(), project::shapeOf(rows.getColumn(kShape))});
        }
        return counties;
    });
}

} // namespace layers
