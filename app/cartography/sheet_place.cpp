// The place of a case in its county, beside its map.

#include "app/cartography/sheet_map.hpp"
#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"

namespace app {

void SheetMaps::describePlace(std::size_t patch, SheetMap& sheet) {
    const CheckResult& result = *m_sources.result;
    const std::int32_t county = mainCounty(result.results[patch]);
    const geo::Coordinate place = result.results[patch].place;
    if (m_sources.counties == nullptr || county < 0) {
        return;
    }
    constexpr double kMarginMm = 1.5;
    const auto number = static_cast<std::uint32_t>(county);
    sheet.hasPlace = true;
    sheet.point = {{}, {}, {place}};
    MapDescription& map = sheet.place;
    map.view = tightViewOf(projectionOf(place.x), m_sources.counties->zone(number).box,
                           sheet.locator.grown(-kMarginMm));
    for (const geo::ZoneIndex::Candidate& candidate :
         m_sources.counties->candidates(shownBox(map.view, sheet.locator))) {
        if (candidate.zone != number) {
            map.items.push_back({&otherCountySymbol(), nullptr, &m_sources.counties->zone(candidate.zone)});
        }
    }
    map.items.push_back({&ownCountySymbol(), nullptr, &m_sources.counties->zone(number)});
    map.items.push_back({&placeSymbol(), &sheet.point, nullptr});
    map.free = &sheet.point;
    TextStyle style;
    style.sizeMm = 2.6;
    style.colour = kBlack;
    style.widthMm = 34;
    style.mostLines = 2;
    style.haloMm = 0.3;
    map.labels.push_back(
        {paperText(countyWords(result, county).name), style, nullptr, m_sources.counties, number});
    map.hasGraticule = false;
    map.hasScaleBar = false;
    map.hasNorthArrow = false;
}

void SheetMaps::paintPlace(Canvas& canvas, const SheetMap& sheet) const {
    if (sheet.hasPlace) {
        paintMap(canvas, sheet.place, sheet.locator);
        return;
    }
    canvas.rectangle(sheet.locator);
    canvas.stroke({kBlack, 0.2});
    TextStyle style;
    style.sizeMm = 2.4;
    style.widthMm = sheet.locator.width;
    style.align = TextAlign::Centre;
    style.colour = kGrey;
    canvas.text({sheet.locator.x, sheet.locator.centre().y - 2},
                m_sources.counties == nullptr ? "位置图：无县界数据" : "位置图：在各县界之外", style);
}

} // namespace app
