// Which coordinate system an input is in: the EPSG families, 带号, swapped axes, wrong units, other datums.

#include "geo/error.hpp"
#include "geo/transform.hpp"
#include "layers/crs_candidates.hpp"
#include "layers/datum_shift.hpp"
#include "tests/layers/crs_reading.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace {

using layers::CrsFamily;
using layers::ProblemKind;
using layers::ZoneWidth;
using tests::esriGeographic;
using tests::esriZone;
using tests::Reading;
using tests::Stored;

struct Family {
    CrsFamily family;
    const char* name; ///< as EPSG spells it
};
const std::vector<Family>& families() {
    static const std::vector<Family> all{{CrsFamily::Cgcs2000, "CGCS2000"},
                                         {CrsFamily::Xian80, "Xian 1980"},
                                         {CrsFamily::Beijing54, "Beijing 1954"}};
    return all;
}

TEST(CrsFamilies, EveryZoneAndMeridianIsWhatEpsgSaysOfItsCode) {
    int checked = 0;
    const auto check = [&](std::optional<int> epsg, const char* family, const std::string& what,
                           double falseEasting) {
        ASSERT_TRUE(epsg) << family << what;
        const geo::CrsInfo info = geo::describeCrs("EPSG:" + std::to_string(*epsg));
        EXPECT_TRUE(info.name.starts_with(family)) << *epsg << ' ' << info.name;
        EXPECT_TRUE(info.name.ends_with(what)) << *epsg << ' ' << info.name;
        EXPECT_EQ(info.falseEastingM, falseEasting) << *epsg;
        ++checked;
    };
    for (const Family& f : families()) {
        for (int zone = 13; zone <= 45; ++zone) {
            if (zone == 24) {
                EXPECT_FALSE(layers::zoneEpsg(f.family, zone));
                continue;
            }
            check(layers::zoneEpsg(f.family, zone), f.name, " zone " + std::to_string(zone),
                  zone * 1e6 + 500000);
        }
        for (int meridian = 75; meridian <= 135; meridian += 3) {
            const std::string what = " CM " + std::to_string(meridian) + "E";
            check(layers::meridianEpsg(f.family, ZoneWidth::Three, meridian), f.name, what, 500000);
            if ((meridian - 75) % 6 == 0) {
                check(layers::meridianEpsg(f.family, ZoneWidth::Six, meridian), f.name, what, 500000);
            } else {
                EXPECT_FALSE(layers::meridianEpsg(f.family, ZoneWidth::Six, meridian));
            }
        }
        EXPECT_TRUE(geo::describeCrs("EPSG:" + std::to_string(layers::geographicEpsg(f.family))).geographic);
    }
    EXPECT_EQ(checked, 3 * (11 + 21 + 21 + 11));
    for (const int bad : {-1, 0, 12, 24, 46}) {
        EXPECT_FALSE(layers::zoneEpsg(CrsFamily::Cgcs2000, bad));
    }
}

struct ReadCase {
    const char* name;
    Stored stored;
    double lon; ///< of the square's corner; 0: refused
    double lat;
    const char* code; ///< EPSG as reported
};

// Check values of domain.md 3.1.
const std::vector<ReadCase>& readCases() {
    constexpr double n102 = 3320113.398;
    static const std::vector<ReadCase> all{
        {"geographic_4490", {102, 30, "", "EPSG:4490"}, 102, 30, "EPSG:4490"},
        {"geographic_4326", {102, 30, "", "EPSG:4326"}, 102, 30, "EPSG:4326"},
        {"esri_geographic", {102, 30, esriGeographic("CGCS2000"), ""}, 102, 30, "EPSG:4490"},
        {"zone34_4522", {34500000, n102, "", "EPSG:4522", 1}, 102, 30, "EPSG:4522"},
        {"cm102_4543", {500000, n102, "", "EPSG:4543", 1}, 102, 30, "EPSG:4543"},
        {"zone17_4495", {17789525.463, 3323905.466, "", "EPSG:4495", 1}, 102, 30, "EPSG:4495"},
        {"cm99_6degree_4506", {789525.463, 3323905.466, "", "EPSG:4506", 1}, 102, 30, "EPSG:4506"},
        {"zone34_101", {34403031.160, 3265105.998, "", "EPSG:4522", 1}, 101, 29.5, "EPSG:4522"},
        {"zone33_101", {33693953.007, 3266356.619, "", "EPSG:4521", 1}, 101, 29.5, "EPSG:4521"},
        {"cm99_101", {693953.007, 3266356.619, "", "EPSG:4542", 1}, 101, 29.5, "EPSG:4542"},
        {"esri_zone34",
         {34500000, n102, esriZone("CGCS2000_3_Degree_GK_Zone_34", 34500000, 102), "", 1},
         102,
         30,
         "EPSG:4522"},
        {"esri_zone33",
         {33693953.007, 3266356.619, esriZone("CGCS2000_3_Degree_GK_Zone_33", 33500000, 99), "", 1},
         101,
         29.5,
         "EPSG:4521"},
        {"esri_cm102",
         {500000, n102, esriZone("CGCS2000_3_Degree_GK_CM_102E", 500000, 102), "", 1},
         102,
         30,
         "EPSG:4543"},
        {"esri_gk_zone17",
         {17789525.463, 3323905.466, esriZone("CGCS2000_GK_Zone_17", 17500000, 99), "", 1},
         102,
         30,
         "EPSG:4495"},
        {"esri_gk_cm99",
         {693953.007, 3266356.619, esriZone("CGCS2000_GK_CM_99E", 500000, 99), "", 1},
         101,
         29.5,
         nullptr},
        {"own_and_equal_crs",
         {34500000, n102, esriZone("CGCS2000_3_Degree_GK_Zone_34", 34500000, 102), "EPSG:4522", 1},
         102,
         30,
         "EPSG:4522"},
        {"xian_geographic", {102, 30, "", "EPSG:4610"}, 0, 0, nullptr},
        {"xian_esri_geographic", {102, 30, esriGeographic("Xian_1980"), ""}, 0, 0, nullptr},
        {"xian_zone34", {34500000, n102, "", "EPSG:2358", 1}, 0, 0, nullptr},
        {"xian_esri_zone33",
         {33693953, 3266356, esriZone("Xian_1980_3_Degree_GK_Zone_33", 33500000, 99), "", 1},
         0,
         0,
         nullptr},
        {"xian_esri_gk_zone17",
         {17789525, 3323905, esriZone("Xian_1980_GK_Zone_17", 17500000, 99), "", 1},
         0,
         0,
         nullptr},
        {"beijing_geographic", {102, 30, "", "EPSG:4214"}, 0, 0, nullptr},
        {"beijing_cm102", {500000, n102, "", "EPSG:2431", 1}, 0, 0, nullptr},
        {"beijing_zone17", {17789525, 3323905, "", "EPSG:21417", 1}, 0, 0, nullptr},
        {"beijing_esri_zone33",
         {33693953, 3266356, esriZone("Beijing_1954_3_Degree_GK_Zone_33", 33500000, 99), "", 1},
         0,
         0,
         nullptr},
    };
    return all;
}

/// Degrees from a position to the nearest corner of the square.
double offOf(const geo::Shape& shape, const geo::Coordinate& place) {
    double least = 360;
    for (const geo::Coordinate& c : shape.polygons.at(0).shell) {
        least = std::min(least, std::hypot(c.x - place.x, c.y - place.y));
    }
    return least;
}

class CrsDoctor : public testing::TestWithParam<ReadCase> {};

TEST_P(CrsDoctor, PutsTheDataWhereTheyAreOrRefuses) {
    const ReadCase& c = GetParam();
    Reading reading(c.stored);
    if (c.lon == 0) {
        const std::string error = reading.error();
        EXPECT_NE(error.find("--datum"), std::string::npos) << error;
        EXPECT_NE(error.find("--plane"), std::string::npos) << error;
        EXPECT_NE(error.find("t.shp"), std::string::npos) << error;
        return;
    }
    const auto result = reading.read();
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_LT(offOf(result.records[0].shape, {c.lon, c.lat}), 2e-8); // the check values have millimetres
    if (c.code != nullptr) {
        EXPECT_EQ(result.report.crs, c.code);
    }
    EXPECT_EQ(tests::problemOf(result.problems, ProblemKind::CrsSuspicious), nullptr);
}

template <typename Case>
std::string nameOf(const testing::TestParamInfo<Case>& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Families, CrsDoctor, testing::ValuesIn(readCases()), nameOf<ReadCase>);

struct DoubtCase {
    const char* name;
    Stored stored;
    const char* says;
};

const std::vector<DoubtCase>& doubtCases() {
    constexpr double n102 = 3320113.398;
    static const std::vector<DoubtCase> all{
        {"swapped_degrees", {30, 102, "", "EPSG:4490"}, "swapped"},
        {"swapped_metres", {n102, 500000, "", "EPSG:4543", 1}, "swapped"},
        {"swapped_with_prefix", {n102, 34500000, "", "EPSG:4522", 1}, "swapped"},
        {"km", {403.031, 3265.106, "", "EPSG:4543", 0.001}, "kilometres"},
        {"km_with_prefix", {34403.031, 3265.106, "", "EPSG:4522", 0.001}, "kilometres"},
        {"degrees_in_a_projected_file", {102, 30, "", "EPSG:4543"}, "look like degrees"},
        {"degrees_in_a_prefixed_zone", {102, 30, "", "EPSG:4522"}, "look like degrees"},
        {"degrees_in_an_esri_prj",
         {102, 30, esriZone("CGCS2000_3_Degree_GK_Zone_34", 34500000, 102), ""},
         "look like degrees"},
        {"zone_34_named_33", {34500000, n102, "", "EPSG:4521", 1}, "zone number 34"},
        {"zone_17_named_34", {17789525, 3323905, "", "EPSG:4522", 1}, "zone number 17"},
        {"no_prefix_where_one_is_named", {500000, n102, "", "EPSG:4522", 1}, "the data's carry none"},
        {"prefix_where_none_is_named", {34500000, n102, "", "EPSG:4543", 1}, "the system's carry none"},
        {"metres_in_a_geographic_file", {34500000, n102, "", "EPSG:4490", 1}, "EPSG:4522"},
        {"elsewhere", {-60, 10, "", "EPSG:4490"}, "do not all lie in China"},
    };
    return all;
}

class CrsDoubts : public testing::TestWithParam<DoubtCase> {};

TEST_P(CrsDoubts, AreToldAndNothingIsCorrected) {
    const DoubtCase& c = GetParam();
    Reading reading(c.stored);
    layers::ReadResult<layers::Patch> result;
    const std::string error = tests::errorOf([&] { result = reading.read(); });
    if (!error.empty()) { // no position could be computed
        EXPECT_NE(error.find(c.says), std::string::npos) << error;
        EXPECT_NE(error.find("--crs changes=EPSG:n"), std::string::npos) << error;
        return;
    }
    const bool told = std::any_of(result.problems.begin(), result.problems.end(), [&](const auto& p) {
        return p.kind == ProblemKind::CrsSuspicious && p.textEn.find(c.says) != std::string::npos;
    });
    EXPECT_TRUE(told);
    if (c.stored.crs.empty()) {
        return;
    }
    // As it stands in the file, through the system as named.
    geo::Path corner{{c.stored.x, c.stored.y}};
    geo::Transform(c.stored.crs).apply(corner);
    if (!result.records.empty()) {
        EXPECT_NEAR(result.records[0].shape.box().minX, corner[0].x, 1e-3);
    }
}

INSTANTIATE_TEST_SUITE_P(Kinds, CrsDoubts, testing::ValuesIn(doubtCases()), nameOf<DoubtCase>);

TEST(CrsDoubts, ASystemThatTheCoordinatesDisproveIsOverruledByTheUser) {
    Reading reading(
        {34500000, 3320113.398, esriZone("CGCS2000_3_Degree_GK_Zone_33", 33500000, 99), "EPSG:4522", 1});
    const auto result = reading.read();
    EXPECT_NEAR(result.records.at(0).shape.box().minX, 102, 1e-8);
    const auto* told = tests::problemOf(result.problems, ProblemKind::CrsAssumed);
    ASSERT_NE(told, nullptr);
    EXPECT_EQ(told->severity, layers::Severity::Warning);
    EXPECT_NE(told->textEn.find("zone number 34"), std::string::npos) << told->textEn;
}

TEST(CrsDoubts, ZeroZeroIsNoPlace) {
    Reading reading({0, 0, "", "EPSG:4490", 0});
    const auto result = reading.read();
    ASSERT_EQ(result.rejects.size(), 1U);
    EXPECT_NE(result.rejects[0].reasonEn.find("0, 0"), std::string::npos);
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::GeometryMissing), nullptr);
}

std::vector<layers::County> twoCounties() {
    const auto county = [](const char* name, double west) {
        layers::County made;
        made.name = name;
        made.shape.polygons.push_back(
            {{{west, 29}, {west + 1, 29}, {west + 1, 31}, {west, 31}, {west, 29}}, {}});
        return made;
    };
    return {county("康定市", 101.5), county("泸定县", 102.5)};
}

TEST(CrsCandidates, NameTheCountiesWhereTheDataWouldFall) {
    const std::vector<layers::County> counties = twoCounties();
    Reading prefixed({34500000, 3320113.398, "", "", 1});
    prefixed.options.counties = &counties;
    const std::string zone = prefixed.error();
    EXPECT_NE(zone.find("→ 康定市"), std::string::npos) << zone;
    EXPECT_EQ(zone.find("泸定县"), std::string::npos) << zone;
    EXPECT_NE(zone.find("EPSG:2358"), std::string::npos) << zone; // Xian 1980, with parameters
    EXPECT_NE(zone.find("EPSG:2410"), std::string::npos) << zone;

    Reading degrees({103, 30, "", "", 1e-4});
    degrees.options.counties = &counties;
    EXPECT_NE(degrees.error().find("→ 泸定县"), std::string::npos) << degrees.error();

    Reading outside({90, 40, "", "", 1e-4});
    outside.options.counties = &counties;
    EXPECT_NE(outside.error().find("outside the county layer"), std::string::npos) << outside.error();
}

TEST(CrsCandidates, SixDigitsListTheMeridiansThatLeadIntoTheCounties) {
    const std::vector<layers::County> counties = twoCounties();
    Reading six({500000, 3320113.398, "", "", 1});
    six.options.counties = &counties;
    const std::string error = six.error();
    EXPECT_NE(error.find("EPSG:4543"), std::string::npos) << error; // 102°E
    EXPECT_NE(error.find("→ 康定市"), std::string::npos) << error;
    EXPECT_EQ(error.find("EPSG:4542"), std::string::npos) << error;
    EXPECT_NE(error.find("the other 20 meridians"), std::string::npos) << error;
    const std::string all = Reading({500000, 3320113.398, "", "", 1}).error();
    for (const char* code : {"EPSG:4534", "EPSG:4542", "EPSG:4543", "EPSG:4554", "EPSG:4502", "EPSG:4512"}) {
        EXPECT_NE(all.find(code), std::string::npos) << code;
    }
}

// --- datums ---------------------------------------------------------------------------------------------

/// A .prj that somebody edited by hand says two things at once.
TEST(CrsDoubts, ASystemThatContradictsItselfIsToldAsAnError) {
    const auto edited = [](std::string wkt, const std::string& from, const std::string& to) {
        wkt.replace(wkt.find(from), from.size(), to);
        return wkt;
    };
    const std::string good = esriZone("CGCS2000_3_Degree_GK_Zone_34", 34500000, 102);
    const struct {
        std::string prj;
        const char* said;
    } rows[] = {
        {edited(good, "102.000000", "105.000000"),
         "carries zone 34 (central meridian 102°), its central meridian is 105°"},
        {edited(good, "\"Scale_Factor\",1.0", "\"Scale_Factor\",0.9996"), "has scale 1, not 0.9996"},
        {edited(good, "CGCS2000_3_Degree", "Xian_1980_3_Degree"), "its datum is"},
    };
    for (const auto& row : rows) {
        const auto result = Reading({34500000, 3320113.398, row.prj, "", 1}).read();
        const auto* told = tests::problemOf(result.problems, ProblemKind::CrsSuspicious);
        ASSERT_NE(told, nullptr) << row.said;
        EXPECT_EQ(told->severity, layers::Severity::Error);
        EXPECT_NE(told->textEn.find(row.said), std::string::npos) << told->textEn;
    }
    const auto result = Reading({34500000, 3320113.398, good, "", 1}).read();
    EXPECT_EQ(tests::problemOf(result.problems, ProblemKind::CrsSuspicious), nullptr);
}

} // namespace
