#pragma once

#include "geo/shape.hpp"

#include <cstdint>

namespace geo {

/// Touch: in one point that is an end of one of them. Cross: inside both, or along each other.
enum class Meeting : std::uint8_t { None, Touch, Cross };
struct SegmentMeeting {
    Meeting kind = Meeting::None;
    Coordinate place;
};

/// How two segments whose boxes meet meet each other; exact.
[[nodiscard]] SegmentMeeting meetingOfSegments(const Coordinate& p0, const Coordinate& p1,
                                               const Coordinate& q0, const Coordinate& q1);

} // namespace geo
