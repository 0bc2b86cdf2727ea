// Which images stand on task sheets, and which are refused.

#include "tests/support/chip_story.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using tests::Chips;

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

TEST_F(Chips, ASheetIsDrawnAgainWhenAnImageThatItShowsHasChanged) {
    addPatches();
    const fs::path image = write("影像.tif", around({90, 140, 80, 255})); // T-远 lies outside of it
    const fs::path out = story.folder() / "单";
    const std::vector<std::string> more{"--after", image.string(), "--overwrite"};
    EXPECT_EQ(exportTo(out, more).at("made"), 2);
    const Json same = exportTo(out, more);
    EXPECT_EQ(same.at("made"), 0);
    EXPECT_EQ(same.at("reused"), 2);
    write("影像.tif", around({170, 150, 120, 255}));
    const Json changed = exportTo(out, more);
    EXPECT_EQ(changed.at("made"), 1);
    EXPECT_EQ(changed.at("reused"), 1);
    const fs::path anew = story.folder() / "从头";
    exportTo(anew, more);
    EXPECT_TRUE(tests::folderContents(out) == tests::folderContents(anew));
    EXPECT_EQ(exportTo(out, {"--overwrite"}).at("made"), 2) << "sheets without images are others";
}

} // namespace
