#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace layers {

/// What a coordinate is, as far as its own text says.
enum class CoordinateKind {
    Longitude,
    Latitude,
    Degrees,  ///< of an axis that the text does not name
    Easting,  ///< metres with a 带号 in front, or marked E
    Northing, ///< metres marked N
    Metres,   ///< of an axis that the text does not name
};
[[nodiscard]] bool isInDegrees(CoordinateKind kind);

/// One coordinate out of a cell.
struct CoordinateValue {
    double value = 0; ///< degrees (west and south are negative) or metres
    CoordinateKind kind = CoordinateKind::Degrees;
    double precision = 0; ///< what the last written digit stands for, in degrees or metres
    int zone = 0;         ///< 带号 in front of an easting (13-23, 25-45), or 0
};

/// The coordinate, or the reason why there is none.
struct CoordinateReading {
    std::optional<CoordinateValue> value;
    std::string reasonZh;
    std::string reasonEn;
};

/// Reads one coordinate in the notations of domain papers: 101.96, 101°57′36″, 116°43'16.8618", 101度57分,
/// 101-57-36, 101 57 36, 101:57:36, N30°12′, 30.2N, 东经101.96, full-width digits and signs, 34500000.000,
/// 3,320,113.398; a decimal comma only where it can be nothing else (101,9612). Nothing is guessed: minutes
/// or seconds of 60 and more, values out of range, digits lost to an exponent and whatever else does not fit
/// give a reason. Text is UTF-8; any bytes are allowed.
[[nodiscard]] CoordinateReading parseCoordinate(std::string_view text);

/// Two coordinates of one cell.
struct CoordinatePair {
    CoordinateValue x;    ///< longitude or easting
    CoordinateValue y;    ///< latitude or northing
    bool byValue = false; ///< no mark says which is which: their values do
    bool yFirst = false;  ///< the text gives latitude or northing first
};
struct CoordinatePairReading {
    std::optional<CoordinatePair> pair;
    std::string reasonZh;
    std::string reasonEn;
};

/// Reads both coordinates of a place: 101°57′36″E, 30°03′N; 101.96,30.05; 北纬30.05 东经101.96;
/// X=3320113 Y=34500000. Where no mark names the axes, the values must: the order in which the place lies in
/// China, or the only one in which the latitude is at most 90; northings have seven digits, eastings six or a
/// 带号. Otherwise a reason.
[[nodiscard]] CoordinatePairReading parseCoordinatePair(std::string_view text);

/// True for a longitude and latitude in the rectangle 73-136°E, 3-54°N.
[[nodiscard]] bool isInChina(double longitude, double latitude);
/// True for metres that can only be a northing of China (10^6 … 6.1·10^6), and only an easting (10^5 … 10^6,
/// or with 带号).
[[nodiscard]] bool isNorthingM(double metres);
[[nodiscard]] bool isEastingM(double metres);

} // namespace layers
