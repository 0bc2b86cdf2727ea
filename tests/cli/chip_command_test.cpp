// Before and after images on task sheets, through the program; read back with poppler's tools.

#include "geo/transform.hpp"
#include "tests/support/csv_lines.hpp"
#include "tests/support/image_file.hpp"
#include "tests/support/pdf_text.hpp"
#include "tests/support/scene_story.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cmath>
#include <fstream>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using Json = tests::SceneStory::Json;
using Colour = std::array<double, 4>;

/// One patch of about 100 m near Kangding, in a reserve; a blue square of twice its size lies around it on
/// every image.
constexpr double kLeft = 101.5;
constexpr double kTop = 30.051;
constexpr double kSide = 0.001;
constexpr double kFrom = 25;    ///< left edge of what is printed, in mm
constexpr double kMiddle = 110; ///< between the two images
constexpr double kTo = 195;
constexpr int kDpi = 120;

bool isBlue(const std::array<int, 3>& c) {
    return c[2] > 140 && c[0] < 100 && c[1] < 120;
}

class Chips : public testing::Test {
  protected:
    void SetUp() override {
        if (!tests::hasPdfTools()) {
            GTEST_SKIP() << "needs poppler-utils";
        }
        story.addCounties({tests::SceneStory::feature({{"code", "513301"}, {"name", "康定市"}},
                                                      tests::SceneStory::square(100, 29, 3))});
        story.addZones("reserve", "保护地",
                       {tests::SceneStory::feature({{"name", "示例保护区"}},
                                                   tests::SceneStory::square(101.3, 29.9, 0.4))});
    }
    /// @param dates 前时相 and 后时相 of the patch at kLeft, kTop
    void addPatches(const std::string& before = "2025-03-02", const std::string& after = "2026-03-19") const {
        story.addPatches({patch("T-近", kLeft, before, after), patch("T-远", kLeft + 0.1, before, after)});
    }
    static Json patch(const std::string& id, double x, const std::string& before, const std::string& after) {
        return tests::SceneStory::feature({{"id", id}, {"qsx", before}, {"hsx", after}},
                                          tests::SceneStory::square(x, kTop - kSide, kSide));
    }
    static bool isInSquare(const geo::Coordinate& c) {
        return c.x > kLeft - kSide / 2 && c.x < kLeft + 1.5 * kSide && c.y < kTop + kSide / 2 &&
               c.y > kTop - 1.5 * kSide;
    }
    /// 0.01° around the patch in pixels of about 2.5 m: a blue square on a ground of one colour.
    static tests::ImageFile around(const Colour& ground) {
        tests::ImageFile image;
        image.corner = {kLeft - 0.005, kTop + 0.005};
        image.pixel = 0.01 / image.width;
        image.at = [ground](const geo::Coordinate& c) {
            return isInSquare(c) ? Colour{20, 40, 220, 255} : ground;
        };
        return image;
    }
    fs::path write(const std::string& name, const tests::ImageFile& image) const {
        fs::create_directories(images());
        tests::writeImage(images() / name, image);
        return images() / name;
    }
    fs::path images() const { return story.folder() / "影像"; }
    Json exportTo(const fs::path& out, std::vector<std::string> more, int status = 0) const {
        more.insert(more.begin(), {"--batch", "2026B1", "--out", out.string()});
        return story.run({"sheets"}, "export", more, {status});
    }
    tests::Ended refused(std::vector<std::string> more) const {
        const fs::path out = story.folder() / "不写";
        more.insert(more.begin(), {"--batch", "2026B1", "--out", out.string()});
        tests::Ended ended = story.start("sheets", "export", more);
        EXPECT_FALSE(fs::exists(out / "任务单"));
        return ended;
    }
    /// The page with the images of a patch, from 1.
    static int chipPage(const fs::path& out, const std::string& patch) {
        for (const auto& line : tests::csvLines(out / "任务单/任务单目录.csv")) {
            if (line.at(1) == patch) {
                EXPECT_EQ(line.at(6), "2");
                return std::stoi(line.at(5)) + 1;
            }
        }
        ADD_FAILURE() << patch;
        return 1;
    }
    static fs::path pdf(const fs::path& out) { return out / "任务单/任务单_513301_康定市.pdf"; }
    std::string chipText(const fs::path& out, const std::string& patch = "T-近") const {
        const int page = chipPage(out, patch);
        return tests::pdfText(pdf(out), page, page);
    }
    tests::Picture picture(const fs::path& out, const std::string& patch = "T-近") const {
        return tests::pageOf(pdf(out), chipPage(out, patch), kDpi, story.folder());
    }
    /// The blue square on the left or right image, in mm.
    static geo::Box blueLeft(const tests::Picture& page) {
        return tests::boxOfPixels(page, kDpi, kFrom, kMiddle, isBlue);
    }
    static geo::Box blueRight(const tests::Picture& page) {
        return tests::boxOfPixels(page, kDpi, kMiddle, kTo, isBlue);
    }
    tests::SceneStory story;
};

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

TEST_F(Chips, NoDataAtThePlaceIsMissingAndPartOfItIsSaid) {
    addPatches();
    tests::ImageFile nothing = around({90, 140, 80, 255});
    nothing.nodata = 0;
    nothing.at = [](const geo::Coordinate& c) {
        return isInSquare(c) ? Colour{0, 0, 0, 0} : Colour{90, 140, 80, 0};
    };
    tests::ImageFile half = nothing;
    half.at = [](const geo::Coordinate& c) {
        return c.x < kLeft + kSide / 2 ? Colour{0, 0, 0, 0} : Colour{90, 140, 80, 0};
    };
    tests::ImageFile black = around({0, 0, 0, 0}); // a mosaic's border without a nodata value
    black.at = [](const geo::Coordinate&) { return Colour{0, 0, 0, 0}; };
    const fs::path out = story.folder() / "单";
    exportTo(out, {"--before", write("空.tif", nothing).string(), "--after", write("半.tif", half).string()});
    std::string text = chipText(out);
    EXPECT_EQ(text.find("影像缺失"), text.rfind("影像缺失")) << text;
    EXPECT_NE(text.find("影像缺失"), std::string::npos) << text;
    EXPECT_NE(text.find("图斑处影像不全"), std::string::npos) << text;
    exportTo(out, {"--before", write("黑.tif", black).string(), "--after", (images() / "半.tif").string(),
                   "--overwrite"});
    EXPECT_NE(chipText(out).find("影像缺失"), std::string::npos);
}

TEST_F(Chips, TheForemostOfSeveralFilesIsByDateThenExtentThenOrder) {
    addPatches("2024-05-01", "");
    const auto ground = [&](const std::string& name, double red, double green, int width) {
        tests::ImageFile image = around({red, green, 60, 255});
        image.width = width;
        return write(name, image).string();
    };
    const std::string fits = ground("GF2_20240501.tif", 200, 60, 200); // west half, of the patch's own day
    const std::string later = ground("GF2_20250801.tif", 60, 200, 400);
    const std::string undated = ground("底图.tif", 120, 120, 400);
    const fs::path out = story.folder() / "单";
    exportTo(out, {"--before", undated, later, fits, "--after", undated, fits, later});
    const tests::Picture page = picture(out);
    const auto at = [&](double xMm) {
        return page.at(static_cast<int>(xMm / 25.4 * kDpi), static_cast<int>(110 / 25.4 * kDpi));
    };
    EXPECT_GT(at(30)[0], 170);  // before: the patch's own day where it has data,
    EXPECT_GT(at(105)[1], 170); // the later one in its gaps;
    EXPECT_GT(at(116)[1], 170); // after: the latest all over
    EXPECT_GT(at(190)[1], 170);
    const std::string text = chipText(out);
    EXPECT_NE(text.find("前时相2024-05-01影像2024-05-01(文件名)、2025-08-01(文件名)"), std::string::npos)
        << text;
    EXPECT_NE(text.find("后时相2025-08-01(文件名)"), std::string::npos) << text;
    EXPECT_EQ(text.find("底图.tif"), std::string::npos) << text; // what is not seen is not named
}

TEST_F(Chips, WithoutImagesTheSheetIsAsItWasUnlessTheTemplateAsks) {
    addPatches();
    const fs::path out = story.folder() / "单";
    const Json said = exportTo(out, {});
    EXPECT_EQ(said.at("pages"), 3); // cover and two cases
    EXPECT_FALSE(said.contains("imagery"));
    const std::string text = tests::pdfText(pdf(out));
    EXPECT_EQ(text.find("影像对比"), std::string::npos);
    EXPECT_NE(text.find("影像缺失：未提供影像"), std::string::npos);
    std::string sheet = tests::runProgram({"export", "template"}).out;
    const std::size_t at = sheet.find("show: given}");
    ASSERT_NE(at, std::string::npos);
    const fs::path file = story.folder() / "总有.yaml";
    std::ofstream(file) << sheet.replace(at, 11, "show: always");
    exportTo(out, {"--template", file.string(), "--overwrite"});
    EXPECT_EQ(tests::pdfPages(pdf(out)), 5);
    EXPECT_NE(chipText(out).find("影像缺失"), std::string::npos);
    std::ofstream(file) << sheet.replace(at, 12, "show: maybe!");
    EXPECT_NE(refused({"--template", file.string()}).err.find("imagery.show"), std::string::npos);
    EXPECT_EQ(refused({"--bands", "1,2,3"}).status, 2);
}

TEST_F(Chips, TheSameBytesTwiceNothingIsWrittenBesideTheImagesAndTheLedgerNamesThem) {
    addPatches();
    const fs::path before = write("GF2_20250302.tif", around({90, 140, 80, 255}));
    tests::ImageFile deep = around({300, 500, 400, 0});
    deep.type = GDT_UInt16;
    deep.options = {"TILED=YES", "COMPRESS=DEFLATE"};
    const fs::path after = write("GF1_20260319.tif", deep);
    const auto untouched = tests::folderContents(images());
    const std::vector<std::string> options{"--before", before.string(), "--after", after.string()};
    const Json said = exportTo(story.folder() / "1", options);
    std::vector<std::string> single = options;
    single.insert(single.end(), {"--threads", "1"});
    exportTo(story.folder() / "2", single);
    EXPECT_TRUE(tests::folderContents(story.folder() / "1") == tests::folderContents(story.folder() / "2"));
    EXPECT_TRUE(untouched == tests::folderContents(images()));
    const Json& file = said.at("imagery").at("before")[0];
    EXPECT_EQ(file.at("file"), "GF2_20250302.tif");
    EXPECT_EQ(file.at("date"), "2025-03-02");
    EXPECT_EQ(file.at("sensor"), "GF2");
    SQLite::Database database(story.file().string());
    SQLite::Statement event(database, "SELECT content FROM events WHERE kind = 'sheets_exported'");
    ASSERT_TRUE(event.executeStep());
    const Json content = Json::parse(event.getColumn(0).getString());
    EXPECT_EQ(content.at("imagery").at("before")[0].at("identity"), file.at("identity"));
    EXPECT_TRUE(
        content.at("imagery").at("after")[0].at("identity").get<std::string>().starts_with("sha256:"));
    story.expectSound();
}

TEST_F(Chips, FilesThatCannotBeUsedAreRefusedWithReasonAndRemedy) {
    addPatches();
    fs::create_directories(images());
    const auto expectRefused = [&](const std::string& file, const std::vector<std::string>& words) {
        const tests::Ended ended = refused({"--before", file});
        EXPECT_EQ(ended.status, 1) << file;
        for (const std::string& word : words) {
            EXPECT_NE(ended.err.find(word), std::string::npos) << word << "\n" << ended.err;
        }
    };
    expectRefused((images() / "没有.tif").string(), {"没有.tif", "没有这个影像文件"});
    std::ofstream(images() / "文字.tif") << "this is no image";
    expectRefused((images() / "文字.tif").string(), {"文字.tif", "gdal_translate"});
    tests::ImageFile unplaced = around({90, 140, 80, 255});
    unplaced.epsg = 0;
    expectRefused(write("无坐标系.tif", unplaced).string(), {"无坐标系.tif", "-a_srs"});
    tests::ImageFile xian = around({90, 140, 80, 255});
    xian.epsg = 4610;
    expectRefused(write("西安80.tif", xian).string(), {"西安80.tif", "gdalwarp -t_srs EPSG:4490"});
    // A broken tile in the middle of a file whose head is sound.
    tests::ImageFile tiled = around({90, 140, 80, 255});
    tiled.options = {"TILED=YES", "COMPRESS=DEFLATE", "BLOCKXSIZE=64", "BLOCKYSIZE=64"};
    const fs::path broken = write("损坏.tif", tiled);
    std::string bytes = tests::fileText(broken);
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 8), bytes.end() - 2000, '\x5A');
    std::ofstream(broken, std::ios::binary) << bytes;
    expectRefused(broken.string(), {"损坏.tif"});
    // What refers to other files is opened by name only.
    const fs::path good = write("好.tif", around({90, 140, 80, 255}));
    const fs::path mosaic = images() / "镶嵌.vrt";
    if (tests::printedBy("gdalbuildvrt " + tests::quoted(mosaic) + " " + tests::quoted(good) + " 2>&1")
            .empty() ||
        !fs::exists(mosaic)) {
        GTEST_SKIP() << "needs gdal-bin";
    }
    expectRefused(mosaic.string(), {"镶嵌.vrt", "--allow-driver"});
    const fs::path out = story.folder() / "单";
    exportTo(out, {"--before", mosaic.string(), "--allow-driver", "VRT"});
    EXPECT_FALSE(blueLeft(picture(out)).isEmpty());
}

TEST_F(Chips, AnImageOfTenBillionPixelsIsReadAtItsPlaceOnly) {
    addPatches();
    constexpr int kPixels = 100'000;
    constexpr double kPixel = 0.000005; // half a metre: 0.5° a side, the patch in its middle
    fs::create_directories(images());
    const fs::path file = images() / "大.tif";
    const double half = kPixel * kPixels / 2;
    tests::writeSparseImage(file, kPixels, 4490, {kLeft + kSide / 2 - half, kTop - kSide / 2 + half}, kPixel);
    const fs::path out = story.folder() / "单";
    const tests::Ended without =
        story.start("sheets", "export", {"--batch", "2026B1", "--out", (story.folder() / "0").string()});
    const tests::Ended ended = story.start(
        "sheets", "export",
        {"--batch", "2026B1", "--out", out.string(), "--before", file.string(), "--after", file.string()});
    ASSERT_EQ(ended.status, 0) << ended.err;
    EXPECT_LT(ended.peakMib, without.peakMib + 150);
    EXPECT_LT(ended.seconds, without.seconds + 10);
    RecordProperty("peakMib", std::to_string(ended.peakMib));
    const std::string text = chipText(out);
    EXPECT_EQ(text.find("影像缺失"), std::string::npos) << text;
}

TEST_F(Chips, AContactSheetShowsTwelveCasesAPage) {
    std::vector<Json> patches;
    constexpr int kCases = 25;
    for (int i = 0; i < kCases; ++i) {
        patches.push_back(patch("T-" + std::to_string(i), kLeft + 0.004 * i, "2025-03-02", "2026-03-19"));
    }
    story.addPatches(patches);
    const fs::path after = write("GF2_20260319.tif", around({90, 140, 80, 255}));
    const fs::path out = story.folder() / "会商";
    const Json said = story.run({"contact"}, "export",
                                {"--batch", "2026B1", "--out", out.string(), "--after", after.string()});
    EXPECT_EQ(said.at("cases"), kCases);
    EXPECT_EQ(said.at("pages"), 3);
    const fs::path file = out / "联系图.pdf";
    EXPECT_EQ(tests::pdfPages(file), 3);
    story.run({"list"}, "export", {"--batch", "2026B1", "--only", "csv", "--out", out.string()});
    const auto list = tests::csvLines(out / "核查清单.csv");
    for (std::size_t n = 1; n < list.size(); ++n) {
        const int page = static_cast<int>((n - 1) / 12) + 1;
        const std::string text = tests::pdfText(file, page, page);
        EXPECT_NE(text.find(list[n][1]), std::string::npos) << list[n][1];
        EXPECT_NE(text.find(tests::unbroken(list[n][2])), std::string::npos) << list[n][2];
        EXPECT_NE(text.find("康定市"), std::string::npos);
    }
    const std::string all = tests::pdfText(file);
    EXPECT_NE(all.find("后时相2026-03-19"), std::string::npos);
    EXPECT_NE(all.find("套合图(影像缺失)"), std::string::npos);
    EXPECT_NE(all.find("第3页共3页"), std::string::npos);
    const tests::Ended again = story.start(
        "contact", "export", {"--batch", "2026B1", "--out", out.string(), "--after", after.string()});
    EXPECT_EQ(again.status, 1);
    story.run({"contact"}, "export",
              {"--batch", "2026B1", "--out", (story.folder() / "再").string(), "--after", after.string()});
    EXPECT_TRUE(tests::fileText(file) == tests::fileText(story.folder() / "再/联系图.pdf"));
    story.expectSound();
}

} // namespace
