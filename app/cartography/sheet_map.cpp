#include "app/cartography/sheet_map.hpp"

#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/check/zone_order.hpp"
#include "geo/geodesic.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace app {

namespace {

constexpr double kLargestScale = 5000;
constexpr double kLargestScaleOfPoints = 10000;
constexpr double kShareOfFrame = 0.42;
constexpr double kSideWidthMm = 40;
constexpr double kGapMm = 2.5;
constexpr double kLabelWidthMm = 34;
constexpr double kLegendTitleMm = 5;

/// Of the words under the legend.
TextStyle noteStyle() {
    TextStyle style;
    style.sizeMm = 2.0;
    style.widthMm = kSideWidthMm;
    return style;
}

TextStyle labelStyle(double sizeMm, const Colour& colour) {
    TextStyle style;
    style.sizeMm = sizeMm;
    style.colour = colour;
    style.widthMm = kLabelWidthMm;
    style.mostLines = 2;
    style.haloMm = 0.45;
    return style;
}

Colour darker(const Colour& colour) {
    constexpr double kShare = 0.75;
    return {colour.red * kShare, colour.green * kShare, colour.blue * kShare};
}

/// The circle of a point's accuracy.
geo::Shape circleAround(const geo::Coordinate& place, double radiusM) {
    constexpr int kCorners = 48;
    constexpr double kTurn = 360;
    geo::Ring ring;
    for (int i = 0; i <= kCorners; ++i) {
        ring.push_back(geo::geodesicDestination(place, kTurn * (i % kCorners) / kCorners, radiusM));
    }
    return {{{ring, {}}}, {}, {}};
}

/// The class as the zone's layer has it, and as it was judged where that is another one (按换算).
std::string classOf(const CheckResult& result, std::size_t patch, std::uint32_t zone) {
    const layers::Zone& record = result.zones[zone];
    std::string text = classText(record.kind, record.zoneClass);
    for (const layers::Finding& finding : result.results[patch].findings) {
        const std::string judged = finding.zone == zone ? findingClass(result, finding) : text;
        if (judged != text) {
            return fmt::format("{}({})", text, judged);
        }
    }
    return text;
}

std::string zoneText(const CheckResult& result, std::size_t patch, std::uint32_t zone) {
    const layers::Zone& record = result.zones[zone];
    std::string text(layers::zoneKindNameZh(record.kind));
    if (record.kind != layers::ZoneKind::RedLine && !record.zoneClass.empty()) {
        text += " " + classOf(result, patch, zone);
    }
    return paperText(text);
}

std::string zoneLabel(const CheckResult& result, std::size_t patch, std::uint32_t zone) {
    const layers::Zone& record = result.zones[zone];
    if (record.name.empty()) {
        return zoneText(result, patch, zone);
    }
    return paperText(record.kind == layers::ZoneKind::RedLine || record.zoneClass.empty()
                         ? record.name
                         : record.name + " " + classOf(result, patch, zone));
}

/// Whether anything of a zone lies in the box: its own box may, and the zone not.
bool isSeen(const geo::ZoneIndex& zones, const geo::ZoneIndex::Candidate& candidate, const geo::Box& box) {
    bool isCrossed = false;
    for (const std::uint32_t ring : candidate.rings) {
        zones.zone(candidate.zone).rings[ring].visitSegments(box, [&](std::size_t /*segment*/) {
            isCrossed = true;
        });
    }
    const geo::Coordinate middle{(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
    return isCrossed || zones.locate(candidate.zone, middle) == geo::Location::Inside;
}

/// The zones of which something is seen, ascending.
std::vector<std::uint32_t> zonesSeen(const geo::ZoneIndex& zones, const geo::Box& box) {
    std::vector<std::uint32_t> seen;
    for (const geo::ZoneIndex::Candidate& candidate : zones.candidates(box)) {
        if (isSeen(zones, candidate, box)) {
            seen.push_back(candidate.zone);
        }
    }
    return seen;
}

bool hasOutline(const geo::ZoneIndex& zones, std::uint32_t zone) {
    return !zones.zone(zone).box.isEmpty();
}

/// What of a zone lies inside a patch.
const geo::Shape* partInside(const CheckResult& result, std::size_t patch, std::uint32_t zone) {
    for (const geo::ZoneOverlap& overlap : result.results[patch].overlay.overlaps) {
        if (overlap.zone == zone) {
            return overlap.whole ? &result.patches[patch].shape : &overlap.shape;
        }
    }
    return &result.patches[patch].shape;
}

void addEntry(std::vector<LegendEntry>& legend, LegendEntry entry) {
    const bool isThere = std::any_of(legend.begin(), legend.end(), [&](const LegendEntry& e) {
        return e.symbol == entry.symbol && e.text == entry.text;
    });
    if (!isThere) {
        legend.push_back(std::move(entry));
    }
}

} // namespace

MapSources mapSources(const CheckResult& result, const geo::ZoneIndex& zones,
                      const geo::ZoneIndex* counties) {
    std::vector<geo::Box> boxes;
    boxes.reserve(result.patches.size());
    for (const layers::Patch& patch : result.patches) {
        boxes.push_back(patch.shape.box());
    }
    return {&result, &zones, counties, {}, geo::RingTree(boxes), nullptr, std::make_shared<ZoneDigests>()};
}

SheetMaps::SheetMaps(const MapSources& sources) : m_sources(sources) {
    if (sources.imagery != nullptr) {
        m_images.emplace(*sources.imagery);
    }
}

const MapProjection& SheetMaps::projectionOf(double longitudeDeg) {
    std::unique_ptr<MapProjection>& projection = m_projections[MapProjection::meridianOf(longitudeDeg)];
    if (!projection) {
        projection = std::make_unique<MapProjection>(longitudeDeg);
    }
    return *projection;
}

void SheetMaps::describe(std::size_t patch, const PageBox& box, SheetMap& sheet) {
    sheet.box = box;
    sheet.frame = {box.x + kGraticuleRoomMm, box.y, box.width - kGraticuleRoomMm - kGapMm - kSideWidthMm,
                   box.height - kGraticuleRoomMm};
    describeCase(patch, sheet);
    const int meridian = projectionOf(m_sources.result->results[patch].place.x).centralMeridianDeg();
    const std::vector<geo::ZoneOverlap>& overlaps = m_sources.result->results[patch].overlay.overlaps;
    const bool hasParts = std::any_of(overlaps.begin(), overlaps.end(), [&](const geo::ZoneOverlap& overlap) {
        return !hasOutline(*m_sources.zones, overlap.zone);
    });
    sheet.note = fmt::format("CGCS2000 高斯-克吕格 3°带 中央经线{}°。{}{}", meridian,
                             m_images ? "影像对比见续页。" : "影像缺失：未提供影像。",
                             hasParts ? "管控区仅示图斑内部分。" : "");
    sheet.noteHeight = measureText(sheet.note, noteStyle()).height;
    // The legend is whole before the locator is large.
    constexpr double kLeastLocatorMm = 18;
    constexpr double kMostLocatorMm = 36;
    const double room =
        box.height - sheet.noteHeight - kLegendTitleMm - legendHeight(sheet.legend, kSideWidthMm) - 1;
    sheet.locator = {sheet.frame.right() + kGapMm, box.y, kSideWidthMm,
                     std::clamp(room, kLeastLocatorMm, kMostLocatorMm)};
    describePlace(patch, sheet);
}

void SheetMaps::paint(Canvas& canvas, std::size_t patch, const PageBox& box) {
    SheetMap sheet;
    describe(patch, box, sheet);
    paintMap(canvas, sheet.map, sheet.frame);
    paintPlace(canvas, sheet);
    TextStyle title;
    title.sizeMm = 2.8;
    title.bold = true;
    const double left = sheet.locator.x;
    canvas.text({left, sheet.locator.bottom() + 0.7}, "图例", title);
    const double top = sheet.locator.bottom() + kLegendTitleMm;
    paintLegend(canvas, sheet.legend,
                {left + 0.3, top, kSideWidthMm - 0.3, box.bottom() - top - sheet.noteHeight});
    canvas.text({left, box.bottom() - sheet.noteHeight}, sheet.note, noteStyle());
}

SheetMaps::CaseShape SheetMaps::caseShape(std::size_t patch) const {
    const CheckResult& result = *m_sources.result;
    CaseShape shape{&result.patches[patch].shape, {}};
    if (shape.shape->dimension() == geo::Dimension::Point) {
        shape.circle = circleAround(result.results[patch].place, result.settings.pointRadiusM);
    }
    return shape;
}

MapView SheetMaps::caseView(std::size_t patch, const CaseShape& shape, const PageBox& frame) {
    return viewOf(projectionOf(m_sources.result->results[patch].place.x), shape.whole().box(), frame,
                  kShareOfFrame, shape.isPoint() ? kLargestScaleOfPoints : kLargestScale);
}

void SheetMaps::addTo(ContentDigest& digest, std::size_t patch, const PageBox& box, const PageBox& chips) {
    SheetMap sheet;
    describe(patch, box, sheet);
    digest.add(sheet.note);
    addToDigest(digest, sheet.map, sheet.frame, *m_sources.digests);
    digest.add(sheet.hasPlace);
    if (sheet.hasPlace) {
        addToDigest(digest, sheet.place, sheet.locator, *m_sources.digests);
    }
    addToDigest(digest, sheet.legend);
    addChips(digest, patch, chips);
}

void SheetMaps::describeCase(std::size_t patch, SheetMap& sheet) {
    const CheckResult& result = *m_sources.result;
    CaseShape own = caseShape(patch);
    MapDescription& map = sheet.map;
    map.view = caseView(patch, own, sheet.frame);
    sheet.circle = std::move(own.circle);
    const geo::Shape& shape = *own.shape;
    const bool isPoint = !sheet.circle.isEmpty();
    const MapSymbol& symbol = patchSymbol();
    addEntry(sheet.legend, {&symbol, "本图斑", shape.dimension()});
    addCovered(patch, map, sheet.legend);
    addZones(patch, sheet.frame, map, sheet.legend);
    addCounties(sheet.frame, map, sheet.legend);
    addNeighbours(patch, sheet.frame, map, sheet.legend);
    if (isPoint) {
        map.items.push_back({&radiusSymbol(), &sheet.circle, nullptr});
        addEntry(sheet.legend, {&radiusSymbol(), "点位精度范围", geo::Dimension::Area});
    }
    map.items.push_back({&symbol, &shape, nullptr});
    map.free = isPoint ? &sheet.circle : &shape;
    TextStyle style = labelStyle(2.6, kBlack);
    style.bold = true;
    map.labels.insert(map.labels.begin(), {paperText(result.patches[patch].id), style, map.free, nullptr, 0});
}

void SheetMaps::addCovered(std::size_t patch, MapDescription& map, std::vector<LegendEntry>& legend) const {
    // Below the zones: pieces that overlap each other are one colour, and the hatch stays to be seen.
    const CheckResult& result = *m_sources.result;
    for (const geo::ZoneOverlap& overlap : result.results[patch].overlay.overlaps) {
        const geo::Shape& shape = overlap.whole ? result.patches[patch].shape : overlap.shape;
        if (!shape.polygons.empty()) {
            map.items.push_back({&coveredSymbol(), &shape, nullptr});
            addEntry(legend, {&coveredSymbol(), "涉及管控区部分", geo::Dimension::Area});
        }
    }
}

std::vector<std::uint32_t> SheetMaps::zonesShown(std::size_t patch, const MapView& view,
                                                 const PageBox& frame) const {
    const CheckResult& result = *m_sources.result;
    const std::optional<layers::Day> day = result.results[patch].date;
    std::vector<std::uint32_t> shown;
    for (const std::uint32_t zone : zonesSeen(*m_sources.zones, shownBox(view, frame))) {
        if (!m_sources.concerns || !day || m_sources.concerns(zone, *day)) {
            shown.push_back(zone);
        }
    }
    for (const geo::ZoneOverlap& overlap : result.results[patch].overlay.overlaps) {
        if (!hasOutline(*m_sources.zones, overlap.zone)) {
            shown.push_back(overlap.zone);
        }
    }
    // The weaker ones first, so that the stricter lie above.
    std::stable_sort(shown.begin(), shown.end(), [&](std::uint32_t a, std::uint32_t b) {
        return kindOrder(result.zones[a].kind, result.zones[a].zoneClass) >
               kindOrder(result.zones[b].kind, result.zones[b].zoneClass);
    });
    return shown;
}

void SheetMaps::addZones(std::size_t patch, const PageBox& frame, MapDescription& map,
                         std::vector<LegendEntry>& legend) const {
    const CheckResult& result = *m_sources.result;
    std::vector<std::uint32_t> shown = zonesShown(patch, map.view, frame);
    const auto isHit = [&](std::uint32_t zone) {
        const std::vector<geo::ZoneOverlap>& overlaps = result.results[patch].overlay.overlaps;
        return std::any_of(overlaps.begin(), overlaps.end(),
                           [&](const geo::ZoneOverlap& overlap) { return overlap.zone == zone; });
    };
    for (const std::uint32_t zone : shown) {
        const layers::Zone& record = result.zones[zone];
        const MapSymbol& symbol = zoneSymbol(record.kind, record.zoneClass);
        if (hasOutline(*m_sources.zones, zone)) {
            map.items.push_back({&symbol, nullptr, &m_sources.zones->zone(zone)});
        } else {
            map.items.push_back({&symbol, partInside(result, patch, zone), nullptr});
        }
    }
    std::reverse(shown.begin(), shown.end());
    for (const std::uint32_t zone : shown) {
        const layers::Zone& record = result.zones[zone];
        const MapSymbol& symbol = zoneSymbol(record.kind, record.zoneClass);
        addEntry(legend, {&symbol, zoneText(result, patch, zone), geo::Dimension::Area});
        MapLabel label{zoneLabel(result, patch, zone), labelStyle(2.5, darker(symbol.line->colour)), nullptr,
                       m_sources.zones, zone};
        if (!hasOutline(*m_sources.zones, zone)) {
            label.around = partInside(result, patch, zone);
            label.zones = nullptr;
        }
        if (isHit(zone)) {
            map.labels.insert(map.labels.begin(), std::move(label));
        } else {
            map.labels.push_back(std::move(label));
        }
    }
}

void SheetMaps::addNeighbours(std::size_t patch, const PageBox& frame, MapDescription& map,
                              std::vector<LegendEntry>& legend) const {
    const CheckResult& result = *m_sources.result;
    std::vector<std::uint32_t> near;
    m_sources.patches.query(shownBox(map.view, frame), near);
    for (const std::uint32_t other : near) {
        if (other == patch || result.results[other].bucket == layers::Bucket::Duplicate) {
            continue;
        }
        const geo::Shape& shape = result.patches[other].shape;
        map.items.push_back({&neighbourSymbol(), &shape, nullptr});
        map.labels.push_back(
            {paperText(result.patches[other].id), labelStyle(2.1, {0.25, 0.25, 0.25}), &shape, nullptr, 0});
        addEntry(legend, {&neighbourSymbol(), "同批其他图斑", shape.dimension()});
    }
}

void SheetMaps::addCounties(const PageBox& frame, MapDescription& map,
                            std::vector<LegendEntry>& legend) const {
    if (m_sources.counties == nullptr) {
        return;
    }
    const std::vector<std::uint32_t> shown = zonesSeen(*m_sources.counties, shownBox(map.view, frame));
    if (shown.size() < 2) {
        return; // no border in sight
    }
    for (const std::uint32_t county : shown) {
        map.items.push_back({&countySymbol(), nullptr, &m_sources.counties->zone(county)});
    }
    addEntry(legend, {&countySymbol(), "县界", geo::Dimension::Line});
}

} // namespace app
