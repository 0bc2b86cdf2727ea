// The workbook that comes back, edited with openpyxl and saved again by LibreOffice.

#include "tests/support/project_story.hpp"

#include <cstdlib>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

bool runs(const std::string& command) {
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

/// Sorts the rows backwards, hides a column, adds one, changes how dates are shown, and answers.
constexpr const char* kEdit = R"(
import datetime, sys
import openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book["核查清单"]
head = next(r for r in range(1, 20) if sheet.cell(r, 2).value == "任务编号")
names = [sheet.cell(head, c).value for c in range(1, 44)]
rows = [[sheet.cell(r, c).value for c in range(1, 44)] for r in range(head + 1, sheet.max_row + 1)]
def put(number, **answers):
    for row in rows:
        if row[1] == number:
            for name, value in answers.items():
                row[names.index(name)] = value
put("LD2026B1-513301-0001", 备注="现场说法", 核查结论="已恢复")
put("LD2026B1-513301-0002", 核查结论="属实-手续齐全", 核查人="核查一组", 核查日期=datetime.datetime(2026, 12, 1))
put("LD2026B1-513301-0003", 核查结论="不晓得")
put("LD2026B1-513301-0004", 任务编号="LD2026B1-513301-9999", 备注="编号改坏")
put("LD2026B1-513301-0005", 原图斑编号="别的图斑", 备注="错行")
twice = next(list(row) for row in rows if row[1] == "LD2026B1-513301-0006")
twice[names.index("备注")] = "第二行"
rows = [row for row in rows if row[1] != "LD2026B1-513301-0007"] + [twice]
rows.reverse()
for n, row in enumerate(rows):
    for c, value in enumerate(row):
        cell = sheet.cell(head + 1 + n, c + 1)
        cell.value = value
        if names[c] == "核查日期":
            cell.number_format = "dd/mm/yy"
sheet.cell(head, 44).value = "新增列"
sheet.column_dimensions["AB"].hidden = True
book.save(sys.argv[2])
)";

class ReturnPeers : public testing::Test {
  protected:
    void SetUp() override {
        if (!runs("/usr/bin/python3 -c 'import openpyxl'")) {
            GTEST_SKIP() << "openpyxl is not installed (python3-openpyxl)";
        }
        story.sendOutBatch1();
        story.run({"list"}, "export",
                  {"--batch", "2026B1", "--only", "xlsx", "--out", (story.folder() / "清单").string()});
        story.run({"set"}, "case", {"LD2026B1-513301-0001", "备注=台账说法", "核查结论=已恢复"});
        std::ofstream(story.folder() / "edit.py") << kEdit;
        ASSERT_TRUE(runs("/usr/bin/python3 '" + (story.folder() / "edit.py").string() + "' '" +
                         (story.folder() / "清单/核查清单.xlsx").string() + "' '" + edited.string() + "'"));
    }
    void expectPlan(const fs::path& file) const {
        const Json plan = story.run({"add"}, "return", {file.string()});
        EXPECT_EQ(plan.at("counts"), (Json{{"rows", 91},
                                           {"blank", 0},
                                           {"repeated", 1},
                                           {"unmatched", 1},
                                           {"cases", 89},
                                           {"unchanged", 84},
                                           {"changed", 1},
                                           {"conflicting", 1},
                                           {"refused", 1},
                                           {"doubtful", 2},
                                           {"not_returned", 2}}))
            << plan.dump(2);
        EXPECT_EQ(plan.at("undecided"), 1);
        EXPECT_EQ(plan.at("not_returned"), Json::array({"LD2026B1-513301-0004", "LD2026B1-513301-0007"}));
        ASSERT_EQ(plan.at("fields").size(), 5U);
    }
    tests::ProjectStory story;
    fs::path edited = story.folder() / "已填.xlsx";
};

TEST_F(ReturnPeers, aWorkbookThatWasSortedAndFilledIsTakenIn) {
    expectPlan(edited);
    const Json taken = story.run({"add"}, "return", {edited.string(), "--prefer", "ours", "--apply"}, {3});
    EXPECT_EQ(taken.at("fields_taken"), 3);
    const Json shown = story.run({"show"}, "case", {"LD2026B1-513301-0002"});
    EXPECT_EQ(shown.at("inspected_on"), "2026-12-01");
    EXPECT_EQ(story.run({"show"}, "case", {"LD2026B1-513301-0001"}).at("remarks"), "台账说法");
    story.expectSound();
}

TEST_F(ReturnPeers, theSameAfterLibreOfficeSavedIt) {
    if (!runs("soffice --version")) {
        GTEST_SKIP() << "LibreOffice is not installed (libreoffice-calc-nogui)";
    }
    const fs::path folder = story.folder() / "lo";
    ASSERT_TRUE(runs("HOME='" + story.folder().string() +
                     "' soffice --headless --convert-to 'xlsx:Calc MS Excel 2007 XML' --outdir '" +
                     folder.string() + "' '" + edited.string() + "'"));
    expectPlan(folder / edited.filename());
}

} // namespace
