#pragma once

#include "layers/coordinate_text.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace layers {

/// A piece of a coordinate's text; see coordinate_text.hpp.
struct CoordinateToken {
    enum class Type : std::uint8_t {
        Number,
        Degree,
        Minute,
        Second,
        Metre,
        Dash,
        Plus,
        Colon,
        Space,
        Separator,
        Mark
    };
    /// What a mark says of the axis; X and Y point either way, by convention.
    enum class Mark : std::uint8_t { None, East, West, North, South, X, Y };
    Type type = Type::Space;
    Mark mark = Mark::None;
    double value = 0;     ///< of a number
    double precision = 0; ///< what its last digit stands for
    bool whole = true;    ///< a number without decimals
    bool exponent = false;
    bool startsWithPoint = false; ///< ".25"
};

/// How commas between digits are read.
enum class CommaRule { OneCoordinate, Pair };

struct CoordinateTokens {
    std::vector<CoordinateToken> tokens;
    std::string reasonZh; ///< not empty: the text cannot be cut into tokens
    std::string reasonEn;
};
[[nodiscard]] CoordinateTokens coordinateTokens(std::string_view text, CommaRule rule);

inline constexpr double kLatitudeMost = 90;

/// One coordinate read, with the mark that stood by it.
struct MarkedCoordinate {
    CoordinateReading reading;
    CoordinateToken::Mark mark = CoordinateToken::Mark::None;
};
/// Reads the tokens of one coordinate; what parseCoordinate and parseCoordinatePair share.
[[nodiscard]] MarkedCoordinate readCoordinate(std::span<const CoordinateToken> tokens);

} // namespace layers
