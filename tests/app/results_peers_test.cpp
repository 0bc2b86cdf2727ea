// What other programs make of our results: QGIS (PyQGIS, without a screen).

#include "app/report/results_tables.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace {

TEST(ResultsPeers, QgisOpensEveryLayerWithItsStyle) {
    if (std::system("/usr/bin/python3 -c 'import qgis.core' >/dev/null 2>&1") != 0) {
        GTEST_SKIP() << "PyQGIS is not installed (python3-qgis)";
    }
    const tests::TemporaryFolder place;
    const std::filesystem::path file = place.path() / "results.gpkg";
    geo::Progress progress;
    app::writeResults(file, tests::sampleResult(), "2026-11-24", progress);
    const std::string log = (place.path() / "log").string();
    const std::string picture = (place.path() / "picture.png").string();
    const std::string command = "QT_QPA_PLATFORM=offscreen HOME=" + place.path().string() +
                                " /usr/bin/python3 " SOURCE_ROOT "/tests/peers/qgis_opens_results.py " +
                                file.string() + " " + picture + " >" + log + " 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0) << tests::textOf(log);
    EXPECT_NE(tests::textOf(log).find("ok"), std::string::npos);
    EXPECT_TRUE(std::filesystem::exists(picture));
}

} // namespace
