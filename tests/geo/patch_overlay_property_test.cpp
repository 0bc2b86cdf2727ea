// What overlayPatch says of a patch beside the overlaps' coordinates: pairs, atoms, sums, boundary length,
// near zones, each against GEOS on the whole zones.

#include "geo/area.hpp"
#include "geo/boundary_length.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/geos_handle.hpp"
#include "geo/overlay.hpp"
#include "geo/patch_overlay.hpp"
#include "plain_shapes.hpp"
#include "scene_generator.hpp"

#include <cmath>

namespace {

using geo::Shape;
using tests::Scene;
using tests::SceneRecipe;

constexpr int kCases = 400;
constexpr double kNearM = 60;

geo::OverlayOptions options(geo::OverlayOptions::Method method = geo::OverlayOptions::Method::Localised) {
    geo::OverlayOptions made;
    made.method = method;
    made.maxNearDistanceM = kNearM;
    made.nearDistanceM = [](std::uint32_t zone) { return zone % 2 == 0 ? kNearM : kNearM / 2; };
    return made;
}

SceneRecipe inDegrees(SceneRecipe recipe) {
    recipe.scale = SceneRecipe::Scale::Degrees;
    return recipe;
}

/// The zone's boundary inside the patch grown by so much (degrees) on all sides.
double boundaryLengthByGeos(const Shape& zone, const Shape& patch, double growth) {
    const auto context = geo::geos::context();
    const geo::geos::GeometryPtr boundary(GEOSBoundary_r(context, geo::geos::toGeos(zone).get()));
    const geo::geos::GeometryPtr grown(GEOSBuffer_r(context, geo::geos::toGeos(patch).get(), growth, 8));
    const geo::geos::GeometryPtr inside(GEOSIntersection_r(context, boundary.get(), grown.get()));
    if (!inside) {
        throw geo::Error(geo::geos::takeError());
    }
    return geo::geodesicPerimeterM(geo::geos::fromGeos(inside.get()));
}

TEST(PatchOverlayProperty, pairsAndMeasuresAreThoseOfTheWholeZones) {
    tests::checkMany(kCases, [](const SceneRecipe& recipe) {
        const Scene scene = tests::makeScene(inDegrees(recipe));
        RC_PRE(scene.valid);
        const geo::ZoneIndex zones = tests::zonesOf(scene.zones);
        const auto localised = geo::overlayPatch(scene.patch, zones, options());
        const auto plain = geo::overlayPatch(scene.patch, zones, options(geo::OverlayOptions::Method::Plain));
        RC_ASSERT(localised.overlaps.size() == plain.overlaps.size());
        for (std::size_t i = 0; i < plain.overlaps.size(); ++i) {
            RC_ASSERT(localised.overlaps[i].zone == plain.overlaps[i].zone);
            RC_ASSERT(localised.overlaps[i].whole == plain.overlaps[i].whole);
            RC_ASSERT(std::abs(localised.overlaps[i].measure - plain.overlaps[i].measure) <= 1e-4);
            RC_ASSERT(std::abs(localised.overlaps[i].perimeterM - plain.overlaps[i].perimeterM) <= 1e-4);
        }
        RC_ASSERT(localised.near.size() == plain.near.size());
    });
}

TEST(PatchOverlayProperty, atomsAreDisjointPiecesThatSumToThePatch) {
    tests::checkMany(kCases, [](const SceneRecipe& recipe) {
        const Scene scene = tests::makeScene(inDegrees(recipe));
        RC_PRE(scene.valid);
        const geo::ZoneIndex zones = tests::zonesOf(scene.zones);
        const auto result = geo::overlayPatch(scene.patch, zones, options());
        RC_ASSERT(std::abs(result.residual) <= 0.01 + 1e-9 * result.measure);
        constexpr double kNothingM2 = 1e-3;
        std::vector<double> covered(scene.zones.size());
        for (const geo::Atom& atom : result.atoms) {
            const Shape& piece = atom.whole ? scene.patch : atom.shape;
            RC_ASSERT(std::abs(geo::ellipsoidalAreaM2(piece) - atom.measure) <= 1e-6 * (1 + atom.measure));
            for (std::uint32_t zone = 0; zone < scene.zones.size(); ++zone) {
                const bool covers = std::find(atom.zones.begin(), atom.zones.end(), zone) != atom.zones.end();
                const Shape wrong = covers ? geo::difference(piece, zones.shape(zone))
                                           : geo::intersection(piece, zones.shape(zone));
                RC_ASSERT(geo::ellipsoidalAreaM2(wrong) <= kNothingM2);
                covered[zone] += covers ? atom.measure : 0;
            }
        }
        for (const geo::ZoneOverlap& overlap : result.overlaps) {
            RC_ASSERT(std::abs(covered[overlap.zone] - overlap.measure) <= kNothingM2);
        }
        for (std::size_t i = 1; i < result.atoms.size(); ++i) {
            const bool ordered =
                result.atoms[i].zones.empty() || result.atoms[i - 1].zones < result.atoms[i].zones;
            RC_ASSERT(ordered);
        }
    });
}

TEST(PatchOverlayProperty, boundaryLengthIsThatOfGeos) {
    tests::checkMany(kCases, [](const SceneRecipe& recipe) {
        const Scene scene = tests::makeScene(inDegrees(recipe));
        constexpr double kThinM = 1e-4; // a patch thinner than that has no inside to speak of
        RC_PRE(scene.valid);
        RC_PRE(geo::ellipsoidalAreaM2(scene.patch) > kThinM * geo::geodesicPerimeterM(scene.patch));
        const geo::ZoneIndex zones = tests::zonesOf(scene.zones);
        for (const auto& candidate : zones.candidates(scene.patch.box())) {
            const double own = geo::boundaryLengthInsideM(zones, candidate, scene.patch);
            // Patches cut out along a zone run along its boundary but for rounding, so that GEOS may count
            // that part or not; ours counts it.
            constexpr double kRounding = 1e-9; // GEOS itself loses its way in buffers that are narrower
            const Shape zone = zones.shape(candidate.zone);
            RC_ASSERT(own >= boundaryLengthByGeos(zone, scene.patch, -kRounding) * (1 - 1e-8) - 1e-3);
            RC_ASSERT(own <= boundaryLengthByGeos(zone, scene.patch, kRounding) * (1 + 1e-8) + 1e-3);
        }
    });
}

TEST(PatchOverlayProperty, nearZonesAreThoseThatGeosMeasures) {
    tests::checkMany(kCases, [](const SceneRecipe& recipe) {
        SceneRecipe small = inDegrees(recipe);
        small.patchKind =
            small.seed % 2 == 0 ? SceneRecipe::PatchKind::OutsideOfZone : SceneRecipe::PatchKind::Star;
        Scene scene = tests::makeScene(small);
        RC_PRE(scene.valid);
        // A plane in metres for GEOS: the same scale for all shapes of the scene.
        const geo::Box box = scene.patch.box();
        const geo::MetresPerDegree scale = geo::metresPerDegree((box.minY + box.maxY) / 2);
        const auto plane = [&](Shape shape) {
            for (geo::Polygon& polygon : shape.polygons) {
                const auto change = [&](geo::Coordinate& c) { c = {c.x * scale.lon, c.y * scale.lat}; };
                std::for_each(polygon.shell.begin(), polygon.shell.end(), change);
                for (geo::Ring& hole : polygon.holes) {
                    std::for_each(hole.begin(), hole.end(), change);
                }
            }
            return shape;
        };
        const geo::ZoneIndex zones = tests::zonesOf(scene.zones);
        const auto result = geo::overlayPatch(scene.patch, zones, options());
        for (std::uint32_t zone = 0; zone < scene.zones.size(); ++zone) {
            const auto overlaps = [&](const auto& found) { return found.zone == zone; };
            if (std::any_of(result.overlaps.begin(), result.overlaps.end(), overlaps)) {
                continue;
            }
            double expected = 0;
            GEOSDistance_r(geo::geos::context(), geo::geos::toGeos(plane(scene.patch)).get(),
                           geo::geos::toGeos(plane(scene.zones[zone])).get(), &expected);
            const double limit = options().nearDistanceM(zone);
            const auto near = std::find_if(result.near.begin(), result.near.end(), overlaps);
            constexpr double kPlaneError =
                2e-3; // the geodesic and the plane differ by less over these few kilometres
            if (near == result.near.end()) {
                RC_ASSERT(expected >= limit * (1 - kPlaneError));
            } else {
                RC_ASSERT(near->distanceM <= limit);
                RC_ASSERT(std::abs(near->distanceM - expected) <= 1e-6 + kPlaneError * expected);
            }
        }
        for (std::size_t i = 1; i < result.near.size(); ++i) {
            RC_ASSERT(result.near[i - 1].distanceM <= result.near[i].distanceM);
        }
    });
}

TEST(PatchOverlayProperty, linesAreCutAsByGeos) {
    tests::checkMany(kCases, [](const SceneRecipe& recipe) {
        const Scene scene = tests::makeScene(inDegrees(recipe));
        RC_PRE(scene.valid);
        Shape road;
        for (const geo::Polygon& polygon :
             scene.patch.polygons) { // the outline, open, and some of it along the zone
            road.lines.emplace_back(polygon.shell.begin(), polygon.shell.end() - 1);
        }
        const geo::ZoneIndex zones = tests::zonesOf(scene.zones);
        const auto result = geo::overlayPatch(road, zones, options());
        RC_ASSERT(std::abs(result.residual) <= 1e-3);
        for (std::uint32_t zone = 0; zone < scene.zones.size(); ++zone) {
            const double expected = geo::geodesicPerimeterM(geo::intersection(road, zones.shape(zone)));
            double own = 0;
            for (const geo::ZoneOverlap& overlap : result.overlaps) {
                own += overlap.zone == zone ? overlap.measure : 0;
            }
            RC_ASSERT(std::abs(own - expected) <= 1e-6 + 1e-9 * expected);
        }
    });
}

} // namespace
