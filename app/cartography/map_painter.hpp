#pragma once

#include "app/cartography/canvas.hpp"
#include "app/cartography/map_description.hpp"

#include <vector>

namespace app {

/// Paints a map into a frame: items clipped to it, labels without overlaps, graticule with its degrees
/// outside the frame (kGraticuleRoomMm to the left and below), scale bar, north arrow. Throws layers::Error,
/// geo::Error.
void paintMap(Canvas& canvas, const MapDescription& map, const PageBox& frame);

inline constexpr double kGraticuleRoomMm = 3.6;

/// Paints a legend, entry below entry; what has no room is left out.
void paintLegend(Canvas& canvas, const std::vector<LegendEntry>& entries, const PageBox& box);
[[nodiscard]] double legendHeight(const std::vector<LegendEntry>& entries, double widthMm);

} // namespace app
