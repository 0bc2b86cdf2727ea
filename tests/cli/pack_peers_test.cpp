// A field pack opened, filled in and saved by QGIS, and read by other programs.

#include "tests/support/pack_story.hpp"

#include <cstdlib>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using tests::PackStory;

constexpr const char* kNumber = "LD2026B2-513301-0003";
constexpr const char* kLine = "LD2026B2-513301-0001";

class PackPeers : public testing::Test {
  protected:
    void SetUp() override {
        if (std::system("/usr/bin/python3 -c 'import qgis.core' >/dev/null 2>&1") != 0) {
            GTEST_SKIP() << "PyQGIS is not installed (python3-qgis)";
        }
        story.sendOut();
        static_cast<void>(story.pack(story.folder() / "包", {"--include-zones", "--no-sheets"}));
        out = PackStory::unpack(archive);
    }
    /// What a script said; "ok" when all is well.
    [[nodiscard]] std::string said(const std::string& script, const std::string& arguments) const {
        const fs::path log = story.folder() / "log.txt";
        const std::string command = "QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR=/tmp /usr/bin/python3 '" +
                                    (fs::path(SOURCE_ROOT) / "tests/peers" / script).string() + "' " +
                                    arguments + " > '" + log.string() + "' 2>'" + log.string() + ".err'";
        const int status = std::system(command.c_str());
        return status == 0 ? tests::fileText(log)
                           : tests::fileText(log) + tests::fileText(log.string() + ".err");
    }
    PackStory story;
    fs::path archive = story.folder() / "包/pack_2026B2_513301_internal.zip";
    fs::path out;
};

TEST_F(PackPeers, otherProgramsReadWhatTheManifestSays) {
    EXPECT_EQ(said("pack_read_back.py", "'" + archive.string() + "' '" + out.string() + "'"), "ok\n");
}

TEST_F(PackPeers, theProjectOpensInQgisAndWhatIsFilledInComesBack) {
    const std::string project =
        "'" + (out / "513301_cases.qgz").string() + "' '" + (out / "manifest.json").string() + "'";
    EXPECT_EQ(said("qgis_opens_pack.py", project), "ok\n");
    const std::string photo = std::string("DCIM/") + kNumber + "_1.jpg";
    EXPECT_EQ(
        said("qgis_opens_pack.py", project + " --edit " + kNumber +
                                       " 'conclusion=属实-手续齐全' inspector=张三 inspected_on=2026-12-01"),
        "ok\n");
    // The manifest no longer tells the number of photographs: it is looked at first.
    EXPECT_EQ(said("qgis_opens_pack.py", project + " --photo " + kNumber + " '" + photo + "'"), "ok\n");
    const std::string gpkg = (out / "513301_cases.gpkg").string();
    const Json plan = story.run({"add"}, "return", {gpkg});
    EXPECT_EQ(plan.at("counts").at("rows"), 35);
    EXPECT_EQ(plan.at("counts").at("changed"), 1) << plan.dump(2);
    EXPECT_EQ(plan.at("counts").at("unchanged"), 34) << plan.dump(2);
    std::map<std::string, std::string> changes;
    for (const Json& field : plan.at("fields")) {
        EXPECT_EQ(field.at("case"), kNumber);
        EXPECT_EQ(field.at("fate"), "changed");
        changes[field.at("field").get<std::string>()] = field.at("theirs").get<std::string>();
    }
    EXPECT_EQ(changes,
              (std::map<std::string, std::string>{
                  {"conclusion", "属实-手续齐全"}, {"inspector", "张三"}, {"inspected_on", "2026-12-01"}}));
    EXPECT_EQ(story.run({"show"}, "case", {kNumber}).at("conclusion"), "");
    EXPECT_EQ(story.run({"add"}, "return", {gpkg, "--apply", "--to", "已初核"}).at("fields_taken"), 3);
    const Json shown = story.run({"show"}, "case", {kNumber});
    EXPECT_EQ(shown.at("conclusion"), "属实-手续齐全");
    EXPECT_EQ(shown.at("status"), "已初核");
    EXPECT_EQ(story.run({"show"}, "case", {kLine}).at("conclusion"), "");
    story.expectSound();
}

} // namespace
