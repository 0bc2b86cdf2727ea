// What stands in a form's cells: units and sums, words and codes, order, what was received.

#include "app/check/list_rows.hpp"
#include "app/check/printed_areas.hpp"
#include "app/check/rounding.hpp"
#include "app/report/form_table.hpp"
#include "app/report/workbook.hpp"
#include "layers/error.hpp"
#include "tests/support/sample_result.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using app::Form;
using app::FormTable;
using layers::Value;

constexpr std::string_view kHead = "format: 1\nname: x\nversion: \"1\"\ntitle: \"{project} {batch_code}\"\n";

Form form(const std::string& rest) {
    app::FormLoad load = app::parseForm(std::string(kHead) + rest);
    EXPECT_TRUE(load.faults.empty()) << load.faults.front().line << " " << load.faults.front().textEn;
    return std::move(load.form);
}

class FormFilling : public testing::Test {
  protected:
    void SetUp() override { app::orderAndNumber(result); }
    [[nodiscard]] FormTable fill(const std::string& rest) const {
        return app::fillForm(form(rest), result, cases, {"甘孜", "2026B2"});
    }
    [[nodiscard]] std::string refused(const std::string& rest) const {
        try {
            static_cast<void>(fill(rest));
        } catch (const layers::Error& error) {
            return error.what();
        }
        return {};
    }
    app::CheckResult result = tests::sampleResult();
    std::vector<layers::CaseRecord> cases = std::vector<layers::CaseRecord>(result.listed.size());
};

std::string textOf(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? "(no text)" : *text;
}

/// Cells of a column in units of its last decimal, and their number.
std::pair<std::int64_t, int> summed(const FormTable& table, std::size_t column, double scale) {
    std::int64_t sum = 0;
    int cells = 0;
    for (const std::vector<Value>& row : table.rows) {
        if (const auto* real = std::get_if<double>(&row[column])) {
            sum += std::llround(*real * scale);
            ++cells;
        } else if (const auto* whole = std::get_if<std::int64_t>(&row[column])) {
            sum += *whole;
            ++cells;
        }
    }
    return {sum, cells};
}

TEST_F(FormFilling, HectaresAreTheListsOwnDoubles) {
    const FormTable table =
        fill("columns: [{header: 序号, list: number}, {header: a, list: area_ha, sum: true}, "
             "{header: b, list: covered_ha, sum: true}]\ntotal: 合计\n");
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        const layers::ListRow row = app::listRow(result, n);
        const Value& area = row[static_cast<std::size_t>(layers::ListColumn::AreaHa)];
        EXPECT_EQ(table.rows[n][1], std::holds_alternative<double>(area) ? area : Value(std::string()));
    }
    const app::PrintedTotals totals = app::printedTotals(result);
    EXPECT_EQ(std::get<double>(table.totals[1]), totals.areaHa);
    EXPECT_EQ(std::get<double>(table.totals[2]), totals.coveredHa);
}

// Every unit and number of decimals: the total is the list's, the cells add up to it, none is off by a whole
// last digit.
TEST_F(FormFilling, EveryColumnAddsUpToTheListsTotal) {
    const std::int64_t totalM2 = std::llround(app::printedTotals(result).areaHa * 1e4);
    for (const app::FormUnit& unit : app::formUnits()) {
        for (int decimals = 0; unit.ofArea && decimals <= unit.mostDecimals; ++decimals) {
            const FormTable table =
                fill("columns: [{header: 序号, list: number}, {header: a, list: area_ha, unit: " +
                     std::string(unit.key) + ", decimals: " + std::to_string(decimals) +
                     ", sum: true}]\ntotal: 合计\n");
            const double scale = std::pow(10, decimals);
            const auto exact = [&](std::int64_t m2) {
                return static_cast<double>(m2 * unit.numerator) / static_cast<double>(unit.denominator);
            };
            const auto [sum, cells] = summed(table, 1, scale);
            EXPECT_EQ(cells, 3) << unit.key; // the line and the point have no area
            EXPECT_EQ(sum, std::llround(exact(totalM2) * scale)) << unit.key << decimals;
            for (std::size_t n = 0; n < table.rows.size(); ++n) {
                const app::PrintedPatch printed =
                    app::printedPatch(result, static_cast<std::size_t>(result.listed[n]));
                const double cell = std::holds_alternative<double>(table.rows[n][1])
                                        ? std::get<double>(table.rows[n][1])
                                    : std::holds_alternative<std::int64_t>(table.rows[n][1])
                                        ? static_cast<double>(std::get<std::int64_t>(table.rows[n][1]))
                                        : -1;
                if (cell >= 0) {
                    EXPECT_LT(std::abs(cell - exact(printed.units)), 1 / scale) << unit.key << decimals;
                }
            }
        }
    }
}

TEST_F(FormFilling, LengthsAreThoseOfLines) {
    const FormTable table = fill(
        "columns: [{header: 序号, list: number}, {header: 长(米), measure: length, sum: true, empty: 无}, "
        "{header: 内(公里), measure: covered_length, unit: km, decimals: 4}]\ntotal: 合计\n"
        "footer: ['{count} {length_m} {length_km} {covered_length_m}']\n");
    const auto [sum, cells] = summed(table, 1, 10);
    EXPECT_EQ(cells, 1);
    EXPECT_EQ(textOf(table.rows[0][1]), "无");
    const double length = std::get<double>(table.totals[1]);
    EXPECT_NEAR(length, result.results[6].overlay.measure, 0.05);
    const auto [within, one] = summed(table, 2, 1e4);
    EXPECT_EQ(one, 1);
    EXPECT_NEAR(static_cast<double>(within) / 10, result.results[6].covered, 0.05);
    EXPECT_EQ(table.footer[0][0].substr(0, 2), "5 ");
    EXPECT_NE(table.footer[0][0].find(std::to_string(sum / 10) + "." + std::to_string(sum % 10)),
              std::string::npos)
        << table.footer[0][0];
}

TEST_F(FormFilling, WordsGoThroughTheirTable) {
    const std::string columns =
        "columns: [{header: 类型, list: zone_kind, code: K}, {header: 备注, list: remarks, empty: 无}]\n";
    const FormTable table =
        fill("codes: {K: {words: {自然保护区: NR, 生态保护红线: ECR, 饮用水水源保护区: DWS}}}\n" + columns);
    EXPECT_EQ(textOf(table.rows[1][0]), "NR;ECR"); // each of several words
    EXPECT_EQ(textOf(table.rows[1][1]), "无");
    EXPECT_TRUE(table.kept.empty());
    const FormTable whole = fill(
        "codes: {K: {words: {自然保护区;生态保护红线: 两者, 生态保护红线: ECR, 饮用水水源保护区: DWS}}}\n" +
        columns);
    EXPECT_EQ(textOf(whole.rows[1][0]), "两者");
}

TEST_F(FormFilling, AWordWithoutCodeStopsTheExportOrIsKeptAndTold) {
    const std::string columns = "columns: [{header: 类型, list: zone_kind, code: K}]\n";
    const std::string message = refused("codes: {K: {words: {生态保护红线: ECR}}}\n" + columns);
    EXPECT_NE(message.find("“自然保护区” 1 处，如 LS-513301-0001"), std::string::npos) << message;
    EXPECT_NE(message.find("饮用水水源保护区"), std::string::npos) << message;
    const FormTable table = fill("codes: {K: {words: {生态保护红线: ECR}, unknown: keep}}\n" + columns);
    EXPECT_EQ(textOf(table.rows[1][0]), "自然保护区;ECR");
    ASSERT_EQ(table.kept.size(), 2U);
    EXPECT_EQ(table.kept[0].rows, 1);
}

TEST_F(FormFilling, RowsStandInTheFormsOrderAndAreCountedThere) {
    const FormTable table = fill("order: [{by: area_ha, descending: true}]\n"
                                 "columns: [{header: 序号, list: number}, {header: 编号, list: patch_id}, "
                                 "{header: 面积, list: area_ha}]\n");
    ASSERT_EQ(table.rows.size(), 5U);
    double last = 1e9;
    for (std::size_t n = 0; n < table.rows.size(); ++n) {
        EXPECT_EQ(std::get<std::int64_t>(table.rows[n][0]), static_cast<std::int64_t>(n) + 1);
        const double* area = std::get_if<double>(&table.rows[n][2]);
        EXPECT_EQ(area != nullptr, n < 3); // what has no area comes last, in the list's order
        EXPECT_LE(area == nullptr ? 0 : *area, last);
        last = area == nullptr ? 0 : *area;
    }
    EXPECT_EQ(textOf(table.rows[0][1]), "TB-0001");
    EXPECT_EQ(textOf(table.rows[3][1]), "TB-0007");
}

TEST_F(FormFilling, AttributesCaseFieldsAndConstantsStandAsTheyAre) {
    cases[0].status = "已下发";
    const FormTable table =
        fill("columns: [{header: 原, received: [YJLX, HDLX]}, {header: 状态, case: status, empty: 无案件}, "
             "{header: 州, constant: 甘孜州}, {header: 空, blank: true}, "
             "{header: 位置, list: [city, county, township], join: /}]\n");
    EXPECT_EQ(textOf(table.rows[0][0]), "采伐");
    EXPECT_EQ(textOf(table.rows[0][1]), "已下发");
    EXPECT_EQ(textOf(table.rows[1][1]), "无案件");
    EXPECT_EQ(textOf(table.rows[1][2]), "甘孜州");
    EXPECT_TRUE(std::holds_alternative<std::monostate>(table.rows[1][3]));
    EXPECT_EQ(textOf(table.rows[1][4]), "甘孜州/康定市");
    EXPECT_EQ(table.title, "甘孜 2026B2");
}

TEST_F(FormFilling, AnAttributeThatALayerLacksIsSaid) {
    const std::string message = refused("columns: [{header: 原, received: YJLX}]\n");
    EXPECT_NE(message.find("示例图斑.shp"), std::string::npos) << message;
    EXPECT_NE(message.find("TBBH, HDLX"), std::string::npos) << message;
    const FormTable table = fill("columns: [{header: 原, received: YJLX, may_lack: true, empty: 缺}]\n");
    EXPECT_EQ(textOf(table.rows[0][0]), "缺");
}

} // namespace
