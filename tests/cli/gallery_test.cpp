// The gallery: very different cases made on purpose, on sheets and on a contact sheet. With
// ECOREDLINE_KEEP=DIR its files stay there to be looked at; docs/images holds pictures of them.

#include "geo/geodesic.hpp"
#include "tests/support/csv_lines.hpp"
#include "tests/support/image_file.hpp"
#include "tests/support/pdf_text.hpp"
#include "tests/support/scene_story.hpp"

#include <cmath>
#include <cstdlib>

namespace {

namespace fs = std::filesystem;
using Json = tests::SceneStory::Json;
using tests::SceneStory;
using Rings = SceneStory::Rings;

constexpr double kStep = 0.03;
constexpr double kBorder = 101.722; ///< between the two counties

/// A case: an outline around its spot.
struct Scene {
    std::string id;
    Json geometry;
    std::string before = "2025-03-02";
    std::string after = "2026-03-19";
    std::string zone{}; ///< name of the zone about it; empty: "示例保护区" and a number
    bool hasImages = true;
    std::vector<Rings> area{}; ///< bare ground on the later image
};

/// A ring of n corners whose distance from the middle, in degrees of latitude, is a function of the angle.
template <typename Radius>
geo::Ring around(const geo::Coordinate& middle, int corners, Radius&& radius) {
    geo::Ring ring;
    const double wide = 1 / std::cos(middle.y * M_PI / 180);
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * M_PI * i / corners;
        const double r = radius(angle);
        ring.push_back({middle.x + r * wide * std::cos(angle), middle.y + r * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return ring;
}

geo::Ring disc(const geo::Coordinate& middle, double radius, int corners = 40) {
    return around(middle, corners, [radius](double /*angle*/) { return radius; });
}

geo::Ring blob(const geo::Coordinate& middle, double radius, double seed) {
    return around(middle, 60, [=](double angle) {
        return radius * (1 + 0.22 * std::sin(3 * angle + seed) + 0.12 * std::sin(7 * angle + 2 * seed));
    });
}

bool isInside(const std::vector<Rings>& parts, const geo::Coordinate& c) {
    bool inside = false;
    for (const Rings& rings : parts) {
        for (const geo::Ring& ring : rings) {
            for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
                const geo::Coordinate& a = ring[i];
                const geo::Coordinate& b = ring[i + 1];
                if ((a.y > c.y) != (b.y > c.y) && c.x < a.x + (c.y - a.y) / (b.y - a.y) * (b.x - a.x)) {
                    inside = !inside;
                }
            }
        }
    }
    return inside;
}

class Gallery : public testing::Test {
  protected:
    static geo::Coordinate spot(std::size_t i) {
        const std::size_t row = i / 6;
        return {101.6 + kStep * static_cast<double>(i % 6), 30.3 - kStep * static_cast<double>(row)};
    }
    geo::Coordinate next() const { return spot(scenes.size()); }
    void area(const std::string& id, std::vector<Rings> parts, const std::string& zone = "") {
        Scene scene{id, SceneStory::polygon(parts)};
        scene.area = std::move(parts);
        scene.zone = zone;
        scenes.push_back(std::move(scene));
    }
    void line(const std::string& id, const geo::Path& path) {
        scenes.push_back({id, Json{{"type", "LineString"}, {"coordinates", SceneStory::path(path)}}});
    }
    void point(const std::string& id, const geo::Coordinate& place) {
        scenes.push_back({id, Json{{"type", "Point"}, {"coordinates", Json::array({place.x, place.y})}}});
    }
    void makeScenes();
    void makeShapes();
    void makeTexts();
    void makePlaces();
    void addZonesAround();
    std::vector<std::string> writeImages() const;

    SceneStory story;
    std::vector<Scene> scenes;
    std::vector<Json> reserves;
    std::vector<Json> redlines;
    std::vector<Json> waters;
};

void Gallery::makeShapes() {
    geo::Coordinate c = next();
    area("01 普通四边形", {{SceneStory::box(c.x, c.y, 0.0011, 0.0008)}});
    c = next();
    area("02 极小", {{SceneStory::box(c.x, c.y, 0.00005, 0.00005)}});
    c = next();
    area("03 多部件", {{blob(c, 0.0004, 1)},
                       {blob({c.x + 0.0022, c.y + 0.0011}, 0.0003, 2)},
                       {blob({c.x - 0.0018, c.y + 0.0016}, 0.0002, 3)}});
    c = next();
    geo::Ring crescent;
    for (int i = 0; i <= 30; ++i) {
        const double angle = M_PI * (0.15 + 1.7 * i / 30);
        crescent.push_back({c.x + 0.0012 * std::cos(angle), c.y + 0.001 * std::sin(angle)});
    }
    for (int i = 30; i >= 0; --i) {
        const double angle = M_PI * (0.15 + 1.7 * i / 30);
        crescent.push_back({c.x + 0.0003 + 0.00085 * std::cos(angle), c.y + 0.00075 * std::sin(angle)});
    }
    crescent.push_back(crescent.front());
    area("04 月牙", {{crescent}});
    c = next();
    line("05 线路",
         {{c.x - 0.002, c.y - 0.001}, {c.x, c.y + 0.0005}, {c.x + 0.001, c.y}, {c.x + 0.003, c.y + 0.002}});
    c = next();
    point("06 点位", c);
    c = next();
    area("07 有洞", {{blob(c, 0.001, 1), disc(c, 0.0004)}});
    c = next();
    area("08 细长", {{SceneStory::box(c.x - 0.005, c.y, 0.01, 0.00006)}});
    c = next();
    area("09 两千点", {{around(c, 2000, [](double a) { return 0.0008 + 0.00012 * std::sin(40 * a); })}});
    c = next();
    area("10 星形",
         {{around(c, 10, [](double a) { return std::fmod(a, 2 * M_PI / 5) < 0.1 ? 0.0012 : 0.0004; })}});
    c = next();
    area("11 斜长方", {{{{c.x, c.y},
                         {c.x + 0.001, c.y + 0.001},
                         {c.x + 0.0007, c.y + 0.0013},
                         {c.x - 0.0003, c.y + 0.0003},
                         {c.x, c.y}}}});
    c = next();
    area("12 三角", {{{{c.x, c.y}, {c.x + 0.0009, c.y}, {c.x + 0.0002, c.y + 0.0007}, {c.x, c.y}}}});
    c = next();
    geo::Ring comb;
    for (int i = 0; i < 12; ++i) {
        comb.push_back({c.x + 0.0002 * i, c.y + (i % 2 == 0 ? 0.0 : 0.0012)});
    }
    comb.push_back({c.x + 0.0022, c.y - 0.0004});
    comb.push_back({c.x, c.y - 0.0004});
    comb.push_back(comb.front());
    area("13 锯齿", {{comb}});
    c = next();
    area("14 洞中有岛", {{disc(c, 0.0012), disc(c, 0.0008)}, {disc(c, 0.0004)}});
    c = next();
    line("15 折返路", {{c.x, c.y},
                       {c.x + 0.002, c.y + 0.0003},
                       {c.x, c.y + 0.0006},
                       {c.x + 0.002, c.y + 0.0009},
                       {c.x, c.y + 0.0012}});
}

void Gallery::makeTexts() {
    geo::Coordinate c = next();
    std::string longName = "示例";
    for (int i = 0; i < 30; ++i) {
        longName += "名称很长的自然保护区";
    }
    area("16 长名称", {{blob(c, 0.0008, 4)}}, longName);
    c = next();
    area("17 𠮷𡈽䶮字外", {{blob(c, 0.0008, 5)}}, "𠮷祥河𬇙䶮保护区");
    c = next();
    area("18 <b>&amp;\"';=1+1", {{blob(c, 0.0008, 6)}}, "=cmd|' /C calc'!A0 <script>");
    c = next();
    area("19 SL2026B1-0123456789-0123456789-0123456789-0123456789", {{blob(c, 0.0008, 7)}});
    c = next();
    area("20 日期未知", {{blob(c, 0.0008, 8)}});
    scenes.back().before = scenes.back().after = "";
    c = next();
    area("21 日期不一", {{blob(c, 0.0008, 9)}});
    scenes.back().before = "2023-06-01";
    scenes.back().after = "2025年第2季度";
    c = next();
    area("22 无影像", {{blob(c, 0.0008, 10)}});
    scenes.back().hasImages = false;
}

void Gallery::makePlaces() {
    geo::Coordinate c = next();
    area("23 跨县界", {{SceneStory::box(kBorder - 0.0008, c.y, 0.0016, 0.0008)}});
    c = next();
    area("24 五区重叠", {{blob(c, 0.001, 11)}});
    for (int i = 0; i < 2; ++i) {
        redlines.push_back(SceneStory::feature(
            {{"name", "示例红线" + std::to_string(i + 1)}},
            SceneStory::polygon({{blob({c.x - 0.001 * i, c.y + 0.0006}, 0.0016, i + 1.0)}})));
    }
    reserves.push_back(
        SceneStory::feature({{"name", "示例公园"}, {"kind", "ZG"}},
                            SceneStory::polygon({{blob({c.x + 0.001, c.y - 0.0005}, 0.0015, 4)}})));
    waters.push_back(SceneStory::feature({{"name", "示例水源地"}, {"class", "一级"}},
                                         SceneStory::polygon({{blob({c.x, c.y - 0.001}, 0.0014, 2)}})));
    waters.push_back(SceneStory::feature({{"name", "示例水源地"}, {"class", "二级"}},
                                         SceneStory::polygon({{blob({c.x, c.y - 0.001}, 0.003, 2)}})));
    c = next();
    area("25 整区皆是", {{disc(c, 0.0012)}});
    redlines.push_back(
        SceneStory::feature({{"name", "示例小红线"}}, SceneStory::polygon({{disc(c, 0.0006)}})));
    c = next();
    area("26 贴区界", {{SceneStory::box(c.x, c.y, 0.001, 0.0007)}});
    redlines.push_back(SceneStory::feature(
        {{"name", "示例直边红线"}},
        SceneStory::polygon({{SceneStory::box(c.x + 0.00095, c.y - 0.002, 0.003, 0.005)}})));
    c = next();
    area("27 区中洞", {{SceneStory::box(c.x, c.y, 0.0012, 0.0009)}});
    redlines.push_back(SceneStory::feature(
        {{"name", "示例有洞红线"}},
        SceneStory::polygon({{blob(c, 0.004, 3), disc({c.x + 0.0002, c.y + 0.0004}, 0.0007)}})));
    c = next();
    point("28 界上点", {c.x, c.y});
    redlines.push_back(SceneStory::feature(
        {{"name", "示例点旁红线"}},
        SceneStory::polygon({{SceneStory::box(c.x + 0.0001, c.y - 0.002, 0.003, 0.005)}})));
    c = next();
    line("29 穿多区线", {{c.x - 0.006, c.y - 0.004}, {c.x + 0.006, c.y + 0.004}});
    for (int i = 0; i < 4; ++i) {
        redlines.push_back(SceneStory::feature(
            {{"name", "示例带状红线" + std::to_string(i + 1)}},
            SceneStory::polygon({{SceneStory::box(c.x - 0.005 + 0.0028 * i, c.y - 0.006, 0.0012, 0.012)}})));
    }
    c = next();
    for (int i = 0; i < 6; ++i) { // neighbours, on one spot
        const int row = i / 3;
        area("30 密集" + std::to_string(i + 1),
             {{SceneStory::box(c.x + 0.0005 * (i % 3), c.y + 0.0005 * row, 0.00045, 0.00045)}});
    }
    area("36 巨大", {{blob({102.5, 30}, 0.12, 1)}}, "示例广域保护区");
    reserves.push_back(SceneStory::feature({{"name", "示例广域保护区"}, {"kind", "NR"}},
                                           SceneStory::polygon({{blob({102.6, 30.1}, 0.13, 3)}})));
    area("37 远离一切", {{blob({104.5, 31}, 0.001, 2)}}, "示例孤岛保护区");
    reserves.push_back(SceneStory::feature({{"name", "示例孤岛保护区"}, {"kind", "NR"}},
                                           SceneStory::polygon({{disc({104.5, 31}, 0.0012)}})));
}

void Gallery::addZonesAround() {
    for (std::size_t i = 0; i < scenes.size(); ++i) {
        if (scenes[i].id.starts_with("36") || scenes[i].id.starts_with("37")) {
            continue;
        }
        const geo::Coordinate c = spot(i);
        const std::string name =
            scenes[i].zone.empty() ? "示例保护区" + std::to_string(i + 1) : scenes[i].zone;
        const char* kind = i % 3 == 0 ? "NR" : i % 3 == 1 ? "ZG" : "FJ";
        reserves.push_back(SceneStory::feature(
            {{"name", name}, {"kind", kind}},
            SceneStory::polygon({{blob({c.x + 0.0035, c.y + 0.001}, 0.005, static_cast<double>(i))}})));
    }
}

/// Forest with clearings: what light there is depends on the place alone.
std::array<double, 4> forest(const geo::Coordinate& c, double shift) {
    const double x = c.x * 4e4;
    const double y = c.y * 4e4;
    const double wave = std::sin(x * 0.31 + shift) * std::sin(y * 0.27) + 0.5 * std::sin(x * 1.7 + y * 0.9);
    const double grain = 12 * std::sin(x * 12.9898 + y * 78.233) * std::sin(x * 39.3 - y * 11.7);
    return {70 + 18 * wave + grain, 98 + 20 * wave + grain, 58 + 12 * wave + grain, 255};
}

std::vector<std::string> Gallery::writeImages() const {
    std::vector<std::string> before{"--before"};
    std::vector<std::string> after{"--after"};
    for (std::size_t i = 0; i < scenes.size(); ++i) {
        const Scene& scene = scenes[i];
        if (!scene.hasImages || i >= 30) {
            continue;
        }
        tests::ImageFile image;
        image.width = image.height = 360;
        image.corner = {spot(i).x - 0.0085, spot(i).y + 0.0085};
        image.pixel = 0.018 / image.width;
        image.options = {"COMPRESS=DEFLATE"};
        image.at = [](const geo::Coordinate& c) { return forest(c, 0); };
        const std::string date = i % 4 == 0 ? "GF2_E101_20250302_" : "底图";
        fs::path file = story.folder() / (date + std::to_string(i) + ".tif");
        tests::writeImage(file, image);
        before.push_back(file.string());
        image.at = [&scene](const geo::Coordinate& c) {
            auto colour = forest(c, 0.8);
            return isInside(scene.area, c)
                       ? std::array<double, 4>{colour[0] + 115, colour[1] + 70, colour[2] + 60, 255}
                       : colour;
        };
        if (i % 5 == 1) { // 16 bits
            image.type = GDT_UInt16;
            image.at = [look = image.at](const geo::Coordinate& c) {
                auto colour = look(c);
                return std::array<double, 4>{colour[0] * 9 + 200, colour[1] * 8 + 300, colour[2] * 8 + 250,
                                             0};
            };
        }
        if (i % 7 == 3) { // half of it without data
            image.nodata = 0;
            image.at = [look = image.at, middle = spot(i)](const geo::Coordinate& c) {
                return c.x + c.y > middle.x + middle.y + 0.0002 ? std::array<double, 4>{} : look(c);
            };
        }
        file = story.folder() / ("GF1_E101_20260319_" + std::to_string(i) + ".tif");
        tests::writeImage(file, image);
        after.push_back(file.string());
    }
    before.insert(before.end(), after.begin(), after.end());
    return before;
}

void Gallery::makeScenes() {
    makeShapes();
    makeTexts();
    makePlaces();
    addZonesAround();
    geo::Ring west{{101, 29.5}, {kBorder, 29.5}};
    geo::Ring east{{kBorder, 30.8}};
    for (int i = 0; i <= 60; ++i) {
        const double y = 29.5 + 1.3 * i / 60;
        west.push_back({kBorder + (i % 60 == 0 ? 0 : 0.0006 * std::sin(i * 1.3)), y});
    }
    for (int i = 59; i >= 0; --i) {
        const double y = 29.5 + 1.3 * i / 60;
        east.push_back({kBorder + (i % 60 == 0 ? 0 : 0.0006 * std::sin(i * 1.3)), y});
    }
    west.insert(west.end(), {{101, 30.8}, west.front()});
    east.insert(east.end(), {{103.5, 29.5}, {103.5, 30.8}, east.front()});
    story.addCounties(
        {SceneStory::feature({{"code", "513301"}, {"name", "康定市"}}, SceneStory::polygon({{west}})),
         SceneStory::feature({{"code", "513322"}, {"name", "泸定县"}}, SceneStory::polygon({{east}}))});
    story.addZones("reserve", "保护地", reserves);
    story.addZones("redline", "红线", redlines);
    story.addZones("water", "水源地", waters);
    std::vector<Json> patches;
    for (const Scene& scene : scenes) {
        patches.push_back(SceneStory::feature({{"id", scene.id}, {"qsx", scene.before}, {"hsx", scene.after}},
                                              scene.geometry));
    }
    story.addPatches(patches);
}

TEST_F(Gallery, ThirtyVeryDifferentCasesHaveTheirSheetsAndStandOnTheContactSheet) {
    if (!tests::hasPdfTools()) {
        GTEST_SKIP() << "needs poppler-utils";
    }
    makeScenes();
    const fs::path out = story.folder() / "画廊";
    std::vector<std::string> arguments{"--batch", "2026B1", "--out", out.string()};
    const std::vector<std::string> images = writeImages();
    arguments.insert(arguments.end(), images.begin(), images.end());
    const Json sheets = story.run({"sheets"}, "export", arguments);
    const Json contact = story.run({"contact"}, "export", arguments);
    EXPECT_EQ(sheets.at("cases"), scenes.size());
    EXPECT_EQ(contact.at("cases"), scenes.size());
    EXPECT_GE(scenes.size(), 37U);
    const std::string text = tests::pdfText(out / "联系图.pdf");
    std::string all;
    for (const Json& file : sheets.at("files")) {
        all += tests::pdfText(file.at("file").get<std::string>());
    }
    for (const Scene& scene : scenes) {
        if (scene.id.size() < 40) { // what is cut to one line of a cell ends in …
            EXPECT_NE(text.find(tests::unbroken(scene.id)), std::string::npos) << scene.id;
        }
        EXPECT_NE(all.find(tests::unbroken(scene.id)), std::string::npos) << scene.id;
    }
    for (const char* expected :
         {"影像缺失", "图斑处影像不全", "日期未知", "16位0.5%–99.5%拉伸", "前时相2023-06-01影像"}) {
        EXPECT_NE(all.find(expected), std::string::npos) << expected;
    }
    if (const char* keep = std::getenv("ECOREDLINE_KEEP")) {
        fs::copy(out, keep, fs::copy_options::overwrite_existing | fs::copy_options::recursive);
    }
}

} // namespace
