// Area statements 面积计算书 through the program: what stands on the paper is read back and added up.

#include "tests/support/csv_lines.hpp"
#include "tests/support/geojson_file.hpp"
#include "tests/support/pdf_text.hpp"
#include "tests/support/project_story.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <numbers>
#include <regex>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using Json = tests::ProjectStory::Json;

constexpr double kRadians = std::numbers::pi / 180;

/// "12346.5678" in units of its last decimal.
std::int64_t units(const std::string& text) {
    std::string digits;
    for (const char c : text) {
        if (c != '.') {
            digits += c;
        }
    }
    return std::stoll(digits);
}

/// A line of the table of vertices.
struct VertexLine {
    int number = 0;
    double latitude = 0;
    double longitude = 0;
    double deltaB = 0;
    double deltaL = 0;
    std::int64_t edge = 0;
    std::int64_t running = 0;
};
/// A ring and its lines.
struct RingLines {
    bool isHole = false;
    std::size_t points = 0;
    double originDeg = 0;
    std::int64_t area = 0;
    std::vector<VertexLine> lines;
};

/// What stands on a statement, read from its PDF.
struct Statement {
    std::string text;
    std::vector<RingLines> rings;
    std::array<double, 5> series{};
    double b = 0;

    explicit Statement(const fs::path& pdf)
        : text(tests::printedBy("pdftotext -layout -enc UTF-8 " + tests::quoted(pdf) + " - 2>&1")) {
        std::istringstream lines(text);
        static const std::regex kRing(
            R"(第\s*(\d+)\s*部分(外环|孔\s*\d+).*?(\d+)\s*点.*L₀\s*=\s*(-?[\d.]+)°.*本环面积\s*(-?[\d.]+))");
        static const std::regex kVertex(
            R"(J(\d+)\s+(-?\d+\.\d{10})\s+(-?\d+\.\d{10})\s+(-?\d+\.\d{4})\s+(-?\d+\.\d{4})\s+(-?\d+\.\d{4})\s+(-?\d+\.\d{4}))");
        std::smatch m;
        for (std::string line; std::getline(lines, line);) {
            if (std::regex_search(line, m, kRing)) {
                rings.push_back(
                    {m[2].str().find("孔") == 0, std::stoul(m[3]), std::stod(m[4]), units(m[5]), {}});
            } else if (std::regex_search(line, m, kVertex)) {
                if (rings.empty()) {
                    ADD_FAILURE() << line;
                    continue;
                }
                rings.back().lines.push_back({std::stoi(m[1]), std::stod(m[2]), std::stod(m[3]),
                                              std::stod(m[4]), std::stod(m[5]), units(m[6]), units(m[7])});
            }
        }
        static const std::regex kSeries(
            R"(A=([\d.]+)，B=([\d.]+)，C=([\d.e-]+)，D=([\d.e-]+)，E=([\d.e-]+)。)");
        static const std::regex kB(R"(b=([\d.]+)m)");
        const std::string plain = tests::unbroken(text);
        if (std::regex_search(plain, m, kSeries)) {
            for (std::size_t i = 0; i < series.size(); ++i) {
                series[i] = std::stod(m[i + 1]);
            }
        }
        if (std::regex_search(plain, m, kB)) {
            b = std::stod(m[1]);
        }
    }
    /// The first group of a pattern in the text without blanks.
    [[nodiscard]] std::string said(const std::string& pattern) const {
        std::smatch m;
        const std::string plain = tests::unbroken(text);
        return std::regex_search(plain, m, std::regex(pattern)) ? m[1].str() : "";
    }
    /// The formula as the paper says it, with the constants that stand there.
    [[nodiscard]] double edgeM2(const VertexLine& from, const VertexLine& to, double originDeg) const {
        const double deltaB = (to.latitude - from.latitude) * kRadians;
        const double middle = (to.latitude + from.latitude) / 2 * kRadians;
        const double deltaL = ((to.longitude + from.longitude) / 2 - originDeg) * kRadians;
        const double wide = (to.longitude - from.longitude) * kRadians;
        double trapezoid = 0;
        double slant = 0;
        for (std::size_t i = 0; i < series.size(); ++i) {
            const double sign = i % 2 == 0 ? 1 : -1;
            const auto k = static_cast<double>(2 * i + 1);
            const double h = k * deltaB / 2;
            trapezoid += sign * series[i] * std::sin(h) * std::cos(k * middle);
            slant += sign * 2 * series[i] / k * std::sin(k * middle) * (std::sin(h) - h * std::cos(h));
        }
        return b * b * (2 * deltaL * trapezoid - (deltaB == 0 ? 0 : wide / deltaB * slant));
    }
};

/// That all edges add up to the area that is printed, and each is what the printed formula makes of the
/// printed vertices. @return the area in units
std::int64_t expectAddsUp(const Statement& paper, const std::string& what) {
    std::int64_t sum = 0;
    int number = 0;
    for (const RingLines& ring : paper.rings) {
        const std::int64_t before = sum;
        EXPECT_EQ(ring.lines.size(), ring.points) << what;
        EXPECT_EQ(ring.originDeg, ring.lines.empty() ? 0 : ring.lines.front().longitude) << what;
        for (std::size_t i = 0; i < ring.lines.size(); ++i) {
            const VertexLine& line = ring.lines[i];
            const VertexLine& next = ring.lines[(i + 1) % ring.lines.size()];
            EXPECT_EQ(line.number, ++number) << what;
            sum += line.edge;
            EXPECT_EQ(line.running, sum) << what << " J" << line.number;
            // Ten decimals of a degree are 0.01 mm, over the distance from L0.
            const double tolerance = 0.01 + 1.5e-5 * 31 * std::abs(line.deltaL);
            EXPECT_NEAR(static_cast<double>(line.edge) / 1e4, paper.edgeM2(line, next, ring.originDeg),
                        tolerance)
                << what << " J" << line.number;
            EXPECT_NEAR(line.deltaB, (next.latitude - line.latitude) * 3600, 1e-4) << what;
            EXPECT_NEAR(line.deltaL, ((next.longitude + line.longitude) / 2 - ring.originDeg) * 3600, 1e-4)
                << what;
        }
        EXPECT_EQ(ring.area, sum - before) << what;
        EXPECT_EQ(ring.isHole, ring.area < 0) << what;
    }
    EXPECT_EQ(units(paper.said("合计\\d+点椭球面积([\\d.]+)m²")), sum) << what;
    EXPECT_EQ(units(paper.said("椭球面积\\(32号文公式，清单采用\\)([\\d]+\\.\\d{4})")), sum) << what;
    return sum;
}

class AreaCommand : public testing::Test {
  protected:
    void SetUp() override {
        if (!tests::hasPdfTools()) {
            GTEST_SKIP() << "needs poppler-utils";
        }
    }
    Json exportTo(const fs::path& folder, const std::vector<std::string>& cases,
                  std::vector<std::string> more = {}, int status = 0) const {
        more.insert(more.end(), {"--out", folder.string(), "--case"});
        more.insert(more.end(), cases.begin(), cases.end());
        return story.run({"area"}, "export", more, {status});
    }
    std::vector<std::vector<std::string>> listOf(const std::string& batch) const {
        const fs::path out = story.folder() / "清单";
        story.run({"list"}, "export", {"--batch", batch, "--only", "csv", "--out", out.string()});
        return tests::csvLines(out / "核查清单.csv");
    }
    fs::path write(const std::string& name, const std::vector<std::string>& features) const {
        return tests::writeFeatures(story.folder() / name, features);
    }
    static std::string ring(const std::vector<std::array<double, 2>>& points) {
        std::ostringstream text;
        text.precision(13);
        for (const auto& point : points) {
            text << (text.tellp() == 0 ? "[" : ",[") << point[0] << "," << point[1] << "]";
        }
        return "[" + text.str() + "]";
    }
    static std::string square(double x, double y, double size) {
        return ring({{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}});
    }
    static std::string feature(const Json& properties, const std::string& polygons) {
        return R"({"type":"Feature","properties":)" + properties.dump() +
               R"(,"geometry":{"type":"MultiPolygon","coordinates":[)" + polygons + "]}}";
    }
    tests::ProjectStory story;
};

TEST_F(AreaCommand, TheEdgesOnPaperAddUpToTheListsArea) {
    story.openBatch1();
    const auto list = listOf("2026B1");
    std::vector<std::string> cases;
    for (std::size_t n = 1; n < list.size(); ++n) {
        cases.push_back(list[n][1]);
    }
    const Json said = exportTo(story.folder() / "书", cases);
    ASSERT_EQ(said.at("files").size(), cases.size());
    std::map<std::string, std::string> listed;
    for (std::size_t n = 1; n < list.size(); ++n) {
        listed[list[n][1]] = list[n][20]; // 图斑面积(公顷)
    }
    for (const Json& file : said.at("files")) {
        const std::string number = file.at("case");
        const Statement paper(file.at("file").get<std::string>());
        const std::int64_t sum = expectAddsUp(paper, number);
        EXPECT_EQ(paper.said("清单([\\d.]+)公顷"), listed.at(number));
        EXPECT_EQ(paper.said("图斑面积\\(公顷\\)([\\d.]+)"), listed.at(number));
        EXPECT_EQ(std::llround(static_cast<double>(sum) / 1e4), units(listed.at(number))) << number;
        EXPECT_EQ(tests::pdfPages(file.at("file").get<std::string>()), file.at("pages").get<int>());
        EXPECT_GT(file.at("vertices").get<int>(), 3);
        // The plane's area is larger by what the paper expects of the place.
        const double area = static_cast<double>(sum) / 1e4;
        const double plane = std::stod(paper.said("3°带\\d+°E(\\d+\\.\\d{4})"));
        const double expected = std::stod(paper.said("据此应大约(-?[\\d.]+)m²"));
        EXPECT_NEAR(plane - area, expected, 0.05 * expected + 1e-3 + 1e-8 * area) << number;
        const double geodesic = std::stod(paper.said("测地线多边形面积\\(对照\\)([\\d]+\\.\\d{4})"));
        EXPECT_NEAR(geodesic, area, 1e-6 * area + 0.01) << number;
    }
}

TEST_F(AreaCommand, PartsAndHolesHaveTheirSignAndLongTablesGoOn) {
    std::string longName = "示例=cmd|' /C calc'!A0<script>𠮷䶮%s{}../";
    for (int i = 0; i < 60; ++i) {
        longName += "很长的名称";
    }
    const fs::path zones = write(
        "zones.geojson", {feature({{"name", longName + "\U000F0001"}}, "[" + square(101, 30, 0.2) + "]")});
    std::vector<std::array<double, 2>> round;
    constexpr int kPoints = 400;
    for (int i = 0; i <= kPoints; ++i) {
        const double angle = 2 * std::numbers::pi * (i % kPoints) / kPoints;
        round.push_back({101.1 - 0.01 * std::cos(angle), 30.1 + 0.01 * std::sin(angle)}); // clockwise
    }
    const std::string hostile = "T-=cmd|' /C calc'!A0<b>𠮷䶮%s{}../x";
    const fs::path patches = write(
        "patches.geojson",
        {feature({{"id", hostile}}, "[" + ring(round) + "," + square(101.098, 30.098, 0.002) + "," +
                                        square(101.102, 30.098, 0.002) + "],[" +
                                        square(101.15, 30.15, 0.001) + "]"),
         R"({"type":"Feature","properties":{"id":"点"},"geometry":{"type":"Point","coordinates":[101.05,30.05]}})"});
    story.run({"add"}, "zones",
              {zones.string(), "--role", "reserve", "--layer", "保护地", "--profile", "generic", "--map",
               "reserve.name=name"});
    story.run({"add"}, "batch",
              {patches.string(), "--name", "2026年第1批", "--profile", "generic", "--map", "changes.id=id"});
    story.newRun("2026B1");
    const auto list = listOf("2026B1");
    ASSERT_EQ(list.size(), 3U);
    const std::size_t area = list[1][2] == "点" ? 2 : 1;
    const Json said = exportTo(story.folder() / "书", {list[area][1]});
    const Statement paper(said.at("files")[0].at("file").get<std::string>());
    ASSERT_EQ(paper.rings.size(), 4U);
    EXPECT_TRUE(paper.rings[1].isHole);
    EXPECT_TRUE(paper.rings[2].isHole);
    EXPECT_FALSE(paper.rings[3].isHole);
    EXPECT_EQ(paper.rings[0].points, 400U);
    expectAddsUp(paper, "holes");
    EXPECT_GE(said.at("files")[0].at("pages").get<int>(), 7);
    EXPECT_NE(tests::unbroken(paper.text).find("2部分2孔412点"), std::string::npos);
    const std::string raw = tests::pdfText(said.at("files")[0].at("file").get<std::string>());
    EXPECT_NE(raw.find(tests::unbroken(hostile)), std::string::npos) << raw;
    EXPECT_NE(raw.find("面积计算书(续页)任务编号：" + list[area][1]), std::string::npos);

    EXPECT_EQ(said.at("lost_characters"), Json::array({"\U000F0001"})); // of the zone's name
    const fs::path summary = story.folder() / "汇总";
    const Json summed = story.run({"summary"}, "export", {"--out", summary.string(), "--only", "pdf"});
    EXPECT_EQ(summed.at("lost_characters"), Json::array({"\U000F0001"}));
    EXPECT_NE(tests::pdfText(summary / "汇总表.pdf").find(tests::unbroken(longName) + "〓"),
              std::string::npos);

    // What has no area and what is not there is told, and nothing is written.
    const fs::path none = story.folder() / "无";
    const tests::Ended point =
        story.start("area", "export", {"--out", none.string(), "--case", list[3 - area][1]});
    EXPECT_EQ(point.status, 1);
    EXPECT_NE(point.err.find(list[3 - area][1]), std::string::npos) << point.err;
    const tests::Ended unknown =
        story.start("area", "export", {"--out", none.string(), "--case", list[area][1], "LD1-1", "../LD2"});
    EXPECT_EQ(unknown.status, 1);
    EXPECT_NE(unknown.err.find("LD1-1, ../LD2"), std::string::npos) << unknown.err;
    EXPECT_FALSE(fs::exists(none));
}

TEST_F(AreaCommand, RepeatsToTheSameBytesWithFontsEmbeddedAndIsNoted) {
    story.openBatch1();
    const auto list = listOf("2026B1");
    const std::vector<std::string> cases{list[1][1], list[2][1], list[1][1]};
    exportTo(story.folder() / "1", cases);
    exportTo(story.folder() / "2", cases, {"--threads", "1", "--who", "张三"});
    const auto first = tests::folderContents(story.folder() / "1");
    ASSERT_EQ(first.size(), 2U); // each once
    EXPECT_TRUE(first == tests::folderContents(story.folder() / "2"));
    exportTo(story.folder() / "1", cases, {}, 1);
    exportTo(story.folder() / "1", cases, {"--overwrite"});
    EXPECT_TRUE(first == tests::folderContents(story.folder() / "1"));
    const fs::path pdf = story.folder() / "1" / ("面积计算书_" + list[1][1] + ".pdf");
    ASSERT_TRUE(fs::exists(pdf));
    EXPECT_LT(fs::file_size(pdf), 250'000U); // of one page, and of more: the fonts' subsets
    std::istringstream fonts(tests::printedBy("pdffonts " + tests::quoted(pdf)));
    int count = 0;
    std::string line;
    for (int n = 0; std::getline(fonts, line); ++n) {
        if (n >= 2) {
            EXPECT_NE(line.find("yes yes yes"), std::string::npos) << line;
            ++count;
        }
    }
    EXPECT_GE(count, 1);
    SQLite::Database database(story.file().string());
    SQLite::Statement events(database, "SELECT who, content FROM events WHERE kind = 'areas_exported'");
    std::vector<std::string> who;
    while (events.executeStep()) {
        who.push_back(events.getColumn(0).getString());
        EXPECT_EQ(Json::parse(events.getColumn(1).getString()).at("cases").size(), 2U);
    }
    ASSERT_EQ(who.size(), 3U);
    EXPECT_EQ(who[1], "张三");
    story.expectSound();
}

} // namespace
