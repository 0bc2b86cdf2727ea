// Forms of superiors as YAML: every fault is told with line and column, and the shipped ones have none.

#include "app/report/form.hpp"
#include "app/report/summary.hpp"
#include "layers/error.hpp"
#include "tests/support/yaml_faults.hpp"

#include <gtest/gtest.h>

namespace {

using app::Form;
using app::FormLoad;

// clang-format off
constexpr const char* kBase = R"yaml(format: 1
name: 测试表
version: "1"
title: 测试表（{batch}）
info: 共 {count} 处
paper: A4
codes:
  BHQK: {words: {新增: "1"}, unknown: keep}
order:
  - {by: county_code}
  - {by: 图斑面积(公顷), descending: true}
columns:
  - {header: 序号, list: number}
  - {header: [监测, 变化], list: BHQK, code: BHQK, empty: 无}
  - {header: [监测, 面积(亩)], list: area_ha, unit: mu, decimals: 2, sum: true, width: 11}
  - {header: [监测, 原字段], received: [YJLX, HDLX], may_lack: true}
  - {header: 状态, case: status}
  - {header: 单位, constant: 甘孜州, choices: [甲, 乙]}
  - {header: 空白, blank: true}
total: 合计
footer:
  - "面积 {area_mu} 亩"
  - [填表人：, 审核人：]
)yaml";

// Columns count characters, not bytes.
const tests::FaultCase kCases[] = {
    {"WrongFormat", "format: 1", "format: 2", {{1, 9, "unknown format '2'"}}},
    {"UnknownTopKey", "version: \"1\"", "version: \"1\"\nrows: all", {{4, 1, "unknown field 'rows'"}}},
    {"MissingVersion", "version: \"1\"\n", "", {{1, 1, "field 'version' is missing"}}},
    {"NameNoFile", "name: 测试表", "name: 测试/表\nsheet: 表", {{2, 7, "it names the files"}}},
    {"SheetTooLong", "version: \"1\"", "version: \"1\"\nsheet: 一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二", {{4, 8, "at most 31 characters"}}},
    {"NameTooLongForSheet", "name: 测试表", "name: 一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二", {{2, 7, "at most 31 characters"}}},
    {"Paper", "paper: A4", "paper: A5", {{6, 8, "A3 or A4"}}},
    {"UnknownWord", "{batch}", "{批次}", {{4, 8, "unknown word '批次'"}}},
    {"OpenBrace", "{count}", "{count", {{5, 7, "unknown word 'count 处'"}}},
    {"CloseBrace", "共 {count}", "共 count}", {{5, 7, "in braces"}}},
    {"WordInFooter", "{area_mu}", "{area}", {{22, 5, "unknown word 'area'"}}},
    {"CodesUnknown", "unknown: keep", "unknown: blank", {{8, 37, "error (nothing is written"}}},
    {"CodesEmptyCode", "新增: \"1\"", "新增: \"\"", {{8, 22, "text is expected"}}},
    {"CodeTwice", "{新增: \"1\"}", "{新增: \"1\", 新增: \"2\"}", {{8, 27, "stands twice"}}},
    {"CodesNoWords", "{words: {新增: \"1\"}, unknown", "{unknown", {{8, 9, "'words' is missing"}}},
    {"OrderNoColumn", "by: county_code", "by: county_kode", {{10, 10, "no column 'county_kode'"}}},
    {"OrderFlag", "descending: true", "descending: yes", {{11, 32, "true or false"}}},
    {"NoSuchListColumn", "list: BHQK", "list: BHQX", {{14, 30, "no column 'BHQX'"}}},
    {"NoSource", "{header: 序号, list: number}", "{header: 序号}", {{13, 14, "exactly one source"}}},
    {"TwoSources", "case: status", "case: status, constant: 甲", {{17, 42, "exactly one source"}}},
    {"NoHeader", "{header: 序号, list", "{list", {{13, 5, "'header' is missing"}}},
    {"NoSuchCode", "code: BHQK", "code: GNFQ", {{14, 42, "codes has no 'GNFQ'"}}},
    {"CodeOfConstant", "constant: 甘孜州", "constant: 甘孜州, code: BHQK", {{18, 39, "no words to translate"}}},
    {"UnknownUnit", "unit: mu", "unit: 顷", {{15, 48, "unknown unit '顷'"}}},
    {"UnitOfLength", "unit: mu", "unit: km", {{15, 48, "unknown unit 'km'"}}},
    {"UnitOfHeader", "面积(亩)", "面积(公顷)", {{15, 14, "the header names another unit"}}},
    {"UnitOfText", "list: number}", "list: number, unit: ha}", {{13, 38, "only for areas and lengths"}}},
    {"TooManyDecimals", "decimals: 2", "decimals: 5", {{15, 62, "from 0 to 4"}}},
    {"HalfADecimal", "decimals: 2", "decimals: 1.5", {{15, 62, "a whole number"}}},
    {"Width", "width: 11", "width: 0", {{15, 83, "from 2 to 100"}}},
    {"WidthNoNumber", "width: 11", "width: nan", {{15, 83, "from 2 to 100"}}},
    {"SumFlag", "sum: true", "sum: 1", {{15, 70, "true or false"}, {20, 8, "no column says sum"}}},
    {"SumOfText", "case: status", "case: status, sum: true", {{17, 37, "only for areas and lengths"}}},
    {"SumWithoutTotal", "total: 合计\n", "", {{15, 14, "name of the total row is missing"}}},
    {"FirstColumnSummed", "{header: 序号, list: number}", "{header: 长(米), measure: length, sum: true}", {{20, 8, "cannot be summed"}}},
    {"NoSuchMeasure", "list: area_ha", "measure: size", {{15, 36, "unknown 'size'"}}},
    {"NoSuchCaseField", "case: status", "case: 状况", {{17, 24, "no field '状况'"}}},
    {"BlankFlag", "blank: true", "blank: false", {{19, 25, "true is expected"}}},
    {"EmptyOfBlank", "blank: true", "blank: true, empty: 无", {{19, 38, "takes no value"}}},
    {"MayLackOfList", "list: number}", "list: number, may_lack: true}", {{13, 42, "only with received"}}},
    {"JoinOfOne", "list: number}", "list: number, join: x}", {{13, 38, "one column only"}}},
    {"CommaInChoice", "[甲, 乙]", "[\"甲,丁\", 乙]", {{18, 43, "cannot hold a comma"}}},
    {"HeaderTwice", "{header: 空白,", "{header: 状态,", {{19, 14, "stands twice"}}},
    {"HeaderGoesOn", "[监测, 原字段]", "监测", {{16, 14, "only one of the two goes on"}}},
    {"HeaderGoesOnBeside", "{header: 序号,", "{header: 监测,", {{14, 14, "only one of the two goes on"}}},
    {"UnknownColumnKey", "case: status", "case: status, colour: red", {{17, 32, "unknown field 'colour'"}}},
    {"ColumnNoMap", "  - {header: 空白, blank: true}", "  - 空白", {{19, 5, "a map of fields"}}},
    {"NoColumns", "columns:", "columns: 无\nx:", {{12, 10, "a list of columns"}, {13, 1, "unknown field 'x'"}, {21, 8, "no column says sum"}}},
    {"FooterTooWide", "[填表人：, 审核人：]", "[一, 二, 三, 四, 五, 六, 七, 八]", {{23, 5, "8 texts side by side"}}},
    {"FooterNoList", "footer:\n  - \"面积 {area_mu} 亩\"\n  - [填表人：, 审核人：]\n", "footer: 填表人\n", {{21, 9, "a list is expected"}}},
    {"Several", "format: 1\nname: 测试表", "format: 3\nname: 测?试", {{1, 9, "unknown format"}, {2, 7, "names the files"}, {2, 7, "name of a sheet"}}},
};
// clang-format on

using tests::told;

std::string changed(const tests::FaultCase& each) {
    return tests::changedText(kBase, each);
}

TEST(FormFaults, BaseHasNone) {
    const FormLoad load = app::parseForm(kBase);
    ASSERT_TRUE(load.faults.empty()) << told(load.faults);
    const Form& form = load.form;
    ASSERT_EQ(form.columns.size(), 7U);
    EXPECT_EQ(form.sheet, "测试表");
    EXPECT_EQ(form.columns[2].unit->key, "mu");
    EXPECT_EQ(form.columns[2].decimals, 2);
    EXPECT_TRUE(form.codes.at("BHQK").keepsUnknown);
    EXPECT_EQ(form.order[1].by, layers::ListColumn::AreaHa);
    EXPECT_TRUE(form.order[1].isDescending);
    EXPECT_EQ(form.footer[1], (std::vector<std::string>{"填表人：", "审核人："}));
}

TEST(FormFaults, EachNamesLineAndColumn) {
    for (const tests::FaultCase& each : kCases) {
        tests::expectFaults(app::parseForm(changed(each)).faults, each);
    }
}

TEST(FormFaults, NothingReadsAsAForm) {
    for (const char* text : {"", "# 空\n", "表\n", "- 1\n", "format: [1", "format: 1\n---\nname: x\n"}) {
        EXPECT_FALSE(app::parseForm(text).faults.empty()) << text;
    }
}

// Whatever the text holds is a fault and no exception: every beginning of it, and every hole in it.
TEST(FormFaults, NoTextThrows) {
    const std::string base = kBase;
    for (std::size_t at = 0; at < base.size(); ++at) {
        EXPECT_NO_THROW(static_cast<void>(app::parseForm(base.substr(0, at)))) << at;
        for (const std::size_t hole : {1U, 3U, 20U}) {
            std::string text = base;
            EXPECT_NO_THROW(static_cast<void>(app::parseForm(text.erase(at, hole)))) << at << " " << hole;
        }
    }
}

TEST(FormFaults, TheShippedOnesHaveNoneAndSayWhatIsNotSettled) {
    ASSERT_EQ(app::shippedForms().size(), 2U);
    for (const app::ShippedForm& shipped : app::shippedForms()) {
        const FormLoad load = app::parseForm(shipped.yaml);
        EXPECT_TRUE(load.faults.empty()) << shipped.name << "\n" << told(load.faults);
        EXPECT_EQ(app::loadForm(std::string(shipped.name)).sha256, load.form.sha256);
    }
    const Form overview = app::loadForm("overview");
    EXPECT_NE(overview.unverified.find("依据待核"), std::string::npos);
    EXPECT_NE(overview.name.find("列未经核实"), std::string::npos);
}

TEST(FormFaults, AFileThatIsNotThereIsSaid) {
    EXPECT_THROW(static_cast<void>(app::loadForm("/nowhere/form.yaml")), layers::Error);
}

TEST(FormHeader, SameTextsSideBySideBecomeOneCell) {
    const Form form = app::parseForm(R"yaml(format: 1
name: x
version: "1"
title: x
columns:
  - {header: 序号, list: number}
  - {header: [甲, 时相, 前], list: earlier}
  - {header: [甲, 时相, 后], list: later}
  - {header: [甲, 批次], list: batch}
  - {header: [乙, 批次], blank: true}
  - {header: 备注, list: remarks}
)yaml")
                          .form;
    std::string spans;
    for (const app::HeaderSpan& span : app::headerSpans(app::headerRows(form))) {
        spans += span.text + " " + std::to_string(span.firstRow) + std::to_string(span.firstColumn) + "-" +
                 std::to_string(span.lastRow) + std::to_string(span.lastColumn) + "\n";
    }
    EXPECT_EQ(spans, "序号 00-20\n甲 01-03\n乙 04-04\n备注 05-25\n时相 11-12\n批次 13-23\n批次 14-24\n"
                     "前 21-21\n后 22-22\n");
}

} // namespace
