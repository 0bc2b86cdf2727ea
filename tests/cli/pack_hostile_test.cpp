// Names that would run, close a tag or leave a folder, through the whole pack.

#include "tests/support/pack_story.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>
#include <pugixml.hpp>

#include <set>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using tests::PackStory;

/// SQL text that makes each of them; they meet patches in this order.
std::vector<std::string> hostileTexts() {
    std::string longOne;
    for (int n = 0; n < 300; ++n) {
        longOne += "长";
    }
    return {"=1+1|cmd",
            R"x(<b onload="x()">&amp;'"]]>)x",
            "../../etc/passwd",
            R"(..\..\windows\x)",
            "\x01\x02\x1b[31m",
            "a\nb\tc",
            "\u202Etxt.exe", // NOLINT(misc-misleading-bidirectional)
            "𠮷䶮㐂𪚥〇",
            longOne,
            "%s%n{0}$(id)`id`;DROP TABLE cases;--",
            "</description><NetworkLink><Link><href>http://x</href></Link></NetworkLink>"};
}

void setTexts(const fs::path& gpkg, const std::string& table, const std::string& column) {
    tests::editGeoPackage(gpkg, {});
    SQLite::Database database(gpkg.string(), SQLite::OPEN_READWRITE);
    const std::vector<std::string> texts = hostileTexts();
    SQLite::Statement change(database,
                             "UPDATE \"" + table + "\" SET \"" + column + "\" = ? WHERE fid % ? = ?");
    for (std::size_t n = 0; n < texts.size(); ++n) {
        change.bind(1, texts[n]);
        change.bind(2, static_cast<std::int64_t>(texts.size()));
        change.bind(3, static_cast<std::int64_t>(n));
        change.exec();
        change.reset();
    }
}

/// A point in a reserve becomes one of two places.
void makeMultiPoint(const fs::path& gpkg) {
    GDALAllRegister();
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(gpkg.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE));
    OGRLayer* layer = dataset->GetLayerByName("points");
    layer->SetAttributeFilter("点位编号 = 'SL2026B2P010'");
    const OGRFeatureUniquePtr feature(layer->GetNextFeature());
    ASSERT_TRUE(feature);
    OGRPoint place(*feature->GetGeometryRef()->toPoint());
    OGRMultiPoint both;
    both.addGeometry(&place);
    place.setX(place.getX() + 0.0001);
    both.addGeometry(&place);
    feature->SetGeometry(&both);
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    ASSERT_EQ(layer->SetFeature(feature.get()), OGRERR_NONE);
}

class HostilePack : public testing::Test {
  protected:
    void SetUp() override {
        const fs::path patches = story.folder() / "patches.gpkg";
        const fs::path reserve = story.folder() / "reserve.gpkg";
        fs::copy_file(PackStory::sample("batch2/patches.gpkg"), patches);
        fs::copy_file(PackStory::sample("zones/reserve.gpkg"), reserve);
        makeMultiPoint(patches);
        setTexts(patches, "patches", "人类活动类型");
        setTexts(patches, "patches", "备注");
        setTexts(reserve, "reserve", "BHDMC");
        {
            SQLite::Database database(patches.string(), SQLite::OPEN_READWRITE);
            const std::vector<std::string> texts = hostileTexts();
            SQLite::Statement change(database, "UPDATE patches SET 原图斑编号 = ? || fid WHERE fid % 11 = ?");
            for (std::size_t n = 0; n < texts.size(); ++n) {
                change.bind(1, texts[n]);
                change.bind(2, static_cast<std::int64_t>(n));
                change.exec();
                change.reset();
            }
        }
        story.run({"add"}, "zones",
                  {PackStory::sample("admin/ganzi_counties.geojson").string(), "--role", "admin", "--layer",
                   "县界"});
        story.run({"add"}, "zones", {reserve.string(), "--role", "reserve", "--layer", "自然保护地"});
        story.run({"add"}, "batch",
                  {patches.string() + ":patches", patches.string() + ":points", "--name", "2026年第2批",
                   "--map", "changes.activity=const:A01"},
                  {0, 3});
        story.newRun("2026B2");
        story.run({"judge"}, "case", {"--batch", "2026B2", "--verdict", "1"});
        story.run({"step"}, "case", {"--status", "待下发", "--to", "已下发"});
        // NOLINTNEXTLINE(misc-misleading-bidirectional)
        story.run({"set"}, "case", {"--batch", "2026B2", "核查组=</title><x a=\"../组\">𠮷\u202E"});
        story.run({"set"}, "case", {"--batch", "2026B2", "现状描述==HYPERLINK(\"http://x\")\n<script>&"});
    }
    PackStory story;
};

void expectWellFormed(const std::string& text, const fs::path& file) {
    pugi::xml_document document;
    const pugi::xml_parse_result parsed = document.load_string(text.c_str(), pugi::parse_full);
    EXPECT_TRUE(parsed) << file << ": " << parsed.description() << " at " << parsed.offset;
    EXPECT_TRUE(document.select_nodes("//NetworkLink | //script | //b | //x").empty()) << file;
}

TEST_F(HostilePack, nothingBreaksOrRunsAndAllOfItComesBack) {
    std::set<std::string> seen;
    int twoPlaces = 0;
    for (const std::string by : {"county", "team"}) {
        const fs::path folder = story.folder() / by;
        const Json exported = story.pack(folder, {"--by", by, "--include-zones"});
        ASSERT_GT(exported.at("cases"), 20);
        for (const Json& pack : exported.at("packs")) {
            const fs::path out = PackStory::unpack(folder / pack.at("file").get<std::string>());
            const Json manifest = PackStory::manifest(out);
            fs::path gpkg;
            for (const fs::directory_entry& entry : fs::directory_iterator(out)) {
                const fs::path& file = entry.path();
                if (file.extension() == ".kml" || file.extension() == ".gpx") {
                    expectWellFormed(tests::fileText(file), file);
                } else if (file.extension() == ".qgz") {
                    const fs::path inside = PackStory::unpack(file);
                    const fs::path qgs = inside / file.stem().concat(".qgs");
                    expectWellFormed(tests::fileText(qgs), qgs);
                } else if (file.extension() == ".gpkg") {
                    gpkg = file;
                }
            }
            // Every text in the GeoPackage is the ledger's: what nobody touched is unchanged.
            const Json plan = story.run({"add"}, "return", {gpkg.string()});
            EXPECT_EQ(plan.at("counts").at("unchanged"), pack.at("cases")) << plan.dump(2);
            EXPECT_EQ(plan.at("counts").at("doubtful"), 0) << plan.dump(2);
            SQLite::Database database(gpkg.string(), SQLite::OPEN_READONLY);
            const GDALDatasetUniquePtr dataset(GDALDataset::Open(gpkg.c_str(), GDAL_OF_VECTOR));
            if (OGRLayer* points = dataset->GetLayerByName("cases_point")) {
                for (const OGRFeatureUniquePtr& feature : *points) {
                    twoPlaces += wkbFlatten(feature->GetGeometryRef()->getGeometryType()) == wkbMultiPoint;
                }
            }
            SQLite::Statement ids(database, "SELECT patch_id, zone_name FROM cases");
            while (ids.executeStep()) {
                for (const std::string& text : hostileTexts()) {
                    if (ids.getColumn(0).getString().rfind(text, 0) == 0) {
                        seen.insert(text);
                    }
                }
            }
            SQLite::Statement styles(database, "SELECT styleQML FROM layer_styles");
            while (styles.executeStep()) {
                expectWellFormed(styles.getColumn(0).getString(), gpkg);
            }
        }
    }
    EXPECT_GT(twoPlaces, 0) << "a point of two places is in its pack";
    EXPECT_EQ(seen.size(), hostileTexts().size()) << "each text went through a pack";
    story.expectSound();
}

} // namespace
