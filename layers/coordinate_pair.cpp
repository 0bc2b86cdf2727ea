#include "layers/coordinate_text.hpp"
#include "layers/coordinate_tokens.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace layers {

namespace {

using Type = CoordinateToken::Type;
using Mark = CoordinateToken::Mark;
using Tokens = std::span<const CoordinateToken>;

Tokens withoutSpaces(Tokens tokens) {
    while (!tokens.empty() && tokens.front().type == Type::Space) {
        tokens = tokens.subspan(1);
    }
    while (!tokens.empty() && tokens.back().type == Type::Space) {
        tokens = tokens.first(tokens.size() - 1);
    }
    return tokens;
}

std::vector<std::size_t> placesOf(Tokens tokens, Type type) {
    std::vector<std::size_t> places;
    for (std::size_t n = 0; n < tokens.size(); ++n) {
        if (tokens[n].type == type) {
            places.push_back(n);
        }
    }
    return places;
}

/// Where the second coordinate of the cell begins, in a text without separators.
std::optional<std::size_t> secondBegins(Tokens tokens) {
    const std::vector<std::size_t> marks = placesOf(tokens, Type::Mark);
    if (!marks.empty()) {
        if (marks.front() != 0) {
            return marks.front() + 1; // 101°57′E 30°N
        }
        return marks.size() > 1 ? std::optional(marks[1]) : std::nullopt; // E101°57′ N30°
    }
    const std::vector<std::size_t> numbers = placesOf(tokens, Type::Number);
    const std::vector<std::size_t> degrees = placesOf(tokens, Type::Degree);
    if (degrees.size() == 2) { // the number before the second degree sign
        const auto after = std::lower_bound(numbers.begin(), numbers.end(), degrees[1]);
        return after == numbers.begin() ? std::nullopt : std::optional(*(after - 1));
    }
    const std::vector<std::size_t> spaces = placesOf(tokens, Type::Space);
    const bool hasSigns = !placesOf(tokens, Type::Dash).empty() || !placesOf(tokens, Type::Colon).empty();
    if (hasSigns && spaces.size() == 1) { // 101-57-36 30-03-00
        return spaces.front();
    }
    constexpr std::size_t kMostNumbers = 6;
    if (hasSigns || spaces.empty() || numbers.size() % 2 != 0 || numbers.size() > kMostNumbers ||
        numbers.empty()) {
        return std::nullopt;
    }
    return numbers[numbers.size() / 2]; // 101.96 30.05, 101 57 36 30 03 00
}

CoordinatePairReading refusedPair(std::string zh, std::string en) {
    return {std::nullopt, std::move(zh), std::move(en)};
}

/// Axes as far as marks and 带号 say: x for longitude or easting, y for latitude or northing, 0 unknown.
char axisOf(const CoordinateValue& value) {
    switch (value.kind) {
    case CoordinateKind::Longitude:
    case CoordinateKind::Easting:
        return 'x';
    case CoordinateKind::Latitude:
    case CoordinateKind::Northing:
        return 'y';
    case CoordinateKind::Degrees:
    case CoordinateKind::Metres:
        break;
    }
    return 0;
}

/// True when (x, y) may be taken in this order; `strict`: only places of China.
bool fits(const CoordinateValue& x, const CoordinateValue& y, bool strict) {
    if (!isInDegrees(x.kind)) {
        return isEastingM(x.value) && isNorthingM(y.value);
    }
    return strict ? isInChina(x.value, y.value) : std::abs(y.value) <= kLatitudeMost;
}

CoordinatePairReading ordered(const CoordinateValue& first, const CoordinateValue& second) {
    const char a = axisOf(first);
    const char b = axisOf(second);
    if (a != 0 && a == b) {
        return refusedPair("两个坐标是同一方向", "both coordinates are of one axis");
    }
    if (a != 0 || b != 0) {
        const bool yFirst = a == 'y' || b == 'x';
        const CoordinatePair pair{yFirst ? second : first, yFirst ? first : second, false, yFirst};
        if (isInDegrees(pair.y.kind) && std::abs(pair.y.value) > kLatitudeMost) {
            return refusedPair("纬度大于 90°", "the latitude is above 90°");
        }
        return {pair, {}, {}};
    }
    for (const bool strict : {true, false}) {
        const bool straight = fits(first, second, strict);
        const bool reversed = fits(second, first, strict);
        if (straight != reversed) {
            return {
                CoordinatePair{straight ? first : second, straight ? second : first, true, reversed}, {}, {}};
        }
    }
    return refusedPair("无法判断哪个是经度（横坐标），请标明 E/N 或分列",
                       "no telling which is the longitude (easting): mark E and N or use two columns");
}

} // namespace

CoordinatePairReading parseCoordinatePair(std::string_view text) {
    const CoordinateTokens cut = coordinateTokens(text, CommaRule::Pair);
    if (!cut.reasonEn.empty()) {
        return refusedPair(cut.reasonZh, cut.reasonEn);
    }
    const Tokens tokens = withoutSpaces(cut.tokens);
    const std::vector<std::size_t> separators = placesOf(tokens, Type::Separator);
    if (separators.size() > 1) {
        return refusedPair("一格中有不止两个坐标", "more than two coordinates in the cell");
    }
    const std::optional<std::size_t> begins =
        separators.empty() ? secondBegins(tokens) : std::optional(separators.front() + 1);
    if (!begins || *begins >= tokens.size()) {
        return refusedPair("不是一对坐标", "not a pair of coordinates");
    }
    const MarkedCoordinate first = readCoordinate(tokens.first(*begins - (separators.empty() ? 0 : 1)));
    const MarkedCoordinate second = readCoordinate(tokens.subspan(*begins));
    for (const CoordinateReading* reading : {&first.reading, &second.reading}) {
        if (!reading->value) {
            return refusedPair(reading->reasonZh, reading->reasonEn);
        }
    }
    if (isInDegrees(first.reading.value->kind) != isInDegrees(second.reading.value->kind)) {
        return refusedPair("一个是度，一个是米", "one is in degrees and one in metres");
    }
    return ordered(*first.reading.value, *second.reading.value);
}

} // namespace layers
