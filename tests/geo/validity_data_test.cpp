// Validity against GEOS isValid on real layers, hostile files and bench data.

#include "../support/geos_oracle.hpp"
#include "../support/ogr_shapes.hpp"
#include "../support/shared_data.hpp"
#include "geo/validity.hpp"

#include <algorithm>

namespace {

using geo::Defect;
using geo::Shape;
namespace fs = std::filesystem;

bool isDefectOfOurs(const geo::Invalidity& found) {
    return found.defect == Defect::OutOfRange || found.defect == Defect::Antimeridian ||
           found.defect == Defect::NoArea;
}

/// Number of shapes compared. What GEOS cannot make (unclosed, too few positions) is checked elsewhere.
std::size_t compareWithGeos(const fs::path& file) {
    const std::vector<tests::OgrShape> shapes = tests::shapesOfFile(file);
    for (const tests::OgrShape& each : shapes) {
        const auto found = geo::findInvalidity(each.shape);
        if (found && (isDefectOfOurs(*found) || found->defect == Defect::UnclosedRing ||
                      found->defect == Defect::TooFewPoints || found->defect == Defect::NotFinite)) {
            continue;
        }
        const tests::GeosVerdict expected = tests::geosVerdict(each.shape);
        EXPECT_EQ(!found.has_value(), expected.isValid)
            << file << " feature " << each.id << ": GEOS " << expected.reason << ", ours "
            << (found ? geo::defectNameEn(found->defect) : "valid");
    }
    return shapes.size();
}

bool isVectorFile(const fs::path& file) {
    const std::string extension = file.extension().string();
    return extension == ".geojson" || extension == ".gpkg" || extension == ".shp" || extension == ".json";
}

std::vector<fs::path> vectorFilesBelow(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && isVectorFile(entry.path())) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

TEST(ValidityData, RealLayersAgreeWithGeos) {
    SKIP_WITHOUT_SHARED();
    std::size_t compared = 0;
    for (const auto& entry : fs::directory_iterator(tests::sharedFolder() / "data")) {
        if (!entry.is_directory() || entry.path().filename() == "hostile") {
            continue;
        }
        for (const fs::path& file : vectorFilesBelow(entry.path())) {
            compared += compareWithGeos(file);
        }
    }
    EXPECT_GT(compared, 1000U);
}

TEST(ValidityData, HostilePolygonsAgreeWithGeos) {
    SKIP_WITHOUT_SHARED();
    const fs::path hostile = tests::sharedFolder() / "data" / "hostile";
    std::size_t compared = 0;
    for (const char* kind : {"12-self-intersection", "13-holes", "14-degenerate", "15-overlay-pairs",
                             "18-size", "21-real-invalid"}) {
        for (const fs::path& file : vectorFilesBelow(hostile / kind)) {
            compared += compareWithGeos(file);
        }
    }
    EXPECT_GT(compared, 100U);
}

TEST(ValidityData, AntimeridianFilesAreRefusedOrCutAlready) {
    SKIP_WITHOUT_SHARED();
    const fs::path folder = tests::sharedFolder() / "data" / "hostile" / "17-antimeridian-poles";
    // These stay away from the antimeridian, whatever their names say.
    const std::vector<std::string> harmless{"anti_cw-only.json", "anti_multi-no-antimeridian.json",
                                            "anti_simple-with-ccw-hole.json"};
    std::size_t refused = 0;
    for (const fs::path& file : vectorFilesBelow(folder)) {
        const bool isHarmless =
            std::find(harmless.begin(), harmless.end(), file.filename().string()) != harmless.end();
        for (const tests::OgrShape& each : tests::shapesOfFile(file)) {
            const auto found = geo::findInvalidity(each.shape);
            EXPECT_EQ(found.has_value() && found->defect == Defect::Antimeridian, !isHarmless) << file;
            refused += found ? 1 : 0;
        }
    }
    EXPECT_EQ(refused, 14U);
}

TEST(ValidityData, BenchLayersAgreeWithGeos) {
    const char* folder = std::getenv("ECOREDLINE_BENCH");
    if (folder == nullptr) {
        GTEST_SKIP() << "ECOREDLINE_BENCH names no folder of bench data (one with redline.gpkg in it)";
    }
    for (const char* layer : {"redline.gpkg", "reserve.gpkg", "water.gpkg", "patches.gpkg"}) {
        EXPECT_GT(compareWithGeos(fs::path(folder) / layer), 0U);
    }
}

} // namespace
