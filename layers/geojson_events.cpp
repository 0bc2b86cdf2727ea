#include "layers/error.hpp"
#include "layers/geojson_handle.hpp"

namespace layers {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kDeepest = 512; ///< nesting that no real file has

} // namespace

void GeoJsonEvents::refuseFile(const std::string& zh, const std::string& en) const {
    throw Error(m_name + "：不是可用的 GeoJSON 面图层：" + zh + " / not a valid GeoJSON layer: " + en);
}

bool GeoJsonEvents::parse_error(std::size_t position, const std::string& /*token*/,
                                const Json::exception& fault) {
    const std::string at = std::to_string(position);
    if (m_atEnd()) {
        throw Error(m_name + "：JSON 在字节 " + at +
                    " 处提前结束，未导入任何内容 / the JSON ends early at byte " + at +
                    ", nothing imported: " + fault.what());
    }
    const bool isCoordinate = !m_places.empty() && place() == Place::Coordinates;
    throw Error(m_name + "：JSON 语法错误（字节 " + at +
                (isCoordinate ? "，第 " + featureName() + " 个要素的坐标不是数字" : "") +
                "），未导入任何内容 / JSON syntax error" +
                (isCoordinate ? ", a coordinate of feature " + featureName() + " is not a number" : "") +
                ", nothing imported: " + fault.what());
}

void GeoJsonEvents::open(Place place) {
    if (m_places.size() >= kDeepest) {
        refuseFile("嵌套过深", "nested too deeply");
    }
    m_places.push_back(place);
}

bool GeoJsonEvents::number(double value, const std::string& text) {
    if (!m_places.empty() && place() == Place::Coordinates) {
        m_nodes.back().coordinates.number(value);
        return true;
    }
    if (!m_places.empty() && place() == Place::Box) {
        return true;
    }
    return scalar(text, Scalar::Number);
}

bool GeoJsonEvents::scalar(const std::string& text, Scalar kind) {
    if (m_places.empty()) {
        refuseFile("根元素不是对象", "the root is not an object");
    }
    switch (place()) {
    case Place::Coordinates:
        m_nodes.back().coordinates.other(kind == Scalar::String ? "文本 / text" : text.c_str());
        break;
    case Place::Box:
        m_nodes.back().refuse("bbox 中有不是数字的值", "bbox holds what is not a number");
        break;
    case Place::Geometries:
        m_nodes.back().refuse("geometries 中有不是几何对象的值", "geometries holds what is not a geometry");
        break;
    case Place::Features: {
        m_nodes.emplace_back().refuse("不是要素对象", "not a feature object");
        endFeature();
        break;
    }
    case Place::Properties:
        if (kind != Scalar::Null) {
            setValue(m_nodes.back(), m_property, text,
                     kind == Scalar::Number ? FieldKind::Number : FieldKind::Text);
        } else {
            setValue(m_nodes.back(), m_property, {}, FieldKind::Number);
        }
        break;
    case Place::Nested:
        nested(text, kind == Scalar::String);
        break;
    case Place::Crs:
        if (m_crsKey == "name" && kind == Scalar::String) {
            m_file.crs = text;
        }
        break;
    case Place::Root:
    case Place::Feature:
    case Place::Geometry:
        scalarOfObject(m_nodes.back(), text, kind);
        break;
    case Place::Skipped:
        break;
    }
    return true;
}

void GeoJsonEvents::scalarOfObject(GeoJsonNode& node, const std::string& text, Scalar kind) {
    const std::string& key = node.key;
    if (key == "type" && kind == Scalar::String) {
        node.type = text;
    } else if (key == "type") {
        node.refuse("type 不是文本", "type is not text");
    } else if (key == "coordinates" || key == "geometries") {
        node.refuse(key + " 不是数组", key + " is not an array");
    } else if (key == "features") {
        refuseFile("features 不是数组", "features is not an array");
    } else if (key == "properties" && kind != Scalar::Null) {
        node.refuse("properties 不是对象", "properties is not an object");
    } else if (key == "geometry" && kind != Scalar::Null) {
        node.refuse("geometry 不是对象", "geometry is not an object");
    } else if (key == "id" && place() == Place::Feature) {
        if (kind == Scalar::String || kind == Scalar::Number) {
            setValue(node, "id", text, FieldKind::Text);
        } else {
            node.refuse("要素的 id 既不是文本也不是数字", "the feature's id is neither text nor a number");
        }
    }
}

/// A member that comes again: the last one counts, and it is told.
void GeoJsonEvents::forgetMember(GeoJsonNode& node, const std::string& name) {
    if (name == "geometry" || name == "geometries") {
        node.shape = {};
        node.parts = 0;
    } else if (name == "properties") {
        node.values.clear();
    } else if (name == "features" && place() == Place::Root) {
        m_file.features.clear();
    }
    Problem problem;
    problem.kind = ProblemKind::FileDamaged;
    problem.field = name;
    problem.textZh = "JSON 对象中成员“" + name + "”重复";
    problem.textEn = "duplicate member \"" + name + "\" in a JSON object";
    problem.doneZh = "以最后一个为准";
    problem.doneEn = "the last one counts";
    m_log.addGrouped(std::move(problem));
}

bool GeoJsonEvents::key(std::string& name) {
    switch (place()) {
    case Place::Properties:
        m_property = name;
        break;
    case Place::Nested:
        m_nestedText += (m_nestedText.ends_with('{') ? "" : ",") + Json(name).dump() + ":";
        break;
    case Place::Crs:
        m_crsKey = name;
        break;
    case Place::Root:
    case Place::Feature:
    case Place::Geometry: {
        GeoJsonNode& node = m_nodes.back();
        if (node.hasKey(name)) {
            forgetMember(node, name);
        } else {
            node.keys.push_back(name);
        }
        node.key = name;
        break;
    }
    default:
        break;
    }
    return true;
}

void GeoJsonEvents::startMemberObject(GeoJsonNode& node) {
    const std::string& key = node.key;
    if (key == "geometry" && place() != Place::Geometry) {
        m_nodes.emplace_back();
        open(Place::Geometry);
    } else if (key == "properties") {
        open(Place::Properties);
    } else if (key == "crs") {
        open(Place::Crs);
    } else if (key == "features") {
        refuseFile("features 不是数组", "features is not an array");
    } else {
        if (key == "id" && place() == Place::Feature) {
            node.refuse("要素的 id 既不是文本也不是数字", "the feature's id is neither text nor a number");
        } else if (key == "coordinates" || key == "geometries" || key == "bbox" || key == "type") {
            node.refuse(key + " 的类型不对", key + " is of the wrong kind");
        }
        open(Place::Skipped);
    }
}

void GeoJsonEvents::startMemberArray(GeoJsonNode& node) {
    const std::string& key = node.key;
    if (key == "coordinates") {
        node.coordinates = GeoJsonCoordinates();
        node.coordinates.startArray();
        node.hasCoordinates = true;
        open(Place::Coordinates);
    } else if (key == "geometries") {
        node.hasGeometries = true;
        open(Place::Geometries);
    } else if (key == "features" && place() == Place::Root) {
        node.hasFeatures = true;
        open(Place::Features);
    } else if (key == "bbox") {
        open(Place::Box);
    } else {
        if (key == "properties" || key == "geometry" || key == "type" || key == "id") {
            node.refuse(key + " 是数组", key + " is an array");
        }
        open(Place::Skipped);
    }
}

bool GeoJsonEvents::start_object(std::size_t /*elements*/) {
    if (m_places.empty()) {
        m_hasRoot = true;
        m_nodes.emplace_back();
        open(Place::Root);
        return true;
    }
    switch (place()) {
    case Place::Features:
        m_nodes.emplace_back();
        open(Place::Feature);
        break;
    case Place::Geometries:
        m_nodes.emplace_back();
        open(Place::Geometry);
        break;
    case Place::Coordinates:
        m_nodes.back().coordinates.other("对象 / object");
        open(Place::Skipped);
        break;
    case Place::Properties:
        m_nestedText = "{";
        open(Place::Nested);
        break;
    case Place::Nested:
        m_nestedText += (m_nestedText.ends_with('[') || m_nestedText.ends_with(':') ? "{" : ",{");
        open(Place::Nested);
        break;
    case Place::Root:
    case Place::Feature:
    case Place::Geometry:
        startMemberObject(m_nodes.back());
        break;
    case Place::Crs:
        open(Place::Crs);
        break;
    case Place::Box:
        m_nodes.back().refuse("bbox 中有不是数字的值", "bbox holds what is not a number");
        open(Place::Skipped);
        break;
    case Place::Skipped:
        open(Place::Skipped);
        break;
    }
    return true;
}

bool GeoJsonEvents::start_array(std::size_t /*elements*/) {
    if (m_places.empty()) {
        refuseFile("根元素不是对象", "the root is not an object");
    }
    GeoJsonNode& node = m_nodes.back();
    switch (place()) {
    case Place::Coordinates:
        node.coordinates.startArray();
        open(Place::Coordinates);
        break;
    case Place::Properties:
        m_nestedText = "[";
        open(Place::Nested);
        break;
    case Place::Nested:
        m_nestedText += (m_nestedText.ends_with('[') || m_nestedText.ends_with(':') ? "[" : ",[");
        open(Place::Nested);
        break;
    case Place::Features:
        m_nodes.emplace_back().refuse("不是要素对象", "not a feature object");
        endFeature();
        open(Place::Skipped);
        break;
    case Place::Geometries:
    case Place::Box:
        node.refuse("geometries 或 bbox 中有数组", "geometries or bbox holds an array");
        open(Place::Skipped);
        break;
    case Place::Root:
    case Place::Feature:
    case Place::Geometry:
        startMemberArray(node);
        break;
    case Place::Crs:
    case Place::Skipped:
        open(Place::Skipped);
        break;
    }
    return true;
}

bool GeoJsonEvents::end_array() {
    const Place ended = place();
    m_places.pop_back();
    if (ended == Place::Coordinates) {
        m_nodes.back().coordinates.endArray();
    } else if (ended == Place::Nested) {
        m_nestedText += ']';
        if (place() == Place::Properties) {
            setValue(m_nodes.back(), m_property, m_nestedText, FieldKind::Text);
        }
    }
    return true;
}

bool GeoJsonEvents::end_object() {
    const Place ended = place();
    m_places.pop_back();
    if (ended == Place::Geometry) {
        endGeometry();
    } else if (ended == Place::Feature) {
        endFeature();
    } else if (ended == Place::Nested) {
        m_nestedText += '}';
        if (place() == Place::Properties) {
            setValue(m_nodes.back(), m_property, m_nestedText, FieldKind::Text);
        }
    }
    return true;
}

void GeoJsonEvents::nested(const std::string& text, bool isString) {
    const bool first =
        m_nestedText.ends_with('[') || m_nestedText.ends_with(':') || m_nestedText.ends_with('{');
    m_nestedText += (first ? "" : ",") + (isString ? Json(text).dump() : text);
}

} // namespace layers
