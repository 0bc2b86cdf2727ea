// The workbooks of the ledger as others read them: openpyxl cell by cell, LibreOffice as printed pages.

#include "tests/support/case_commands.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

using nlohmann::json;

/// What a command prints.
std::string outputOf(const std::string& command) {
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    char buffer[4096];
    while (pipe != nullptr && std::fgets(buffer, sizeof buffer, pipe) != nullptr) {
        text += buffer;
    }
    EXPECT_EQ(pipe == nullptr ? -1 : pclose(pipe), 0) << command << "\n" << text;
    return text;
}

bool works(const char* command) {
    return std::system((std::string(command) + " >/dev/null 2>&1").c_str()) == 0;
}

class ReportPeers : public tests::CaseCommandTest {
  protected:
    void SetUp() override {
        done("judge", {"--batch", "2026B2", "--verdict", "1"});
        done("step", {"--status", "待下发", "--to", "已下发"});
        done("set", {numbers[0], "完成时限=2026-11-20"});
        done("set", {numbers[3], "完成时限=2026-11-26"});
    }
    /// The program's answer.
    [[nodiscard]] json make(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--out", folder.path().string(), "--format", "json"});
        const tests::Ended ended = tests::runProgram(arguments);
        EXPECT_TRUE(ended.status == 0 || ended.status == 4) << ended.err;
        return json::parse(ended.out, nullptr, false);
    }
    [[nodiscard]] json summary() const { return make({"export", "summary", ledger.file().string()}); }
    [[nodiscard]] json sample() const {
        return make(
            {"case", "sample", ledger.file().string(), "--count", "6", "--seed", "7", "--by", "county"});
    }
    [[nodiscard]] json read(const char* name) const {
        return json::parse(outputOf("/usr/bin/python3 '" SOURCE_ROOT "/tests/app/read_workbook.py' '" +
                                    (folder.path() / name).string() + "'"));
    }
};

class LedgerWorkbook : public ReportPeers {
  protected:
    void SetUp() override {
        if (!works("/usr/bin/python3 -c 'import openpyxl'")) {
            GTEST_SKIP() << "python3-openpyxl is not installed";
        }
        ReportPeers::SetUp();
    }
};

TEST_F(LedgerWorkbook, HasTheFiguresThatTheProgramPrints) {
    const json said = summary();
    const json book = read("台账进度.xlsx");
    EXPECT_EQ(book["created"], "2026-11-24T00:00:00");
    const json& sheets = book["sheets"];
    for (const char* name :
         {"按县(市)", "按管控区类型", "按状态和优先级", "按核查结论", "逾期清单", "说明"}) {
        ASSERT_TRUE(sheets.contains(name)) << name;
    }
    EXPECT_EQ(sheets.size(), 6U);
    const json& rows = sheets["按县(市)"]["rows"];
    constexpr std::size_t kHead = 2; // title and information
    EXPECT_EQ(rows[kHead][0], "县(市)");
    EXPECT_EQ(rows[kHead][3], "状态");
    EXPECT_EQ(rows[kHead + 1][3], "待研判");
    for (std::size_t i = 0; i <= said.at("by_county").size(); ++i) {
        const bool isTotal = i == said.at("by_county").size();
        const json& figures = isTotal ? said.at("total") : said.at("by_county")[i];
        json expected{isTotal ? json("合计") : figures.at("county"),
                      isTotal ? json() : figures.at("county_code"), figures.at("cases")};
        for (const json& row : said.at("by_status_priority")) {
            expected.push_back(figures.at("statuses").at(row.at("status").get<std::string>()));
        }
        for (const char* key :
             {"issued", "verified", "closed", "verified_rate", "closed_rate", "red", "amber"}) {
            expected.push_back(figures.at(key));
        }
        EXPECT_EQ(rows[kHead + 2 + i], expected);
    }
    const json& merged = sheets["按县(市)"]["merged"];
    EXPECT_NE(std::find(merged.begin(), merged.end(), "A3:A4"), merged.end()); // 县(市)
    EXPECT_NE(std::find(merged.begin(), merged.end(), "D3:P3"), merged.end()); // 状态
    EXPECT_EQ(sheets["按县(市)"]["freeze"], "B5");
    EXPECT_EQ(sheets["按县(市)"]["repeat"], "$3:$4");
    const json& due = sheets["逾期清单"]["rows"];
    ASSERT_EQ(due.size(), 5U); // title, information, header, two cases
    EXPECT_EQ(due[3][1], numbers[0]);
    EXPECT_EQ(due[3][8], "红");
    EXPECT_EQ(due[3][9], 4);
    EXPECT_EQ(due[4][8], "黄");
    EXPECT_EQ(due[4][10], 2);
    EXPECT_EQ(sheets["逾期清单"]["filter"], "A3:M5");
    for (const auto& [name, sheet] : sheets.items()) {
        EXPECT_TRUE(sheet["formulas"].empty()) << name;
    }
}

TEST_F(LedgerWorkbook, EverySheetSaysWhenTheSumsDoNotClose) {
    ledger.edit("UPDATE cases SET status = '丢失' WHERE number = '" + numbers[8] + "'");
    EXPECT_FALSE(summary().at("valid").get<bool>());
    const json book = read("台账进度.xlsx");
    for (const auto& [name, sheet] : book["sheets"].items()) {
        EXPECT_NE(sheet["rows"].dump().find("结果无效"), std::string::npos) << name;
    }
    EXPECT_NE(book["sheets"]["说明"]["rows"].dump().find("得荣县"), std::string::npos);
}

TEST_F(LedgerWorkbook, TheSampleHasItsCasesAndItsStrata) {
    const json said = sample();
    const json book = read("抽检清单.xlsx");
    const json& rows = book["sheets"]["抽检清单"]["rows"];
    ASSERT_EQ(rows.size(), 3 + 6U);
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(rows[3 + i][1], said.at("cases")[i]);
        for (std::size_t blank = 20; blank < 24; ++blank) {
            EXPECT_TRUE(rows[3 + i][blank].is_null());
        }
    }
    EXPECT_EQ(rows[2][20], "抽检结论");
    EXPECT_EQ(rows[2][23], "备注");
    EXPECT_EQ(book["sheets"]["抽检清单"]["formats"]["W"], "yyyy-mm-dd"); // 抽检日期
    const json& notes = book["sheets"]["抽样说明"]["rows"];
    const json& total = notes.back();
    EXPECT_EQ(total[0], "合计");
    EXPECT_EQ(total[2], 12);
    EXPECT_EQ(total[3], 6);
    EXPECT_EQ(total[4], 50);
    EXPECT_EQ(notes[notes.size() - 4][1], "513301 康定市");
    EXPECT_NE(notes.dump().find("sha256"), std::string::npos);
}

class LedgerPages : public ReportPeers {
  protected:
    void SetUp() override {
        if (!works("command -v soffice && command -v pdftotext")) {
            GTEST_SKIP() << "LibreOffice calc or pdftotext is not installed";
        }
        ReportPeers::SetUp();
    }
    [[nodiscard]] std::string pages(const std::string& name) const {
        outputOf("soffice -env:UserInstallation=file://" + (folder.path() / "profile").string() +
                 " --headless --convert-to pdf --outdir '" + folder.path().string() + "' '" +
                 (folder.path() / (name + ".xlsx")).string() + "' 2>&1");
        std::string text =
            outputOf("pdftotext -layout '" + (folder.path() / (name + ".pdf")).string() + "' -");
        std::erase(text, ' '); // how wide gaps are is the fonts' affair
        return text;
    }
};

TEST_F(LedgerPages, ArePrintedWhole) {
    static_cast<void>(summary());
    static_cast<void>(sample());
    const std::string progress = pages("台账进度");
    EXPECT_NE(progress.find("第1页共6页"), std::string::npos) << progress;
    EXPECT_EQ(progress.find("###"), std::string::npos) << "a column is too narrow for its figures";
    const std::string list = pages("抽检清单");
    EXPECT_NE(list.find("第1页共3页"), std::string::npos) << list;
    EXPECT_EQ(list.find("###"), std::string::npos);
}

} // namespace
