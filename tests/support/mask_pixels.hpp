#pragma once

#include "geo/shape.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace tests {

/// Rows of pixels: 0 where nothing changed, else a class from 1 to `classes`.
inline std::vector<std::vector<int>> randomRows(std::mt19937& random, int width, int height, int classes,
                                                double density) {
    std::vector<std::vector<int>> rows(static_cast<std::size_t>(height),
                                       std::vector<int>(static_cast<std::size_t>(width)));
    std::bernoulli_distribution isChange(density);
    std::uniform_int_distribution<int> value(1, classes);
    for (auto& row : rows) {
        for (int& pixel : row) {
            pixel = isChange(random) ? value(random) : 0;
        }
    }
    return rows;
}

/// Area in the plane, holes taken off.
inline double planarArea(const geo::Shape& shape) {
    double area = 0;
    for (const geo::Polygon& polygon : shape.polygons) {
        area += std::abs(geo::signedArea2(polygon.shell)) / 2;
        for (const geo::Ring& hole : polygon.holes) {
            area -= std::abs(geo::signedArea2(hole)) / 2;
        }
    }
    return area;
}

/// Pieces by flooding, pixel by pixel: the number of pixels of each, sorted.
inline std::vector<std::int64_t> flooded(std::vector<std::vector<int>> rows, int neighbours) {
    std::vector<std::int64_t> sizes;
    const auto height = static_cast<int>(rows.size());
    const auto at = [&](int x, int y) -> int& {
        return rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)];
    };
    const auto width = static_cast<int>(rows.front().size());
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const int value = at(x, y);
            if (value == 0) {
                continue;
            }
            std::vector<std::pair<int, int>> stack{{x, y}};
            at(x, y) = 0;
            std::int64_t size = 0;
            while (!stack.empty()) {
                const auto [cx, cy] = stack.back();
                stack.pop_back();
                ++size;
                for (int dy = -1; dy <= 1; ++dy) {
                    for (int dx = -1; dx <= 1; ++dx) {
                        const int nx = cx + dx;
                        const int ny = cy + dy;
                        const bool isNeighbour = neighbours == 8 || dx == 0 || dy == 0;
                        if (isNeighbour && ny >= 0 && ny < height && nx >= 0 && nx < width &&
                            at(nx, ny) == value) {
                            at(nx, ny) = 0;
                            stack.emplace_back(nx, ny);
                        }
                    }
                }
            }
            sizes.push_back(size);
        }
    }
    std::sort(sizes.begin(), sizes.end());
    return sizes;
}

} // namespace tests
