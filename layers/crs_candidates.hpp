#pragma once

#include "geo/shape.hpp"
#include "layers/records.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layers {

/// The rectangle that data of China lie in, degrees.
inline constexpr geo::Box kChinaBox{73, 3, 136, 54};

/// The three national datums whose Gauss-Krüger zones EPSG numbers (domain.md 3.1).
enum class CrsFamily { Cgcs2000, Xian80, Beijing54 };
enum class ZoneWidth { Three, Six };
[[nodiscard]] int geographicEpsg(CrsFamily family);
/// Code of a zone whose eastings carry 带号: 13-23 are 6° zones, 25-45 3° ones; nothing for other numbers.
[[nodiscard]] std::optional<int> zoneEpsg(CrsFamily family, int zone);
/// Code of a zone without 带号, by its central meridian (75 … 135, every 3° or 6°); nothing for others.
[[nodiscard]] std::optional<int> meridianEpsg(CrsFamily family, ZoneWidth width, int meridianDeg);
/// 带号 in front of an easting in metres: 13-23 or 25-45, else 0.
[[nodiscard]] int zonePrefix(double eastingM);

/// What the first features of a layer show of their coordinates, as stored.
struct FirstLook {
    geo::Box extent;           ///< of the finite ones
    std::size_t features = 0;  ///< with a geometry
    std::size_t inDegrees = 0; ///< of them, those that could be longitude and latitude
    geo::Path centres;         ///< of the features' boxes
    [[nodiscard]] bool isNotDegrees() const { return features > 0 && inDegrees == 0; }
    [[nodiscard]] bool isAllDegrees() const { return features > 0 && inDegrees == features; }
};

/// Degrees, counted from anywhere: whether a feature lies within ±180 is its own matter.
[[nodiscard]] bool isLonLat(const geo::Box& box);
[[nodiscard]] std::string boxText(const geo::Box& box, int decimals);

/// Names of the counties that hold the positions (EPSG:4490), in the order of the layer; empty when none
/// does.
[[nodiscard]] std::vector<std::string> countiesAt(const geo::Path& lonLat,
                                                  const std::vector<County>& counties);

/// Lines for messages: where the coordinates would fall under each system that they can be of, with the names
/// of the counties there when `counties` is not null. With a county layer, systems that lead into it come
/// first and the others are summed up.
[[nodiscard]] std::string crsCandidates(const FirstLook& look, const std::vector<County>* counties);

} // namespace layers
