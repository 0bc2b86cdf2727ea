// The map painter: one description on three surfaces, and what stands on them.

#include "app/cartography/map_painter.hpp"
#include "layers/error.hpp"

#include "tests/support/pdf_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

namespace {

namespace fs = std::filesystem;

/// A zone with a hole and a notched border, and a patch on it, near Kangding.
geo::Shape notchedZone() {
    geo::Polygon polygon;
    constexpr int kPoints = 20000;
    for (int i = 0; i < kPoints; ++i) {
        const double angle = 2 * M_PI * i / kPoints;
        const double radius = 0.02 + 0.0004 * ((i / 5) % 2);
        polygon.shell.push_back({101.96 + radius * std::cos(angle), 30.05 + radius * std::sin(angle)});
    }
    polygon.shell.push_back(polygon.shell.front());
    polygon.holes.push_back(
        {{101.955, 30.052}, {101.955, 30.056}, {101.96, 30.056}, {101.96, 30.052}, {101.955, 30.052}});
    return {{polygon}, {}, {}};
}

geo::Shape smallPatch() {
    return {{{{{101.976, 30.05}, {101.984, 30.049}, {101.983, 30.055}, {101.976, 30.05}}, {}}}, {}, {}};
}

class MapPainter : public testing::Test {
  protected:
    MapPainter() : zones({notchedZone()}) {
        map.view = app::viewOf(projection, patch.box(), frame, 0.4, 2000);
        map.items = {{&app::zoneSymbol(layers::ZoneKind::RedLine, "红线"), nullptr, &zones.zone(0)},
                     {&app::patchSymbol(), &patch, nullptr}};
        map.labels = {{"示例红线䶮𠮷", style, nullptr, &zones, 0}, {"T-001", style, &patch, nullptr, 0}};
        map.free = &patch;
    }
    void paint(app::Canvas canvas) const {
        app::paintMap(canvas, map, frame);
        canvas.finishPage();
        canvas.close();
    }
    tests::TemporaryFolder folder;
    app::MapProjection projection{101.98};
    app::PageBox frame{8, 5, 120, 80};
    geo::ZoneIndex zones;
    geo::Shape patch = smallPatch();
    app::TextStyle style{2.6, false, app::kBlack, app::TextAlign::Left, 30, 2, 0.4};
    app::MapDescription map;
};

TEST_F(MapPainter, AMapIsThePapersOnEverySurface) {
    EXPECT_EQ(map.view.scale, 25000);
    paint(app::Canvas::pdf(folder.path() / "map.pdf", 140, 95, {"图", "2026-11-24"}));
    paint(app::Canvas::png(folder.path() / "map.png", 140, 95, 150));
    paint(app::Canvas::svg(folder.path() / "map.svg", 140, 95));
    const std::string pdf = tests::fileText(folder.path() / "map.pdf");
    EXPECT_TRUE(pdf.starts_with("%PDF-"));
    EXPECT_LT(pdf.size(), 150'000U); // of 20,000 vertices; the subsets of two fonts take 100 kB
    EXPECT_TRUE(tests::fileText(folder.path() / "map.png").starts_with("\x89PNG"));
    EXPECT_NE(tests::fileText(folder.path() / "map.svg").find("<svg"), std::string::npos);
    if (const char* keep = std::getenv("ECOREDLINE_KEEP")) {
        fs::copy(folder.path(), keep, fs::copy_options::overwrite_existing | fs::copy_options::recursive);
    }
}

TEST_F(MapPainter, LabelsDegreesAndScaleStandOnThePaper) {
    if (!tests::hasPdfTools()) {
        GTEST_SKIP() << "pdftotext is not installed (poppler-utils)";
    }
    paint(app::Canvas::pdf(folder.path() / "map.pdf", 140, 95, {"图", "2026-11-24"}));
    const std::string text = tests::unbroken(
        tests::printedBy("pdftotext -layout " + tests::quoted(folder.path() / "map.pdf") + " -"));
    for (const char* word : {"T-001", "示例红线䶮𠮷", "1:25000", "101°58′", "30°03′", "北"}) {
        EXPECT_NE(text.find(word), std::string::npos) << word << " in " << text;
    }
}

TEST(Graticule, WestAndSouthHaveAMinus) {
    if (!tests::hasPdfTools()) {
        GTEST_SKIP() << "pdftotext is not installed (poppler-utils)";
    }
    const tests::TemporaryFolder folder;
    const app::PageBox frame{8, 5, 120, 80};
    const app::MapProjection projection(-70.5);
    app::MapDescription map;
    map.view = {&projection, projection.project(geo::Coordinate{75.001, -30.255}), 25000};
    app::Canvas canvas = app::Canvas::pdf(folder.path() / "map.pdf", 140, 95, {"图", "2026-11-24"});
    app::paintMap(canvas, map, frame);
    canvas.finishPage();
    canvas.close();
    const std::string text = tests::unbroken(
        tests::printedBy("pdftotext -layout " + tests::quoted(folder.path() / "map.pdf") + " -"));
    EXPECT_NE(text.find("-30°15′"), std::string::npos) << text;
    EXPECT_EQ(text.find("°-"), std::string::npos) << text;
    EXPECT_EQ(text.find("-75°"), std::string::npos) << text;
}

TEST_F(MapPainter, TheSameMapHasTheSameBytes) {
    for (const char* name : {"a.pdf", "b.pdf"}) {
        paint(app::Canvas::pdf(folder.path() / name, 140, 95, {"图", "2026-11-24"}));
    }
    EXPECT_EQ(tests::fileText(folder.path() / "a.pdf"), tests::fileText(folder.path() / "b.pdf"));
}

TEST_F(MapPainter, AFileThatCannotBeWrittenIsNamed) {
    try {
        paint(app::Canvas::pdf(folder.path() / "no folder/map.pdf", 140, 95, {"图", "2026-11-24"}));
        FAIL();
    } catch (const layers::Error& error) {
        EXPECT_NE(std::string(error.what()).find("map.pdf"), std::string::npos) << error.what();
    }
}

TEST(MapScale, IsRoundAndHoldsTheBox) {
    const app::MapProjection projection(101.98);
    const app::PageBox frame{0, 0, 120, 80};
    const geo::Box box{101.9, 30.0, 102.1, 30.1};
    const app::MapView view = app::viewOf(projection, box, frame, 1.0, 2000);
    EXPECT_EQ(view.scale, 200000);
    EXPECT_TRUE(app::shownBox(view, frame).contains(box));
    EXPECT_EQ(app::viewOf(projection, {101.9, 30.0, 101.9001, 30.0001}, frame, 1.0, 2000).scale, 2000);
}

TEST(PaperText, HoldsNothingThatTurnsOrBreaksLines) {
    EXPECT_EQ(app::paperText("甲\n乙\t丙"), "甲 乙 丙");
    // U+202E and U+2066 by their bytes: they would turn this line, too.
    const std::string toTheLeft{'\xE2', '\x80', '\xAE'};
    const std::string apart{'\xE2', '\x81', '\xA6'};
    EXPECT_EQ(app::paperText("甲" + toTheLeft + "乙" + apart + "丙\u2028丁"), "甲乙丙 丁");
    EXPECT_EQ(app::paperText(std::string("甲\x01乙")), "甲\uFFFD乙");
    EXPECT_EQ(app::paperText("䶮𠮷"), "䶮𠮷");
}

} // namespace
