#include "geo/long_edges.hpp"
#include "geo/transform.hpp"

#include "geo/error.hpp"
#include "random_shapes.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace {

using geo::Coordinate;
using geo::Path;
using geo::Transform;

std::string esriGeographic(const std::string& name, const std::string& datum, const std::string& spheroid) {
    return R"(GEOGCS[")" + name + R"(",DATUM[")" + datum + R"(",SPHEROID[)" + spheroid +
           R"(]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]])";
}

std::string esriGaussKrueger(const std::string& name, const std::string& geographic, double falseEasting,
                             double meridian) {
    return R"(PROJCS[")" + name + R"(",)" + geographic +
           R"(,PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",)" + std::to_string(falseEasting) +
           R"(],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",)" + std::to_string(meridian) +
           R"(],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]])";
}

const std::string kEsriCgcs2000 = esriGeographic("GCS_China_Geodetic_Coordinate_System_2000", "D_China_2000",
                                                 R"("CGCS2000",6378137.0,298.257222101)");
const std::string kEsriXian =
    esriGeographic("GCS_Xian_1980", "D_Xian_1980", R"("Xian_1980",6378140.0,298.257)");
const std::string kEsriBeijing =
    esriGeographic("GCS_Beijing_1954", "D_Beijing_1954", R"("Krasovsky_1940",6378245.0,298.3)");
const std::string kEsriWgs84 =
    esriGeographic("GCS_WGS_1984", "D_WGS_1984", R"("WGS_1984",6378137.0,298.257223563)");

struct CheckValue {
    int epsg;
    double lon;
    double lat;
    double easting;
    double northing;
};
/// Zones with and without their number before the easting, 3 and 6 degrees wide.
constexpr std::array kCheckValues{
    CheckValue{4522, 102, 30, 34500000.000, 3320113.398},
    CheckValue{4543, 102, 30, 500000.000, 3320113.398},
    CheckValue{4495, 102, 30, 17789525.463, 3323905.466},
    CheckValue{4522, 101, 29.5, 34403031.160, 3265105.998},
    CheckValue{4521, 101, 29.5, 33693953.007, 3266356.619},
    CheckValue{4542, 101, 29.5, 693953.007, 3266356.619},
};

TEST(Transform, checkValuesBothWays) {
    for (const CheckValue& v : kCheckValues) {
        const Transform transform("EPSG:" + std::to_string(v.epsg));
        EXPECT_FALSE(transform.isIdentity());
        Path path{{v.easting, v.northing}};
        transform.apply(path);
        EXPECT_NEAR(path[0].x, v.lon, 1e-8) << v.epsg; // half a millimetre
        EXPECT_NEAR(path[0].y, v.lat, 1e-8) << v.epsg;
        const Path plane = geo::projected({{v.lon, v.lat}}, v.epsg);
        EXPECT_NEAR(plane[0].x, v.easting, 6e-4) << v.epsg;
        EXPECT_NEAR(plane[0].y, v.northing, 6e-4) << v.epsg;
    }
}

/// Krüger's series of sixth order in long doubles (Karney 2011): nanometres within 3900 km of the meridian.
Coordinate kruegerOracle(double lonDeg, double latDeg, double meridianDeg, double falseEasting) {
    using Real = long double;
    const Real degree = std::numbers::pi_v<Real> / 180;
    const Real f = 1 / 298.257222101L;
    const Real e = std::sqrt(f * (2 - f));
    const Real n = f / (2 - f);
    const Real n2 = n * n;
    const Real n3 = n2 * n;
    const Real n4 = n2 * n2;
    const Real n5 = n4 * n;
    const Real n6 = n3 * n3;
    const Real radius = 6378137.0L / (1 + n) * (1 + n2 / 4 + n4 / 64 + n6 / 256);
    const std::array<Real, 6> alpha{
        n / 2 - n2 * 2 / 3 + n3 * 5 / 16 + n4 * 41 / 180 - n5 * 127 / 288 + n6 * 7891 / 37800,
        n2 * 13 / 48 - n3 * 3 / 5 + n4 * 557 / 1440 + n5 * 281 / 630 - n6 * 1983433 / 1935360,
        n3 * 61 / 240 - n4 * 103 / 140 + n5 * 15061 / 26880 + n6 * 167603 / 181440,
        n4 * 49561 / 161280 - n5 * 179 / 168 + n6 * 6601661 / 7257600,
        n5 * 34729 / 80640 - n6 * 3418889 / 1995840,
        n6 * 212378941 / 319334400,
    };
    const Real dL = (static_cast<Real>(lonDeg) - meridianDeg) * degree;
    const Real t = std::tan(latDeg * degree);
    const Real sigma = std::sinh(e * std::atanh(e * t / std::sqrt(1 + t * t)));
    const Real conformal = t * std::sqrt(1 + sigma * sigma) - sigma * std::sqrt(1 + t * t);
    const Real xi0 = std::atan2(conformal, std::cos(dL));
    const Real eta0 = std::asinh(std::sin(dL) / std::hypot(conformal, std::cos(dL)));
    Real xi = xi0;
    Real eta = eta0;
    for (std::size_t j = 0; j < alpha.size(); ++j) {
        const Real k = 2 * (static_cast<Real>(j) + 1);
        xi += alpha[j] * std::sin(k * xi0) * std::cosh(k * eta0);
        eta += alpha[j] * std::cos(k * xi0) * std::sinh(k * eta0);
    }
    return {static_cast<double>(falseEasting + radius * eta), static_cast<double>(radius * xi)};
}

TEST(Transform, inverseProjectionIsGoodToTheLastDigits) {
    tests::RandomShapes random(51);
    const Transform transform("EPSG:4543");
    Path plane;
    Path expected;
    for (int i = 0; i < 5000; ++i) {
        expected.push_back({102 + random.between(-5, 5), random.between(1, 54)});
        plane.push_back(kruegerOracle(expected.back().x, expected.back().y, 102, 500000));
    }
    const Path forward = geo::projected(expected, 4543);
    transform.apply(plane);
    for (std::size_t i = 0; i < plane.size(); ++i) {
        ASSERT_NEAR(plane[i].x, expected[i].x, 1e-11);
        ASSERT_NEAR(plane[i].y, expected[i].y, 1e-11);
        const Coordinate oracle = kruegerOracle(expected[i].x, expected[i].y, 102, 500000);
        ASSERT_NEAR(forward[i].x, oracle.x, 1e-6);
        ASSERT_NEAR(forward[i].y, oracle.y, 1e-6);
    }
}

TEST(Transform, geographicSystemsThatCountAsEqualAreLeftAlone) {
    const Path path{{101.123456789012345, 30.987654321098765}, {200, 91}};
    for (const std::string& definition :
         {std::string("EPSG:4490"), std::string("EPSG:4480"), std::string("EPSG:4326"),
          std::string("EPSG:4979"), std::string("EPSG:4674"), std::string("EPSG:9057"),
          std::string("EPSG:7912"), std::string("EPSG:4258"), std::string("epsg:4269"), kEsriCgcs2000,
          kEsriWgs84,
          esriGeographic("GCS_SIRGAS_2000", "D_SIRGAS_2000", R"("GRS_1980",6378137.0,298.257222101)"),
          esriGeographic("GCS_ITRF_2014", "D_ITRF_2014", R"("GRS_1980",6378137.0,298.257222101)")}) {
        const Transform transform(definition);
        EXPECT_TRUE(transform.isIdentity()) << definition;
        EXPECT_TRUE(transform.source().geographic) << definition;
        Path out = path;
        transform.apply(out);
        EXPECT_EQ(out, path) << definition;
        const geo::Shape shape{{}, {path}, {}};
        EXPECT_EQ(transform.apply(shape), shape);
    }
    EXPECT_EQ(Transform("EPSG:4490").source().equalWithinM, 0);
    EXPECT_EQ(Transform("EPSG:4326").source().equalWithinM, 1);
    EXPECT_EQ(Transform("EPSG:4674").source().equalWithinM, 1);
    EXPECT_EQ(Transform("EPSG:4269").source().equalWithinM, 4); // North America moves, and EPSG says so
}

TEST(Transform, projectionsOnEqualDatumsAreInvertedWithoutADatumShift) {
    // UTM 47N on WGS 84: central meridian 99, scale 0.9996. The answer is the inverse projection's, to the
    // digit.
    Path path{{500000, 3318785.3526}};
    Transform("EPSG:32647").apply(path);
    EXPECT_NEAR(path[0].x, 99, 1e-12);
    EXPECT_NEAR(path[0].y, 30, 1e-8);
    const Path there = geo::projected({{101.5, 31.25}}, 3857);
    EXPECT_NEAR(there[0].x, 101.5 * std::numbers::pi / 180 * 6378137, 1e-6);
    Path back = there;
    Transform("EPSG:3857").apply(back);
    EXPECT_NEAR(back[0].x, 101.5, 1e-11);
    EXPECT_NEAR(back[0].y, 31.25, 1e-11);
    EXPECT_EQ(geo::projected({{101.5, 31.25}}, 4326), (Path{{101.5, 31.25}}));
}

TEST(Transform, refusesDatumsThatAreNotKnownToBeEqual) {
    const std::string unknownDatum =
        esriGeographic("unknown", "unknown", R"("WGS_1984",6378137.0,298.257223563)");
    for (const std::string& definition :
         {std::string("EPSG:4610"), std::string("EPSG:4214"), std::string("EPSG:2357"),
          std::string("EPSG:2431"), std::string("EPSG:4555"), std::string("EPSG:4267"), kEsriXian,
          kEsriBeijing, unknownDatum,
          esriGaussKrueger("Xian_1980_3_Degree_GK_Zone_33", kEsriXian, 33500000, 99),
          esriGaussKrueger("Beijing_1954_3_Degree_GK_Zone_33", kEsriBeijing, 33500000, 99)}) {
        try {
            const Transform transform(definition);
            FAIL() << definition << " was taken";
        } catch (const geo::Error& error) {
            const std::string message = error.what();
            EXPECT_NE(message.find("CGCS2000"), std::string::npos) << message;
            EXPECT_NE(message.find("转换到"), std::string::npos) << message;
            EXPECT_NE(message.find("Convert the data"), std::string::npos) << message;
        }
        EXPECT_FALSE(geo::describeCrs(definition).equalWithinM) << definition;
    }
    // A shift that a file binds to Xian 1980 changes nothing: nobody knows where its numbers come from.
    EXPECT_THROW(
        Transform(
            R"(GEOGCS["Xian 1980",DATUM["Xian_1980",SPHEROID["Xian 1980",6378140,298.257],)"
            R"(TOWGS84[100,-50,-20,0,0,0,0]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]])"),
        geo::Error);
}

TEST(Transform, refusesWhatIsNoCoordinateSystem) {
    const std::string nearly = kEsriCgcs2000.substr(0, 60);
    for (const std::string& definition :
         {std::string(), std::string("  \n"), std::string("EPSG:999999"), std::string("EPSG:"),
          std::string("WGS 84"), std::string("+proj=utm +zone=47"), std::string("EPSG:5773"),
          std::string("EPSG:4978"), nearly, std::string(R"({"type":"GeographicCRS"})"),
          std::string(100'000, '['), std::string(R"(LOCAL_CS["x"])"),
          std::string("no projection information [")}) {
        try {
            (void)geo::describeCrs(definition);
            FAIL() << definition.substr(0, 80) << " was taken";
        } catch (const geo::Error& error) {
            EXPECT_NE(std::string(error.what()).find("--crs"), std::string::npos) << error.what();
            EXPECT_LT(std::string(error.what()).size(), 2000U);
        }
    }
    // A projection that PROJ does not compute, of a file published as it is.
    const std::string unknownProjection =
        R"(PROJCS["Unknown",)" + kEsriWgs84 +
        R"(,PROJECTION["Unknown Projection"],PARAMETER["central_meridian",0],UNIT["Meter",1]])";
    EXPECT_EQ(geo::describeCrs(unknownProjection).datum, "World Geodetic System 1984");
    EXPECT_THROW(Transform{unknownProjection}, geo::Error);
}

TEST(Transform, positionsThatDoNotTransformBecomeNan) {
    const Transform transform("EPSG:4543");
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double inf = std::numeric_limits<double>::infinity();
    Path path{{500000, 3320113}, {nan, 0}, {inf, 0}, {1e300, 1e300}, {-1e12, 5}, {500000, 3320113}};
    transform.apply(path);
    for (const std::size_t good : {std::size_t{0}, std::size_t{5}}) {
        EXPECT_NEAR(path[good].x, 102, 1e-9);
    }
    for (std::size_t i = 1; i < 5; ++i) {
        EXPECT_TRUE(std::isnan(path[i].x) && std::isnan(path[i].y))
            << i << ": " << path[i].x << " " << path[i].y;
    }
    const geo::Shape shape{
        {{{{500000, 3e6}, {510000, 3e6}, {nan, 3.1e6}, {500000, 3e6}}, {}}}, {}, {{500000, 3e6}}};
    const geo::Shape out = transform.apply(shape);
    EXPECT_TRUE(std::isnan(out.polygons[0].shell[2].y));
    EXPECT_NEAR(out.points[0].x, 102, 1e-9);
}

TEST(Transform, describesWithNamesCodesAndUnits) {
    const geo::CrsInfo zone34 = geo::describeCrs("EPSG:4522");
    EXPECT_EQ(zone34.name, "CGCS2000 / 3-degree Gauss-Kruger zone 34");
    EXPECT_EQ(zone34.epsg, 4522);
    EXPECT_EQ(zone34.datum, "China 2000");
    EXPECT_FALSE(zone34.geographic);
    EXPECT_EQ(zone34.metresPerUnit, 1);
    EXPECT_EQ(geo::describeCrs("EPSG:4480").epsg, 4480);
    EXPECT_EQ(geo::describeCrs("EPSG:4326").datum, "World Geodetic System 1984");
    EXPECT_EQ(geo::describeCrs("EPSG:4610").datum, "Xian 1980");
    EXPECT_NEAR(geo::describeCrs("EPSG:2263").metresPerUnit, 0.3048006096, 1e-9); // New York in feet

    struct Case {
        std::string definition;
        int epsg;
    };
    for (const Case& c :
         {Case{esriGaussKrueger("CGCS2000_3_Degree_GK_Zone_33", kEsriCgcs2000, 33500000, 99), 4521},
          Case{esriGaussKrueger("CGCS2000_3_Degree_GK_CM_99E", kEsriCgcs2000, 500000, 99), 4542},
          Case{esriGaussKrueger("CGCS2000_GK_Zone_17", kEsriCgcs2000, 17500000, 99), 4495},
          Case{esriGaussKrueger("CGCS2000_GK_CM_99E", kEsriCgcs2000, 500000, 99), 4506},
          Case{esriGaussKrueger("Xian_1980_3_Degree_GK_Zone_33", kEsriXian, 33500000, 99), 2357},
          Case{esriGaussKrueger("Xian_1980_GK_Zone_17", kEsriXian, 17500000, 99), 2331},
          Case{esriGaussKrueger("Beijing_1954_3_Degree_GK_Zone_33", kEsriBeijing, 33500000, 99), 2409},
          Case{kEsriCgcs2000, 4490}, Case{kEsriWgs84, 4326}, Case{kEsriXian, 4610},
          Case{"\xEF\xBB\xBF" + kEsriWgs84 + "\r\n", 4326}}) {
        EXPECT_EQ(geo::describeCrs(c.definition).epsg, c.epsg) << c.definition;
    }
    // Every zone of CGCS2000, as ArcGIS writes it.
    for (int zone = 25; zone <= 45; ++zone) {
        const std::string wkt = esriGaussKrueger("CGCS2000_3_Degree_GK_Zone_" + std::to_string(zone),
                                                 kEsriCgcs2000, zone * 1e6 + 500000, zone * 3);
        EXPECT_EQ(geo::describeCrs(wkt).epsg, 4513 + zone - 25);
    }
    // A zone under another name is the one with its parameters; a shifted one is none of EPSG's, and still
    // computed.
    const std::string renamed = esriGaussKrueger("甘孜", kEsriCgcs2000, 34500000, 102);
    EXPECT_EQ(geo::describeCrs(renamed).epsg, 4522);
    const std::string shifted = esriGaussKrueger("甘孜地方", kEsriCgcs2000, 500000, 101.25);
    EXPECT_FALSE(geo::describeCrs(shifted).epsg);
    Path path{{500000, 3320113.398}};
    Transform(shifted).apply(path);
    EXPECT_NEAR(path[0].x, 101.25, 1e-11);
    EXPECT_NEAR(path[0].y, 30, 1e-8);
}

TEST(Transform, otherNamesOfCgcs2000) {
    for (const std::string& datum :
         {std::string("CGCS2000"), std::string("D_CGCS_2000"), std::string("China_2000")}) {
        const std::string wkt = esriGeographic("CGCS2000", datum, R"("CGCS2000",6378137.0,298.257222101)");
        EXPECT_TRUE(Transform(wkt).isIdentity()) << datum;
        EXPECT_EQ(geo::describeCrs(wkt).epsg, 4490) << datum;
        EXPECT_EQ(geo::describeCrs(wkt).equalWithinM, 0) << datum;
    }
    // The name alone does not do.
    const std::string krasovsky = esriGeographic("CGCS2000", "CGCS2000", R"("Krasovsky",6378245.0,298.3)");
    EXPECT_THROW(Transform{krasovsky}, geo::Error);
}

TEST(Transform, aCodeIsBelievedOnlyWhenTheDefinitionAgrees) {
    // The parameters of zone 33 under the code of zone 34.
    const std::string lying =
        R"(PROJCS["CGCS2000 / 3-degree Gauss-Kruger zone 34",)"
        R"(GEOGCS["China Geodetic Coordinate System 2000",)"
        R"(DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101]],PRIMEM["Greenwich",0],)"
        R"(UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],)"
        R"(PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",99],PARAMETER["scale_factor",1])"
        ","
        R"(PARAMETER["false_easting",33500000],PARAMETER["false_northing",0],UNIT["metre",1],)"
        R"(AUTHORITY["EPSG","4522"]])";
    EXPECT_NE(geo::describeCrs(lying).epsg, 4522);
    Path path{{33500000, 3320113.398}};
    Transform(lying).apply(path);
    EXPECT_NEAR(path[0].x, 99, 1e-11);
}

TEST(Transform, otherForms) {
    const std::string wkt2 = R"(GEOGCRS["WGS 84",DATUM["World Geodetic System 1984",ELLIPSOID["WGS )"
                             R"(84",6378137,298.257223563]],)"
                             R"(CS[ellipsoidal,2],AXIS["latitude",north],AXIS["longitude",east],ANGLEUNIT[)"
                             R"("degree",0.0174532925199433]])";
    EXPECT_EQ(geo::describeCrs(wkt2).epsg, 4326);
    const std::string json =
        R"({"type":"GeographicCRS","name":"WGS 84","datum":{"type":"GeodeticReferenceFrame","name":)"
        R"("World Geodetic System 1984","ellipsoid":{"name":"WGS 84","semi_major_axis":6378137,"inverse_flattening":)"
        R"(298.257223563}},"coordinate_system":{"subtype":"ellipsoidal","axis":[{"name":"Geodetic latitude",)"
        R"("abbreviation":"Lat","direction":"north","unit":"degree"},{"name":"Geodetic longitude","abbreviation":"Lon",)"
        R"("direction":"east","unit":"degree"}]}})";
    EXPECT_TRUE(Transform(json).isIdentity());
    // With heights, and with a null shift bound to it: the plane part counts.
    const std::string compound =
        R"(COMPD_CS["x",)" + kEsriWgs84 +
        R"(,VERT_CS["EGM96 height",VERT_DATUM["EGM96 geoid",2005],UNIT["metre",1]]])";
    EXPECT_TRUE(Transform(compound).isIdentity());
    EXPECT_TRUE(
        Transform(
            R"(GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563],TOWGS84[0,0,0,)"
            R"(0,0,0,0]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]])")
            .isIdentity());
    // Grads are turned into degrees.
    const std::string grads = R"(GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],)"
                              R"(PRIMEM["Greenwich",0],UNIT["grad",0.0157079632679489661923]])";
    const Transform inGrads(grads);
    EXPECT_FALSE(inGrads.isIdentity());
    Path path{{100, 30}};
    inGrads.apply(path);
    EXPECT_NEAR(path[0].x, 90, 1e-12);
    EXPECT_NEAR(path[0].y, 27, 1e-12);
    // Longitudes counted from Ferro are not ours.
    EXPECT_THROW(Transform(R"(GEOGCS["x",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],)"
                           R"(PRIMEM["Ferro",-17.6666666666667],UNIT["degree",0.0174532925199433]])"),
                 geo::Error);
}

TEST(Transform, oneObjectAThreadGivesTheSameBits) {
    tests::RandomShapes random(52);
    Path plane;
    for (int i = 0; i < 2000; ++i) {
        plane.push_back({random.between(350000, 650000), random.between(3e6, 3.5e6)});
    }
    Path first = plane;
    Path second = plane;
    Transform moved = Transform("EPSG:4543");
    std::thread other([&] { Transform("EPSG:4543").apply(second); });
    moved.apply(first);
    other.join();
    EXPECT_EQ(first, second);
    EXPECT_EQ(geo::projected({}, 4543), Path{});
}

TEST(LongEdges, AreSplitAlikeInBothDirections) {
    const geo::Path there{{34500000.1, 3320000.7}, {34503333.3, 3327777.2}, {34503333.3, 3327000}};
    geo::Shape forward;
    forward.lines.push_back(there);
    geo::Shape back;
    back.lines.emplace_back(there.rbegin(), there.rend());
    EXPECT_TRUE(geo::splitLongEdges(forward, 1000));
    EXPECT_TRUE(geo::splitLongEdges(back, 1000));
    std::reverse(back.lines[0].begin(), back.lines[0].end());
    EXPECT_EQ(forward, back) << "neighbours keep one border, bit for bit";
    EXPECT_EQ(forward.lines[0].size(), 11U) << "8.46 km in nine parts";
    for (std::size_t n = 1; n < forward.lines[0].size(); ++n) {
        EXPECT_LE(std::hypot(forward.lines[0][n].x - forward.lines[0][n - 1].x,
                             forward.lines[0][n].y - forward.lines[0][n - 1].y),
                  1000);
    }
    EXPECT_FALSE(geo::splitLongEdges(forward, 1000)) << "done once";
}

TEST(LongEdges, EndlessOnesAreBounded) {
    geo::Shape shape;
    shape.lines.push_back({{0, 0}, {1e300, 1e300}, {std::nan(""), 0}});
    geo::splitLongEdges(shape, 1);
    EXPECT_EQ(shape.lines[0].size(), 202U);
}

} // namespace
