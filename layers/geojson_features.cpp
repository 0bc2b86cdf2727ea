#include "layers/geojson_handle.hpp"

#include <iterator>

namespace layers {

namespace {

void append(geo::Shape& to, geo::Shape&& from) {
    std::move(from.polygons.begin(), from.polygons.end(), std::back_inserter(to.polygons));
    std::move(from.lines.begin(), from.lines.end(), std::back_inserter(to.lines));
    std::move(from.points.begin(), from.points.end(), std::back_inserter(to.points));
}

} // namespace

void GeoJsonEvents::setValue(GeoJsonNode& node, const std::string& name, std::string text, FieldKind kind) {
    const auto [slot, isNew] = m_fieldSlots.try_emplace(name, m_file.fields.size());
    if (isNew) {
        m_file.fields.push_back({name, kind});
    } else if (kind == FieldKind::Text && !text.empty()) {
        m_file.fields[slot->second].kind = FieldKind::Text;
    }
    node.values.emplace_back(slot->second, std::move(text));
}

/// Turns type and coordinates (or the parts gathered from geometries) into the node's shape.
void GeoJsonEvents::completeGeometry(GeoJsonNode& node) {
    if (node.type == "GeometryCollection") {
        if (!node.hasGeometries) {
            node.refuse("几何集合缺少 geometries", "a GeometryCollection without geometries");
        } else if (node.parts > 0 && node.shape.polygons.empty() && node.shape.lines.empty()) {
            node.refuse("几何集合中没有面或线", "a GeometryCollection without polygons or lines");
        }
        return;
    }
    std::string zh;
    std::string en;
    node.shape = node.coordinates.shape(node.type, zh, en);
    node.hasHeights = node.coordinates.hasHeights();
    if (!en.empty()) {
        node.refuse(zh, en);
    } else if (!node.hasCoordinates) {
        node.refuse("几何缺少 coordinates", "a geometry without coordinates");
    }
}

void GeoJsonEvents::endGeometry() {
    GeoJsonNode geometry = std::move(m_nodes.back());
    m_nodes.pop_back();
    completeGeometry(geometry);
    GeoJsonNode& parent = m_nodes.back();
    ++parent.parts;
    if (geometry.fault) {
        parent.refuse(geometry.fault->zh, geometry.fault->en);
    }
    parent.hasHeights = parent.hasHeights || geometry.hasHeights;
    append(parent.shape, std::move(geometry.shape));
}

void GeoJsonEvents::endFeature() {
    GeoJsonNode node = std::move(m_nodes.back());
    m_nodes.pop_back();
    RawFeature& feature = m_file.features.emplace_back();
    feature.id = static_cast<std::int64_t>(m_file.features.size()) - 1;
    for (auto& [slot, text] : node.values) {
        if (feature.values.size() <= slot) {
            feature.values.resize(slot + 1);
        }
        feature.values[slot] = std::move(text);
    }
    if (!node.fault && node.type != "Feature") {
        node.refuse("要素的 type 是“" + node.type + "”而不是 Feature",
                    "its type is \"" + node.type + "\", not Feature");
    }
    feature.hasZ = node.hasHeights;
    feature.shape = std::move(node.shape);
    if (node.fault) {
        feature.geometry = RawFeature::Geometry::Damaged;
        feature.faultZh = node.fault->zh;
        feature.faultEn = node.fault->en;
    } else if (!feature.shape.isEmpty()) {
        feature.geometry = RawFeature::Geometry::Decoded;
    }
}

GeoJsonFile GeoJsonEvents::finish() {
    if (!m_hasRoot) {
        refuseFile("根元素不是对象", "the root is not an object");
    }
    GeoJsonNode& root = m_nodes.front();
    if (root.type == "FeatureCollection") {
        if (!root.hasFeatures) {
            refuseFile("FeatureCollection 缺少 features 数组", "a FeatureCollection without features");
        }
    } else if (root.type == "Feature") {
        endFeature();
    } else {
        for (const char* member : {"features", "geometry", "properties"}) {
            if (root.hasKey(member)) {
                refuseFile("几何对象（" + root.type + "）不应有成员 " + member,
                           "a geometry (" + root.type + ") must not have the member " + member);
            }
        }
        completeGeometry(root);
        root.type = "Feature";
        endFeature();
    }
    for (RawFeature& feature : m_file.features) {
        feature.values.resize(m_file.fields.size());
    }
    return std::move(m_file);
}

} // namespace layers
