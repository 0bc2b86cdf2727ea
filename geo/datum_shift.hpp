#pragma once

#include <array>

namespace geo {

/// How positions of a datum that is not known to equal CGCS2000 (Xian 1980, Beijing 1954) get there: by
/// parameters that the user has, or not at all.
struct DatumShift {
    enum class Kind {
        None,  ///< no parameters: such a datum is refused
        Seven, ///< Helmert in space
        Plane, ///< four parameters in the plane of projection
        AsIs,  ///< taken as CGCS2000 although it is not
    };
    Kind kind = Kind::None;
    /// Seven: dx, dy, dz in metres, rx, ry, rz in arc-seconds, s in ppm, position vector convention (EPSG
    /// method 9606), on geocentric coordinates with ellipsoidal height 0:
    ///   X' = dx + (1 + s·1e-6)·(X − rz·Y + ry·Z), Y' = dy + (1 + s·1e-6)·(rz·X + Y − rx·Z), …
    /// Plane: dE, dN in metres, rotation a in arc-seconds, s in ppm, on easting without 带号 and northing:
    ///   E' = dE + (1 + s·1e-6)·(E·cos a + N·sin a), N' = dN + (1 + s·1e-6)·(N·cos a − E·sin a),
    /// and E', N' are of the same projection on CGCS2000.
    std::array<double, 7> parameters{};

    friend bool operator==(const DatumShift&, const DatumShift&) = default;
};

} // namespace geo
