#pragma once

#include "app/cartography/sheet_template.hpp"
#include "app/check/check_result.hpp"

#include <set>
#include <string>
#include <vector>

namespace app {

/// A fact as it stands on the sheet.
struct SheetText {
    std::string label;
    std::string text;
    int span = 1;
};

/// Every text of one case's sheet. Numbers are those of the list and of 涉及管控区明细, printed by the same
/// columns.
struct SheetContent {
    std::string number; ///< 任务编号
    std::string batch;
    std::string deadline;
    std::string mainZone; ///< name of the main finding's zone, by which sheets are grouped
    std::vector<SheetText> facts;
    std::vector<std::vector<std::string>> overlaps; ///< by the template's columns
    std::vector<SheetText> points;                  ///< 界址点: number or direction, and place
    std::vector<std::string> checks;                ///< 核查要点
    std::string link;                               ///< of the QR code
    std::set<std::string> lost;                     ///< characters that no font has, printed as 〓
    std::vector<std::string> alerts;                ///< paperAlerts
};

/// @param n the n-th listed patch
[[nodiscard]] SheetContent sheetContent(const SheetTemplate& sheet, const CheckResult& result, std::size_t n);

/// What every paper on the n-th listed patch must warn of: 未立案, 结果无效, 管控区不完整.
[[nodiscard]] std::vector<std::string> paperAlerts(const CheckResult& result, std::size_t n);

/// 界址点 of a shape: all corners where there are at most 12, else the four extreme ones, named by their
/// direction (domain.md 4.2). Six decimals, longitude first.
[[nodiscard]] std::vector<SheetText> cornerTexts(const geo::Shape& shape);

/// What the QR code says: geo:LAT,LON?q=LAT,LON(NUMBER), CGCS2000 without any offset. Telephones open a map
/// by it, and people read the number in it.
[[nodiscard]] std::string geoLink(const std::string& number, const geo::Coordinate& place);

} // namespace app
