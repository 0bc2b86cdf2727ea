// Before and after images on task sheets, through the program; read back with poppler's tools.

#include "geo/transform.hpp"
#include "tests/support/chip_story.hpp"

#include <cmath>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using tests::Chips;

TEST_F(Chips, BothImagesShowOneExtentAtOneScaleWithDateAndSensor) {
    addPatches();
    const fs::path before = write("GF2_示例_20250302.tif", around({90, 140, 80, 255}));
    tests::ImageFile finer = around({170, 150, 120, 255}); // other pixels, another extent
    finer.corner = {kLeft - 0.004, kTop + 0.0045};
    finer.pixel = 0.00001;
    finer.width = finer.height = 900;
    const fs::path after = write("示例正射.tif", finer);
    const fs::path out = story.folder() / "单";
    exportTo(out, {"--before", before.string(), "--after", after.string()});
    const std::string text = chipText(out);
    for (const char* expected : {"影像对比", "前时相2025-03-02", "后时相2026-03-19", "GF2", "传感器未知",
                                 "GF2_示例_20250302.tif(sha256", "示例正射.tif(sha256"}) {
        EXPECT_NE(text.find(expected), std::string::npos) << expected << "\n" << text;
    }
    EXPECT_EQ(text.find("影像缺失"), std::string::npos) << text;
    const tests::Picture page = picture(out);
    const geo::Box left = blueLeft(page);
    const geo::Box right = blueRight(page);
    ASSERT_FALSE(left.isEmpty());
    ASSERT_FALSE(right.isEmpty());
    // Two of 84 mm with 2 mm between them; a pixel of the coarser image is half a millimetre.
    constexpr double kApart = 86;
    constexpr double kPixelMm = 0.6;
    EXPECT_NEAR(right.minX - left.minX, kApart, kPixelMm);
    EXPECT_NEAR(right.maxX - left.maxX, kApart, kPixelMm);
    EXPECT_NEAR(right.minY, left.minY, kPixelMm);
    EXPECT_NEAR(right.maxY, left.maxY, kPixelMm);
    // 0.002° at 1:5000, in the middle of the frame.
    const double width = 2 * kSide * 111320 * std::cos(kTop * M_PI / 180) / 5;
    EXPECT_NEAR(left.maxX - left.minX, width, 2 * kPixelMm);
    EXPECT_NEAR((left.minX + left.maxX) / 2, 67, kPixelMm);
    EXPECT_NEAR((right.minX + right.maxX) / 2, 153, kPixelMm);
    // The outline lies in the middle of it, and the ground around it has its colour.
    const auto red = [](const std::array<int, 3>& c) { return c[0] > 150 && c[1] < 90 && c[2] < 90; };
    const geo::Box outline = tests::boxOfPixels(page, kDpi, kFrom, kMiddle, red);
    EXPECT_NEAR(outline.maxX - outline.minX, width / 2, 2 * kPixelMm);
    const std::array<int, 3> ground =
        page.at(static_cast<int>((kFrom + 10) / 25.4 * kDpi), static_cast<int>(left.maxY / 25.4 * kDpi));
    EXPECT_NEAR(ground[0], 90, 8);
    EXPECT_NEAR(ground[1], 140, 8);
    EXPECT_NEAR(ground[2], 80, 8);
    // Where there is no image.
    const std::string far = chipText(out, "T-远");
    EXPECT_NE(far.find("影像缺失"), std::string::npos) << far;
    EXPECT_NE(far.find("影像缺失", far.find("影像缺失") + 1), std::string::npos) << "on both sides";
    EXPECT_NE(far.find("前时相2025-03-02"), std::string::npos) << far;
    // JPEG as it is; pixels of their own would be many times as large.
    const std::string listed = tests::printedBy("pdfimages -list " + tests::quoted(pdf(out)) + " 2>&1");
    std::istringstream lines(listed);
    int images = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.find("rgb") != std::string::npos) {
            EXPECT_NE(line.find(" jpeg "), std::string::npos) << line;
            ++images;
        }
    }
    EXPECT_EQ(images, 2) << listed;
}

TEST_F(Chips, AnImageOfAnotherSystemLandsAtItsPlace) {
    addPatches();
    const fs::path plain = write("经纬度.tif", around({90, 140, 80, 255}));
    const fs::path out = story.folder() / "单";
    for (const int epsg : {4522, 32647, 3857}) {
        tests::ImageFile other = around({90, 140, 80, 255});
        other.epsg = epsg;
        if (epsg == 3857) {
            const double degree = 6378137 * M_PI / 180;
            other.corner = {(kLeft - 0.006) * degree,
                            6378137 * std::log(std::tan(M_PI / 4 + (kTop + 0.006) * M_PI / 360))};
        } else {
            other.corner = geo::projected({{kLeft - 0.006, kTop + 0.006}}, epsg).front();
        }
        other.pixel = 2;
        other.width = other.height = 700;
        const fs::path file = write("EPSG" + std::to_string(epsg) + ".tif", other);
        exportTo(out, {"--before", plain.string(), "--after", file.string(), "--overwrite"});
        const tests::Picture page = picture(out);
        const geo::Box left = blueLeft(page);
        const geo::Box right = blueRight(page);
        ASSERT_FALSE(right.isEmpty()) << epsg;
        EXPECT_NEAR(right.minX - left.minX, 86, 0.6) << epsg;
        EXPECT_NEAR(right.maxX - left.maxX, 86, 0.6) << epsg;
        EXPECT_NEAR(right.minY, left.minY, 0.6) << epsg;
        EXPECT_NEAR(right.maxY, left.maxY, 0.6) << epsg;
    }
}

TEST_F(Chips, SixteenBitsAreStretchedAndSaid) {
    addPatches();
    tests::ImageFile image = around({300, 500, 400, 0});
    image.type = GDT_UInt16;
    image.at = [](const geo::Coordinate& c) {
        const double wave = 40 * std::sin(c.x * 5e4) * std::sin(c.y * 5e4);
        return isInSquare(c) ? Colour{150, 180, 1100, 0} : Colour{420 + wave, 700 + wave, 380 + wave, 0};
    };
    image.bands = 4; // with near infrared, as deliveries have it
    const fs::path file = write("GF1_E101_20260319_L1A.tif", image);
    const fs::path out = story.folder() / "单";
    exportTo(out, {"--after", file.string()});
    const std::string text = chipText(out);
    EXPECT_NE(text.find("16位0.5%–99.5%拉伸"), std::string::npos) << text;
    EXPECT_NE(text.find("波段1,2,3"), std::string::npos) << text;
    const tests::Picture page = picture(out);
    const geo::Box blue = blueRight(page);
    ASSERT_FALSE(blue.isEmpty());
    EXPECT_NEAR((blue.minX + blue.maxX) / 2, 153, 0.6);
    // 近红外 in place of red: the bands asked for.
    exportTo(out, {"--after", file.string(), "--bands", "3,2,1", "--overwrite"});
    EXPECT_NE(chipText(out).find("波段3,2,1"), std::string::npos);
    EXPECT_TRUE(blueRight(picture(out)).isEmpty());
}

TEST_F(Chips, GreyPalettesAndTransparencyAreShownAsTheyAre) {
    addPatches("", "");
    tests::ImageFile palette = around({});
    palette.bands = 1;
    palette.nodata = 0;
    palette.palette = {{0, 0, 0, 0}, {20, 40, 220, 255}, {250, 220, 30, 255}};
    palette.at = [](const geo::Coordinate& c) {
        return isInSquare(c) ? Colour{1} : Colour{c.x < kLeft ? 0.0 : 2.0};
    };
    const fs::path indexed = write("分类.tif", palette);
    tests::ImageFile alpha = around({200, 60, 60, 255});
    alpha.bands = 4;
    alpha.hasAlpha = true;
    alpha.at = [](const geo::Coordinate& c) {
        return isInSquare(c) ? Colour{20, 40, 220, 255} : Colour{200, 60, 60, 0};
    };
    const fs::path clear = write("透明.tif", alpha);
    const fs::path out = story.folder() / "单";
    exportTo(out, {"--before", indexed.string(), "--after", clear.string()});
    const std::string text = chipText(out);
    EXPECT_NE(text.find("前时相日期未知"), std::string::npos) << text;
    EXPECT_NE(text.find("后时相日期未知"), std::string::npos) << text;
    const tests::Picture page = picture(out);
    const geo::Box left = blueLeft(page);
    const geo::Box right = blueRight(page);
    ASSERT_FALSE(left.isEmpty());
    ASSERT_FALSE(right.isEmpty());
    EXPECT_NEAR(left.minX + 86, right.minX, 0.6);
    const auto at = [&](double xMm, double yMm) {
        return page.at(static_cast<int>(xMm / 25.4 * kDpi), static_cast<int>(yMm / 25.4 * kDpi));
    };
    const double below = left.maxY + 5;
    EXPECT_GT(at(105, below)[0], 220); // yellow of the palette to the right
    EXPECT_LT(at(105, below)[2], 110);
    EXPECT_GT(at(30, left.minY)[2], 225); // and nothing to the left: paper
    EXPECT_GT(at(190, below)[1], 225);    // not the red that alpha hides

    tests::ImageFile grey = around({});
    grey.bands = 1;
    grey.nodata = 0;
    grey.at = [](const geo::Coordinate& c) { return Colour{isInSquare(c) ? 60.0 : 0.0}; };
    exportTo(out, {"--before", write("灰度.tif", grey).string(), "--overwrite"});
    const tests::Picture again = picture(out);
    const std::array<int, 3> middle = again.at(static_cast<int>(54.0 / 25.4 * kDpi),
                                               static_cast<int>((left.minY + left.maxY) / 2 / 25.4 * kDpi));
    EXPECT_NEAR(middle[0], 60, 12);
    EXPECT_NEAR(middle[2], 60, 12);
}

} // namespace
