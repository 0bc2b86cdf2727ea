#pragma once

#include "geo/shape.hpp"

namespace geo {

/// Splits straight edges of lines and rings into equal parts of at most `most` (same unit as the
/// coordinates), so that they stay where they are when the coordinates are transformed: a straight edge of a
/// projection is a curve in longitude and latitude (at 30°N an edge of 20 km in Gauss-Krüger bends by about
/// 4.5 m, one of 1 km by 1 cm; it grows with the square of the length). An edge gives the same positions
/// whichever way it runs, so that neighbours stay neighbours. No edge gets more than 200 parts. True when
/// there was something to split.
bool splitLongEdges(Shape& shape, double most);

} // namespace geo
