// Every container that the reader takes, made by the test, and archives made to do harm.

#include "layers/archive.hpp"
#include "layers/sha256.hpp"
#include "tests/support/reading.hpp"
#include "tests/support/sample_files.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>

namespace {

namespace fs = std::filesystem;
using layers::ProblemKind;
using layers::Role;
using tests::ZipEntry;

const std::vector<tests::SampleFeature>& squares() {
    static const std::vector<tests::SampleFeature> kSquares{
        {"甲", "POLYGON ((101 30,101.01 30,101.01 30.01,101 30.01,101 30))"},
        {"乙", "POLYGON ((102 30,102.01 30,102.01 30.01,102 30.01,102 30))"}};
    return kSquares;
}

/// The files of a shapefile "stem" as members.
std::vector<ZipEntry> shapefile(const std::string& stem, const std::string& prefix = {}) {
    const tests::TemporaryFolder folder;
    tests::SampleLayer how;
    how.layer = stem;
    how.layerOptions = {"ENCODING=UTF-8"};
    tests::writeWithOgr(folder.path() / (stem + ".shp"), "ESRI Shapefile", squares(), how);
    return tests::entriesOf(folder.path(), prefix);
}

std::vector<ZipEntry> geodatabase(const std::string& prefix) {
    const tests::TemporaryFolder folder;
    tests::writeWithOgr(folder.path() / "x.gdb", "OpenFileGDB", squares());
    return tests::entriesOf(folder.path() / "x.gdb", prefix);
}

std::vector<ZipEntry> single(const char* driver, const std::string& file) {
    const tests::TemporaryFolder folder;
    tests::SampleLayer how;
    how.epsg = std::string(driver) == "KML" ? 4326 : 4490;
    tests::writeWithOgr(folder.path() / file, driver, squares(), how);
    return tests::entriesOf(folder.path());
}

std::vector<ZipEntry> both(std::vector<ZipEntry> a, const std::vector<ZipEntry>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// "测试/图斑" in GBK.
const std::string kGbkPrefix = "\xB2\xE2\xCA\xD4/";

struct Row {
    const char* name;
    std::function<fs::path(const fs::path&)> make; ///< in an empty folder; the input
    const char* layer = "";
    const char* error = ""; ///< part of the English message; empty: two squares are read
    std::optional<ProblemKind> told = std::nullopt;
    const char* text = "";
};

std::function<fs::path(const fs::path&)> zip(const std::string& name,
                                             const std::function<std::vector<ZipEntry>()>& of,
                                             const tests::ZipOptions& options = {}) {
    return [=](const fs::path& folder) {
        tests::writeZip(folder / name, of(), options);
        return folder / name;
    };
}

std::function<fs::path(const fs::path&)> written(const char* driver, const std::string& name,
                                                 const tests::SampleLayer& how = {}) {
    return [=](const fs::path& folder) {
        tests::writeWithOgr(folder / name, driver, squares(), how);
        return folder / name;
    };
}

std::vector<ZipEntry> withMember(const ZipEntry& bad) {
    return both(shapefile("a"), {bad});
}

const std::vector<Row>& rows() {
    const tests::ZipOptions utf8{tests::ZipNames::MarkedUtf8, {}};
    const tests::ZipOptions secret{tests::ZipNames::Raw, "1234"};
    tests::SampleLayer spatialite;
    spatialite.datasetOptions = {"SPATIALITE=YES"};
    static const std::vector<Row> all{
        {"zip", zip("a.zip", [] { return shapefile("a"); })},
        {"shz", zip("a.shz", [] { return shapefile("a"); })},
        {"zip_upper_case", zip("A.ZIP", [] { return shapefile("a"); })},
        {"zip_one_folder_deep", zip("a.zip", [] { return shapefile("a", "data/"); })},
        {"zip_windows_separators", zip("a.zip", [] { return shapefile("a", "data\\"); })},
        {"zip_gbk_names", zip("a.zip", [] { return shapefile("a", kGbkPrefix); })},
        {"zip_utf8_names", zip("a.zip", [] { return shapefile("图斑", "测试/"); })},
        {"zip_utf8_marked", zip(
                                "a.zip", [] { return shapefile("图斑", "测试/"); }, utf8)},
        {"zip_macos", zip("a.zip",
                          [] {
                              return withMember({"__MACOSX/._a.shp", "junk", {}});
                          })},
        {"zip_with_readme", zip("a.zip",
                                [] {
                                    return withMember({"readme.txt", "hello", {}});
                                })},
        {"zip_with_table", zip("a.zip",
                               [] {
                                   return withMember({"list.csv", "a,b\n1,2\n", {}});
                               })},
        {"zip_two_named", zip("a.zip", [] { return both(shapefile("a"), shapefile("b")); }), "b"},
        {"zip_two_by_file_name", zip("a.zip", [] { return both(shapefile("a"), shapefile("b")); }), "b.shp"},
        {"zip_same_stem_by_path",
         zip("a.zip", [] { return both(shapefile("a", "x/"), shapefile("a", "y/")); }), "y/a"},
        {"zip_same_stem_ambiguous",
         zip("a.zip", [] { return both(shapefile("a", "x/"), shapefile("a", "y/")); }), "a",
         "several layers in it (x/a.shp, y/a.shp)"},
        {"zip_two_unnamed", zip("a.zip", [] { return both(shapefile("a"), shapefile("b")); }), "",
         "several layers in it (a.shp, b.shp)"},
        {"zip_no_such_layer", zip("a.zip", [] { return both(shapefile("a"), shapefile("b")); }), "c",
         "no layer \"c\" in it"},
        {"zip_of_gpkg", zip("a.zip", [] { return single("GPKG", "a.gpkg"); })},
        {"zip_of_gpkg_layer", zip("a.zip", [] { return single("GPKG", "a.gpkg"); }), "zones"},
        {"zip_of_gpkg_file_and_layer", zip("a.zip", [] { return single("GPKG", "a.gpkg"); }), "a.gpkg:zones"},
        {"zip_of_geojson", zip("a.zip", [] { return single("GeoJSON", "a.geojson"); })},
        {"zip_of_kml", zip("a.zip", [] { return single("KML", "a.kml"); })},
        {"zip_of_gdb", zip("a.gdb.zip", [] { return geodatabase("x.gdb/"); })},
        {"zip_of_gdb_in_folder", zip("a.zip", [] { return geodatabase("data/x.gdb/"); })},
        {"zip_of_bare_gdb", zip("a.zip", [] { return geodatabase(""); })},
        {"kmz", zip("a.kmz", [] { return single("KML", "doc.kml"); })},
        {"kmz_other_kml",
         zip("a.kmz",
             [] {
                 return both(single("KML", "doc.kml"), {{"files/other.kml", "<kml></kml>", {}}});
             })},
        {"ovkmz", zip("a.ovkmz", [] { return single("KML", "doc.kml"); }), "", "", ProblemKind::CrsSuspicious,
         "GCJ-02"},
        {"ovkml", written("KML", "a.ovkml", {"zones", 4326, {}, {}}), "", "", ProblemKind::CrsSuspicious,
         "GCJ-02"},
        {"gdb", written("OpenFileGDB", "a.gdb")},
        {"fgb", written("FlatGeobuf", "a.fgb", {"zones", 4490, {}, {"SPATIAL_INDEX=NO"}})},
        {"spatialite", written("SQLite", "a.sqlite", spatialite)},
        {"ogr_sqlite", written("SQLite", "a.db")},
        {"folder_of_one_shp",
         [](const fs::path& folder) {
             written("ESRI Shapefile", "a.shp", {"a", 4490, {}, {"ENCODING=UTF-8"}})(folder);
             return folder;
         }},
        {"folder_of_gdb",
         [](const fs::path& folder) {
             written("OpenFileGDB", "x.gdb")(folder);
             return folder;
         }},
        {"folder_of_two",
         [](const fs::path& folder) {
             written("FlatGeobuf", "a.fgb")(folder);
             written("FlatGeobuf", "b.fgb")(folder);
             return folder;
         },
         "", "several layers in it (a.fgb, b.fgb)"},
        {"folder_of_nothing", [](const fs::path& folder) { return folder; }, "", "no layer in it"},
        {"not_a_zip",
         [](const fs::path& folder) {
             std::ofstream(folder / "a.zip") << "Rar!\x1A\x07 not a zip at all";
             return folder / "a.zip";
         },
         "", "not a ZIP archive"},
        {"empty_file",
         [](const fs::path& folder) {
             std::ofstream(folder / "a.zip");
             return folder / "a.zip";
         },
         "", "not a ZIP archive"},
        {"cut_zip",
         [](const fs::path& folder) {
             tests::writeZip(folder / "a.zip", shapefile("a"));
             fs::resize_file(folder / "a.zip", fs::file_size(folder / "a.zip") / 2);
             return folder / "a.zip";
         },
         "", "not a ZIP archive"},
        {"zip_in_zip",
         zip("a.zip",
             [] {
                 return std::vector<ZipEntry>{{"b.zip", "PK", {}}};
             }),
         "", "archives in archives are not read"},
        {"zip_of_text",
         zip("a.zip",
             [] {
                 return std::vector<ZipEntry>{{"b.txt", "x", {}}};
             }),
         "", "no layer in it"},
        {"zip_encrypted",
         zip(
             "a.zip", [] { return shapefile("a"); }, secret),
         "", "is encrypted"},
        {"zip_above",
         zip("a.zip",
             [] {
                 return withMember({"../evil.shp", "x", {}});
             }),
         "", "\"../evil.shp\" would lie outside"},
        {"zip_above_inside",
         zip("a.zip",
             [] {
                 return withMember({"x/../../evil.shp", "x", {}});
             }),
         "", "would lie outside"},
        {"zip_above_windows",
         zip("a.zip",
             [] {
                 return withMember({"..\\evil.shp", "x", {}});
             }),
         "", "would lie outside"},
        {"zip_absolute",
         zip("a.zip",
             [] {
                 return withMember({"/evil.shp", "x", {}});
             }),
         "", "would lie outside"},
        {"zip_drive",
         zip("a.zip",
             [] {
                 return withMember({"C:\\evil.shp", "x", {}});
             }),
         "", "would lie outside"},
        {"zip_link",
         zip("a.zip",
             [] {
                 return withMember({"b.shp", "", "/etc/passwd"});
             }),
         "", "is a link"},
        {"zip_same_name_twice", zip("a.zip", [] { return both(shapefile("a"), shapefile("a")); }), "",
         "two members"},
        {"zip_bomb",
         zip("a.zip",
             [] {
                 std::vector<ZipEntry> entries = shapefile("a");
                 constexpr std::size_t kBlanks = std::size_t{300} << 20U;
                 for (ZipEntry& entry : entries) {
                     if (entry.name.ends_with(".dbf")) {
                         entry.content.append(kBlanks, ' ');
                     }
                 }
                 return entries;
             }),
         "", "like a zip bomb"},
        {"zip_many_members",
         zip("a.zip",
             [] {
                 std::vector<ZipEntry> entries = shapefile("a");
                 constexpr int kMany = 20'001;
                 for (int n = 0; n < kMany; ++n) {
                     entries.push_back({"m" + std::to_string(n), "", {}});
                 }
                 return entries;
             }),
         "", "more than 20000 members"},
    };
    return all;
}

class Containers : public testing::TestWithParam<Row> {};

TEST_P(Containers, AreReadOrRefusedWithTheReason) {
    const Row& row = GetParam();
    const tests::TemporaryFolder home;
    const tests::TemporaryFolder temporary; // where the reader unpacks
    setenv("TMPDIR", temporary.path().c_str(), 1);
    const fs::path input = row.make(home.path());
    const auto before = tests::entriesOf(home.path());
    layers::ReadResult<layers::Patch> result;
    const std::string error = tests::errorOf(
        [&] { result = tests::patchesOf(input, tests::genericOptions(Role::Changes), row.layer); });
    EXPECT_TRUE(fs::is_empty(temporary.path())) << "temporary files are left";
    unsetenv("TMPDIR");
    const auto after = tests::entriesOf(home.path());
    ASSERT_EQ(before.size(), after.size()) << "a file came or went beside the input";
    for (std::size_t n = 0; n < before.size(); ++n) {
        EXPECT_EQ(before[n].name, after[n].name);
        EXPECT_TRUE(before[n].content == after[n].content) << before[n].name << " was changed";
    }
    if (*row.error != '\0') {
        EXPECT_NE(error.find(row.error), std::string::npos) << error;
        EXPECT_NE(error.find(input.filename().string()), std::string::npos)
            << "the error names no file: " << error;
        return;
    }
    ASSERT_EQ(error, "");
    ASSERT_EQ(result.records.size(), squares().size());
    const auto& values = result.records[1].raw;
    EXPECT_NE(std::find(values.begin(), values.end(), "乙"), values.end());
    EXPECT_NEAR(result.records[1].shape.box().minX, 102, 1e-9);
    EXPECT_EQ(result.report.file, input.filename().string());
    EXPECT_EQ(result.report.sha256.size(), 64U);
    if (row.told) {
        const layers::Problem* problem = tests::problemOf(result.problems, *row.told);
        ASSERT_NE(problem, nullptr);
        EXPECT_NE(problem->textEn.find(row.text), std::string::npos);
    }
}

INSTANTIATE_TEST_SUITE_P(All, Containers, testing::ValuesIn(rows()),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Archive, LimitsCountWhatComesOutNotWhatHeadersClaim) {
    const tests::TemporaryFolder home;
    tests::writeZip(home.path() / "a.zip", {{"big.bin", std::string(100'000, 'x'), {}}});
    layers::ArchiveLimits limits;
    limits.bytes = 50'000;
    const std::string error = tests::errorOf([&] {
        layers::unpackMembers(
            home.path() / "a.zip", home.path() / "out", [](const auto& member) { return member.name; },
            limits);
    });
    EXPECT_NE(error.find("unpacks to more than"), std::string::npos) << error;
    EXPECT_LE(fs::file_size(home.path() / "out" / "big.bin"), limits.bytes);
}

TEST(Archive, AChangedByteIsNoticed) {
    const tests::TemporaryFolder home;
    const fs::path file = home.path() / "a.zip";
    tests::writeZip(file, shapefile("a"));
    std::string bytes = tests::textOf(file);
    std::size_t noticed = 0;
    constexpr std::size_t kStep = 97;
    for (std::size_t at = 0; at < bytes.size(); at += kStep) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 0x55);
        std::ofstream(file, std::ios::binary) << changed;
        layers::ReadResult<layers::Patch> result;
        const std::string error =
            tests::errorOf([&] { result = tests::patchesOf(file, tests::genericOptions(Role::Changes)); });
        noticed += error.empty() ? 0U : 1U;
        if (error.empty()) { // a byte that means nothing to the features, or one that only blurs a text
            EXPECT_EQ(result.report.features, 2) << "byte " << at;
        }
    }
    EXPECT_GT(noticed, 0U);
}

TEST(Geodatabase, HashIsOverItsFilesInNameOrderWithoutLocks) {
    const tests::TemporaryFolder home;
    const fs::path gdb = written("OpenFileGDB", "a.gdb")(home.path());
    std::ofstream(gdb / "x.sr.lock") << "lock";
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(gdb)) {
        if (entry.path().extension() != ".lock") {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    const auto result = tests::patchesOf(gdb, tests::genericOptions(Role::Changes));
    EXPECT_EQ(result.report.sha256, layers::sha256Of(files));
    EXPECT_EQ(result.report.crs, "EPSG:4490");
}

TEST(LayerNames, TheLongestFileThatIsThereWins) {
    const tests::TemporaryFolder home;
    std::ofstream(home.path() / "a.zip") << "x";
    const std::string file = (home.path() / "a.zip").string();
    const layers::LayerRef ref = layers::parseLayerRef(file + ":b.gpkg:zones");
    EXPECT_EQ(ref.file, file);
    EXPECT_EQ(ref.layer, "b.gpkg:zones");
}

} // namespace
