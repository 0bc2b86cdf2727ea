// Pieces and outlines of change masks straight from pixels: flood fill and planar validity as oracles.

#include "geo/shape.hpp"
#include "geo/validity.hpp"
#include "layers/mask_outline.hpp"
#include "layers/mask_pieces.hpp"
#include "tests/support/mask_pixels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace {

/// The pieces of a mask straight from its pixels, without a file.
std::vector<layers::MaskPiece> piecesOf(const std::vector<std::vector<int>>& rows, int neighbours) {
    std::vector<layers::MaskPiece> pieces;
    layers::MaskPieces sweep("mask", neighbours, [&](layers::MaskPiece& piece) { pieces.push_back(piece); });
    for (std::size_t y = 0; y < rows.size(); ++y) {
        std::vector<layers::MaskPieces::ValueRun> runs;
        for (std::size_t x = 0; x < rows[y].size(); ++x) {
            const int value = rows[y][x];
            if (value == 0) {
                continue;
            }
            const auto column = static_cast<std::int32_t>(x);
            if (!runs.empty() && runs.back().end == column && runs.back().value == value) {
                ++runs.back().end;
            } else {
                runs.push_back({value, column, column + 1});
            }
        }
        sweep.addRow(static_cast<std::int32_t>(y), runs, 1.0);
    }
    sweep.finish();
    return pieces;
}

geo::Shape shapeOf(const std::vector<layers::GridPolygon>& polygons) {
    geo::Shape shape;
    const auto ringOf = [](const layers::GridRing& from) {
        geo::Ring ring;
        for (const layers::GridPoint& point : from) {
            ring.push_back({static_cast<double>(point.column), -static_cast<double>(point.row)});
        }
        return ring;
    };
    for (const layers::GridPolygon& from : polygons) {
        geo::Polygon& polygon = shape.polygons.emplace_back();
        polygon.shell = ringOf(from.shell);
        for (const layers::GridRing& hole : from.holes) {
            polygon.holes.push_back(ringOf(hole));
        }
    }
    return shape;
}

TEST(MaskOutline, RandomMasksGiveValidPolygonsOfTheirPixels) {
    std::mt19937 random(20261124);
    for (int round = 0; round < 300; ++round) {
        const int neighbours = round % 2 == 0 ? 4 : 8;
        const auto rows = tests::randomRows(random, 1 + round % 29, 1 + round % 23, 1 + round % 3,
                                            0.15 + 0.1 * static_cast<double>(round % 9));
        std::vector<std::int64_t> sizes;
        for (const layers::MaskPiece& piece : piecesOf(rows, neighbours)) {
            sizes.push_back(piece.pixels);
            const geo::Shape shape = shapeOf(layers::outlineOfRuns(piece.runs));
            ASSERT_DOUBLE_EQ(tests::planarArea(shape), static_cast<double>(piece.pixels))
                << "round " << round;
            ASSERT_TRUE(neighbours == 8 || shape.polygons.size() == 1) << "round " << round;
            const auto fault = geo::findPlanarInvalidity(shape);
            ASSERT_FALSE(fault) << "round " << round;
        }
        std::sort(sizes.begin(), sizes.end());
        ASSERT_EQ(sizes, tests::flooded(rows, neighbours)) << "round " << round;
    }
}

TEST(MaskOutline, HolesAndPinchesBecomeRingsOfTheirOwn) {
    // The hole at (1, 1) touches the bay at (0, 0) in a corner: GDAL makes one ring of them that touches
    // itself.
    const auto pieces = piecesOf({{0, 1, 1}, {1, 0, 1}, {1, 1, 1}}, 4);
    ASSERT_EQ(pieces.size(), 1U);
    const auto polygons = layers::outlineOfRuns(pieces[0].runs);
    ASSERT_EQ(polygons.size(), 1U);
    EXPECT_EQ(polygons[0].shell.size(), 7U);
    ASSERT_EQ(polygons[0].holes.size(), 1U);
    EXPECT_EQ(polygons[0].holes[0].size(), 5U);
}

TEST(MaskOutline, ADiagonalPairIsTwoOrOne) {
    EXPECT_EQ(piecesOf({{1, 0}, {0, 1}}, 4).size(), 2U);
    const auto joined = piecesOf({{1, 0}, {0, 1}}, 8);
    ASSERT_EQ(joined.size(), 1U);
    EXPECT_EQ(layers::outlineOfRuns(joined[0].runs).size(), 2U) << "two squares that touch are two polygons";
    EXPECT_EQ(piecesOf({{1, 0}, {0, 2}}, 8).size(), 2U) << "other values are other pieces";
}

} // namespace
