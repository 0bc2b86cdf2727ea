#include "layers/project/patch_search.hpp"

#include "geo/error.hpp"
#include "layers/error.hpp"
#include "layers/project/binding_handle.hpp"
#include "layers/project/project_handle.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

namespace layers {

namespace {

std::string boxQuery(const char* column) {
    return fmt::format("SELECT pkid FROM idx_patches_{} WHERE xmin <= ?3 AND xmax >= ?1 AND ymin <= ?4 AND "
                       "ymax >= ?2",
                       column);
}

/// A shape that cannot be read is as good as none: the caller counts it.
geo::Shape shapeFrom(SQLite::Statement& row, int firstColumn) {
    try {
        return project::shapeOf(row, firstColumn);
    } catch (const geo::Error&) {
        return {};
    }
}

} // namespace

struct PatchSearch::Statements {
    Statements(SQLite::Database& database, std::int64_t batch)
        : boxes{SQLite::Statement(database, boxQuery("geometry")),
                SQLite::Statement(database, boxQuery("line")),
                SQLite::Statement(database, boxQuery("point"))},
          shape(database, fmt::format("SELECT {} FROM patches WHERE id = ?", project::kShapeOut)),
          change(database,
                 "SELECT CASE WHEN json_valid(received) THEN json_extract(received, '$.change') END "
                 "FROM patches WHERE id = ?"),
          read(database,
               fmt::format("SELECT p.batch_id, p.patch_id, c.number, c.status, c.conclusion, {} FROM "
                           "patches p LEFT JOIN cases c ON c.patch = p.id WHERE p.id = ?",
                           project::kShapeOut)),
          withId(database,
                 "SELECT id FROM patches WHERE patch_id = ? AND batch_id < ? ORDER BY id DESC LIMIT 1") {
        SQLite::Statement rows(database, "SELECT id, code FROM batches WHERE id < ?");
        rows.bind(1, batch);
        while (rows.executeStep()) {
            codes.emplace(rows.getColumn(0).getInt64(), rows.getColumn(1).getString());
        }
    }

    std::array<SQLite::Statement, 3> boxes; ///< areas, lines, points
    SQLite::Statement shape;
    SQLite::Statement change;
    SQLite::Statement read;
    SQLite::Statement withId;
    std::map<std::int64_t, std::string> codes; ///< of the earlier batches
};

PatchSearch::PatchSearch(const ProjectFile& project, std::int64_t batch)
    : m_project(project), m_batch(batch) {
    project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement known(database, "SELECT 1 FROM batches WHERE id = ?");
        known.bind(1, batch);
        if (!known.executeStep()) {
            throw Error(fmt::format("项目中没有第 {0} 号批次 / the project has no batch number {0}", batch));
        }
        m_statements = std::make_unique<Statements>(database, batch);
        SQLite::Statement rows(
            database, "SELECT id, patch_id, geometry IS NOT NULL, line IS NOT NULL, "
                      "MbrMinX(coalesce(geometry, line, point)), MbrMinY(coalesce(geometry, line, point)), "
                      "MbrMaxX(coalesce(geometry, line, point)), MbrMaxY(coalesce(geometry, line, point)) "
                      "FROM patches WHERE batch_id = ? ORDER BY id");
        rows.bind(1, batch);
        while (rows.executeStep()) {
            int column = 0;
            PatchPlace place;
            place.id = rows.getColumn(column++).getInt64();
            place.patchId = rows.getColumn(column++).getString();
            const bool isArea = rows.getColumn(column++).getInt() != 0;
            const bool isLine = rows.getColumn(column++).getInt() != 0;
            if (!rows.getColumn(column).isNull()) {
                place.dimension = isArea   ? geo::Dimension::Area
                                  : isLine ? geo::Dimension::Line
                                           : geo::Dimension::Point;
                place.box.minX = rows.getColumn(column++).getDouble();
                place.box.minY = rows.getColumn(column++).getDouble();
                place.box.maxX = rows.getColumn(column++).getDouble();
                place.box.maxY = rows.getColumn(column++).getDouble();
            }
            m_patches.push_back(std::move(place));
        }
        return 0;
    });
}

PatchSearch::~PatchSearch() = default;

const std::vector<PatchPlace>& PatchSearch::patches() const {
    return m_patches;
}

bool PatchSearch::hasEarlier() const {
    return !m_statements->codes.empty();
}

geo::Shape PatchSearch::shapeOf(std::int64_t patch) const {
    return project::guarded(m_project, [&](SQLite::Database& /*database*/) {
        SQLite::Statement& row = m_statements->shape;
        row.reset();
        row.bind(1, patch);
        return row.executeStep() ? shapeFrom(row, 0) : geo::Shape();
    });
}

Change PatchSearch::changeOf(std::int64_t patch) const {
    return project::guarded(m_project, [&](SQLite::Database& /*database*/) {
        SQLite::Statement& row = m_statements->change;
        row.reset();
        row.bind(1, patch);
        const std::string key = row.executeStep() ? row.getColumn(0).getString() : std::string();
        return changeFromKey(key).value_or(Change::Unknown);
    });
}

void PatchSearch::near(geo::Dimension dimension, const geo::Box& box,
                       std::vector<std::int64_t>& found) const {
    project::guarded(m_project, [&](SQLite::Database& /*database*/) {
        SQLite::Statement& rows = m_statements->boxes[dimension == geo::Dimension::Area   ? 0
                                                      : dimension == geo::Dimension::Line ? 1
                                                                                          : 2];
        rows.reset();
        int place = 0;
        for (const double side : {box.minX, box.minY, box.maxX, box.maxY}) {
            rows.bind(++place, side);
        }
        const auto before = static_cast<std::ptrdiff_t>(found.size());
        while (rows.executeStep()) {
            const std::int64_t id = rows.getColumn(0).getInt64();
            const auto own = std::lower_bound(m_patches.begin(), m_patches.end(), id,
                                              [](const PatchPlace& p, std::int64_t i) { return p.id < i; });
            if (own == m_patches.end() || own->id != id) {
                found.push_back(id);
            }
        }
        std::sort(found.begin() + before, found.end());
        return 0;
    });
}

std::optional<KnownPatch> PatchSearch::read(std::int64_t patch) const {
    return project::guarded(m_project, [&](SQLite::Database& /*database*/) -> std::optional<KnownPatch> {
        SQLite::Statement& row = m_statements->read;
        row.reset();
        row.bind(1, patch);
        if (!row.executeStep()) {
            return std::nullopt;
        }
        int column = 0;
        const auto code = m_statements->codes.find(row.getColumn(column++).getInt64());
        if (code == m_statements->codes.end()) {
            return std::nullopt;
        }
        KnownPatch known;
        known.facts.id = patch;
        known.facts.batch = code->second;
        known.facts.patchId = row.getColumn(column++).getString();
        known.facts.caseNumber = row.getColumn(column++).getString();
        known.facts.status = row.getColumn(column++).getString();
        known.facts.conclusion = row.getColumn(column++).getString();
        known.shape = shapeFrom(row, column);
        return known;
    });
}

std::optional<std::int64_t> PatchSearch::newestWithId(const std::string& patchId) const {
    return project::guarded(m_project, [&](SQLite::Database& /*database*/) -> std::optional<std::int64_t> {
        SQLite::Statement& row = m_statements->withId;
        row.reset();
        row.bind(1, patchId);
        row.bind(2, m_batch);
        return row.executeStep() ? std::optional(row.getColumn(0).getInt64()) : std::nullopt;
    });
}

} // namespace layers
