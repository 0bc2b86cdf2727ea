// The template of task sheets, and the texts of a sheet that no list holds.

#include "app/cartography/sheet_content.hpp"
#include "app/cartography/task_sheet.hpp"
#include "app/check/list_words.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(SheetTemplate, TheShippedOneIsSoundAndKnowsEveryActivity) {
    const app::SheetTemplateLoad load = app::parseSheetTemplate(app::shippedSheetTemplate());
    ASSERT_TRUE(load.faults.empty()) << load.faults.front().textEn;
    for (const char* code : {"A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A09", "A10", "A11",
                             "A12", "A13", "A14", "A99"}) {
        EXPECT_TRUE(load.sheet.activities.contains(code)) << code;
    }
    const auto conclusion = std::find_if(load.sheet.record.begin(), load.sheet.record.end(),
                                         [](const app::SheetBlank& b) { return b.label == "核查结论"; });
    ASSERT_NE(conclusion, load.sheet.record.end());
    EXPECT_EQ(conclusion->choices, app::conclusionWords()); // a return understands what was ticked
    EXPECT_EQ(load.sheet.sha256.size(), 64U);
}

struct Fault {
    const char* from;
    const char* to;
    const char* told;
};

class SheetFaults : public testing::TestWithParam<Fault> {};

TEST_P(SheetFaults, AreToldWithTheirPlace) {
    const std::string yaml(app::shippedSheetTemplate());
    const std::string text = replaced(yaml, GetParam().from, GetParam().to);
    const app::SheetTemplateLoad load = app::parseSheetTemplate(text);
    const auto line =
        1 +
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find(GetParam().to)), '\n');
    EXPECT_TRUE(std::any_of(load.faults.begin(), load.faults.end(), [&](const app::RuleFault& fault) {
        return fault.textEn.find(GetParam().told) != std::string::npos &&
               fault.line == static_cast<int>(line);
    })) << GetParam().to;
}

INSTANTIATE_TEST_SUITE_P(All, SheetFaults,
                         testing::Values(Fault{"format: 1", "format: 2", "unknown format"},
                                         Fault{"list: patch_id", "list: patch_no", "no column"},
                                         Fault{"detail: zone_kind", "detail: zone_sort", "no column"},
                                         Fault{"name: 任务单", "name: 任务/单", "names the files"},
                                         Fault{"span: 3}", "span: 4}", "from 1 to 3"},
                                         Fault{"align: right", "align: up", "left or right"},
                                         Fault{"map: 套合图", "maps: 套合图", "unknown field"},
                                         Fault{"seal: true", "seal: yes", "true or false"},
                                         Fault{"lines: 2", "lines: 99", "from 1 to 10"}));

TEST(SheetTexts, CornersAreAllOfAFewAndTheExtremesOfMany) {
    const geo::Shape triangle{{{{{101, 30}, {102, 30}, {101.5, 31}, {101, 30}}, {}}}, {}, {}};
    const auto few = app::cornerTexts(triangle);
    ASSERT_EQ(few.size(), 3U);
    EXPECT_EQ(few[2].text, "101.500000, 31.000000");
    geo::Shape many;
    many.lines.emplace_back();
    for (int i = 0; i < 13; ++i) {
        many.lines[0].push_back({101 + 0.1 * i, 30 + 0.01 * ((i * 5) % 13)});
    }
    const auto extremes = app::cornerTexts(many);
    ASSERT_EQ(extremes.size(), 4U);
    EXPECT_EQ(extremes[1].label, "最东");
    EXPECT_EQ(extremes[1].text.substr(0, 10), "102.200000");
}

TEST(SheetTexts, TheLinkOpensAMapAndHoldsTheNumber) {
    EXPECT_EQ(app::geoLink("LD2026B1-513301-0001", {101.96, 30.05}),
              "geo:30.050000,101.960000?q=30.050000,101.960000(LD2026B1-513301-0001)");
}

/// A sheet's content with texts of any length.
app::SheetContent content(const app::SheetTemplate& sheet, std::size_t overlaps, std::size_t characters) {
    app::SheetContent made;
    made.number = "LD2026B1-513301-0001";
    made.link = "geo:30,101";
    std::string text;
    for (std::size_t i = 0; i < characters; ++i) {
        text += "字";
    }
    for (const app::SheetFact& fact : sheet.facts) {
        made.facts.push_back({fact.label, text, fact.span});
    }
    made.overlaps.assign(overlaps, std::vector<std::string>(sheet.overlaps.size(), "示例"));
    return made;
}

TEST(TaskSheet, HasOnePageUnlessTextsOrTablesNeedMore) {
    const app::SheetTemplate sheet = app::loadSheetTemplate("");
    EXPECT_EQ(app::TaskSheet(sheet, content(sheet, 1, 4), 0).pageCount(), 1U);
    EXPECT_EQ(app::TaskSheet(sheet, content(sheet, 5, 4), 0).pageCount(), 1U);
    EXPECT_EQ(app::TaskSheet(sheet, content(sheet, 40, 4), 0).pageCount(), 2U);
    EXPECT_GT(app::TaskSheet(sheet, content(sheet, 300, 4), 0).pageCount(), 4U);
    EXPECT_GT(app::TaskSheet(sheet, content(sheet, 1, 3000), 0).pageCount(), 2U);
}

} // namespace
