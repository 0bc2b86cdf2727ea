// What comes back from the field, as layers and tables; workbooks in return_peers_test.cpp.

#include "tests/support/killed_command.hpp"
#include "tests/support/returned_layer.hpp"

#include <fstream>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kFirst = "LD2026B1-513301-0001";
constexpr const char* kSecond = "LD2026B1-513301-0002";

class ReturnCommand : public testing::Test {
  protected:
    void SetUp() override {
        story.sendOutBatch1();
        issue("清单");
    }
    void issue(const std::string& name) const {
        story.run({"list"}, "export", {"--batch", "2026B1", "--out", (story.folder() / name).string()});
    }
    [[nodiscard]] tests::ReturnedLayer layer(const std::string& name = "回传",
                                             const std::string& list = "清单") const {
        return {story.folder() / list / "field", story.folder() / name, "513301"};
    }
    Json add(const std::string& file, std::vector<std::string> more = {}, int status = 0) const {
        more.insert(more.begin(), file);
        return story.run({"add"}, "return", more, {status});
    }
    [[nodiscard]] std::string valueOf(const std::string& number, const char* field) const {
        return story.run({"show"}, "case", {number}).at(field);
    }
    static Json fieldOf(const Json& plan, const std::string& number, const std::string& field) {
        for (const Json& each : plan.at("fields")) {
            if (each.at("case") == number && each.at("field") == field) {
                return each;
            }
        }
        return nullptr;
    }
    tests::ProjectStory story;
};

TEST_F(ReturnCommand, whatNobodyTouchedIsUnchangedInEveryFormat) {
    for (const char* file : {"清单/核查清单.csv", "清单/核查清单.xlsx", "清单/field/513301_patches.shp"}) {
        const Json plan = add((story.folder() / file).string());
        EXPECT_EQ(plan.at("counts").at("unchanged"), plan.at("counts").at("rows")) << file << plan.dump(2);
        EXPECT_EQ(plan.at("counts").at("not_returned"), 0) << file;
        EXPECT_TRUE(plan.at("fields").empty()) << file;
    }
}

TEST_F(ReturnCommand, theBaseIsWhatThatListIssuedNotTheLastOne) {
    story.run({"set"}, "case", {kFirst, "备注=甲"});
    issue("第二次");
    const tests::ReturnedLayer old = layer("旧", "清单");
    const tests::ReturnedLayer fresh = layer("新", "第二次");
    // In the older list the remark was blank and nobody in the field touched it: the ledger's stands.
    EXPECT_EQ(add(old.file()).at("counts").at("changed"), 0);
    for (const tests::ReturnedLayer* back : {&old, &fresh}) {
        back->edit(std::string("BZ = '乙' WHERE RWBH = '") + kFirst + "'");
    }
    EXPECT_EQ(fieldOf(add(old.file()), kFirst, "remarks").at("fate"), "conflict");
    EXPECT_EQ(fieldOf(add(fresh.file()), kFirst, "remarks").at("fate"), "changed");
    fresh.edit(std::string("BZ = NULL WHERE RWBH = '") + kFirst + "'");
    const Json cleared = add(fresh.file());
    EXPECT_EQ(fieldOf(cleared, kFirst, "remarks").at("fate"), "cleared");
    EXPECT_EQ(cleared.at("undecided"), 1);
    EXPECT_EQ(add(fresh.file(), {"--apply", "--prefer", "ours"}).at("fields_taken"), 0);
    EXPECT_EQ(valueOf(kFirst, "remarks"), "甲");
    EXPECT_EQ(add(fresh.file(), {"--apply", "--prefer", "theirs"}).at("fields_taken"), 1);
    EXPECT_EQ(valueOf(kFirst, "remarks"), "");
    story.expectSound();
}

TEST_F(ReturnCommand, withoutItsExportOnlyBlanksAreFilledUnasked) {
    const tests::ReturnedLayer back = layer();
    fs::remove(fs::path(back.file()).parent_path() / "export.json");
    story.run({"set"}, "case", {kFirst, "备注=甲"});
    back.edit(std::string("BZ = '乙' WHERE RWBH IN ('") + kFirst + "', '" + kSecond + "')");
    const Json plan = add(back.file());
    EXPECT_TRUE(plan.at("export").is_null());
    EXPECT_EQ(fieldOf(plan, kFirst, "remarks").at("fate"), "conflict");
    EXPECT_TRUE(fieldOf(plan, kFirst, "remarks").at("base").is_null());
    EXPECT_EQ(fieldOf(plan, kSecond, "remarks").at("fate"), "changed");
}

TEST_F(ReturnCommand, theFileIsKeptAsItCameAndAReturnIsTakenBack) {
    const tests::ReturnedLayer back = layer();
    back.edit(std::string("XZMS = '现场\n两行' WHERE RWBH = '") + kSecond + "'");
    const std::string bytes = tests::fileText(back.file());
    const Json taken = add(back.file(), {"--apply", "--who", "张三"});
    EXPECT_EQ(taken.at("return"), 1);
    EXPECT_EQ(valueOf(kSecond, "situation"), "现场\n两行");
    EXPECT_TRUE(bytes == tests::fileText(back.file())) << "the input was changed";
    const fs::path originals = story.folder() / "原件";
    const Json shown = story.run({"show"}, "return", {"1", "--extract", originals.string()});
    EXPECT_EQ(shown.at("fields").size(), 1U);
    EXPECT_TRUE(bytes == tests::fileText(originals / "外业.gpkg"));
    EXPECT_EQ(story.run({"list"}, "return").at(0).at("who"), "张三");
    // Again: nothing new, and not kept twice.
    EXPECT_TRUE(add(back.file(), {"--apply"}).at("return").is_null());
    EXPECT_EQ(story.run({"list"}, "return").size(), 1U);
    story.run({"undo"}, "case", {kSecond});
    EXPECT_EQ(valueOf(kSecond, "situation"), "");
    story.expectSound();
}

TEST_F(ReturnCommand, longAndRareTextsComeBackFromAShapefileAsTheyWere) {
    std::string text = "𠮷䶮：";
    for (int n = 0; n < 100; ++n) {
        text += "现场第" + std::to_string(n) + "处，";
    }
    story.run({"set"}, "case", {kFirst, "现状描述=" + text + "完"});
    issue("长");
    const Json plan = add((story.folder() / "长/field/513301_patches.shp").string());
    EXPECT_EQ(plan.at("counts").at("unchanged"), 29) << plan.at("fields").dump(2);
}

TEST_F(ReturnCommand, whatIsNoListOfThisProjectIsRefusedWithWhatToDo) {
    const tests::Ended unknown =
        story.start("add", "return", {tests::ProjectStory::sample("zones/water.gpkg").string()});
    EXPECT_EQ(unknown.status, 1);
    EXPECT_NE(unknown.err.find("任务编号"), std::string::npos) << unknown.err;
    const tests::ReturnedLayer back = layer();
    std::ofstream(fs::path(back.file()).parent_path() / "export.json")
        << R"({"export_id": "0123456789abcdef", "numbers": "ledger"})";
    const tests::Ended foreign = story.start("add", "return", {back.file()});
    EXPECT_EQ(foreign.status, 1);
    EXPECT_NE(foreign.err.find("不是本项目发出"), std::string::npos) << foreign.err;
    std::ofstream(fs::path(back.file()).parent_path() / "export.json")
        << R"({"export_id": "", "numbers": "temporary"})";
    const tests::Ended temporary = story.start("add", "return", {back.file()});
    EXPECT_EQ(temporary.status, 1);
    EXPECT_NE(temporary.err.find("临时编号"), std::string::npos) << temporary.err;
    EXPECT_EQ(story.start("add", "return", {back.file(), "--prefer", "none.csv"}).status, 1);
    EXPECT_EQ(story.start("add", "return", {"没有.xlsx"}).status, 1);
}

TEST_F(ReturnCommand, aKilledReturnLeavesTheProjectBeforeOrAfter) {
    const tests::ReturnedLayer back = layer();
    back.edit("BZ = '到过现场', XZMS = '如图'");
    tests::KilledCommand(story.file(), {"return", "add", back.file(), "--apply"}).killOften();
}

} // namespace
