#include "layers/geojson_coordinates.hpp"

#include <algorithm>
#include <utility>

namespace layers {

void GeoJsonCoordinates::fault(std::string zh, std::string en) {
    if (m_faultEn.empty()) {
        m_faultZh = std::move(zh);
        m_faultEn = std::move(en);
    }
}

void GeoJsonCoordinates::startArray() {
    m_open.emplace_back();
}

void GeoJsonCoordinates::number(double value) {
    OpenArray& array = m_open.back();
    if (array.level != Level::Empty && array.level != Level::Position) {
        fault("坐标嵌套层次混乱", "coordinates are nested unevenly");
        return;
    }
    array.level = Level::Position;
    if (array.numbers == 0) {
        array.x = value;
    } else if (array.numbers == 1) {
        array.y = value;
    } else if (array.numbers == 2 && value != 0) {
        m_hasHeights = true;
    }
    ++array.numbers;
}

void GeoJsonCoordinates::other(const char* what) {
    fault(std::string("坐标不是数字（") + what + "）",
          std::string("a coordinate is not a number (") + what + ")");
}

void GeoJsonCoordinates::endArray() {
    const OpenArray array = m_open.back();
    m_open.pop_back();
    if (array.level == Level::Position) {
        if (array.numbers < 2) {
            fault("坐标少于两个数", "a position has fewer than two numbers");
        }
        m_path.push_back({array.x, array.y});
    } else {
        close(array.level);
    }
    if (m_open.empty()) {
        m_level = array.level;
        return;
    }
    if (array.level == Level::Empty) {
        return;
    }
    OpenArray& parent = m_open.back();
    const auto level =
        static_cast<Level>(std::min(static_cast<int>(array.level) + 1, static_cast<int>(Level::TooDeep)));
    if (parent.level != Level::Empty && parent.level != level) {
        fault("坐标嵌套层次混乱", "coordinates are nested unevenly");
    }
    parent.level = level;
}

void GeoJsonCoordinates::close(Level level) {
    if (level == Level::Path) {
        m_paths.push_back(std::exchange(m_path, {}));
    } else if (level == Level::Rings) {
        m_polygons.push_back(std::exchange(m_paths, {}));
    }
}

geo::Shape GeoJsonCoordinates::shape(const std::string& type, std::string& faultZh, std::string& faultEn) {
    static const std::vector<std::pair<std::string, Level>> kLevels{
        {"Point", Level::Position},        {"MultiPoint", Level::Path}, {"LineString", Level::Path},
        {"MultiLineString", Level::Rings}, {"Polygon", Level::Rings},   {"MultiPolygon", Level::Polygons}};
    const auto wanted =
        std::find_if(kLevels.begin(), kLevels.end(), [&](const auto& entry) { return entry.first == type; });
    if (wanted == kLevels.end()) {
        fault("几何类型“" + type + "”不是 GeoJSON 的类型",
              "\"" + type + "\" is not a geometry type of GeoJSON");
    } else if (m_level != wanted->second && m_level != Level::Empty) {
        fault("坐标的嵌套层次与类型 " + type + " 不符",
              "the nesting of the coordinates does not fit the type " + type);
    }
    faultZh = m_faultZh;
    faultEn = m_faultEn;
    geo::Shape shape;
    if (!m_faultEn.empty() || m_level == Level::Empty) {
        return shape;
    }
    if (type == "Point" || type == "MultiPoint") {
        shape.points = type == "Point" ? std::move(m_path) : std::move(m_paths.front());
    } else if (type == "LineString") {
        shape.lines = std::move(m_paths);
    } else if (type == "MultiLineString") {
        shape.lines = std::move(m_polygons.front());
    } else {
        for (std::vector<geo::Path>& rings : m_polygons) {
            geo::Polygon polygon;
            polygon.shell = std::move(rings.front());
            polygon.holes.assign(std::make_move_iterator(rings.begin() + 1),
                                 std::make_move_iterator(rings.end()));
            shape.polygons.push_back(std::move(polygon));
        }
    }
    return shape;
}

} // namespace layers
