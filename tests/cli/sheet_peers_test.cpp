// The QR codes of task sheets, read by zbar.

#include "tests/support/csv_lines.hpp"
#include "tests/support/pdf_text.hpp"
#include "tests/support/project_story.hpp"

#include <sstream>

namespace {

namespace fs = std::filesystem;

TEST(SheetPeers, ZbarReadsNumberAndPlaceOfEveryCode) {
    const std::string python = "/usr/bin/python3";
    if (!tests::printedBy(python + " -c 'import pyzbar.pyzbar, osgeo.gdal' 2>&1").empty() ||
        !tests::hasPdfTools()) {
        GTEST_SKIP() << "needs python3-pyzbar, python3-gdal and poppler-utils";
    }
    tests::ProjectStory story;
    story.openBatch1();
    const fs::path out = story.folder() / "out";
    story.run({"sheets"}, "export", {"--batch", "2026B1", "--out", out.string()});
    std::size_t codes = 0;
    const auto lines = tests::csvLines(out / "任务单/任务单目录.csv");
    for (std::size_t n = 1; n < lines.size(); ++n) {
        if (lines[n][2] != "雅江县") {
            continue;
        }
        const fs::path pdf = out / "任务单" / lines[n][3];
        const fs::path picture = story.folder() / "page";
        tests::printedBy("pdftoppm -r 150 -png -singlefile -f " + lines[n][5] + " -l " + lines[n][5] + " " +
                         tests::quoted(pdf) + " " + tests::quoted(picture));
        const std::string said =
            tests::printedBy(python + " " + std::string(SOURCE_ROOT) + "/tests/peers/read_qr.py " +
                             tests::quoted(picture.string() + ".png"));
        EXPECT_TRUE(said.starts_with("geo:")) << said;
        EXPECT_NE(said.find("(" + lines[n][0] + ")"), std::string::npos) << said;
        ++codes;
    }
    EXPECT_GT(codes, 5U);
}

} // namespace
