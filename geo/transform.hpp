#pragma once

#include "geo/datum_shift.hpp"
#include "geo/shape.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace geo {

/// What PROJ says of a coordinate system.
struct CrsInfo {
    std::string name; ///< e.g. "CGCS2000 / 3-degree Gauss-Kruger zone 34"
    std::optional<int>
        epsg; ///< identified with full confidence, or as PROJ's best match of the same datum and parameters
    std::string datum; ///< "China 2000", "WGS 84", "Xian 1980", ...
    bool geographic = false;
    double metresPerUnit = 0; ///< of a projected system
    double falseEastingM = 0; ///< 34 500 000 where eastings carry 带号 34, 500 000 where they carry none
    /// Of a Transverse Mercator (Gauss-Krüger): central meridian in degrees and scale on it.
    std::optional<double> centralMeridianDeg;
    double meridianScale = 1;
    /// The datum counts as CGCS2000, and how well that holds: 0 for itself, 1 m for WGS 84 and ITRF, what
    /// EPSG states of others (NAD83: 4 m). Empty: not known to be equal, Transform refuses it.
    std::optional<double> equalWithinM;
};

/// Coordinates of one system into CGCS2000 longitude, latitude in degrees (EPSG:4490). The only place where
/// axis order is settled: inputs come as files store them (x = easting or longitude), results are longitude
/// first.
class Transform {
  public:
    /// @param definition "EPSG:n", WKT1, WKT2, ESRI WKT or PROJJSON
    /// Throws geo::Error when PROJ does not know the definition, or when it has only a ballpark
    /// transformation from its datum to CGCS2000 (Xian 1980, Beijing 1954: other datums); WGS 84,
    /// realisations of ITRF and datums that EPSG ties to WGS 84 by a null transformation count as equal and
    /// are not transformed.
    /// @param shift leads from another datum to CGCS2000; with any but None no datum is refused
    explicit Transform(const std::string& definition, const DatumShift& shift = {});
    ~Transform();
    Transform(const Transform&) = delete;
    Transform& operator=(const Transform&) = delete;
    Transform(Transform&&) noexcept;
    Transform& operator=(Transform&&) noexcept;

    [[nodiscard]] const CrsInfo& source() const;
    /// No change of coordinates: EPSG:4490 or a geographic system that counts as equal.
    [[nodiscard]] bool isIdentity() const;
    /// Positions outside the range of the projection become NaN (validity lists them). Not thread-safe: one a
    /// thread.
    void apply(Path& path) const;
    [[nodiscard]] Shape apply(Shape shape) const;
    /// The other way: from longitude, latitude into the source system, x = easting; NaN where that is not
    /// possible.
    [[nodiscard]] Path applyInverse(Path path) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Description alone, without demanding a transformation to CGCS2000. Throws geo::Error for an unknown
/// definition.
[[nodiscard]] CrsInfo describeCrs(const std::string& definition);

/// From longitude and latitude (EPSG:4490) into a projected system, x = easting; for writing and for tests.
/// Throws like Transform.
[[nodiscard]] Path projected(const Path& lonLat, int epsg);

} // namespace geo
