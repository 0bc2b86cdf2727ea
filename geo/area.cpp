#include "geo/area.hpp"

#include "geo/ellipsoid.hpp"

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

/// sin(x), from the series where the angle is an edge's: a call of std::sin costs more than the rest of a
/// term.
double sineOfSmall(double x) {
    constexpr double kSmall =
        0.01; // 70 km of half an edge; the first term left out is x^7/5040 < 1e-17 x there
    if (std::abs(x) > kSmall) {
        return std::sin(x);
    }
    const double x2 = x * x;
    return x * (1 - x2 / 6 * (1 - x2 / 20));
}

/// Area between an edge and the meridian `originDeg`, over b².
///
/// The document's trapezoid is 2 ΔL Σ c_k sin(kΔB/2) cos(kBm) with ΔL the edge's middle longitude: exact for
/// edges along meridians and parallels, and of other edges as the text wants them, cut into short pieces.
/// What infinitely many pieces add for an edge that is straight in B and L is known in closed form,
/// -(L2-L1)/(B2-B1) Σ 2 c_k/k sin(kBm) [sin(kh) - kh cos(kh)] with h = ΔB/2; of the bracket, (kh)³/3 (1 -
/// (kh)²/10 + ...) is needed. It is 1e-5 of a triangle of 1 km, so that leaving it out would make an area
/// depend on how finely an edge is cut.
double edgeTerm(const Coordinate& a, const Coordinate& b, double originDeg) {
    const double middle = (a.y + b.y) / 2 * ellipsoid::kRadiansPerDegree;
    const double h = (b.y - a.y) / 2 * ellipsoid::kRadiansPerDegree;
    const double longitude = ((a.x - originDeg) + (b.x - originDeg)) / 2 * ellipsoid::kRadiansPerDegree;
    const double dL = (b.x - a.x) * ellipsoid::kRadiansPerDegree;

    // Odd multiples by the Chebyshev recurrences: f((k+2)x) = 2 cos(2x) f(kx) - f((k-2)x), for sine and
    // cosine alike.
    double sineM = std::sin(middle);
    double cosineM = std::cos(middle);
    double sineH = sineOfSmall(h);
    const double doubleM = 2 * (1 - 2 * sineM * sineM);
    const double doubleH = 2 * (1 - 2 * sineH * sineH);
    double sineMBefore = -sineM;
    double cosineMBefore = cosineM;
    double sineHBefore = -sineH;

    const double h2 = h * h;
    double trapezoid = 0;
    double slant = 0;
    double k = 1;
    for (const double coefficient : kSeries) {
        trapezoid += coefficient * sineH * cosineM;
        const double k2 = k * k;
        const double x2 = k2 * h2;
        slant += coefficient * k2 * sineM * (1 - x2 / 10 * (1 - x2 / 28));
        const double nextSineM = doubleM * sineM - sineMBefore;
        const double nextCosineM = doubleM * cosineM - cosineMBefore;
        const double nextSineH = doubleH * sineH - sineHBefore;
        sineMBefore = sineM;
        cosineMBefore = cosineM;
        sineHBefore = sineH;
        sineM = nextSineM;
        cosineM = nextCosineM;
        sineH = nextSineH;
        k += 2;
    }
    return 2 * longitude * trapezoid - dL * h2 / 3 * slant;
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
        sum += edgeTerm(ring[i], ring[i + 1], origin);
    }
    return sum * ellipsoid::kB * ellipsoid::kB;
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
