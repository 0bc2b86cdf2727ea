#include "layers/error.hpp"
#include "layers/project/binding_handle.hpp"
#include "layers/project/project_handle.hpp"
#include "layers/project/run_store.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace layers {

namespace {

/// How rows of a table go into the project's.
struct RowTarget {
    const char* table;
    bool isUpdate; ///< patches: the row is there, received
    int columns;   ///< of results.gpkg's table
    const char* sql;
    int shapes; ///< geometry columns: 0, 1 or 3
};

constexpr const char* kUpdatePatch =
    "UPDATE patches SET number = ?, task_number = ?, patch_id = ?, batch = ?, bucket = ?, city = ?, county = "
    "?, "
    "county_code = ?, zone_kind = ?, zone_name = ?, level = ?, zone_class = ?, original_class = ?, "
    "activity_code = ?, "
    "activity = ?, \"change\" = ?, earlier = ?, later = ?, judged_on = ?, longitude = ?, latitude = ?, "
    "area_m2 = ?, "
    "length_m = ?, perimeter_m = ?, covered_m2 = ?, covered_m = ?, covered_share = ?, uncovered_m2 = ?, "
    "residual = ?, "
    "stated_area_m2 = ?, findings = ?, certainty = ?, verdict = ?, verdict_today = ?, priority = ?, rule = "
    "?, "
    "rule_today = ?, basis = ?, confidence = ?, duplicate_of = ?, duplicate_share = ?, source_file = ?, "
    "source_layer = ?, source_fid = ?, geometry_hash = ?, run = ? WHERE id = ?";

constexpr auto kTargets = std::to_array<RowTarget>({
    {"patches", true, 45, kUpdatePatch, 0},
    {"overlaps", false, 28,
     "INSERT INTO overlaps (run, patch, patch_id, bucket, zone, zone_role, zone_kind, zone_name, zone_class, "
     "original_class, version, approval, area_m2, length_m, share, width_m, area_min_m2, area_max_m2, "
     "boundary_m, "
     "certainty, verdict, verdict_today, priority, rule, rule_today, basis, judgement, judgement_today, "
     "path, "
     "geometry, line, point) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
     "?, ?, ?, "
     "?, ?, CastToMulti(GeomFromWKB(?, 4490)), CastToMulti(GeomFromWKB(?, 4490)), CastToMulti(GeomFromWKB(?, "
     "4490)))",
     3},
    {"atoms", false, 7,
     "INSERT INTO atoms (run, patch, zones, zone_kinds, zone_classes, covered, area_m2, length_m, geometry, "
     "line, "
     "point) VALUES (?, ?, ?, ?, ?, ?, ?, ?, CastToMulti(GeomFromWKB(?, 4490)), CastToMulti(GeomFromWKB(?, "
     "4490)), "
     "CastToMulti(GeomFromWKB(?, 4490)))",
     3},
    {"near", false, 13,
     "INSERT INTO near (run, patch, patch_id, bucket, zone, zone_role, zone_kind, zone_name, zone_class, "
     "distance_m, "
     "azimuth_deg, rank, zone_longitude, zone_latitude, geometry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
     "?, ?, ?, "
     "CastToMulti(GeomFromWKB(?, 4490)))",
     1},
    {"problems", false, 14,
     "INSERT INTO problems (run, kind, severity, role, source_file, source_layer, source_fid, field, "
     "text_zh, "
     "text_en, done_zh, done_en, count, area_before_m2, area_after_m2, geometry) VALUES (?, ?, ?, ?, ?, ?, "
     "?, ?, ?, "
     "?, ?, ?, ?, ?, ?, GeomFromWKB(?, 4490))",
     1},
    {"judgements", false, 8,
     "INSERT INTO judgements (run, verdict, priority, rule, basis, confidence, judged_class, converted, "
     "fallback) "
     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
     0},
});

} // namespace

struct RunRows::Impl {
    const ProjectFile& project;
    std::int64_t run;
    std::vector<std::int64_t> patches;
    std::size_t knownProblems;
    std::int64_t firstJudgement = 1;
    const RowTarget* target = nullptr; ///< none: the table is not kept
    std::map<std::string, std::unique_ptr<SQLite::Statement>> statements = {};
    SQLite::Statement* statement = nullptr;
    std::size_t rows = 0; ///< of the table in use
    std::vector<std::byte> wkb = {};

    void add(std::span<const Value> values, const geo::Shape* shape) {
        if (values.size() != static_cast<std::size_t>(target->columns)) {
            throw Error(std::string("内部错误：表列数不符 / internal error: wrong number of columns: ") +
                        target->table);
        }
        int place = 0;
        if (!target->isUpdate) {
            statement->bind(++place, run);
        }
        for (const Value& value : values) {
            project::bindValue(*statement, ++place, value);
        }
        if (target->isUpdate) {
            statement->bind(++place, run);
            statement->bind(++place, patches.at(rows));
        } else if (target->shapes == 1) {
            project::bindWkb(*statement, ++place, shape, wkb);
        } else if (target->shapes > 1) {
            project::bindShape(*statement, ++place, shape, wkb);
        }
        project::insertRow(*statement);
    }
};

RunRows::RunRows(LedgerChange& change, const RunRecord& run, std::vector<std::int64_t> patches,
                 std::size_t knownProblems)
    : m_impl(std::make_unique<Impl>(Impl{change.project(), run.id, std::move(patches), knownProblems})) {
    project::guarded(change.project(), [&](SQLite::Database& database) {
        // Overlaps point to judgements, which are written after them: looked at when the change is committed.
        database.exec("PRAGMA defer_foreign_keys = ON");
        m_impl->firstJudgement =
            database.execAndGet("SELECT coalesce(max(id), 0) + 1 FROM judgements").getInt64();
        return 0;
    });
}

RunRows::~RunRows() = default;

std::int64_t RunRows::firstJudgement() const {
    return m_impl->firstJudgement;
}

void RunRows::useTable(const std::string& name) {
    const auto* const found = std::find_if(kTargets.begin(), kTargets.end(),
                                           [&name](const RowTarget& target) { return name == target.table; });
    m_impl->target = found == kTargets.end() ? nullptr : found;
    m_impl->rows = 0;
    if (m_impl->target == nullptr) {
        return;
    }
    project::guarded(m_impl->project, [&](SQLite::Database& database) {
        auto& statement = m_impl->statements[name];
        if (!statement) {
            statement = std::make_unique<SQLite::Statement>(database, m_impl->target->sql);
        }
        m_impl->statement = statement.get();
        return 0;
    });
}

void RunRows::addRow(std::span<const Value> values, const geo::Shape* shape) {
    Impl& impl = *m_impl;
    if (impl.target == nullptr) {
        return;
    }
    const bool isKnown = std::string_view(impl.target->table) == "problems" && impl.rows < impl.knownProblems;
    if (!isKnown) {
        project::guarded(impl.project, [&](SQLite::Database& /*database*/) {
            impl.add(values, shape);
            return 0;
        });
    }
    ++impl.rows;
}

} // namespace layers
