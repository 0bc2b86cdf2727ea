#pragma once

#include "geo/shape.hpp"
#include "geo/transform.hpp"

#include <string>

namespace app {

/// The Gauss-Krüger projection that a map is drawn in: CGCS2000, 3-degree zone of a longitude, metres
/// (EPSG:4534 … 4554, eastings without the zone number). Not thread-safe: one a thread.
class MapProjection {
  public:
    /// The zone that holds the longitude; the first or last one of China where it lies outside them. Throws
    /// geo::Error.
    explicit MapProjection(double longitudeDeg);

    [[nodiscard]] int centralMeridianDeg() const { return m_meridian; }
    [[nodiscard]] geo::Path project(geo::Path lonLat) const;
    [[nodiscard]] geo::Coordinate project(const geo::Coordinate& lonLat) const;
    [[nodiscard]] geo::Path unproject(geo::Path metres) const;
    [[nodiscard]] geo::Coordinate unproject(const geo::Coordinate& metres) const;
    /// The central meridian of the zone that holds a longitude, within those that have a code.
    [[nodiscard]] static int meridianOf(double longitudeDeg);

  private:
    int m_meridian;
    geo::Transform m_transform;
};

} // namespace app
