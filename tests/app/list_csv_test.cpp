// The list as CSV: byte order mark, line ends, quotes, and text that no spreadsheet may run.

#include "app/check/list_rows.hpp"
#include "app/report/cell_text.hpp"
#include "app/report/workbook.hpp"
#include "layers/error.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace {

/// A strict reader of RFC 4180: rows of fields.
std::vector<std::vector<std::string>> parseCsv(const std::string& text) {
    std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
    bool isQuoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isQuoted) {
            if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
                rows.back().back() += text[++i];
            } else if (c == '"') {
                isQuoted = false;
            } else {
                rows.back().back() += c;
            }
        } else if (c == '"') {
            EXPECT_TRUE(rows.back().back().empty()) << "a quote inside a plain field";
            isQuoted = true;
        } else if (c == ',') {
            rows.back().emplace_back();
        } else if (c == '\r') {
            EXPECT_EQ(text[++i], '\n');
            rows.emplace_back(1);
        } else {
            EXPECT_NE(c, '\n') << "a bare line feed";
            rows.back().back() += c;
        }
    }
    EXPECT_EQ(rows.back(), std::vector<std::string>(1)) << "the file ends with a line end";
    rows.pop_back();
    return rows;
}

std::vector<std::vector<std::string>> written(app::CheckResult& result) {
    app::orderAndNumber(result);
    const tests::TemporaryFolder folder;
    const auto file = folder.path() / "清单.csv";
    app::writeListCsv(file, result);
    const std::string text = tests::textOf(file);
    EXPECT_EQ(text.substr(0, 3), "\xEF\xBB\xBF");
    return parseCsv(text.substr(3));
}

constexpr std::size_t kPatchId = static_cast<std::size_t>(layers::ListColumn::PatchId);

TEST(ListCsv, HasTheColumnsAndTheRowsOfTheList) {
    app::CheckResult result = tests::sampleResult();
    const auto rows = written(result);
    ASSERT_EQ(rows.size(), 1 + result.listed.size());
    for (std::size_t i = 0; i < layers::listColumns().size(); ++i) {
        EXPECT_EQ(rows[0][i], layers::listColumns()[i].header);
        for (std::size_t n = 0; n < result.listed.size(); ++n) {
            ASSERT_EQ(rows[n + 1].size(), layers::listColumns().size());
            const std::string plain = app::printedText(app::listRow(result, n)[i], layers::listColumns()[i]);
            const std::string& cell = rows[n + 1][i];
            EXPECT_EQ(cell.starts_with('\'') ? cell.substr(1) : cell, plain);
        }
    }
}

TEST(ListCsv, TextThatASpreadsheetWouldRunIsGuardedAndComesBack) {
    const std::string hostile[] = {"=SUM(A1:A9)", "+1",      "-1",    "@cmd",
                                   "\tx",         "'quoted", "＝1+1", "a,\"b",
                                   " spaces ",    "二\n行",  "x",     "=HYPERLINK(\"http://x\")"};
    for (const std::string& id : hostile) {
        app::CheckResult result = tests::sampleResult();
        result.patches[0].id = id;
        const auto rows = written(result);
        const std::string& cell = rows[2][kPatchId];
        const bool isGuarded = cell.starts_with('\'');
        EXPECT_EQ(isGuarded ? cell.substr(1) : cell, id);
        EXPECT_EQ(isGuarded, id != "a,\"b" && id != " spaces " && id != "二\n行" && id != "x") << id;
    }
}

TEST(ListCsv, SaysWhereItCannotWrite) {
    try {
        app::writeListCsv("/nowhere/at/all/清单.csv", tests::sampleResult());
        FAIL();
    } catch (const layers::Error& error) {
        EXPECT_NE(std::string(error.what()).find("清单.csv"), std::string::npos);
    }
}

TEST(CellText, IsReadableByAnyone) {
    EXPECT_EQ(app::cleanText("䶮𠮷 A\tB\n"), "䶮𠮷 A\tB\n");
    EXPECT_EQ(app::cleanText("a\r\nb\rc"), "a\nb\nc");
    EXPECT_EQ(app::cleanText(std::string_view("a\0b\x01", 4)), "a\uFFFDb\uFFFD");
    EXPECT_EQ(app::cleanText("\xC0\xAF\xED\xA0\x80\xE4\xB8"),
              "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"); // overlong, half of a pair, cut
    EXPECT_EQ(app::cleanText("\xEF\xBF\xBF"), "\uFFFD");
}

TEST(CellText, TheHashSeesIssuedCellsOnly) {
    app::CheckResult result = tests::sampleResult();
    app::orderAndNumber(result);
    layers::ListRow row = app::listRow(result, 1);
    const std::string hash = app::issuedHash(row);
    row[static_cast<std::size_t>(layers::ListColumn::Number)] = std::int64_t{77};
    row[static_cast<std::size_t>(layers::ListColumn::Conclusion)] = std::string("已恢复");
    EXPECT_EQ(app::issuedHash(row), hash);
    row[static_cast<std::size_t>(layers::ListColumn::AreaHa)] = 9.0;
    EXPECT_NE(app::issuedHash(row), hash);
}

} // namespace
