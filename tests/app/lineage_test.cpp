// What a new patch is to an earlier one: the rules of app/cases/lineage.hpp at their edges, as properties,
// and against GEOS.

#include "app/cases/lineage.hpp"
#include "geo/area.hpp"
#include "geo/geodesic.hpp"
#include "geo/near_part.hpp"
#include "geo/overlay.hpp"
#include "tests/geo/random_shapes.hpp"
#include "tests/support/geos_oracle.hpp"
#include "tests/support/property.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using app::Common;
using app::Site;
using layers::Relation;

const layers::Settings kSettings;
constexpr geo::Coordinate kPlace{101.96, 30.05};

/// A rectangle by metres east and north of kPlace.
geo::Shape box(double west, double south, double east, double north) {
    const geo::MetresPerDegree metres = geo::metresPerDegree(kPlace.y);
    const auto place = [&](double x, double y) {
        return geo::Coordinate{kPlace.x + x / metres.lon, kPlace.y + y / metres.lat};
    };
    return {{{{place(west, south), place(east, south), place(east, north), place(west, north),
               place(west, south)},
              {}}},
            {},
            {}};
}
geo::Coordinate at(double east, double north) {
    return box(east, north, east + 1, north + 1).polygons.front().shell.front();
}
geo::Shape line(std::initializer_list<geo::Coordinate> path) {
    return {{}, {geo::Path(path)}, {}};
}
geo::Shape points(std::initializer_list<geo::Coordinate> places) {
    return {{}, {}, places};
}

std::optional<Common> common(const geo::Shape& now, const geo::Shape& then) {
    return app::commonOf(Site(now), Site(then), kSettings);
}
std::optional<Relation> relation(const geo::Shape& now, const geo::Shape& then) {
    const auto found = common(now, then);
    return found ? app::relationOf(*found, kSettings) : std::nullopt;
}

TEST(Lineage, EachRuleAtItsPlace) {
    const geo::Shape old = box(0, 0, 100, 100);
    EXPECT_EQ(relation(old, old), Relation::Repeated);
    EXPECT_EQ(relation(box(5, 5, 105, 105), old), Relation::Repeated);
    EXPECT_EQ(relation(box(-50, -50, 150, 150), old), Relation::Grown);
    EXPECT_EQ(relation(box(10, 10, 40, 40), old), Relation::Within);
    EXPECT_EQ(relation(box(60, 60, 160, 160), old), Relation::Partial);
    EXPECT_EQ(relation(box(99, 0, 199, 100), old), std::nullopt) << "a strip of registration";
    EXPECT_EQ(relation(box(100, 0, 200, 100), old), std::nullopt) << "only touches";
    EXPECT_EQ(relation(box(300, 0, 400, 100), old), std::nullopt);
}

TEST(Lineage, ThresholdsHoldAtTheirEdge) {
    const auto relationAt = [](double share, double ratio) {
        // The smaller one is the earlier.
        return app::relationOf(Common{share / (1 + ratio - share), share / ratio, share, ratio, 0},
                               kSettings);
    };
    EXPECT_EQ(relationAt(0.8, 10), Relation::Grown);
    EXPECT_EQ(relationAt(std::nextafter(0.8, 0), 10), Relation::Partial);
    EXPECT_EQ(relationAt(0.05, 10), Relation::Partial);
    EXPECT_EQ(relationAt(std::nextafter(0.05, 0), 10), std::nullopt);
    EXPECT_EQ(relationAt(1, 1.25), Relation::Repeated);
    EXPECT_EQ(relationAt(1, std::nextafter(1.25, 2)), Relation::Grown);
    // Neither share reaches 0.8, but the common part is half of both together.
    EXPECT_EQ(app::relationOf(Common{0.5, 2.0 / 3, 2.0 / 3, 1, 0}, kSettings), Relation::Repeated);
    EXPECT_EQ(app::relationOf(Common{std::nextafter(0.5, 0), 0.66, 0.66, 1, 0}, kSettings),
              Relation::Partial);
}

TEST(Lineage, HolesCount) {
    geo::Shape ring = box(0, 0, 100, 100);
    ring.polygons.front().holes.push_back(box(10, 10, 90, 90).polygons.front().shell);
    EXPECT_EQ(relation(box(20, 20, 80, 80), ring), std::nullopt) << "stands in the hole";
    EXPECT_EQ(relation(box(0, 0, 100, 100), ring), Relation::Grown);
}

TEST(Lineage, PointsByRadius) {
    const geo::Shape old = points({kPlace});
    EXPECT_EQ(relation(points({at(0, 29.9)}), old), Relation::Repeated);
    EXPECT_EQ(relation(points({at(0, 30.1)}), old), std::nullopt);
    EXPECT_NEAR(common(points({at(0, 20)}), old)->distanceM, 20, 1e-3);
    // A point beside or in an area, either way round.
    const geo::Shape area = box(10, -200, 400, 200);
    EXPECT_EQ(relation(old, area), Relation::Repeated);
    EXPECT_EQ(relation(area, old), Relation::Repeated);
    EXPECT_NEAR(common(old, area)->distanceM, 10, 1e-3);
    EXPECT_EQ(common(points({at(200, 0)}), area)->distanceM, 0);
    EXPECT_EQ(relation(old, box(31, -200, 400, 200)), std::nullopt);
    // Three of four points.
    const geo::Shape four = points({at(0, 0), at(1000, 0), at(2000, 0), at(3000, 0)});
    EXPECT_NEAR(common(four, points({at(0, 0), at(1000, 0), at(2000, 0)}))->iou.value(), 0.75, 1e-12);
}

TEST(Lineage, LinesByLength) {
    const geo::Shape old = line({at(0, 0), at(1000, 0)});
    EXPECT_EQ(relation(line({at(0, 10), at(1000, 10)}), old), Relation::Repeated) << "digitised again";
    EXPECT_EQ(relation(line({at(0, 10), at(2000, 10)}), old), Relation::Grown) << "the road goes on";
    EXPECT_EQ(relation(line({at(200, 5), at(500, 5)}), old), Relation::Within);
    EXPECT_EQ(relation(line({at(0, 31), at(1000, 31)}), old), std::nullopt);
    const auto crossing = common(line({at(500, -500), at(500, 500)}), old);
    ASSERT_TRUE(crossing);
    EXPECT_NEAR(*crossing->shareNew, 0.06, 1e-6) << "30 m to either side";
    EXPECT_EQ(crossing->distanceM, 0);
    // A line through an area: 100 m inside and 30 m at either end.
    const auto through = common(line({at(-450, 50), at(550, 50)}), box(0, 0, 100, 100));
    ASSERT_TRUE(through);
    EXPECT_NEAR(through->shareNew.value(), 0.16, 1e-6);
    EXPECT_FALSE(through->shareOld) << "the area's share of a line is nothing";
    EXPECT_FALSE(through->iou);
    // Wholly inside a large area, farther from its border than the radius.
    EXPECT_EQ(relation(line({at(400, 500), at(600, 500)}), box(0, 0, 1000, 1000)), Relation::Repeated);
}

TEST(Lineage, NothingComesOfNothing) {
    const geo::Shape none;
    EXPECT_EQ(relation(none, box(0, 0, 1, 1)), std::nullopt);
    EXPECT_EQ(relation(box(0, 0, 1, 1), none), std::nullopt);
    EXPECT_EQ(relation(none, none), std::nullopt);
    // A line and an area that have no extent.
    const geo::Shape dot = line({kPlace, kPlace});
    EXPECT_EQ(relation(dot, line({at(-100, 0), at(100, 0)})), std::nullopt);
    EXPECT_EQ(relation(box(0, 0, 0, 0), box(-10, -10, 10, 10)), std::nullopt);
}

geo::Shape randomArea(tests::RandomShapes& random, double scale = 1) {
    const geo::Coordinate centre{kPlace.x + random.between(-1, 1) * 0.002 * scale,
                                 kPlace.y + random.between(-1, 1) * 0.002 * scale};
    return {
        {random.polygon(centre, random.between(0.2, 1) * 0.003 * scale, 4 + random.below(40), true)}, {}, {}};
}

double geosArea(const geo::Shape& a, const geo::Shape& b) {
    const geo::geos::GeometryPtr left = geo::geos::toGeos(a);
    const geo::geos::GeometryPtr right = geo::geos::toGeos(b);
    const geo::geos::GeometryPtr both(GEOSIntersection_r(geo::geos::context(), left.get(), right.get()));
    return geo::ellipsoidalAreaM2(geo::geos::fromGeos(both.get()));
}

TEST(Lineage, AreasAreThoseOfGeos) {
    tests::checkProperty("areas as GEOS", {600, 7}, [] {
        tests::RandomShapes random(*rc::gen::arbitrary<std::uint64_t>());
        const geo::Shape now = randomArea(random);
        const geo::Shape then = randomArea(random);
        const double areaNew = geo::ellipsoidalAreaM2(now);
        const double areaOld = geo::ellipsoidalAreaM2(then);
        const double both = geosArea(now, then);
        const auto found = common(now, then);
        if (!found) {
            RC_ASSERT(both < kSettings.lineagePartialShare * std::min(areaNew, areaOld));
            return;
        }
        const double tolerance = 1e-7;
        RC_ASSERT(std::abs(*found->shareNew - both / areaNew) < tolerance);
        RC_ASSERT(std::abs(*found->shareOld - both / areaOld) < tolerance);
        RC_ASSERT(std::abs(*found->iou - both / (areaNew + areaOld - both)) < tolerance);
        RC_ASSERT(*found->iou <= std::min(*found->shareNew, *found->shareOld) + tolerance);
        RC_ASSERT(std::max(*found->shareNew, *found->shareOld) <= 1);
    });
}

TEST(Lineage, SwappedTheyMirror) {
    tests::checkProperty("swapped", {400, 11}, [] {
        tests::RandomShapes random(*rc::gen::arbitrary<std::uint64_t>());
        const auto shape = [&]() -> geo::Shape {
            const geo::Shape area = randomArea(random);
            switch (random.below(4)) {
            case 0:
                return {{}, {area.polygons.front().shell}, {}};
            case 1:
                return {{}, {}, {area.polygons.front().shell.front()}};
            default:
                return area;
            }
        };
        const geo::Shape a = shape();
        const geo::Shape b = shape();
        const auto forth = common(a, b);
        const auto back = common(b, a);
        RC_ASSERT(forth.has_value() == back.has_value());
        if (!forth) {
            return;
        }
        const auto near = [](const std::optional<double>& x, const std::optional<double>& y) {
            return x.has_value() == y.has_value() && std::abs(x.value_or(0) - y.value_or(0)) < 1e-9;
        };
        RC_ASSERT(near(forth->iou, back->iou));
        RC_ASSERT(near(forth->shareNew, back->shareOld));
        RC_ASSERT(near(forth->shareOld, back->shareNew));
        RC_ASSERT(std::abs(forth->sizeRatio * back->sizeRatio - 1) < 1e-9);
        RC_ASSERT(std::abs(forth->distanceM - back->distanceM) < 1e-6);
        const auto mirrored = [](std::optional<Relation> relation) {
            return relation == Relation::Grown    ? std::optional(Relation::Within)
                   : relation == Relation::Within ? std::optional(Relation::Grown)
                                                  : relation;
        };
        RC_ASSERT(app::relationOf(*back, kSettings) == mirrored(app::relationOf(*forth, kSettings)));
    });
}

TEST(Lineage, SizeDoesNotMatterForAreas) {
    tests::checkProperty("scaled", {300, 13}, [] {
        const auto seed = *rc::gen::arbitrary<std::uint64_t>();
        const auto sharesAt = [&](double scale) {
            tests::RandomShapes random(seed);
            const geo::Shape now = randomArea(random, scale);
            return common(now, randomArea(random, scale));
        };
        const auto small = sharesAt(0.25);
        const auto large = sharesAt(1);
        if (small && large) { // the local scale of the ellipsoid differs a little over the larger one
            RC_ASSERT(std::abs(*small->shareNew - *large->shareNew) < 1e-4);
            RC_ASSERT(std::abs(*small->iou - *large->iou) < 1e-4);
        } else {
            RC_ASSERT(std::max(small ? *small->iou : 0, large ? *large->iou : 0) <
                      kSettings.lineagePartialShare);
        }
    });
}

TEST(Lineage, DisjointPartsNeverSumToMoreThanTheWhole) {
    tests::checkProperty("sum of shares", {200, 17}, [] {
        tests::RandomShapes random(*rc::gen::arbitrary<std::uint64_t>());
        const Site whole(randomArea(random));
        double sum = 0;
        for (int column = 0; column < 6; ++column) {
            for (int row = 0; row < 6; ++row) {
                const double step = 250;
                const double west = -750 + step * column;
                const double south = -750 + step * row;
                const auto part =
                    app::commonOf(Site(box(west, south, west + step, south + step)), whole, kSettings);
                sum += part ? *part->shareOld : 0;
            }
        }
        RC_ASSERT(sum <= 1 + 1e-9);
    });
}

TEST(Lineage, NearPartIsWhatSamplingFinds) {
    tests::checkProperty("near part", {150, 19}, [] {
        tests::RandomShapes random(*rc::gen::arbitrary<std::uint64_t>());
        const geo::Shape path{{}, {randomArea(random, 0.3).polygons.front().shell}, {}};
        const geo::Shape other = random.below(2) == 0
                                     ? randomArea(random, 0.3)
                                     : geo::Shape{{}, {randomArea(random, 0.3).polygons.front().shell}, {}};
        const geo::NearPart part = geo::nearPart(path, other, 30);
        // Points along the line, each asked for itself.
        double near = 0;
        double whole = 0;
        constexpr int kSteps = 200;
        const geo::Path& line = path.lines.front();
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            const double length = geo::geodesicLengthM(line[i], line[i + 1]) / kSteps;
            for (int step = 0; step < kSteps; ++step) {
                const double share = (step + 0.5) / kSteps;
                const geo::Coordinate place{line[i].x + share * (line[i + 1].x - line[i].x),
                                            line[i].y + share * (line[i + 1].y - line[i].y)};
                whole += length;
                near += length * geo::nearPart({{}, {}, {place}}, other, 30).near;
            }
        }
        RC_ASSERT(std::abs(part.measure - whole) < 1e-6 * whole);
        RC_ASSERT(std::abs(part.near - near) < 0.01 * whole);
        RC_ASSERT(part.near <= part.measure);
        RC_ASSERT((part.near > 0) == std::isfinite(part.distanceM));
    });
}

TEST(Lineage, PartsMakeUpAWholeOnlyWhereTheyAreDifferentSites) {
    const Site west(box(0, 0, 40, 100));
    const Site east(box(50, 0, 90, 100));
    const Site westAgain(box(1, 1, 41, 99));
    EXPECT_EQ(app::differentSites({&west, &westAgain, &east}, kSettings), (std::vector<std::size_t>{0, 2}));
    EXPECT_TRUE(app::makesUp({&west, &east}, {0.4, 0.4}, kSettings));
    EXPECT_FALSE(app::makesUp({&west, &westAgain}, {0.4, 0.4}, kSettings)) << "one site, seen twice";
    EXPECT_FALSE(app::makesUp({&west, &east}, {0.2, 0.2}, kSettings)) << "less than half of the whole";
    EXPECT_FALSE(app::makesUp({&west, &westAgain, &east}, {0.24, 0.24, 0.24}, kSettings));
    EXPECT_FALSE(app::makesUp({&west}, {0.9}, kSettings));
    EXPECT_FALSE(app::makesUp({}, {}, kSettings));
}

TEST(Lineage, ReboundsAreAfterTheCaseWasClosed) {
    layers::EarlierPatch earlier;
    const auto rebound = [&](const char* status, const char* conclusion,
                             Relation relation = Relation::Repeated,
                             layers::Change change = layers::Change::New) {
        earlier.status = status;
        earlier.conclusion = conclusion;
        return app::isRebound(relation, earlier, change);
    };
    EXPECT_TRUE(rebound("已销号", "属实-疑似违法违规"));
    EXPECT_TRUE(rebound("回头看", "属实-历史遗留"));
    EXPECT_TRUE(rebound("已销号", "", Relation::Partial));
    EXPECT_TRUE(rebound("已销号", "已恢复"));
    EXPECT_FALSE(rebound("待销号", "属实-疑似违法违规"));
    EXPECT_FALSE(rebound("", ""));
    EXPECT_FALSE(rebound("已销号", "不属实-误判(云影、积雪、裸地)")) << "nothing was there";
    EXPECT_FALSE(rebound("已销号", "属实-手续齐全"));
    EXPECT_FALSE(rebound("已销号", "不在管控区(边界误差)"));
    EXPECT_FALSE(rebound("已销号", "属实-疑似违法违规", Relation::SameId)) << "another place";
    EXPECT_FALSE(rebound("已销号", "属实-疑似违法违规", Relation::Repeated, layers::Change::Reduced));
}

TEST(Lineage, TextForTheList) {
    layers::LineageRow row;
    row.earlier = {1, "2025B1", "TB-33", "LD2025B1-513301-0033", "已销号", "属实-疑似违法违规"};
    row.rebound = true;
    EXPECT_EQ(app::historyText({row}), "与2025B1-513301-0033重复(已销号)-疑似反弹");
    EXPECT_EQ(app::historyText({row, row, row}), "与2025B1-513301-0033重复(已销号)-疑似反弹等3处");
    row.rebound = false;
    row.relation = Relation::Grown;
    row.earlier.caseNumber.clear();
    row.earlier.status.clear();
    EXPECT_EQ(app::historyText({row}), "较2025B1-TB-33扩大");
    EXPECT_EQ(app::historyText({}), "");
    std::vector<std::string> texts;
    for (const Relation relation : layers::relations()) {
        row.relation = relation;
        texts.push_back(app::historyText({row}));
        EXPECT_EQ(layers::relationFromKey(layers::relationKey(relation)), relation);
    }
    EXPECT_EQ(std::set<std::string>(texts.begin(), texts.end()).size(), texts.size());
    EXPECT_EQ(layers::relationFromKey("nothing of the kind"), std::nullopt);
}

TEST(Lineage, StrongestFirst) {
    layers::LineageRow weak;
    weak.relation = Relation::Partial;
    layers::LineageRow strong = weak;
    strong.relation = Relation::Repeated;
    EXPECT_TRUE(app::isStronger(strong, weak));
    weak.rebound = true;
    EXPECT_TRUE(app::isStronger(weak, strong)) << "a rebound is never hidden behind another";
    layers::LineageRow newer = strong;
    newer.earlier.id = strong.earlier.id + 1;
    EXPECT_TRUE(app::isStronger(newer, strong));
    EXPECT_FALSE(app::isStronger(strong, strong));
}

} // namespace
