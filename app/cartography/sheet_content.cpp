#include "app/cartography/sheet_content.hpp"

#include "app/cartography/canvas.hpp"
#include "app/check/list_rows.hpp"
#include "app/check/list_words.hpp"
#include "app/report/cell_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace app {

namespace {

constexpr std::size_t kMostCorners = 12;

std::string printed(const layers::ListRow& row, layers::ListColumn column) {
    return paperText(printedText(row[static_cast<std::size_t>(column)], layers::listColumn(column)));
}

/// Texts one after the other, empty ones left out.
void append(std::string& text, const std::string& more, const std::string& join) {
    if (!more.empty()) {
        text += (text.empty() ? "" : join) + more;
    }
}

std::vector<std::string> overlapCells(const SheetTemplate& sheet, const std::vector<layers::Value>& row) {
    std::vector<std::string> cells;
    for (const SheetColumn& column : sheet.overlaps) {
        std::string text;
        for (const DetailColumn detail : column.detail) {
            const auto slot = static_cast<std::size_t>(detail);
            append(text, paperText(printedText(row[slot], detailColumns()[slot])), column.join);
        }
        cells.push_back(std::move(text));
    }
    return cells;
}

std::string placeText(const geo::Coordinate& c) {
    return fmt::format("{:.6f}, {:.6f}", c.x, c.y);
}

/// Every corner once, rings without the closing one.
std::vector<geo::Coordinate> cornersOf(const geo::Shape& shape) {
    std::vector<geo::Coordinate> corners;
    const auto addRing = [&](const geo::Ring& ring) {
        corners.insert(corners.end(), ring.begin(), ring.empty() ? ring.end() : ring.end() - 1);
    };
    for (const geo::Polygon& polygon : shape.polygons) {
        addRing(polygon.shell);
        for (const geo::Ring& hole : polygon.holes) {
            addRing(hole);
        }
    }
    for (const geo::Path& line : shape.lines) {
        corners.insert(corners.end(), line.begin(), line.end());
    }
    corners.insert(corners.end(), shape.points.begin(), shape.points.end());
    return corners;
}

} // namespace

std::vector<SheetText> cornerTexts(const geo::Shape& shape) {
    const std::vector<geo::Coordinate> corners = cornersOf(shape);
    std::vector<SheetText> texts;
    if (corners.size() <= kMostCorners) {
        for (std::size_t i = 0; i < corners.size(); ++i) {
            texts.push_back({fmt::format("{}", i + 1), placeText(corners[i]), 1});
        }
        return texts;
    }
    const auto byX = [](const geo::Coordinate& a, const geo::Coordinate& b) { return a.x < b.x; };
    const auto byY = [](const geo::Coordinate& a, const geo::Coordinate& b) { return a.y < b.y; };
    texts.push_back({"最北", placeText(*std::max_element(corners.begin(), corners.end(), byY)), 1});
    texts.push_back({"最东", placeText(*std::max_element(corners.begin(), corners.end(), byX)), 1});
    texts.push_back({"最南", placeText(*std::min_element(corners.begin(), corners.end(), byY)), 1});
    texts.push_back({"最西", placeText(*std::min_element(corners.begin(), corners.end(), byX)), 1});
    return texts;
}

std::string geoLink(const std::string& number, const geo::Coordinate& place) {
    const std::string at = fmt::format("{:.6f},{:.6f}", place.y, place.x);
    return fmt::format("geo:{0}?q={0}({1})", at, number);
}

namespace {

/// Of everything that the sheet takes from the data.
std::set<std::string> lostOf(const layers::ListRow& row,
                             const std::vector<std::vector<layers::Value>>& details) {
    std::set<std::string> lost;
    const auto add = [&lost](const layers::Value& value) {
        if (const auto* text = std::get_if<std::string>(&value)) {
            lost.merge(lostCharacters(*text));
        }
    };
    std::for_each(row.begin(), row.end(), add);
    for (const std::vector<layers::Value>& detail : details) {
        std::for_each(detail.begin(), detail.end(), add);
    }
    return lost;
}

} // namespace

SheetContent sheetContent(const SheetTemplate& sheet, const CheckResult& result, std::size_t n) {
    const auto patch = static_cast<std::size_t>(result.listed[n]);
    const layers::ListRow row = listRow(result, n);
    SheetContent content;
    content.number = printed(row, layers::ListColumn::TaskNumber);
    content.batch = printed(row, layers::ListColumn::Batch);
    content.deadline = printed(row, layers::ListColumn::Deadline);
    for (const SheetFact& fact : sheet.facts) {
        std::string text;
        for (const layers::ListColumn column : fact.list) {
            append(text, printed(row, column), fact.join);
        }
        content.facts.push_back({fact.label, std::move(text), fact.span});
    }
    const std::vector<std::vector<layers::Value>> details = detailRows(result, n);
    content.lost = lostOf(row, details);
    for (const std::vector<layers::Value>& detail : details) {
        content.overlaps.push_back(overlapCells(sheet, detail));
    }
    if (!result.results[patch].findings.empty()) {
        content.mainZone = paperText(result.zones[result.results[patch].findings.front().zone].name);
    }
    content.points = cornerTexts(result.patches[patch].shape);
    content.checks = sheet.always;
    const auto points = sheet.activities.find(result.patches[patch].activity);
    if (points != sheet.activities.end()) {
        content.checks.insert(content.checks.end(), points->second.begin(), points->second.end());
    }
    content.link = geoLink(content.number, result.results[patch].place);
    content.alerts = paperAlerts(result, n);
    return content;
}

std::vector<std::string> paperAlerts(const CheckResult& result, std::size_t n) {
    std::vector<std::string> alerts;
    if (isTemporaryNumber(result.taskNumbers[n])) {
        alerts.emplace_back("未立案：编号是本次核查的临时编号，不是案件编号");
    }
    if (!result.faults.empty()) {
        alerts.emplace_back("结果无效：合计不闭合，不得使用");
    }
    if (result.zonesIncomplete) {
        alerts.emplace_back("管控区不完整：有管控区要素未能参与核查，见数据问题清单");
    }
    return alerts;
}

} // namespace app
