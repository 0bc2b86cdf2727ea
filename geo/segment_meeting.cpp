#include "geo/segment_meeting.hpp"

#include "geo/indexed_ring.hpp"

#include <algorithm>

namespace geo {

namespace {

/// Place of a proper crossing, as near as doubles come without overflow.
Coordinate crossingPlace(const Coordinate& p0, const Coordinate& p1, const Coordinate& q0,
                         const Coordinate& q1) {
    const double px = p1.x - p0.x;
    const double py = p1.y - p0.y;
    const double qx = q1.x - q0.x;
    const double qy = q1.y - q0.y;
    const double determinant = px * qy - py * qx;
    const double t = ((q0.x - p0.x) * qy - (q0.y - p0.y) * qx) / determinant;
    if (!(t >= 0 && t <= 1)) {
        return p0;
    }
    return {p0.x + t * px, p0.y + t * py};
}

} // namespace

SegmentMeeting meetingOfSegments(const Coordinate& p0, const Coordinate& p1, const Coordinate& q0,
                                 const Coordinate& q1) {
    const int side0 = orientation(p0, p1, q0);
    const int side1 = orientation(p0, p1, q1);
    if (side0 * side1 > 0) {
        return {};
    }
    const int side2 = orientation(q0, q1, p0);
    const int side3 = orientation(q0, q1, p1);
    if (side2 * side3 > 0) {
        return {};
    }
    if (side0 == 0 && side1 == 0) {
        const Coordinate from = std::max(std::min(p0, p1), std::min(q0, q1));
        const Coordinate to = std::min(std::max(p0, p1), std::max(q0, q1));
        if (to < from) {
            return {};
        }
        return {from == to ? Meeting::Touch : Meeting::Cross, from};
    }
    if (side0 == 0 || side1 == 0) {
        return {Meeting::Touch, side0 == 0 ? q0 : q1};
    }
    if (side2 == 0 || side3 == 0) {
        return {Meeting::Touch, side2 == 0 ? p0 : p1};
    }
    return {Meeting::Cross, crossingPlace(p0, p1, q0, q1)};
}

} // namespace geo
