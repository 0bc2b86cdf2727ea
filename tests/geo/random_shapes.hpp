#pragma once

#include "geo/shape.hpp"

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace tests {

/// Random shapes with fixed seeds, for properties that are checked against GEOS or PROJ.
class RandomShapes {
  public:
    explicit RandomShapes(std::uint64_t seed) : m_engine(seed) {}

    double between(double low, double high) {
        return low + (high - low) * static_cast<double>(m_engine() >> 11) * 0x1p-53;
    }
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(m_engine() % limit); }

    /// A closed star-shaped ring around a centre, counter-clockwise, always valid.
    geo::Ring star(const geo::Coordinate& centre, double radius, std::size_t corners,
                   double roughness = 0.5) {
        geo::Ring ring;
        ring.reserve(corners + 1);
        const double turn = 2 * std::numbers::pi / static_cast<double>(corners);
        for (std::size_t i = 0; i < corners; ++i) {
            const double angle = turn * (static_cast<double>(i) + between(0, 0.8));
            const double reach = radius * (1 - roughness * between(0, 1));
            ring.push_back({centre.x + reach * std::cos(angle), centre.y + reach * std::sin(angle)});
        }
        ring.push_back(ring.front());
        return ring;
    }

    /// Holes stand in cells of a grid inside the shell's inner circle, so that they neither meet nor leave
    /// it.
    geo::Polygon polygon(const geo::Coordinate& centre, double radius, std::size_t corners, bool withHoles) {
        constexpr double kRoughness = 0.4;
        geo::Polygon out;
        out.shell = star(centre, radius, corners, kRoughness);
        if (withHoles && corners > 8) {
            const double step = radius * 0.2;
            for (const double dx : {-step, step}) {
                for (const double dy : {-step, step}) {
                    if (below(2) == 0) {
                        out.holes.push_back(star({centre.x + dx, centre.y + dy}, step * 0.9, 3 + below(20)));
                    }
                }
            }
        }
        return out;
    }

  private:
    std::mt19937_64 m_engine;
};

} // namespace tests
