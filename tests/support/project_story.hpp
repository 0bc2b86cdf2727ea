#pragma once

#include "tests/support/program.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace tests {

/// The sample's red lines without the zone that alone makes patch SL2026B10092 a case.
inline std::filesystem::path smallerRedLine(const std::filesystem::path& folder) {
    std::filesystem::path file = folder / "redline_2026.gpkg";
    std::filesystem::copy_file(std::filesystem::path(SOURCE_ROOT) / "sample_data/zones/redline.gpkg", file);
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    database.exec("DELETE FROM redline WHERE fid = 1");
    return file;
}

/// A project made with the command line out of sample_data, step by step as an analyst would.
class ProjectStory {
  public:
    using Json = nlohmann::json;

    /// An empty project in a path of blanks and Chinese.
    ProjectStory() { run({"new"}, "project", {"--name", "示例项目"}); }

    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder.path(); }
    [[nodiscard]] static std::filesystem::path sample(const std::string& name) {
        return std::filesystem::path(SOURCE_ROOT) / "sample_data" / name;
    }

    /// "NOUN VERB PROJECT MORE... --format json"; what it printed. The status must be one of those expected.
    Json run(const std::vector<std::string>& verb, const std::string& noun,
             const std::vector<std::string>& more = {}, const std::vector<int>& expected = {0}) const {
        const Ended ended = start(verb.front(), noun, more);
        EXPECT_NE(std::find(expected.begin(), expected.end(), ended.status), expected.end())
            << noun << " " << verb.front() << ": " << ended.status << "\n"
            << ended.err << ended.out;
        return ended.out.empty() ? Json() : Json::parse(ended.out, nullptr, false);
    }
    [[nodiscard]] Ended start(const std::string& verb, const std::string& noun,
                              const std::vector<std::string>& more = {},
                              const RunOptions& options = {}) const {
        std::vector<std::string> arguments{noun, verb, m_file.string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        arguments.insert(arguments.end(), {"--format", "json"});
        return runProgram(arguments, options);
    }

    /// Counties and the three zone layers of sample_data.
    void addZones() const {
        run({"add"}, "zones",
            {sample("admin/ganzi_counties.geojson").string(), "--role", "admin", "--layer", "县界"});
        run({"add"}, "zones",
            {sample("zones/redline.gpkg").string(), "--role", "redline", "--layer", "生态保护红线"});
        run({"add"}, "zones",
            {sample("zones/reserve.gpkg").string(), "--role", "reserve", "--layer", "自然保护地"});
        run({"add"}, "zones",
            {sample("zones/water.gpkg").string(), "--role", "water", "--layer", "水源保护区"});
    }
    Json addBatch1() const {
        return run({"add"}, "batch",
                   {sample("batch1/patches.shp").string(), "--crs", "EPSG:4522", "--name", "2026年第1批"},
                   {3});
    }
    Json addBatch2() const {
        const std::string file = sample("batch2/patches.gpkg").string();
        return run({"add"}, "batch",
                   {file + ":patches", file + ":roads", file + ":points", "--name", "2026年第2批"});
    }
    Json newRun(const std::string& batch, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments{"--batch", batch, "--date", "2026-09-30"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run({"new"}, "run", arguments, {0, 3});
    }
    /// The first batch checked: 91 cases await the desk.
    void openBatch1() const {
        addZones();
        addBatch1();
        newRun("2026B1");
    }
    /// And all of them sent out.
    void sendOutBatch1() const {
        openBatch1();
        run({"judge"}, "case", {"--batch", "2026B1", "--verdict", "1"});
        run({"step"}, "case", {"--status", "待下发", "--to", "已下发"});
    }
    void expectSound() const {
        const Json check = run({"check"}, "project");
        EXPECT_TRUE(check.at("sound").get<bool>()) << check.dump(2);
    }

  private:
    TemporaryFolder m_folder;
    std::filesystem::path m_file = m_folder.path() / "测试 项目（1）.ecoredline";
};

} // namespace tests
