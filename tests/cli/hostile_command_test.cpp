// Damaged, odd and invalid files of ../shared/data/hostile through `inspect` and `check` as a user would run
// them: both end as the manifest says a good program does, in bounded time and memory, and say why.

#include "tests/support/hostile_cases.hpp"
#include "tests/support/program.hpp"
#include "tests/support/shared_data.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr double kMostSeconds = 10;
constexpr long kMostMib = 1024;

class HostileCommand : public testing::TestWithParam<tests::HostileCase> {
  protected:
    static std::string input() {
        const tests::HostileCase& c = GetParam();
        const std::string file = (tests::sharedFolder() / "data" / "hostile" / c.file).string();
        return std::string(c.layer).empty() ? file : file + ":" + c.layer;
    }
    static bool isRefused() { return std::string(GetParam().outcome) == "reject" && !GetParam().kind; }
    static void expectBounded(const tests::Ended& ended) {
        EXPECT_LT(ended.seconds, kMostSeconds);
        EXPECT_LT(ended.peakMib, kMostMib);
    }
    /// The counts and the problem that the table wants, wherever they stand.
    static void expectOutcome(int features, int rejected, int repaired, const Json& problems) {
        const tests::HostileCase& c = GetParam();
        const std::string outcome = c.outcome;
        if (outcome == "accept") {
            EXPECT_GT(features, 0);
            EXPECT_EQ(rejected, 0);
            EXPECT_EQ(repaired, 0);
        } else if (outcome == "repair") {
            EXPECT_GT(repaired, 0);
        } else if (outcome == "reject") {
            EXPECT_EQ(rejected, features) << "a file to be rejected gave usable features";
        }
        if (!c.kind) {
            return;
        }
        const bool told = std::any_of(problems.begin(), problems.end(), [&](const Json& problem) {
            return problem.at("kind") == layers::problemKindKey(*c.kind) &&
                   problem.at("text_en").get<std::string>().find(c.text) != std::string::npos;
        });
        EXPECT_TRUE(told) << "no problem " << layers::problemKindKey(*c.kind) << " saying \"" << c.text
                          << "\" in " << problems;
    }
};

TEST_P(HostileCommand, Inspect) {
    SKIP_WITHOUT_SHARED();
    std::vector<std::string> arguments{"inspect",   input(),   "--role",   "changes",
                                       "--profile", "generic", "--format", "json"};
    if (!std::string(GetParam().crs).empty()) {
        arguments.insert(arguments.end(), {"--crs", GetParam().crs});
    }
    const tests::Ended ended = tests::runProgram(arguments);
    expectBounded(ended);
    const Json page = Json::parse(ended.out, nullptr, false);
    ASSERT_TRUE(page.is_array()) << ended.err << ended.out;
    const Json& layer = page.at(0);
    const std::string refusal = layer.at("refusal");
    if (isRefused()) {
        EXPECT_EQ(ended.status, 1);
        EXPECT_NE(refusal.find(GetParam().text), std::string::npos) << refusal;
        return;
    }
    ASSERT_EQ(refusal, "");
    const int rejected = layer.at("rejected");
    const int usable = layer.at("usable");
    EXPECT_EQ(ended.status, rejected == 0 ? 0 : usable > 0 ? 3 : 1);
    EXPECT_EQ(layer.at("features").get<int>(), layer.at("usable").get<int>() + rejected);
    expectOutcome(layer.at("features"), rejected, layer.at("repaired"), layer.at("problems"));
}

TEST_P(HostileCommand, Check) {
    SKIP_WITHOUT_SHARED();
    const tests::TemporaryFolder folder;
    const fs::path out = folder.path() / "out";
    std::vector<std::string> arguments{
        "check",     input(),
        "--redline", (fs::path(SOURCE_ROOT) / "sample_data/zones/redline.gpkg").string(),
        "--date",    "2026-09-30",
        "--batch",   "hostile",
        "--profile", "generic",
        "--only",    "csv,gpkg",
        "--out",     out.string()};
    if (!std::string(GetParam().crs).empty()) {
        arguments.insert(arguments.end(), {"--crs", std::string("changes=") + GetParam().crs});
    }
    const tests::Ended ended = tests::runProgram(arguments);
    expectBounded(ended);
    if (isRefused()) {
        EXPECT_EQ(ended.status, 1);
        EXPECT_NE(ended.err.find(GetParam().text), std::string::npos) << ended.err;
        EXPECT_FALSE(fs::exists(out)) << "a refused file left something behind";
        return;
    }
    ASSERT_TRUE(ended.status == 0 || ended.status == 3) << ended.status << ": " << ended.err;
    const Json run = Json::parse(tests::fileText(out / "run.json"));
    EXPECT_TRUE(run.at("valid").get<bool>()) << run.at("closing_faults");
    const Json& patches = run.at("patches");
    EXPECT_EQ(patches.at("read").get<int>(), patches.at("listed").get<int>() + patches.at("near").get<int>() +
                                                 patches.at("clear").get<int>() +
                                                 patches.at("duplicate").get<int>() +
                                                 patches.at("rejected").get<int>());
    const auto& inputs = run.at("inputs");
    const auto changes = std::find_if(inputs.begin(), inputs.end(),
                                      [](const Json& each) { return each.at("role") == "changes"; });
    ASSERT_NE(changes, inputs.end());
    EXPECT_EQ(ended.status == 3, changes->at("rejected").get<int>() > 0);
    expectOutcome(changes->at("features"), changes->at("rejected"), changes->at("repaired"),
                  run.at("problems").at("list"));
}

INSTANTIATE_TEST_SUITE_P(Files, HostileCommand, testing::ValuesIn(tests::hostileCases()),
                         [](const auto& each) { return tests::hostileCaseName(each.param); });

} // namespace
