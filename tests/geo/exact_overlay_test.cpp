// A sample against an engine that is not GEOS: CGAL's exact boolean operations. Its own file, for it compiles
// slowly.

#include "engine_pair.hpp"
#include "plain_shapes.hpp"
#include "scenes.hpp"

#include <CGAL/Boolean_set_operations_2.h>
#include <CGAL/Exact_predicates_exact_constructions_kernel.h>
#include <CGAL/Polygon_set_2.h>

#include <iostream>
#include <iterator>

#include <gtest/gtest.h>

namespace {

using Kernel = CGAL::Exact_predicates_exact_constructions_kernel;
using ExactRing = CGAL::Polygon_2<Kernel>;
using ExactPolygon = CGAL::Polygon_with_holes_2<Kernel>;
using ExactSet = CGAL::Polygon_set_2<Kernel>;

ExactRing exactRing(const geo::Ring& ring, CGAL::Orientation orientation) {
    ExactRing out;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        if (i == 0 || ring[i] != ring[i - 1]) {
            out.push_back({ring[i].x, ring[i].y});
        }
    }
    if (out.orientation() != orientation) {
        out.reverse_orientation();
    }
    return out;
}

ExactSet exactSet(const geo::Shape& shape) {
    ExactSet set;
    for (const geo::Polygon& polygon : shape.polygons) {
        ExactPolygon exact(exactRing(polygon.shell, CGAL::COUNTERCLOCKWISE));
        for (const geo::Ring& hole : polygon.holes) {
            exact.add_hole(exactRing(hole, CGAL::CLOCKWISE));
        }
        set.join(exact);
    }
    return set;
}

double exactArea(const ExactSet& set) {
    std::vector<ExactPolygon> polygons;
    set.polygons_with_holes(std::back_inserter(polygons));
    Kernel::FT area = 0;
    for (const ExactPolygon& polygon : polygons) {
        area += polygon.outer_boundary().area();
        for (auto hole = polygon.holes_begin(); hole != polygon.holes_end(); ++hole) {
            area += hole->area(); // holes run clockwise, so that their area is negative
        }
    }
    return CGAL::to_double(area);
}

TEST(ExactOverlay, areasAreThoseOfExactArithmetic) {
    using Recipe = tests::SceneRecipe;
    constexpr std::uint32_t kScenes = 120;
    int compared = 0;
    int overlapping = 0;
    double worst = 0;
    for (std::uint32_t i = 0; i < kScenes; ++i) {
        Recipe recipe;
        recipe.seed = 1000 + i;
        recipe.zoneKind = static_cast<Recipe::ZoneKind>(i % 7);
        recipe.patchKind = static_cast<Recipe::PatchKind>(i % 9);
        recipe.scale = Recipe::Scale::Degrees;
        recipe.detail = 2 + i % 12;
        const tests::Scene scene = tests::makeScene(recipe);
        if (!scene.valid) {
            continue;
        }
        const geo::ZoneIndex zones = tests::zonesOf(scene.zones);
        double own = 0;
        for (const auto& candidate : zones.candidates(scene.patch.box())) {
            own += tests::planarArea(tests::settle(scene.patch, zones, candidate).overlap);
        }
        ExactSet common = exactSet(scene.patch);
        common.intersection(exactSet(scene.zones[0]));
        const double expected = exactArea(common);
        const double allowed = tests::allowedDifference(scene.patch) + 1e-12 * expected;
        EXPECT_NEAR(own, expected, allowed) << recipe.text();
        worst = std::max(worst, std::abs(own - expected) / allowed);
        ++compared;
        overlapping += expected > 0 ? 1 : 0;
    }
    std::cout << "compared " << compared << ", with an overlap " << overlapping << ", worst difference "
              << worst << " of what rounding allows\n";
    EXPECT_GT(overlapping, 40);
}

} // namespace
