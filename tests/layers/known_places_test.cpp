// --known: a batch that lies beside things of known position all the same way is noticed, named, and not
// corrected; one in place, one that cannot be compared and one in a crowd are told as what they are.

#include "geo/geodesic.hpp"
#include "layers/known_places.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using layers::MapShift;

/// Places all over Ganzi (97-102°E, 28-34°N).
std::vector<geo::Coordinate> places(std::size_t count, unsigned seed = 1) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> lon(97.5, 102);
    std::uniform_real_distribution<double> lat(28, 34);
    std::vector<geo::Coordinate> made;
    for (std::size_t n = 0; n < count; ++n) {
        made.push_back({lon(random), lat(random)});
    }
    return made;
}

/// As somebody else would digitise them: a few metres off.
template <typename Move>
std::vector<geo::Coordinate> drawnAgain(const std::vector<geo::Coordinate>& known, Move move) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> azimuth(0, 360);
    std::uniform_real_distribution<double> metres(0, 12);
    std::vector<geo::Coordinate> drawn;
    for (const geo::Coordinate& place : known) {
        drawn.push_back(move(geo::geodesicDestination(place, azimuth(random), metres(random))));
    }
    return drawn;
}

layers::Problem told(const std::vector<geo::Coordinate>& known, const std::vector<geo::Coordinate>& patches) {
    layers::ProblemLog log("changes", "图斑.shp");
    layers::KnownPlaces("上一批.shp", known).compare(patches, {}, log);
    const auto problems = log.take();
    EXPECT_EQ(problems.size(), 1U);
    return problems.empty() ? layers::Problem{} : problems.front();
}

TEST(KnownPlaces, Gcj02IsNamedAcrossAWholePrefecture) {
    const auto known = places(200);
    const auto patches =
        drawnAgain(known, [](const geo::Coordinate& c) { return layers::shifted(c, MapShift::Gcj02); });
    const layers::Problem problem = told(known, patches);
    EXPECT_EQ(problem.severity, layers::Severity::Error);
    EXPECT_EQ(problem.count, 200);
    EXPECT_NE(problem.textEn.find("once GCJ-02 is undone"), std::string::npos) << problem.textEn;
    EXPECT_NE(problem.doneZh.find("--gcj02"), std::string::npos);
}

TEST(KnownPlaces, Bd09IsToldFromGcj02) {
    // BD-09 lies up to a kilometre off; where it is within the search radius it must be named.
    const auto known = places(300);
    const auto patches =
        drawnAgain(known, [](const geo::Coordinate& c) { return layers::shifted(c, MapShift::Bd09); });
    const layers::Problem problem = told(known, patches);
    EXPECT_EQ(problem.severity, layers::Severity::Error) << problem.textEn;
    EXPECT_NE(problem.textEn.find("once BD-09 is undone"), std::string::npos) << problem.textEn;
    EXPECT_NE(problem.doneEn.find("--bd09"), std::string::npos);
}

TEST(KnownPlaces, AnotherConstantShiftIsGivenAsAVector) {
    // About what Beijing 1954 read as CGCS2000 does there: west and north.
    const auto known = places(60);
    const auto patches =
        drawnAgain(known, [](const geo::Coordinate& c) { return geo::geodesicDestination(c, 300, 150); });
    const layers::Problem problem = told(known, patches);
    EXPECT_EQ(problem.severity, layers::Severity::Error);
    EXPECT_GE(problem.count, 55);
    EXPECT_NE(problem.textEn.find("one shift (east, north -1"), std::string::npos) << problem.textEn;
    EXPECT_EQ(problem.doneEn.find("--gcj02"), std::string::npos);
}

TEST(KnownPlaces, InPlaceIsSaidToBeInPlace) {
    const auto known = places(50);
    auto patches = drawnAgain(known, [](const geo::Coordinate& c) { return c; });
    for (const geo::Coordinate& elsewhere : places(500, 99)) {
        patches.push_back(elsewhere); // new patches that the known layer has nothing for
    }
    const layers::Problem problem = told(known, patches);
    EXPECT_EQ(problem.severity, layers::Severity::Info);
    EXPECT_NE(problem.textEn.find("in place"), std::string::npos) << problem.textEn;
}

TEST(KnownPlaces, NothingNearIsNoVerdict) {
    const layers::Problem problem = told(places(50), places(50, 2));
    EXPECT_EQ(problem.severity, layers::Severity::Info);
    EXPECT_NE(problem.textEn.find("neither shifted nor proven in place"), std::string::npos)
        << problem.textEn;
}

TEST(KnownPlaces, ACrowdDoesNotMakeAShift) {
    // Known points every 60 m: whatever the vector, half of all patches come near something.
    std::vector<geo::Coordinate> crowd;
    for (int x = 0; x < 120; ++x) {
        for (int y = 0; y < 120; ++y) {
            crowd.push_back({101 + x * 6.2e-4, 30 + y * 5.4e-4});
        }
    }
    std::mt19937 random(3);
    std::uniform_real_distribution<double> at(0.01, 0.05);
    std::vector<geo::Coordinate> patches;
    for (int n = 0; n < 300; ++n) {
        patches.push_back({101 + at(random), 30 + at(random)});
    }
    EXPECT_EQ(told(crowd, patches).severity, layers::Severity::Info);
}

TEST(KnownPlaces, HundredThousandsTakeNoTime) {
    const auto known = places(200'000);
    const auto patches =
        drawnAgain(known, [](const geo::Coordinate& c) { return layers::shifted(c, MapShift::Gcj02); });
    const layers::Problem problem = told(known, patches);
    EXPECT_EQ(problem.severity, layers::Severity::Error);
    EXPECT_GE(problem.count, 4900) << "5,000 evenly picked ones are compared";
}

} // namespace
