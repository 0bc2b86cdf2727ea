#pragma once

#include "geo/shape.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace layers {

/// Collects the nested arrays of a "coordinates" member whatever the geometry's type turns out to be, and
/// what is wrong with them.
class GeoJsonCoordinates {
  public:
    void startArray();
    void endArray();
    void number(double value);
    /// Anything but an array or a number.
    void other(const char* what);
    /// The outermost array has ended.
    [[nodiscard]] bool isDone() const { return m_open.empty(); }

    /// The shape for a type of GeoJSON ("Polygon", ...); sets `faultZh` and `faultEn` when they do not fit.
    [[nodiscard]] geo::Shape shape(const std::string& type, std::string& faultZh, std::string& faultEn);

    /// A position has a third number that is not 0.
    [[nodiscard]] bool hasHeights() const { return m_hasHeights; }

  private:
    /// What an array holds; the number is its nesting.
    enum class Level : int { Empty = -1, Position = 0, Path = 1, Rings = 2, Polygons = 3, TooDeep = 4 };
    struct OpenArray {
        Level level = Level::Empty;
        std::size_t numbers = 0;
        double x = 0;
        double y = 0;
    };
    void fault(std::string zh, std::string en);
    void close(Level level);

    std::vector<OpenArray> m_open;
    Level m_level = Level::Empty;
    geo::Path m_path;
    std::vector<geo::Path> m_paths;
    std::vector<std::vector<geo::Path>> m_polygons;
    bool m_hasHeights = false;
    std::string m_faultZh;
    std::string m_faultEn;
};

} // namespace layers
