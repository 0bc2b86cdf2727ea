#include "app/cartography/map_digest.hpp"

namespace app {

namespace {

void add(ContentDigest& digest, const Colour& colour) {
    digest.add(colour.red);
    digest.add(colour.green);
    digest.add(colour.blue);
}

void add(ContentDigest& digest, const Stroke& stroke) {
    add(digest, stroke.colour);
    digest.add(stroke.widthMm);
    digest.add(stroke.dashMm.size());
    for (const double dash : stroke.dashMm) {
        digest.add(dash);
    }
}

void add(ContentDigest& digest, const MapSymbol& symbol) {
    digest.add(symbol.fill.has_value());
    if (symbol.fill) {
        add(digest, symbol.fill->colour);
        digest.add(symbol.fill->opacity);
    }
    digest.add(symbol.hatch.has_value());
    if (symbol.hatch) {
        digest.add(symbol.hatch->angleDeg);
        digest.add(symbol.hatch->spacingMm);
        digest.add(symbol.hatch->isCrossed);
        add(digest, symbol.hatch->stroke);
    }
    digest.add(symbol.casingMm);
    digest.add(symbol.line.has_value());
    if (symbol.line) {
        add(digest, *symbol.line);
    }
    digest.add(symbol.pointMm);
}

void add(ContentDigest& digest, const PageBox& box) {
    digest.add(box.x);
    digest.add(box.y);
    digest.add(box.width);
    digest.add(box.height);
}

void add(ContentDigest& digest, const MapLabel& label, ZoneDigests& zones) {
    digest.add(label.text);
    digest.add(label.style.sizeMm);
    digest.add(label.style.bold);
    digest.add(label.style.widthMm);
    digest.add(label.style.haloMm);
    add(digest, label.style.colour);
    digest.add(label.around != nullptr);
    if (label.around != nullptr) {
        digest.add(*label.around);
    }
    digest.add(label.zones != nullptr);
    if (label.zones != nullptr) {
        digest.add(zones.of(label.zones->zone(label.zone)));
    }
}

} // namespace

std::string ZoneDigests::of(const geo::IndexedZone& zone) {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_known.find(&zone);
    if (found != m_known.end()) {
        return found->second;
    }
    ContentDigest digest;
    for (const geo::IndexedRing& ring : zone.rings) {
        ContentDigest one;
        one.add(ring.coordinates());
        digest.add(one.hex());
    }
    return m_known.emplace(&zone, digest.hex()).first->second;
}

void addToDigest(ContentDigest& digest, const MapDescription& map, const PageBox& frame, ZoneDigests& zones) {
    add(digest, frame);
    digest.add(map.view.projection->centralMeridianDeg());
    digest.add(map.view.middle.x);
    digest.add(map.view.middle.y);
    digest.add(map.view.scale);
    digest.add(map.hasGraticule);
    digest.add(map.hasScaleBar);
    digest.add(map.hasNorthArrow);
    digest.add(map.items.size());
    for (const MapItem& item : map.items) {
        add(digest, *item.symbol);
        digest.add(item.shape != nullptr);
        if (item.shape != nullptr) {
            digest.add(*item.shape);
        }
        digest.add(item.zone != nullptr);
        if (item.zone != nullptr) {
            digest.add(zones.of(*item.zone));
        }
    }
    digest.add(map.labels.size());
    for (const MapLabel& label : map.labels) {
        add(digest, label, zones);
    }
}

void addToDigest(ContentDigest& digest, const std::vector<LegendEntry>& legend) {
    digest.add(legend.size());
    for (const LegendEntry& entry : legend) {
        add(digest, *entry.symbol);
        digest.add(entry.text);
        digest.add(static_cast<int>(entry.dimension));
    }
}

} // namespace app
