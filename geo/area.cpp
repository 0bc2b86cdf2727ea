#include "geo/area.hpp"

#include "geo/ellipsoid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace geo {

namespace {

constexpr double kE2 = ellipsoid::kE2;
constexpr double kE4 = kE2 * kE2;
constexpr double kE6 = kE4 * kE2;
constexpr double kE8 = kE4 * kE4;

/// A, -B, C, -D, E of 国土调查办发〔2008〕32号: the coefficients at the angles 1, 3, 5, 7, 9.
constexpr std::array kSeries{
    1 + 3.0 / 6 * kE2 + 30.0 / 80 * kE4 + 35.0 / 112 * kE6 + 630.0 / 2304 * kE8,
    -(1.0 / 6 * kE2 + 15.0 / 80 * kE4 + 21.0 / 112 * kE6 + 420.0 / 2304 * kE8),
    3.0 / 80 * kE4 + 7.0 / 112 * kE6 + 180.0 / 2304 * kE8,
    -(1.0 / 112 * kE6 + 45.0 / 2304 * kE8),
    5.0 / 2304 * kE8,
};

/// k² c_k, which the slant of an edge needs.
constexpr std::array kSlant{kSeries[0], 9 * kSeries[1], 25 * kSeries[2], 49 * kSeries[3], 81 * kSeries[4]};

/// Below this half-edge (0.6 km) the slant's second term is 1e-9 of the first, which is 1e-5 of the area.
constexpr double kShortHalf = 1e-4;

/// sin(x), from the series where the angle is an edge's: a call of std::sin costs more than the rest of a
/// term.
double sineOfSmall(double x) {
    constexpr double kSmall =
        0.01; // 60 km of half an edge; the first term left out is below 1e-15 of x there
    if (std::abs(x) > kSmall) {
        return std::sin(x);
    }
    const double x2 = x * x;
    return x - x * x2 * (1.0 / 6) * (1 - x2 * (1.0 / 20));
}

/// The factor of Σ k² c_k sin(kBm) that is left of the slant at long edges: 1 - (kh)²/10 + (kh)⁴/280 for each
/// k.
double longSlant(const std::array<double, kSeries.size()>& sines, double h2) {
    double sum = 0;
    double k = 1;
    for (std::size_t i = 0; i < kSeries.size(); ++i) {
        const double x2 = k * k * h2;
        sum += kSlant[i] * sines[i] * (1 - x2 / 10 * (1 - x2 / 28));
        k += 2;
    }
    return sum;
}

/// Area between an edge and the meridian `originDeg`, over b².
///
/// The document's trapezoid is 2 ΔL Σ c_k sin(kΔB/2) cos(kBm) with ΔL the edge's middle longitude: exact for
/// edges along meridians and parallels, and of other edges as the text wants them, cut into short pieces.
/// What infinitely many pieces add for an edge that is straight in B and L is known in closed form,
/// -(L2-L1)/(B2-B1) Σ 2 c_k/k sin(kBm) [sin(kh) - kh cos(kh)] with h = ΔB/2; of the bracket, (kh)³/3 (1 -
/// (kh)²/10 + ...) is needed. It is 1e-5 of a triangle of 1 km, so leaving it out would make an area depend
/// on how finely an edge is cut.
///
/// Both parts over b².
EdgeArea edgeTerm(const Coordinate& a, const Coordinate& b, double originDeg) {
    constexpr double kHalfDegree = ellipsoid::kRadiansPerDegree / 2;
    const double middle = (a.y + b.y) * kHalfDegree;
    const double h = (b.y - a.y) * kHalfDegree;
    const double twiceLongitude = ((a.x - originDeg) + (b.x - originDeg)) * ellipsoid::kRadiansPerDegree;
    const double dL = (b.x - a.x) * ellipsoid::kRadiansPerDegree;

    // Odd multiples by the Chebyshev recurrences: f((k+2)x) = 2 cos(2x) f(kx) - f((k-2)x), for sine and
    // cosine alike.
    const double sine = std::sin(middle);
    const double cosine = std::cos(middle);
    const double sineH = sineOfSmall(h);
    const double twiceCosine2M = 2 - 4 * sine * sine;
    const double twiceCosine2H = 2 - 4 * sineH * sineH;
    std::array<double, kSeries.size()> sinesM{sine, (twiceCosine2M + 1) * sine};
    std::array<double, kSeries.size()> cosinesM{cosine, (twiceCosine2M - 1) * cosine};
    std::array<double, kSeries.size()> sinesH{sineH, (twiceCosine2H + 1) * sineH};
    for (std::size_t i = 2; i < kSeries.size(); ++i) {
        sinesM[i] = twiceCosine2M * sinesM[i - 1] - sinesM[i - 2];
        cosinesM[i] = twiceCosine2M * cosinesM[i - 1] - cosinesM[i - 2];
        sinesH[i] = twiceCosine2H * sinesH[i - 1] - sinesH[i - 2];
    }
    double trapezoid = 0;
    double slant = 0;
    for (std::size_t i = 0; i < kSeries.size(); ++i) {
        trapezoid += kSeries[i] * sinesH[i] * cosinesM[i];
        slant += kSlant[i] * sinesM[i];
    }
    const double h2 = h * h;
    if (std::abs(h) > kShortHalf) {
        slant = longSlant(sinesM, h2);
    }
    return {twiceLongitude * trapezoid, -(dL * h2 * (1.0 / 3) * slant)};
}

} // namespace

double ellipsoidalRingAreaM2(const Ring& ring) {
    if (ring.empty()) {
        return 0;
    }
    // L0 is the ring's own longitude: the terms of a small patch stay small, and nothing cancels.
    const double origin = ring.front().x;
    double sum = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const EdgeArea edge = edgeTerm(ring[i], ring[i + 1], origin);
        sum += edge.trapezoidM2 + edge.slantM2;
    }
    return sum * ellipsoid::kB * ellipsoid::kB;
}

std::vector<EdgeArea> ellipsoidalEdgeAreasM2(const Ring& ring) {
    std::vector<EdgeArea> edges;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const EdgeArea edge = edgeTerm(ring[i], ring[i + 1], ring.front().x);
        edges.push_back(
            {edge.trapezoidM2 * ellipsoid::kB * ellipsoid::kB, edge.slantM2 * ellipsoid::kB * ellipsoid::kB});
    }
    return edges;
}

AreaFormula areaFormula() {
    AreaFormula formula{ellipsoid::kA, ellipsoid::kF, ellipsoid::kB, ellipsoid::kE2, {}};
    std::transform(kSeries.begin(), kSeries.end(), formula.series.begin(),
                   [](double coefficient) { return std::abs(coefficient); });
    return formula;
}

double ellipsoidalAreaM2(const Polygon& polygon) {
    double area = std::abs(ellipsoidalRingAreaM2(polygon.shell));
    for (const Ring& hole : polygon.holes) {
        area -= std::abs(ellipsoidalRingAreaM2(hole));
    }
    return area;
}

double ellipsoidalAreaM2(const Shape& shape) {
    double area = 0;
    for (const Polygon& polygon : shape.polygons) {
        area += ellipsoidalAreaM2(polygon);
    }
    return area;
}

double centralMeridian3Deg(double longitudeDeg) {
    constexpr double kZoneWidth = 3;
    return std::floor(longitudeDeg / kZoneWidth + 0.5) * kZoneWidth;
}

} // namespace geo
