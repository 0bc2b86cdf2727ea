#include "app/report/results_columns.hpp"
#include "app/report/results_tables.hpp"
#include "layers/sha256.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <map>

namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const app::CheckResult& result) {
    geo::Progress progress;
    app::writeResults(file, result, "2026-11-24", progress);
}

class ResultsTables : public testing::Test {
  protected:
    void SetUp() override {
        write(m_file, m_result);
        m_database = std::make_unique<SQLite::Database>(m_file.string(), SQLite::OPEN_READONLY);
    }
    [[nodiscard]] std::int64_t number(const std::string& sql) const {
        return m_database->execAndGet(sql).getInt64();
    }
    [[nodiscard]] double real(const std::string& sql) const {
        return m_database->execAndGet(sql).getDouble();
    }
    [[nodiscard]] std::string text(const std::string& sql) const {
        return m_database->execAndGet(sql).getString();
    }

    tests::TemporaryFolder m_place;
    fs::path m_file = m_place.path() / "results.gpkg";
    app::CheckResult m_result = tests::sampleResult();
    std::unique_ptr<SQLite::Database> m_database;
};

TEST_F(ResultsTables, EveryRecordHasItsRow) {
    const std::map<std::string, std::int64_t> expected = {{"patches", 9}, {"overlaps", 9},  {"atoms", 14},
                                                          {"near", 1},    {"rejects", 2},   {"problems", 2},
                                                          {"zones", 4},   {"judgements", 5}};
    for (const auto& [table, rows] : expected) {
        EXPECT_EQ(number("SELECT count(*) FROM " + table), rows) << table;
    }
    EXPECT_EQ(text("SELECT value FROM run_info WHERE key = 'schema_version'"), "1");
    EXPECT_EQ(text("SELECT value FROM run_info WHERE key = 'valid'"), "yes");
    EXPECT_NE(text("SELECT value FROM run_info WHERE key = 'note'").find("以实地核查为准"),
              std::string::npos);
}

TEST_F(ResultsTables, PatchesCarryTheirMainFinding) {
    EXPECT_EQ(text("SELECT task_number FROM patches WHERE fid = 1"), "LS-513301-0001");
    EXPECT_EQ(number("SELECT number FROM patches WHERE fid = 7"), 3) << "the list's order, not the input's";
    EXPECT_EQ(text("SELECT verdict || rule || priority FROM patches WHERE fid = 1"), "疑似禁止NR-011");
    EXPECT_EQ(text("SELECT zone_kind FROM patches WHERE fid = 1"), "自然保护区;生态保护红线");
    EXPECT_EQ(text("SELECT zone_class FROM patches WHERE fid = 1"), "核心保护区") << "as judged";
    EXPECT_EQ(text("SELECT original_class FROM patches WHERE fid = 1"), "核心区") << "as received";
    EXPECT_EQ(text("SELECT county_code FROM patches WHERE fid = 1"), "513301");
    EXPECT_EQ(text("SELECT county_code FROM patches WHERE fid = 9"), "000000");
    EXPECT_EQ(text("SELECT patch_id FROM patches WHERE fid = 2"), "=SUM(A1:A9)");
    EXPECT_EQ(text("SELECT typeof(patch_id) FROM patches WHERE fid = 6"), "text");
    EXPECT_EQ(text("SELECT verdict || verdict_today FROM patches WHERE fid = 9"), "疑似限制疑似禁止");
    EXPECT_EQ(number("SELECT duplicate_of FROM patches WHERE bucket = 'duplicate'"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM patches WHERE verdict IS NULL"), 3) << "two near, one clear";
    EXPECT_EQ(text("SELECT geometry_hash FROM patches WHERE fid = 1"),
              text("SELECT geometry_hash FROM patches WHERE fid = 5"));
}

TEST_F(ResultsTables, MeasuresAreUnroundedAndAddUp) {
    for (std::size_t i = 0; i < m_result.patches.size(); ++i) {
        const std::string fid = std::to_string(i + 1);
        const bool isArea = !m_result.patches[i].shape.polygons.empty();
        const char* column = isArea ? "area_m2" : "length_m";
        if (m_result.results[i].overlay.measure > 0) {
            EXPECT_EQ(real(std::string("SELECT ") + column + " FROM patches WHERE fid = " + fid),
                      m_result.results[i].overlay.measure);
            EXPECT_NEAR(real(std::string("SELECT sum(") + column + ") FROM atoms WHERE patch = " + fid),
                        m_result.results[i].overlay.measure, 1e-6);
        }
        EXPECT_EQ(number("SELECT area_m2 IS NULL FROM patches WHERE fid = " + fid), isArea ? 0 : 1);
    }
    const geo::ZoneOverlap& overlap = m_result.results[0].overlay.overlaps[0];
    const double strip = m_result.settings.positionErrorM() * overlap.boundaryLengthM;
    EXPECT_EQ(real("SELECT area_m2 FROM overlaps WHERE fid = 1"), overlap.measure);
    EXPECT_DOUBLE_EQ(real("SELECT area_min_m2 FROM overlaps WHERE fid = 1"),
                     std::max(0.0, overlap.measure - strip));
    EXPECT_DOUBLE_EQ(real("SELECT area_max_m2 FROM overlaps WHERE fid = 1"),
                     std::min(m_result.results[0].overlay.measure, overlap.measure + strip));
    EXPECT_DOUBLE_EQ(real("SELECT width_m FROM overlaps WHERE fid = 1"),
                     2 * overlap.measure / overlap.perimeterM);
    EXPECT_DOUBLE_EQ(real("SELECT share FROM overlaps WHERE fid = 1"),
                     overlap.measure / m_result.results[0].overlay.measure);
}

TEST_F(ResultsTables, OverlapsSayWhatAndWhy) {
    EXPECT_EQ(text("SELECT rule || certainty || path FROM overlaps WHERE fid = 1"), "NR-01certainlocalised");
    EXPECT_EQ(text("SELECT basis FROM overlaps WHERE fid = 1"), tests::sample::longBasis());
    EXPECT_EQ(text("SELECT basis FROM judgements WHERE fid = (SELECT judgement FROM overlaps WHERE fid = 1)"),
              tests::sample::longBasis());
    EXPECT_EQ(text("SELECT z.name FROM overlaps o JOIN zones z ON z.fid = o.zone WHERE o.fid = 2"),
              "示例红线=A1");
    EXPECT_EQ(number("SELECT count(*) FROM overlaps WHERE certainty = 'edge' AND verdict IS NULL"), 1);
    EXPECT_EQ(text("SELECT zones || zone_kinds FROM atoms WHERE patch = 1 AND fid = 1"), "1;2NR;ECR");
    EXPECT_EQ(real("SELECT distance_m FROM near"), 8.5);
    EXPECT_EQ(text("SELECT attributes FROM rejects WHERE fid = 1"), R"({"TBBH":"TB-0010","HDLX":"采石场"})");
}

TEST_F(ResultsTables, WholeOverlapsHaveThePatchsGeometry) {
    EXPECT_EQ(
        number("SELECT o.geom = p.geom FROM overlaps o JOIN patches p ON p.fid = o.patch WHERE o.patch = 2"),
        1);
    EXPECT_EQ(
        number("SELECT a.geom = p.geom FROM atoms a JOIN patches p ON p.fid = a.patch WHERE a.patch = 2"), 1);
    EXPECT_EQ(
        number("SELECT o.geom = p.geom FROM overlaps o JOIN patches p ON p.fid = o.patch WHERE o.patch = 1"),
        0);
    EXPECT_EQ(number("SELECT count(*) FROM overlaps WHERE geom IS NULL"), 0);
}

TEST_F(ResultsTables, SameBytesTwiceAndValidWithOgr) {
    const fs::path again = m_place.path() / "again.gpkg";
    write(again, m_result);
    EXPECT_EQ(layers::sha256Of({m_file}), layers::sha256Of({again}));
    EXPECT_EQ(text("PRAGMA integrity_check"), "ok");
    GDALAllRegister();
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(m_file.c_str(), GDAL_OF_VECTOR));
    ASSERT_TRUE(dataset);
    for (OGRLayer* layer : dataset->GetLayers()) {
        for (const OGRFeatureUniquePtr& feature : *layer) {
            const OGRGeometry* geometry = feature->GetGeometryRef();
            if (geometry != nullptr && std::string(layer->GetName()) != "rejects") {
                EXPECT_TRUE(geometry->IsValid()) << layer->GetName() << " " << feature->GetFID();
            }
        }
    }
    EXPECT_EQ(dataset->GetLayerByName("near")->GetGeomType(), wkbMultiLineString);
    EXPECT_EQ(dataset->GetLayerByName("problems")->GetGeomType(), wkbPoint);
}

TEST(ResultsTablesKinds, AreasAloneMakeAreaLayers) {
    const tests::TemporaryFolder place;
    app::CheckResult result = tests::sampleResult();
    result.patches.resize(5);
    result.results.resize(5);
    result.listed = {0, 1};
    result.taskNumbers.resize(2);
    write(place.path() / "a.gpkg", result);
    const GDALDatasetUniquePtr dataset(GDALDataset::Open((place.path() / "a.gpkg").c_str(), GDAL_OF_VECTOR));
    ASSERT_TRUE(dataset);
    for (const char* name : {"patches", "overlaps", "atoms"}) {
        EXPECT_EQ(dataset->GetLayerByName(name)->GetGeomType(), wkbMultiPolygon) << name;
    }
}

TEST(ResultsTablesKinds, AnEmptyRunHasAllTables) {
    const tests::TemporaryFolder place;
    write(place.path() / "a.gpkg", app::CheckResult());
    SQLite::Database database((place.path() / "a.gpkg").string(), SQLite::OPEN_READONLY);
    EXPECT_EQ(database.execAndGet("SELECT count(*) FROM gpkg_contents").getInt(), 10);
}

TEST(ResultsTablesKinds, FaultsAndIncompleteZonesAreMarked) {
    const tests::TemporaryFolder place;
    app::CheckResult result = tests::sampleResult();
    result.faults.push_back({"合计", 1, 2});
    result.zonesIncomplete = true;
    write(place.path() / "a.gpkg", result);
    SQLite::Database database((place.path() / "a.gpkg").string(), SQLite::OPEN_READONLY);
    EXPECT_EQ(database.execAndGet("SELECT count(*) FROM run_info WHERE value LIKE 'no:%'").getInt(), 2);
}

TEST(ResultsTablesKinds, CancelledRunsStop) {
    const tests::TemporaryFolder place;
    geo::Progress progress;
    progress.cancel();
    const app::CheckResult result = tests::sampleResult();
    EXPECT_THROW(app::writeResults(place.path() / "a.gpkg", result, "2026-11-24", progress), geo::Cancelled);
}

/// docs/formats.md is complete: every table and column stands there in backquotes.
TEST(ResultsTablesDocs, EveryColumnIsDocumented) {
    const std::string page = tests::textOf(fs::path(SOURCE_ROOT) / "docs" / "formats.md");
    ASSERT_FALSE(page.empty());
    using layers::GeometryKind;
    for (const layers::TableSpec& table :
         {app::patchesTable(GeometryKind::Area), app::overlapsTable(GeometryKind::Area),
          app::atomsTable(GeometryKind::Area), app::nearTable(), app::rejectsTable(), app::problemsTable(),
          app::zonesTable(), app::judgementsTable()}) {
        const std::size_t start = page.find("\n### `" + table.name + "`");
        ASSERT_NE(start, std::string::npos) << table.name;
        const std::string section = page.substr(start, page.find("\n##", start + 1) - start);
        for (const layers::Column& column : table.columns) {
            EXPECT_NE(section.find("`" + column.name + "`"), std::string::npos)
                << table.name << "." << column.name;
        }
    }
}

} // namespace
