#pragma once

#include "geo/datum_shift.hpp"
#include "layers/gcj02.hpp"

#include <string>
#include <string_view>

namespace layers {

/// What the user says of an input's positions beside the name of its coordinate system.
struct PositionOptions {
    geo::DatumShift datum;
    MapShift mapShift = MapShift::None;
    std::string datumFrom; ///< where `datum` was given: "--datum", "--plane", "--crs-as-is", "profile NAME"
};

/// "dx,dy,dz,rx,ry,rz,s" or "dx,dy,dz" (geo::DatumShift says units and signs). Throws layers::Error.
[[nodiscard]] geo::DatumShift parseSevenParameters(std::string_view text);
/// "dE,dN,rotation,scale": the scale in ppm, or as a factor written k=1.0000123. Throws layers::Error.
[[nodiscard]] geo::DatumShift parsePlaneParameters(std::string_view text);

/// The parameters with names and units, as they stand in reports; empty for none.
[[nodiscard]] std::string datumShiftText(const geo::DatumShift& shift);

} // namespace layers
