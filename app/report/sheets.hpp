#pragma once

#include "app/check/check_result.hpp"
#include "app/report/paged_table.hpp"
#include "geo/progress.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

/// The sheets of 核查清单.xlsx, in their order, and what other workbooks share with it.
namespace app::xlsx {

/// What all sheets of one workbook share.
struct SheetContext {
    const CheckResult* result = nullptr;
    std::string date; ///< ISO
    std::int64_t maxSheetRows = 0;
    geo::Progress* progress = nullptr;
    std::vector<Alert> alerts; ///< 结果无效, 管控区不完整
    std::string infoStart;     ///< batch and date, for the second line of every sheet
};

inline constexpr std::size_t kHashLength = 64;
using Hash = std::array<char, kHashLength>;

/// What the hidden sheet must know of the rows written: 16 MB for 250,000 of them.
struct ListRecord {
    std::vector<Hash> rows;           ///< issuedHash of each
    std::string exportId;             ///< hash over all of them and what made them
    std::vector<std::string> sheets;  ///< their names
    std::vector<std::int64_t> counts; ///< rows on each
    std::int64_t headerRow = 0;       ///< counted from 1
};

[[nodiscard]] ListRecord writeListSheets(Book& book, const SheetContext& context);
void writeDetailSheets(Book& book, const SheetContext& context);
void writeNearSheets(Book& book, const SheetContext& context);
void writeClearSheets(Book& book, const SheetContext& context);
void writeDuplicateSheets(Book& book, const SheetContext& context);
void writeProblemSheets(Book& book, const SheetContext& context);
void writeSummarySheet(Book& book, const SheetContext& context);
void writeExplanationSheet(Book& book, const SheetContext& context, const std::string& exportId);
void writeMetaSheet(Book& book, const SheetContext& context, const ListRecord& list);

/// What a reader of any sheet of this result must know first.
[[nodiscard]] std::vector<Alert> alertsOf(const CheckResult& result);

/// Rows of the sheets that do not follow from CheckResult::countOf.
[[nodiscard]] std::int64_t detailRowCount(const CheckResult& result);

} // namespace app::xlsx
