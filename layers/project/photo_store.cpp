#include "layers/project/photo_store.hpp"

#include "geo/error.hpp"
#include "layers/project/binding_handle.hpp"
#include "layers/project/project_handle.hpp"
#include "layers/project/record_json_handle.hpp"

namespace layers {

namespace {

using project::Json;

const std::string& placeColumns() {
    static const std::string kColumns = std::string("SELECT c.id, c.number, c.issued_at, ") +
                                        "AsBinary(p.geometry), AsBinary(p.line), AsBinary(p.point) FROM "
                                        "cases c JOIN patches p ON p.id = c.patch ";
    return kColumns;
}

CasePlace placeFrom(SQLite::Statement& row) {
    constexpr int kShape = 3;
    CasePlace place;
    place.caseId = row.getColumn(0).getInt64();
    place.number = row.getColumn(1).getString();
    place.issuedAt = row.getColumn(2).getString();
    try {
        place.shape = project::shapeOf(row, kShape);
    } catch (const geo::Error&) {
        place.shape = {}; // as good as none: nothing is matched by its place
    }
    return place;
}

} // namespace

void addPhotos(LedgerChange& change, std::int64_t returnId, const std::vector<StoredPhoto>& photos) {
    project::guarded(change.project(), [&](SQLite::Database& database) {
        SQLite::Statement insert(
            database,
            "INSERT INTO photos (return_id, case_id, file, sha256, matched_by, taken_at, longitude, "
            "latitude, direction_deg, distance_m, faults) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        for (const StoredPhoto& photo : photos) {
            int place = 0;
            insert.bind(++place, returnId);
            project::bindValue(insert, ++place, project::valueOf(photo.caseId));
            insert.bind(++place, photo.file);
            insert.bind(++place, photo.sha256);
            insert.bind(++place, photo.matchedBy);
            insert.bind(++place, photo.takenAt);
            for (const std::optional<double>& number :
                 {photo.longitude, photo.latitude, photo.directionDeg, photo.distanceM}) {
                project::bindValue(insert, ++place, project::valueOf(number));
            }
            insert.bind(++place, project::textOf(Json(photo.faults)));
            project::insertRow(insert);
        }
        return 0;
    });
}

std::vector<StoredPhoto> photos(const ProjectFile& project, std::optional<std::int64_t> returnId) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(
            database,
            "SELECT p.return_id, p.case_id, coalesce(c.number, ''), p.file, p.sha256, p.matched_by, "
            "p.taken_at, p.longitude, p.latitude, p.direction_deg, p.distance_m, p.faults FROM "
            "photos p LEFT JOIN cases c ON c.id = p.case_id WHERE ?1 IS NULL OR p.return_id = ?1 "
            "ORDER BY p.id");
        project::bindValue(rows, 1, project::valueOf(returnId));
        std::vector<StoredPhoto> all;
        while (rows.executeStep()) {
            int column = 0;
            StoredPhoto photo;
            photo.returnId = rows.getColumn(column++).getInt64();
            if (!rows.getColumn(column).isNull()) {
                photo.caseId = rows.getColumn(column).getInt64();
            }
            ++column;
            for (std::string* text :
                 {&photo.number, &photo.file, &photo.sha256, &photo.matchedBy, &photo.takenAt}) {
                *text = rows.getColumn(column++).getString();
            }
            for (std::optional<double>* number :
                 {&photo.longitude, &photo.latitude, &photo.directionDeg, &photo.distanceM}) {
                *number = project::realOf(rows.getColumn(column++));
            }
            photo.faults = Json::parse(rows.getColumn(column).getString()).get<std::vector<std::string>>();
            all.push_back(std::move(photo));
        }
        return all;
    });
}

std::vector<CasePlace> casesNear(const ProjectFile& project, const geo::Box& box) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(
            database,
            placeColumns() +
                "WHERE c.patch IN (SELECT pkid FROM idx_patches_geometry WHERE xmin <= ?3 AND xmax >= ?1 AND "
                "ymin <= ?4 AND ymax >= ?2 UNION SELECT pkid FROM idx_patches_line WHERE xmin <= ?3 AND "
                "xmax >= ?1 AND ymin <= ?4 AND ymax >= ?2 UNION SELECT pkid FROM idx_patches_point WHERE "
                "xmin <= ?3 AND xmax >= ?1 AND ymin <= ?4 AND ymax >= ?2) ORDER BY c.scheme, c.serial");
        int place = 0;
        for (const double side : {box.minX, box.minY, box.maxX, box.maxY}) {
            rows.bind(++place, side);
        }
        std::vector<CasePlace> found;
        while (rows.executeStep()) {
            found.push_back(placeFrom(rows));
        }
        return found;
    });
}

std::optional<CasePlace> casePlace(const ProjectFile& project, const std::string& number) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement row(database, placeColumns() + "WHERE c.number = ?");
        row.bind(1, number);
        return row.executeStep() ? std::optional(placeFrom(row)) : std::nullopt;
    });
}

std::vector<std::string> casesWithoutPhotos(const ProjectFile& project) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(database,
                               "SELECT number FROM cases c WHERE conclusion <> '' AND NOT EXISTS (SELECT 1 "
                               "FROM photos p WHERE p.case_id = c.id) ORDER BY scheme, serial");
        std::vector<std::string> numbers;
        while (rows.executeStep()) {
            numbers.push_back(rows.getColumn(0).getString());
        }
        return numbers;
    });
}

} // namespace layers
