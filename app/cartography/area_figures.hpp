#pragma once

#include "app/check/check_result.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// The numbers of an area statement 面积计算书, without a word of how they are laid out.
namespace app {

/// Areas of the statement are counted in 0.0001 m², so that what is printed adds up as printed.
inline constexpr double kStatementUnitsPerM2 = 1e4;
/// 12346.5678, with a minus where it is negative.
[[nodiscard]] std::string statementText(std::int64_t units);

/// A vertex and the edge from it to the next one.
struct AreaEdge {
    geo::Coordinate from;
    double deltaBSec = 0;          ///< B2 - B1 in seconds
    double deltaLSec = 0;          ///< of the edge's middle from L0, in seconds
    std::int64_t units = 0;        ///< what the edge adds: the difference of two running sums
    std::int64_t runningUnits = 0; ///< of all edges up to this one, over all rings
};

/// A ring as the statement lists it: shells run counter-clockwise, holes clockwise, so that holes subtract.
struct AreaRing {
    std::size_t part = 0; ///< from 1
    std::size_t hole = 0; ///< from 1; 0: the shell
    double originDeg = 0; ///< L0: the longitude of the first vertex
    std::vector<AreaEdge> edges;
    std::int64_t units = 0;
};

/// A measured and a printed area: whole m² are the last printed digit of 公顷.
struct RoundedArea {
    std::string what;
    double areaM2 = 0;
    std::int64_t printedM2 = 0;
};

/// The areas of a patch by three methods, and how the printed ones come about.
struct AreaFigures {
    std::vector<AreaRing> rings;
    std::int64_t units = 0; ///< 椭球面积, the sum of the rings
    double slantM2 = 0;     ///< of it, what slanted edges add to the trapezoids
    double geodesicM2 = 0;
    double longestEdgeM = 0;
    double gaussKruegerM2 = 0;
    int meridianDeg = 0;        ///< of the 3-degree zone
    double fromMeridianDeg = 0; ///< of the place in the patch, east is positive
    double fromMeridianM = 0;
    double areaScale = 1;            ///< 1 + y²/R² there
    std::vector<RoundedArea> totals; ///< patch, covered, not covered
    std::vector<RoundedArea> pieces; ///< of the covered part, by the zones that cover them
    bool isAdjusted = false;         ///< the largest remainders have changed a printed area

    [[nodiscard]] std::size_t vertexCount() const;
};

/// @param patch slot in the result, an area
[[nodiscard]] AreaFigures areaFigures(const CheckResult& result, std::size_t patch);

} // namespace app
