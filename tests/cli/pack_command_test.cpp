// Field packs: what is in them, and that it comes back.

#include "layers/sha256.hpp"
#include "tests/support/pack_story.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using tests::PackStory;

GDALDatasetUniquePtr open(const fs::path& file) {
    GDALAllRegister();
    return GDALDatasetUniquePtr(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
}

std::int64_t featuresIn(const fs::path& file, const std::string& onlyLayer = {}) {
    const GDALDatasetUniquePtr dataset = open(file);
    std::int64_t count = 0;
    for (int i = 0; dataset && i < dataset->GetLayerCount(); ++i) {
        OGRLayer* layer = dataset->GetLayer(i);
        count += onlyLayer.empty() || onlyLayer == layer->GetName() ? layer->GetFeatureCount() : 0;
    }
    return count;
}

bool isPlainName(const std::string& name) {
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
               c == '-' || c == '.' || c == '/';
    });
}

/// Every member has the length, hash and rows that the manifest says, and no member is unsaid.
void expectManifestTrue(const fs::path& folder, const Json& manifest) {
    std::set<std::string> said{"manifest.json"};
    for (const Json& file : manifest.at("files")) {
        const std::string name = file.at("name");
        said.insert(name);
        EXPECT_TRUE(isPlainName(name)) << name;
        EXPECT_EQ(fs::file_size(folder / name), file.at("bytes")) << name;
        EXPECT_EQ(layers::sha256Of({folder / name}), file.at("sha256")) << name;
        if (file.contains("rows") && !name.ends_with(".gpkg")) {
            EXPECT_EQ(featuresIn(folder / name, name.ends_with(".gpx") ? "waypoints" : ""), file.at("rows"))
                << name;
        }
    }
    for (const auto& [name, bytes] : tests::folderContents(folder)) {
        EXPECT_TRUE(said.contains(name)) << name;
    }
}

/// Numbers of the cases in all case layers, and that each shape is there.
std::set<std::string> casesIn(const fs::path& gpkg) {
    std::set<std::string> numbers;
    const GDALDatasetUniquePtr dataset = open(gpkg);
    for (int i = 0; dataset && i < dataset->GetLayerCount(); ++i) {
        OGRLayer* layer = dataset->GetLayer(i);
        if (std::string(layer->GetName()).rfind("cases", 0) == 0) {
            for (const OGRFeatureUniquePtr& feature : *layer) {
                EXPECT_TRUE(numbers.insert(feature->GetFieldAsString("task_number")).second);
                EXPECT_NE(feature->GetGeometryRef(), nullptr);
            }
        }
    }
    return numbers;
}

std::set<std::string> tablesIn(const fs::path& gpkg) {
    std::set<std::string> names;
    SQLite::Database database(gpkg.string(), SQLite::OPEN_READONLY);
    SQLite::Statement rows(database, "SELECT table_name FROM gpkg_contents");
    while (rows.executeStep()) {
        names.insert(rows.getColumn(0).getString());
    }
    return names;
}

class PackCommand : public testing::Test {
  protected:
    void SetUp() override { story.sendOut(); }
    [[nodiscard]] fs::path folder(const std::string& name) const { return story.folder() / name; }
    [[nodiscard]] tests::Ended start(const std::vector<std::string>& more) const {
        std::vector<std::string> arguments{"--batch", PackStory::kBatch};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return story.start("pack", "export", arguments);
    }
    PackStory story;
};

TEST_F(PackCommand, everyCaseIsInOnePackAndTheManifestsAreTrue) {
    const Json exported = story.pack(folder("包"));
    EXPECT_EQ(exported.at("listed"), PackStory::kCases);
    EXPECT_EQ(exported.at("cases"), PackStory::kCases);
    EXPECT_TRUE(exported.at("left_out").empty());
    std::set<std::string> all;
    int sum = 0;
    std::set<std::string> keys;
    for (const Json& pack : exported.at("packs")) {
        const std::string name = pack.at("file");
        EXPECT_TRUE(isPlainName(name) && name.ends_with("_internal.zip")) << name;
        EXPECT_EQ(layers::sha256Of({folder("包") / name}), pack.at("sha256"));
        const fs::path out = PackStory::unpack(folder("包") / name);
        const Json manifest = PackStory::manifest(out);
        expectManifestTrue(out, manifest);
        EXPECT_EQ(manifest.at("mark"), "内部资料 注意保存");
        EXPECT_EQ(manifest.at("cases"), pack.at("cases"));
        EXPECT_EQ(manifest.at("export_id"), pack.at("export_id"));
        const std::string code = manifest.at("county_code");
        const std::set<std::string> cases = casesIn(out / (code + "_cases.gpkg"));
        EXPECT_EQ(static_cast<int>(cases.size()), pack.at("cases").get<int>());
        sum += static_cast<int>(cases.size());
        all.insert(cases.begin(), cases.end());
        keys.insert(manifest.at("export_id").get<std::string>());
        EXPECT_FALSE(tablesIn(out / (code + "_cases.gpkg")).contains("zones"));
        EXPECT_EQ(tests::fileText(out / "README.txt").rfind("\xEF\xBB\xBF生态环境", 0), 0U);
        for (const std::string& number : cases) {
            EXPECT_TRUE(fs::exists(out / "sheets" / (number + ".pdf"))) << number;
        }
        EXPECT_TRUE(fs::exists(out / "sheets" / (code + "_sheets.pdf")));
        EXPECT_EQ(pack.at("sheets"), pack.at("cases"));
    }
    EXPECT_EQ(sum, PackStory::kCases);
    EXPECT_EQ(all.size(), static_cast<std::size_t>(PackStory::kCases)) << "a case in two packs";
    EXPECT_EQ(keys.size(), exported.at("packs").size());
    EXPECT_EQ(tests::fileText(folder("包") / "packs.csv").rfind("\xEF\xBB\xBF文件,", 0), 0U);
    story.expectSound();
}

TEST_F(PackCommand, sheetsAreThoseOfExportSheetsAndCanStayOut) {
    static_cast<void>(story.pack(folder("包")));
    story.run({"sheets"}, "export", {"--batch", PackStory::kBatch, "--out", folder("单").string()});
    const fs::path out = PackStory::unpack(folder("包/pack_2026B2_513301_internal.zip"));
    int compared = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(out / "sheets")) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("LD")) {
            EXPECT_TRUE(tests::fileText(entry.path()) ==
                        tests::fileText(folder("单/任务单/单张/513301") / name))
                << name;
            ++compared;
        }
    }
    EXPECT_EQ(compared, 35);
    const Json without = story.pack(folder("无单"), {"--no-sheets"});
    EXPECT_EQ(without.at("packs").at(0).at("sheets"), 0);
    const fs::path bare = PackStory::unpack(folder("无单/pack_2026B2_513301_internal.zip"));
    EXPECT_FALSE(fs::exists(bare / "sheets"));
    expectManifestTrue(bare, PackStory::manifest(bare));
}

TEST_F(PackCommand, waypointsLieInTheirPatches) {
    static_cast<void>(story.pack(folder("包"), {"--no-sheets"}));
    const fs::path out = PackStory::unpack(folder("包/pack_2026B2_513301_internal.zip"));
    std::map<std::string, OGRGeometryUniquePtr> places;
    const GDALDatasetUniquePtr gpx = open(out / "513301_patches.gpx");
    ASSERT_TRUE(gpx);
    for (const OGRFeatureUniquePtr& feature : *gpx->GetLayerByName("waypoints")) {
        places[feature->GetFieldAsString("name")].reset(feature->GetGeometryRef()->clone());
    }
    const GDALDatasetUniquePtr gpkg = open(out / "513301_cases.gpkg");
    int looked = 0;
    for (const OGRFeatureUniquePtr& feature : *gpkg->GetLayerByName("cases")) {
        const auto place = places.find(feature->GetFieldAsString("task_number"));
        ASSERT_NE(place, places.end());
        EXPECT_TRUE(feature->GetGeometryRef()->Contains(place->second.get())) << place->first;
        ++looked;
    }
    EXPECT_EQ(looked, 27);
}

TEST_F(PackCommand, packsRepeatToTheSameBytesInAnyTimeZone) {
    static_cast<void>(story.pack(folder("1")));
    setenv("TZ", "America/New_York", 1);
    static_cast<void>(story.pack(folder("2"), {"--threads", "1"}));
    unsetenv("TZ");
    EXPECT_TRUE(tests::folderContents(folder("1")) == tests::folderContents(folder("2")));
    static_cast<void>(story.pack(folder("1"), {}, 1));
    static_cast<void>(story.pack(folder("1"), {"--overwrite"}));
    EXPECT_TRUE(tests::folderContents(folder("1")) == tests::folderContents(folder("2")));
    // Packs of another kind would be mixed up with these.
    const tests::Ended mixed = start({"--out", folder("1").string(), "--by", "team", "--overwrite"});
    EXPECT_EQ(mixed.status, 1);
    EXPECT_NE(mixed.err.find("另一次输出的数据包"), std::string::npos) << mixed.err;
    EXPECT_TRUE(tests::folderContents(folder("1")) == tests::folderContents(folder("2")));
}

TEST_F(PackCommand, zonesComeOnlyWhenAskedAndNoMoreExactlyThanThePolicySays) {
    static_cast<void>(story.pack(folder("无"), {"--no-sheets"}));
    const fs::path without = PackStory::unpack(folder("无/pack_2026B2_513301_internal.zip"));
    EXPECT_EQ(tablesIn(without / "513301_cases.gpkg"),
              (std::set<std::string>{"cases", "cases_line", "cases_point", "county", "attachments",
                                     "list_conclusion", "list_illegal", "layer_styles", "run_info"}));
    const Json exported = story.pack(folder("有"), {"--include-zones", "--no-sheets"});
    const fs::path with = PackStory::unpack(folder("有/pack_2026B2_513301_internal.zip"));
    const GDALDatasetUniquePtr gpkg = open(with / "513301_cases.gpkg");
    OGRLayer* zones = gpkg->GetLayerByName("zones");
    ASSERT_NE(zones, nullptr);
    EXPECT_GT(zones->GetFeatureCount(), 0);
    EXPECT_EQ(zones->GetFeatureCount(), PackStory::manifest(with).at("zones"));
    for (const OGRFeatureUniquePtr& feature : *zones) {
        EXPECT_TRUE(feature->GetGeometryRef()->IsValid());
        char* json = feature->GetGeometryRef()->exportToJson();
        const Json shape = Json::parse(json);
        CPLFree(json);
        int finer = 0;
        for (const Json& polygon : shape.at("coordinates")) {
            for (const Json& ring : polygon) {
                for (const Json& place : ring) {
                    const double scaled = place.at(0).get<double>() * 1e4;
                    finer += std::abs(scaled - std::round(scaled)) > 1e-6 ? 1 : 0;
                }
            }
        }
        EXPECT_EQ(finer, 0) << feature->GetFieldAsString("name");
    }
    const fs::path policy = folder("严.yaml");
    std::ofstream(policy) << "format: 1\nname: 严\nlayers:\n  cases: {decimals: 4}\n  counties: {include: "
                             "never, decimals: 4}\n  zones: {include: never, decimals: 3}\n";
    const tests::Ended refused =
        start({"--out", folder("严").string(), "--include-zones", "--policy", policy.string()});
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("不允许写出管控区"), std::string::npos) << refused.err;
    static_cast<void>(story.pack(folder("严"), {"--policy", policy.string(), "--no-sheets"}));
    const fs::path strict = PackStory::unpack(folder("严/pack_2026B2_513301.zip"));
    expectManifestTrue(strict, PackStory::manifest(strict));
    EXPECT_TRUE(PackStory::manifest(strict).at("mark").is_null());
    EXPECT_FALSE(fs::exists(strict / "sheets")) << "zones are kept back, so is paper that shows them";
    EXPECT_FALSE(tablesIn(strict / "513301_cases.gpkg").contains("county"));
    EXPECT_EQ(casesIn(strict / "513301_cases.gpkg").size(), 35U) << "coarse, but none is lost";
    std::ofstream(policy)
        << "format: 1\nname: 错\nlayers:\n  cases: {decimals: 12}\n  zones: {include: maybe, "
           "decimals: 4}\n";
    const tests::Ended faulty = start({"--out", folder("错").string(), "--policy", policy.string()});
    EXPECT_EQ(faulty.status, 1);
    EXPECT_NE(faulty.err.find("严.yaml:4:"), std::string::npos) << faulty.err;
    EXPECT_NE(faulty.err.find("counties"), std::string::npos) << faulty.err;
}

TEST_F(PackCommand, whatIsNotSentOutIsLeftOutAndCounted) {
    story.run({"set"}, "case", {"--county", "513301", "核查组=../甲<组>"});
    story.run({"step"}, "case", {"--county", "513326", "--to", "待下发", "--reason", "暂缓"});
    const Json exported = story.pack(folder("县"), {"--no-sheets"});
    EXPECT_EQ(exported.at("left_out"), (Json{{"待下发", 29}}));
    EXPECT_EQ(exported.at("cases"), PackStory::kCases - 29);
    EXPECT_FALSE(fs::exists(folder("县/pack_2026B2_513326_internal.zip")));
    EXPECT_EQ(story.pack(folder("全"), {"--all", "--no-sheets"}).at("cases"), PackStory::kCases);
    const Json teams = story.pack(folder("组"), {"--by", "team", "--no-sheets"});
    ASSERT_EQ(teams.at("packs").size(), 2U) << teams.dump(2);
    EXPECT_EQ(teams.at("packs").at(0).at("file"), "pack_2026B2_team00_internal.zip");
    EXPECT_EQ(teams.at("packs").at(0).at("cases"), PackStory::kCases - 29 - 35);
    EXPECT_EQ(teams.at("packs").at(1).at("file"), "pack_2026B2_team01_internal.zip");
    EXPECT_EQ(teams.at("packs").at(1).at("title"), "../甲<组>");
    const fs::path out = PackStory::unpack(folder("组/pack_2026B2_team01_internal.zip"));
    expectManifestTrue(out, PackStory::manifest(out));
    story.run({"step"}, "case", {"--status", "已下发", "--to", "待下发", "--reason", "暂缓"});
    const tests::Ended none = start({"--out", folder("空").string()});
    EXPECT_EQ(none.status, 1);
    EXPECT_NE(none.err.find("case step"), std::string::npos) << none.err;
    EXPECT_FALSE(fs::exists(folder("空")));
}

TEST_F(PackCommand, theGeoPackageAloneComesBackToItsOwnExport) {
    const std::string number = "LD2026B2-513301-0001";
    story.run({"set"}, "case", {number, "备注=甲"});
    const Json exported = story.pack(folder("包"), {"--no-sheets"});
    const fs::path out = PackStory::unpack(folder("包/pack_2026B2_513301_internal.zip"));
    {
        // What other programs make forms of (the standard's schema extension).
        SQLite::Database database((out / "513301_cases.gpkg").string(), SQLite::OPEN_READONLY);
        EXPECT_EQ(database
                      .execAndGet("SELECT title || ' ' || constraint_name FROM gpkg_data_columns WHERE "
                                  "table_name = 'cases_line' AND column_name = 'conclusion'")
                      .getString(),
                  "核查结论 conclusion");
        EXPECT_EQ(database
                      .execAndGet("SELECT count(*) FROM gpkg_data_column_constraints WHERE constraint_name "
                                  "= 'conclusion' AND constraint_type = 'enum'")
                      .getInt(),
                  9);
    }
    const fs::path back = folder("回传.gpkg"); // without export.json
    fs::copy_file(out / "513301_cases.gpkg", back);
    const Json untouched = story.run({"add"}, "return", {back.string()});
    EXPECT_EQ(untouched.at("counts").at("unchanged"), 35) << untouched.dump(2);
    EXPECT_EQ(untouched.at("counts").at("not_returned"), 0);
    EXPECT_EQ(untouched.at("export").at("key"), exported.at("packs").at(0).at("export_id"));
    std::vector<std::string> statements;
    for (const char* table : {"cases", "cases_line", "cases_point"}) {
        statements.emplace_back(std::string("UPDATE ") + table +
                                " SET situation = '看过\n两行' WHERE fid = 1");
    }
    statements.push_back("UPDATE cases SET remarks = NULL WHERE task_number = '" + number + "'");
    statements.emplace_back("DELETE FROM cases WHERE fid = 2");
    tests::editGeoPackage(back, statements);
    const Json plan = story.run({"add"}, "return", {back.string()});
    EXPECT_EQ(plan.at("counts").at("rows"), 34);
    EXPECT_EQ(plan.at("counts").at("not_returned"), 1);
    std::map<std::string, int> fates;
    for (const Json& field : plan.at("fields")) {
        ++fates[field.at("fate").get<std::string>()];
    }
    EXPECT_EQ(fates, (std::map<std::string, int>{{"changed", 3}, {"cleared", 1}})) << plan.dump(2);
    const Json taken = story.run({"add"}, "return", {back.string(), "--apply", "--prefer", "ours"});
    EXPECT_EQ(taken.at("fields_taken"), 3);
    story.expectSound();
}

} // namespace
