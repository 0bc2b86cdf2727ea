#include "layers/coordinate_text.hpp"

#include "layers/coordinate_tokens.hpp"
#include "layers/crs_candidates.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace layers {

namespace {

using Token = CoordinateToken;
using Type = CoordinateToken::Type;
using Mark = CoordinateToken::Mark;
using Tokens = std::span<const CoordinateToken>;

constexpr double kLongitudeMost = 180;
constexpr double kMinutes = 60;
constexpr double kSeconds = 3600;
constexpr double kPrefixStep = 1e6; ///< the zone number stands before the six digits of an easting
constexpr double kLeastMetres = 1e5;
constexpr double kMostNorthing = 6.1e6; ///< 55°N
constexpr double kMostMetres = 1e7;

CoordinateReading refused(std::string zh, std::string en) {
    return {std::nullopt, std::move(zh), std::move(en)};
}

CoordinateReading notACoordinate() {
    return refused("不是坐标", "not a coordinate");
}

/// A number with the unit written behind it, by its place among degrees, minutes and seconds; -1: none.
struct Part {
    Token number;
    int unit = -1;
};

/// One coordinate's tokens, taken apart.
struct Pieces {
    std::vector<Part> parts;
    std::vector<Type> connectors; ///< between parts without units: Dash, Colon or Space
    Mark before = Mark::None;
    Mark after = Mark::None;
    bool negative = false;
    bool metres = false;
    bool isWrong = false;
};

int unitOf(Type type) {
    return type == Type::Degree ? 0 : type == Type::Minute ? 1 : type == Type::Second ? 2 : -1;
}

class Taker {
  public:
    Pieces take(Tokens tokens) {
        for (const Token& token : tokens) {
            if (!takeOne(token)) {
                m_pieces.isWrong = true;
                break;
            }
        }
        m_pieces.isWrong = m_pieces.isWrong || m_connector != Type::Space;
        return std::move(m_pieces);
    }

  private:
    bool takeOne(const Token& token) {
        const bool started = !m_pieces.parts.empty();
        switch (token.type) {
        case Type::Space:
            return true;
        case Type::Number:
            if (m_pieces.after != Mark::None || m_pieces.metres) {
                return false;
            }
            if (started) {
                m_pieces.connectors.push_back(m_connector);
            }
            m_connector = Type::Space;
            m_pieces.parts.push_back({token, -1});
            return true;
        case Type::Degree:
        case Type::Minute:
        case Type::Second:
            if (!started || m_pieces.parts.back().unit >= 0 || m_pieces.after != Mark::None) {
                return false;
            }
            m_pieces.parts.back().unit = unitOf(token.type);
            return true;
        case Type::Metre:
            if (!started || m_pieces.metres) {
                return false;
            }
            m_pieces.metres = true;
            return true;
        case Type::Mark: {
            Mark& mark = started ? m_pieces.after : m_pieces.before;
            if (mark != Mark::None) {
                return false;
            }
            mark = token.mark;
            return true;
        }
        case Type::Dash:
        case Type::Colon:
        case Type::Plus:
            return takeSign(token.type, started);
        case Type::Separator:
            break;
        }
        return false;
    }

    bool takeSign(Type type, bool started) {
        if (started) {
            const bool connects = type != Type::Plus && m_connector == Type::Space;
            m_connector = type;
            return connects;
        }
        if (m_signed || type == Type::Colon) {
            return false;
        }
        m_signed = true;
        m_pieces.negative = type == Type::Dash;
        return true;
    }

    Pieces m_pieces;
    Type m_connector = Type::Space;
    bool m_signed = false;
};

bool isEastWest(Mark mark) {
    return mark == Mark::East || mark == Mark::West;
}
bool isNorthSouth(Mark mark) {
    return mark == Mark::North || mark == Mark::South;
}

/// The one mark of a coordinate; nothing where two disagree.
std::optional<Mark> markOf(const Pieces& pieces) {
    if (pieces.before == Mark::None || pieces.before == pieces.after) {
        return pieces.after;
    }
    return pieces.after == Mark::None ? std::optional(pieces.before) : std::nullopt;
}

CoordinateReading inMetres(const Token& number, Mark mark, bool negative) {
    if (negative || mark == Mark::West || mark == Mark::South) {
        return refused("以米计的坐标不能为负", "a coordinate in metres cannot be negative");
    }
    CoordinateValue value{number.value, CoordinateKind::Metres, number.precision, 0};
    if (number.value >= kMostMetres) {
        if (!isEastingM(number.value)) {
            return refused("超出范围：带号应为 13–23 或 25–45",
                           "out of range: a zone number is 13-23 or 25-45");
        }
        if (mark == Mark::North) {
            return refused("标为北，却是带带号的横坐标",
                           "marked north, but it is an easting with zone number");
        }
        value.zone = static_cast<int>(number.value / kPrefixStep);
        value.kind = CoordinateKind::Easting;
    } else if (mark == Mark::East) {
        value.kind = CoordinateKind::Easting;
    } else if (mark == Mark::North) {
        value.kind = CoordinateKind::Northing;
    }
    if (number.exponent && number.precision > 1) {
        return refused("科学计数法丢失了位数", "digits are lost in the exponent notation");
    }
    return {value, {}, {}};
}

/// Where a text without unit signs has two or three numbers, one sign must part them all.
bool areConnectorsEqual(const Pieces& pieces) {
    return std::all_of(pieces.connectors.begin(), pieces.connectors.end(),
                       [&](Type type) { return type == pieces.connectors.front(); });
}

/// Why degrees, minutes and seconds do not fit together; no reason when they do.
CoordinateReading faultOfParts(const Pieces& pieces) {
    bool hasUnits = false;
    for (std::size_t n = 0; n < pieces.parts.size(); ++n) {
        const Part& part = pieces.parts[n];
        hasUnits = hasUnits || part.unit >= 0;
        if (part.unit >= 0 && part.unit != static_cast<int>(n)) {
            return refused("度、分、秒的顺序不对或有缺", "degrees, minutes and seconds are not in order");
        }
        if (part.number.exponent && pieces.parts.size() > 1) {
            return notACoordinate();
        }
        if (!part.number.whole && n + 1 < pieces.parts.size()) {
            return refused("只有最后一个数可以有小数", "only the last number may have decimals");
        }
        if (n > 0 && part.number.startsWithPoint) {
            return refused("小数点前没有数字（可能多了空格）",
                           "no digit before the decimal point (a blank too many?)");
        }
        if (n > 0 && part.number.value >= kMinutes) {
            return n == 1 ? refused("分不小于 60", "the minutes are 60 or more")
                          : refused("秒不小于 60", "the seconds are 60 or more");
        }
    }
    return !hasUnits && !areConnectorsEqual(pieces) ? notACoordinate() : CoordinateReading{};
}

CoordinateReading inDegrees(const Pieces& pieces, Mark mark) {
    CoordinateReading fault = faultOfParts(pieces);
    if (!fault.reasonEn.empty()) {
        return fault;
    }
    constexpr double kUnits[] = {1, kMinutes, kSeconds}; // NOLINT: three constants
    double value = 0;
    for (std::size_t n = pieces.parts.size(); n-- > 0;) {
        value += pieces.parts[n].number.value / kUnits[n]; // NOLINT: at most three parts
    }
    CoordinateValue result{value, CoordinateKind::Degrees,
                           pieces.parts.back().number.precision / kUnits[pieces.parts.size() - 1],
                           0}; // NOLINT
    if (isNorthSouth(mark)) {
        result.kind = CoordinateKind::Latitude;
    } else if (isEastWest(mark)) {
        result.kind = CoordinateKind::Longitude;
    }
    const double most = isNorthSouth(mark) ? kLatitudeMost : kLongitudeMost;
    if (value > most) {
        return refused(fmt::format("超出范围（大于 {}°）", most),
                       fmt::format("out of range (above {}°)", most));
    }
    const bool isSouthWest = mark == Mark::South || mark == Mark::West;
    const bool isNorthEast = mark == Mark::North || mark == Mark::East;
    if (pieces.negative && (isSouthWest || isNorthEast)) {
        return refused("负号与方位字同时出现", "both a minus sign and a hemisphere");
    }
    if (pieces.parts.back().number.exponent && result.precision > 1 / kSeconds) {
        return refused("科学计数法丢失了位数", "digits are lost in the exponent notation");
    }
    result.value = pieces.negative || isSouthWest ? -value : value;
    return {result, {}, {}};
}

} // namespace

bool isInDegrees(CoordinateKind kind) {
    return kind == CoordinateKind::Longitude || kind == CoordinateKind::Latitude ||
           kind == CoordinateKind::Degrees;
}

bool isInChina(double longitude, double latitude) {
    return kChinaBox.contains(geo::Coordinate{longitude, latitude});
}

bool isNorthingM(double metres) {
    return metres >= kPrefixStep && metres <= kMostNorthing;
}

bool isEastingM(double metres) {
    return metres < kMostMetres ? metres >= kLeastMetres && metres < kPrefixStep : zonePrefix(metres) > 0;
}

MarkedCoordinate readCoordinate(std::span<const CoordinateToken> tokens) {
    constexpr std::size_t kParts = 3;
    const bool hasNumber =
        std::any_of(tokens.begin(), tokens.end(), [](const Token& t) { return t.type == Type::Number; });
    if (!hasNumber) {
        return {refused("没有数字", "no number"), Mark::None};
    }
    const Pieces pieces = Taker().take(tokens);
    const std::optional<Mark> mark = markOf(pieces);
    if (pieces.isWrong || pieces.parts.empty()) {
        return {notACoordinate(), Mark::None};
    }
    if (!mark) {
        return {refused("方位字互相矛盾", "the hemispheres contradict each other"), Mark::None};
    }
    if (pieces.parts.size() > kParts) {
        return {refused("一格中有不止一个坐标", "more than one coordinate in the cell"), *mark};
    }
    const Part& first = pieces.parts.front();
    const bool isPlain = pieces.parts.size() == 1 && first.unit < 0;
    if (isPlain && first.number.value >= kLeastMetres) {
        return {inMetres(first.number, *mark, pieces.negative), *mark};
    }
    if (pieces.metres) {
        return {refused("超出范围：以米计的坐标至少六位", "out of range: metres have six digits or more"),
                *mark};
    }
    if (isPlain && first.number.value > 2 * kLongitudeMost) {
        return {
            refused("既不是度，也不是米（可能是千米）", "neither degrees nor metres (perhaps kilometres)"),
            *mark};
    }
    return {inDegrees(pieces, *mark), *mark};
}

CoordinateReading parseCoordinate(std::string_view text) {
    const CoordinateTokens cut = coordinateTokens(text, CommaRule::OneCoordinate);
    if (!cut.reasonEn.empty()) {
        return refused(cut.reasonZh, cut.reasonEn);
    }
    return readCoordinate(cut.tokens).reading;
}

} // namespace layers
