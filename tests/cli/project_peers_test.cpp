// What QGIS makes of a project file (PyQGIS, without a screen).

#include "tests/support/project_story.hpp"

#include <cstdlib>

namespace {

TEST(ProjectPeers, QgisOpensTheProjectWithItsStyles) {
    if (std::system("/usr/bin/python3 -c 'import qgis.core' >/dev/null 2>&1") != 0) {
        GTEST_SKIP() << "PyQGIS is not installed (python3-qgis)";
    }
    const tests::ProjectStory story;
    story.addZones();
    story.addBatch1();
    story.addBatch2();
    story.newRun("2026B1");
    story.newRun("2026B2");
    // QGIS's SpatiaLite layers take no blanks and brackets from a test's command line: a plain name beside
    // it.
    const std::filesystem::path file = story.folder() / "project.ecoredline";
    std::filesystem::copy_file(story.file(), file);
    const std::string log = (story.folder() / "log").string();
    const std::string picture = (story.folder() / "picture.png").string();
    const std::string command = "QT_QPA_PLATFORM=offscreen HOME=" + story.folder().string() +
                                " /usr/bin/python3 " SOURCE_ROOT "/tests/peers/qgis_opens_project.py " +
                                file.string() + " " + picture + " >" + log + " 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0) << tests::fileText(log);
    EXPECT_TRUE(std::filesystem::exists(picture));
    // QGIS keeps its own statistics of the layers in the file; the ledger is as it was.
    EXPECT_EQ(tests::runProgram({"project", "check", file.string()}).status, 0);
    EXPECT_EQ(tests::runProgram({"run", "verify", file.string(), "2"}).status, 0);
}

} // namespace
