// Change masks as inputs: pixels are counted here, and outlines compared with GDALPolygonize.

#include "geo/transform.hpp"
#include "tests/support/mask_file.hpp"
#include "tests/support/mask_pixels.hpp"
#include "tests/support/reading.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gdal_alg.h>
#include <gtest/gtest.h>
#include <ogr_api.h>

#include <map>
#include <numeric>
#include <random>
#include <set>

namespace {

namespace fs = std::filesystem;
using layers::ProblemKind;
using layers::Role;
using tests::MaskFile;

layers::ReadOptions maskOptions(double leastAreaM2 = 0, int neighbours = 4) {
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    options.settings.maskLeastAreaM2 = leastAreaM2;
    options.maskNeighbours = neighbours;
    return options;
}

/// Polygons of GDALPolygonize by value: how many, and the area of all.
std::map<int, std::pair<int, double>> polygonized(const fs::path& file, bool eight) {
    GDALDatasetH raster = GDALOpen(file.c_str(), GA_ReadOnly);
    GDALRasterBandH band = GDALGetRasterBand(raster, 1);
    GDALDatasetH memory = GDALCreate(GDALGetDriverByName("Memory"), "", 0, 0, 0, GDT_Unknown, nullptr);
    OGRLayerH layer = GDALDatasetCreateLayer(memory, "out", nullptr, wkbPolygon, nullptr);
    OGRFieldDefnH field = OGR_Fld_Create("DN", OFTInteger);
    OGR_L_CreateField(layer, field, 1);
    OGR_Fld_Destroy(field);
    char connected[] = "8CONNECTED=8";
    char* options[] = {connected, nullptr};
    EXPECT_EQ(GDALPolygonize(band, nullptr, layer, 0, eight ? options : nullptr, nullptr, nullptr), CE_None);
    std::map<int, std::pair<int, double>> found;
    OGR_L_ResetReading(layer);
    while (OGRFeatureH feature = OGR_L_GetNextFeature(layer)) {
        auto& [count, area] = found[OGR_F_GetFieldAsInteger(feature, 0)];
        ++count;
        area += OGR_G_Area(OGR_F_GetGeometryRef(feature));
        OGR_F_Destroy(feature);
    }
    GDALClose(memory);
    GDALClose(raster);
    found.erase(0);
    return found;
}

TEST(ChangeMask, AgreesWithGdalPolygonizeAndWithItsPixels) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "变化 掩膜（1）.tif";
    std::mt19937 random(7);
    MaskFile mask{.width = 150, .height = 130};
    std::map<int, std::int64_t> pixels;
    for (const auto& row : tests::randomRows(random, mask.width, mask.height, 3, 0.55)) {
        for (const int value : row) {
            mask.pixels.push_back(static_cast<std::uint16_t>(value));
            pixels[value] += value != 0 ? 1 : 0;
        }
    }
    pixels.erase(0);
    tests::writeMask(file, mask);
    for (const bool eight : {false, true}) {
        const auto expected = polygonized(file, eight);
        const auto result = tests::patchesOf(file, maskOptions(0, eight ? 8 : 4));
        std::map<int, std::pair<int, std::int64_t>> found;
        for (const layers::Patch& patch : result.records) {
            auto& [count, sum] = found[std::stoi(patch.raw[0])];
            ++count;
            sum += std::stoll(patch.raw[1]);
        }
        ASSERT_EQ(found.size(), 3U);
        for (const auto& [value, what] : found) {
            EXPECT_EQ(what.first, expected.at(value).first) << value << (eight ? " eight" : " four");
            EXPECT_EQ(what.second, pixels.at(value));
            EXPECT_DOUBLE_EQ(static_cast<double>(what.second) * 4, expected.at(value).second);
        }
        EXPECT_EQ(result.report.invalid, 0);
        EXPECT_EQ(result.report.fields, (std::vector<std::string>{"value", "pixels"}));
        EXPECT_EQ(result.report.crs, "EPSG:4522");
        EXPECT_EQ(result.report.sha256.size(), 64U);
    }
}

TEST(ChangeMask, CornersLieWhereThePixelsDo) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "m.tif";
    MaskFile mask{.width = 200, .height = 4};
    mask.pixels.assign(800, 0);
    std::fill_n(mask.pixels.begin() + 200, 200, 7); // the whole second row, 400 m
    tests::writeMask(file, mask);
    const auto result = tests::patchesOf(file, maskOptions());
    ASSERT_EQ(result.records.size(), 1U);
    const geo::Ring& ring = result.records[0].shape.polygons.at(0).shell;
    EXPECT_EQ(ring.size(), 11U) << "long edges are cut every 64 pixels";
    const geo::Transform transform("EPSG:4522");
    geo::Box box;
    for (const geo::Coordinate& corner : transform.applyInverse(ring)) {
        box.add(corner);
    }
    EXPECT_NEAR(box.minX, mask.x, 1e-4);
    EXPECT_NEAR(box.maxX, mask.x + 400, 1e-4);
    EXPECT_NEAR(box.maxY, mask.y - 2, 1e-4);
    EXPECT_NEAR(box.minY, mask.y - 4, 1e-4);
}

TEST(ChangeMask, SmallPiecesAreDroppedCountedAndTold) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "m.tif";
    std::mt19937 random(11);
    MaskFile mask{.width = 90, .height = 90};
    const auto rows = tests::randomRows(random, 90, 90, 1, 0.4);
    for (const auto& row : rows) {
        mask.pixels.insert(mask.pixels.end(), row.begin(), row.end());
    }
    tests::writeMask(file, mask);
    const std::vector<std::int64_t> sizes = tests::flooded(rows, 4);
    constexpr std::int64_t kLeastPixels = 5;
    const auto kept = std::lower_bound(sizes.begin(), sizes.end(), kLeastPixels);
    const auto result = tests::patchesOf(file, maskOptions(kLeastPixels * 4.0));
    EXPECT_EQ(result.records.size(), static_cast<std::size_t>(sizes.end() - kept));
    std::int64_t found = 0;
    for (const layers::Patch& patch : result.records) {
        found += std::stoll(patch.raw[1]);
    }
    EXPECT_EQ(found, std::accumulate(kept, sizes.end(), std::int64_t{0}));
    const layers::Problem* dropped = tests::problemOf(result.problems, ProblemKind::BelowLeastArea);
    ASSERT_NE(dropped, nullptr);
    EXPECT_EQ(dropped->count, kept - sizes.begin());
    EXPECT_DOUBLE_EQ(dropped->areaBeforeM2.value_or(0),
                     4.0 * static_cast<double>(std::accumulate(sizes.begin(), kept, std::int64_t{0})));
    const layers::Problem* made = tests::problemOf(result.problems, ProblemKind::MaskVectorised);
    ASSERT_NE(made, nullptr);
    EXPECT_DOUBLE_EQ(made->areaAfterM2.value_or(0), 4.0 * static_cast<double>(found));
}

TEST(ChangeMask, NodataZeroAndTheFilesOwnMaskAreNoChange) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "m.tif";
    MaskFile mask{.width = 4, .height = 1, .pixels = {0, 255, 3, 3}};
    mask.nodata = 255;
    tests::writeMask(file, mask);
    const auto result = tests::patchesOf(file, maskOptions());
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_EQ(result.records[0].raw, (std::vector<std::string>{"3", "2"}));
}

TEST(ChangeMask, AClassCanSayWhatThePatchIs) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "m.tif";
    MaskFile mask{.width = 3, .height = 1, .pixels = {4, 0, 5}};
    mask.categories = {"", "", "", "", "采石场", "公路"};
    tests::writeMask(file, mask);
    layers::ReadOptions options = maskOptions();
    options.mapping = {{"activity", "category"}};
    const auto result = tests::patchesOf(file, options);
    ASSERT_EQ(result.records.size(), 2U);
    EXPECT_EQ(result.records[0].activity, "A01");
    EXPECT_EQ(result.records[1].activity, "A06");
}

TEST(ChangeMask, InDegreesTheLeastAreaIsThatOfTheEllipsoid) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "m.tif";
    MaskFile mask{.width = 3, .height = 1, .pixels = {1, 0, 0}};
    mask.epsg = 4490;
    mask.x = 101;
    mask.y = 30.01;
    mask.pixel = 0.01; // 1 069 521.173 m² (domain.md 3.2)
    tests::writeMask(file, mask);
    EXPECT_EQ(tests::patchesOf(file, maskOptions(1069521.0)).records.size(), 1U);
    EXPECT_NE(tests::errorOf([&] { (void)tests::patchesOf(file, maskOptions(1069522.0)); }), "");
}

struct Refusal {
    const char* name;
    MaskFile mask;
    const char* says;
};

TEST(ChangeMask, WhatIsNoMaskIsRefusedWithTheReason) {
    const tests::TemporaryFolder folder;
    std::vector<std::uint16_t> some(16, 0);
    some[5] = 1;
    const MaskFile plain{.width = 4, .height = 4, .pixels = some};
    std::vector<Refusal> cases;
    cases.push_back({"no_place", plain, "georeferenced"});
    cases.back().mask.isPlaced = false;
    cases.push_back({"float", plain, "no classes"});
    cases.back().mask.type = GDT_Float32;
    cases.push_back({"bands", plain, "bands.tif:1"});
    cases.back().mask.bands = 3;
    cases.push_back({"all", plain, "every pixel"});
    std::fill(cases.back().mask.pixels.begin(), cases.back().mask.pixels.end(), 1);
    cases.push_back({"none", plain, "no features"});
    std::fill(cases.back().mask.pixels.begin(), cases.back().mask.pixels.end(), 0);
    cases.push_back({"no_crs", plain, "--crs changes=EPSG:n"});
    cases.back().mask.epsg = 0;
    for (const Refusal& refusal : cases) {
        const fs::path file = folder.path() / (std::string(refusal.name) + ".tif");
        tests::writeMask(file, refusal.mask);
        const std::string error = tests::errorOf([&] { (void)tests::patchesOf(file, maskOptions()); });
        EXPECT_NE(error.find(refusal.says), std::string::npos) << refusal.name << ": " << error;
        EXPECT_NE(error.find(file.filename().string()), std::string::npos) << error;
    }
    const fs::path bands = folder.path() / "bands.tif";
    EXPECT_EQ(tests::patchesOf(bands, maskOptions(), "2").report.layer, "2");
    EXPECT_NE(tests::errorOf([&] { (void)tests::zonesOf(bands, tests::genericOptions(Role::RedLine)); }), "");
    layers::ReadOptions given = maskOptions();
    given.crs = "EPSG:4522";
    EXPECT_EQ(tests::patchesOf(folder.path() / "no_crs.tif", given).records.size(), 1U);
}

TEST(ChangeMask, MoreValuesThanClassesIsNoMask) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "m.tif";
    tests::writeHeights(file, 300, 300);
    const std::string error = tests::errorOf([&] { (void)tests::patchesOf(file, maskOptions()); });
    EXPECT_NE(error.find("65535"), std::string::npos) << error;
}

TEST(ChangeMask, ACutFileIsTold) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "m.tif";
    MaskFile mask{.width = 300, .height = 300};
    mask.pixels.assign(90000, 0);
    mask.pixels[7] = 1;
    tests::writeMask(file, mask);
    fs::resize_file(file, fs::file_size(file) / 2);
    EXPECT_NE(tests::errorOf([&] { (void)tests::patchesOf(file, maskOptions()); }), "");
}

TEST(ChangeMask, ATurnedGridIsPlacedByItsSixNumbers) {
    const tests::TemporaryFolder folder;
    const fs::path file = folder.path() / "m.tif";
    MaskFile mask{.width = 3, .height = 3, .pixels = {0, 0, 0, 0, 1, 0, 0, 0, 0}};
    mask.turn = 1.0;
    tests::writeMask(file, mask);
    const auto result = tests::patchesOf(file, maskOptions());
    ASSERT_EQ(result.records.size(), 1U);
    const geo::Path ring =
        geo::Transform("EPSG:4522").applyInverse(result.records[0].shape.polygons.at(0).shell);
    EXPECT_NEAR(tests::planarArea({{geo::Polygon{ring, {}}}, {}, {}}), 2.0 * 2.0 + 1.0 * 1.0, 1e-4);
}

} // namespace
