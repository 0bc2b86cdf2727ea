// Damaged, odd and invalid files of ../shared/data/hostile: what the reader does with each equals what the
// manifest says a good program does.

#include "layers/sha256.hpp"
#include "tests/support/hostile_cases.hpp"
#include "tests/support/reading.hpp"
#include "tests/support/shared_data.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <map>

namespace {

namespace fs = std::filesystem;
using layers::ProblemKind;
using layers::Role;

class Hostile : public testing::TestWithParam<tests::HostileCase> {
  protected:
    static fs::path folder() { return tests::sharedFolder() / "data" / "hostile"; }
};

void expectTold(const layers::ReadResult<layers::Patch>& result, const tests::HostileCase& c) {
    if (!c.kind) {
        return;
    }
    const bool told =
        std::any_of(result.problems.begin(), result.problems.end(), [&](const layers::Problem& p) {
            return p.kind == *c.kind && p.textEn.find(c.text) != std::string::npos && !p.textZh.empty();
        });
    EXPECT_TRUE(told) << "no problem " << layers::problemKindKey(*c.kind) << " saying \"" << c.text << '"';
}

TEST_P(Hostile, AsChangesIsTreatedAsAGoodProgramDoes) {
    SKIP_WITHOUT_SHARED();
    const tests::HostileCase& c = GetParam();
    if (std::string(c.differs).empty()) {
        EXPECT_EQ(tests::hostileManifest(folder())[c.file], c.outcome)
            << "the table and the manifest disagree";
    }
    layers::ReadOptions options = tests::genericOptions(Role::Changes);
    options.crs = c.crs;
    const auto start = std::chrono::steady_clock::now();
    layers::ReadResult<layers::Patch> result;
    const std::string error =
        tests::errorOf([&] { result = tests::patchesOf(folder() / c.file, options, c.layer); });
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
    const std::string outcome = c.outcome;
    if (outcome == "reject" && !c.kind) {
        EXPECT_NE(error.find(c.text), std::string::npos) << error;
        EXPECT_NE(error.find(fs::path(c.file).filename().string()), std::string::npos)
            << "the error names no file: " << error;
        return;
    }
    ASSERT_EQ(error, "");
    const auto& report = result.report;
    EXPECT_EQ(report.features, static_cast<std::int64_t>(result.records.size() + result.rejects.size()));
    EXPECT_EQ(report.rejected, static_cast<std::int64_t>(result.rejects.size()));
    EXPECT_GE(report.invalid, report.repaired);
    for (const layers::Reject& reject : result.rejects) {
        EXPECT_FALSE(reject.reasonZh.empty() || reject.reasonEn.empty());
    }
    if (outcome == "accept") {
        EXPECT_TRUE(result.rejects.empty());
        EXPECT_EQ(report.repaired, 0);
        EXPECT_FALSE(result.records.empty());
    } else if (outcome == "repair") {
        EXPECT_GT(report.repaired, 0);
    } else if (outcome == "reject") {
        EXPECT_FALSE(result.rejects.empty());
    }
    expectTold(result, c);
}

TEST_P(Hostile, AsZonesNothingIsLostInSilence) {
    SKIP_WITHOUT_SHARED();
    const tests::HostileCase& c = GetParam();
    layers::ReadOptions options = tests::genericOptions(Role::Reserve);
    options.crs = c.crs;
    options.allowIncompleteZones = true;
    layers::ReadResult<layers::Zone> loose;
    const std::string looseError =
        tests::errorOf([&] { loose = tests::zonesOf(folder() / c.file, options, c.layer); });
    options.allowIncompleteZones = false;
    const std::string strictError =
        tests::errorOf([&] { static_cast<void>(tests::zonesOf(folder() / c.file, options, c.layer)); });
    if (!looseError.empty()) {
        EXPECT_FALSE(strictError.empty());
        return;
    }
    EXPECT_EQ(loose.report.features, static_cast<std::int64_t>(loose.records.size() + loose.rejects.size()));
    EXPECT_EQ(strictError.empty(), loose.rejects.empty()) << strictError;
    EXPECT_EQ(tests::problemOf(loose.problems, ProblemKind::ZoneLeftOut) == nullptr, loose.rejects.empty());
    if (!strictError.empty()) {
        EXPECT_NE(strictError.find("--allow-incomplete-zones"), std::string::npos) << strictError;
    }
    for (const layers::Zone& zone : loose.records) {
        EXPECT_FALSE(zone.shape.polygons.empty());
    }
}

INSTANTIATE_TEST_SUITE_P(Files, Hostile, testing::ValuesIn(tests::hostileCases()),
                         [](const auto& each) { return tests::hostileCaseName(each.param); });

TEST(HostileManifest, EveryFileInScopeIsInTheTable) {
    SKIP_WITHOUT_SHARED();
    for (const auto& [file, outcome] : tests::hostileManifest(tests::sharedFolder() / "data" / "hostile")) {
        const std::string kind = file.substr(0, 2);
        const bool inScope =
            std::string("01 02 03 04 05 07 09 10 11 12 13 14 17 18 19 20 21").find(kind) != std::string::npos;
        const bool isThere =
            std::any_of(tests::hostileCases().begin(), tests::hostileCases().end(),
                        [&name = file](const tests::HostileCase& c) { return c.file == name; });
        EXPECT_TRUE(!inScope || isThere) << file << ": " << outcome;
    }
}

/// Names and hashes of all files of a folder.
std::map<std::string, std::string> contents(const fs::path& folder) {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            found[fs::relative(entry.path(), folder).string()] = layers::sha256Of({entry.path()});
        }
    }
    return found;
}

TEST(HostileInputs, AreByteIdenticalAfterwardsWithNothingBesideThem) {
    SKIP_WITHOUT_SHARED();
    const tests::TemporaryFolder copy;
    const fs::path folder = copy.path() / "hostile";
    fs::copy(tests::sharedFolder() / "data" / "hostile", folder, fs::copy_options::recursive);
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        fs::permissions(entry.path(), fs::perms::owner_write | fs::perms::owner_read, fs::perm_options::add);
    }
    const auto before = contents(folder);
    for (const auto& entry : before) {
        const fs::path file = folder / entry.first;
        layers::ReadOptions options = tests::genericOptions(Role::Changes);
        static_cast<void>(tests::errorOf([&] { tests::patchesOf(file, options); }));
        options.crs = "EPSG:4490";
        static_cast<void>(tests::errorOf([&] { tests::patchesOf(file, options); }));
    }
    EXPECT_EQ(contents(folder), before);
}

} // namespace
