// Other datums by the user's parameters, and what a profile may say of datum and encoding.

#include "geo/error.hpp"
#include "geo/transform.hpp"
#include "layers/datum_shift.hpp"
#include "tests/layers/crs_reading.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

namespace {

using layers::ProblemKind;
using layers::Role;
using tests::esriZone;
using tests::Reading;
using tests::shapefileOf;

constexpr double kRadians = std::numbers::pi / 180;

/// Seven parameters written out, position vector convention: an oracle of its own.
geo::Coordinate helmertByHand(const geo::Coordinate& lonLat, double a, double rf,
                              const std::array<double, 7>& p) {
    const double f = 1 / rf;
    const double e2 = f * (2 - f);
    const double lon = lonLat.x * kRadians;
    const double lat = lonLat.y * kRadians;
    const double n = a / std::sqrt(1 - e2 * std::sin(lat) * std::sin(lat));
    const double x = n * std::cos(lat) * std::cos(lon);
    const double y = n * std::cos(lat) * std::sin(lon);
    const double z = n * (1 - e2) * std::sin(lat);
    const double rx = p[3] / 3600 * kRadians;
    const double ry = p[4] / 3600 * kRadians;
    const double rz = p[5] / 3600 * kRadians;
    const double s = 1 + p[6] * 1e-6;
    const double x2 = p[0] + s * (x - rz * y + ry * z);
    const double y2 = p[1] + s * (rz * x + y - rx * z);
    const double z2 = p[2] + s * (-ry * x + rx * y + z);
    const double a2 = 6378137;
    const double f2 = 1 / 298.257222101;
    const double e22 = f2 * (2 - f2);
    const double r = std::hypot(x2, y2);
    double phi = std::atan2(z2, r * (1 - e22));
    for (int i = 0; i < 20; ++i) {
        const double n2 = a2 / std::sqrt(1 - e22 * std::sin(phi) * std::sin(phi));
        phi = std::atan2(z2 + e22 * n2 * std::sin(phi), r);
    }
    return {std::atan2(y2, x2) / kRadians, phi / kRadians};
}

TEST(DatumShift, SevenParametersAreThePositionVectorFormula) {
    const geo::DatumShift shift = layers::parseSevenParameters("-12.5, 103.25,41,0.8,-1.1,2.05,-3.5");
    for (const geo::Coordinate& place : {geo::Coordinate{102, 30}, {97.4, 34.1}, {100.25, 28}}) {
        geo::Path path{place};
        const geo::Transform xian("EPSG:4610", shift);
        EXPECT_FALSE(xian.isIdentity());
        xian.apply(path);
        const geo::Coordinate expected = helmertByHand(place, 6378140, 298.257, shift.parameters);
        EXPECT_NEAR(path[0].x, expected.x, 1e-10);
        EXPECT_NEAR(path[0].y, expected.y, 1e-10);
        const geo::Path back = xian.applyInverse(path);
        EXPECT_NEAR(back[0].x, place.x, 1e-8); // rotations are taken as small: not quite their own inverse
        EXPECT_NEAR(back[0].y, place.y, 1e-8);
        path = {place};
        geo::Transform("EPSG:4214", shift).apply(path);
        const geo::Coordinate beijing = helmertByHand(place, 6378245, 298.3, shift.parameters);
        EXPECT_NEAR(path[0].x, beijing.x, 1e-10);
        EXPECT_NEAR(path[0].y, beijing.y, 1e-10);
    }
}

TEST(DatumShift, FourParametersAreTheFormulaOnEastingsWithoutZoneNumber) {
    const geo::DatumShift shift = layers::parsePlaneParameters("60.5,-4.25,3.2,k=1.0000125");
    EXPECT_NEAR(shift.parameters[3], 12.5, 1e-6);
    const double angle = 3.2 / 3600 * kRadians;
    const double k = 1.0000125;
    const double east = 403031.16;
    const double north = 3265105.998;
    const double east2 = 60.5 + k * (east * std::cos(angle) + north * std::sin(angle));
    const double north2 = -4.25 + k * (north * std::cos(angle) - east * std::sin(angle));
    geo::Path expected{{34e6 + east2, north2}};
    geo::Transform("EPSG:4522").apply(expected);
    geo::Path withPrefix{{34e6 + east, north}};
    geo::Transform("EPSG:2358", shift).apply(withPrefix);
    geo::Path without{{east, north}};
    geo::Transform("EPSG:2379", shift).apply(without);
    for (const geo::Path& path : {withPrefix, without}) {
        EXPECT_NEAR(path[0].x, expected[0].x, 1e-10);
        EXPECT_NEAR(path[0].y, expected[0].y, 1e-10);
    }
    EXPECT_THROW(geo::Transform("EPSG:4610", shift), geo::Error);
}

TEST(DatumShift, WhatIsNotParametersIsRefused) {
    for (const char* text : {"", "1,2", "1,2,3,4", "1,2,3,4,5,6,x", "1,2,3,4,5,6,7,8", "nan,1,2"}) {
        EXPECT_NE(tests::errorOf([&] { static_cast<void>(layers::parseSevenParameters(text)); }), "") << text;
    }
    for (const char* text : {"", "1,2,3", "1,2,3,k=", "1,2,3,k=2", "1,2,3,20000", "1,2,3,4,5"}) {
        EXPECT_NE(tests::errorOf([&] { static_cast<void>(layers::parsePlaneParameters(text)); }), "") << text;
    }
    EXPECT_EQ(layers::parseSevenParameters("1,2,3").parameters, (std::array<double, 7>{1, 2, 3}));
}

TEST(DatumShift, IsUsedAndTold) {
    Reading reading(
        {34403031.16, 3265105.998, esriZone("Xian_1980_3_Degree_GK_Zone_34", 34500000, 102), "", 1});
    reading.options.positions = {layers::parseSevenParameters("10,100,40,0,0,0,0"), layers::MapShift::None,
                                 "--datum"};
    const auto result = reading.read();
    const auto* told = tests::problemOf(result.problems, ProblemKind::CrsAssumed);
    ASSERT_NE(told, nullptr);
    EXPECT_NE(told->textZh.find("坐标基准由用户参数转换"), std::string::npos) << told->textZh;
    EXPECT_NE(result.report.crsReason.find("user's parameters"), std::string::npos);
    EXPECT_EQ(tests::problemOf(result.problems, ProblemKind::CrsSuspicious), nullptr);
    const auto plain = [&] {
        reading.options.positions = {
            {geo::DatumShift::Kind::AsIs, {}}, layers::MapShift::None, "--crs-as-is"};
        return reading.read();
    }();
    const auto* forced = tests::problemOf(plain.problems, ProblemKind::CrsAssumed);
    ASSERT_NE(forced, nullptr);
    EXPECT_NE(forced->textZh.find("坐标基准未统一，结果仅供参考"), std::string::npos) << forced->textZh;
    const geo::Box a = result.records.at(0).shape.box();
    const geo::Box b = plain.records.at(0).shape.box();
    EXPECT_GT(std::hypot(a.minX - b.minX, a.minY - b.minY), 3e-4); // 100 m and not nothing
    EXPECT_LT(std::hypot(a.minX - b.minX, a.minY - b.minY), 2e-3);
}

TEST(DatumShift, AbsurdParametersAreSuspicious) {
    Reading reading({102, 30, "", "EPSG:4610"});
    reading.options.positions = {layers::parseSevenParameters("10,100,40,0,0,900,0"), layers::MapShift::None,
                                 "--datum"};
    EXPECT_NE(tests::problemOf(reading.read().problems, ProblemKind::CrsSuspicious), nullptr);
}

TEST(DatumShift, IsRefusedWhereTheDatumIsCgcs2000) {
    Reading reading({102, 30, "", "EPSG:4490"});
    reading.options.positions = {layers::parseSevenParameters("10,100,40"), layers::MapShift::None,
                                 "--datum"};
    EXPECT_NE(reading.error().find("--datum"), std::string::npos) << reading.error();
}

TEST(ProfileSettings, EncodingAndDatumOfANamedProfileAreUsedAndTold) {
    const tests::TemporaryFolder folder;
    tests::ShapefileBytes shapefile = shapefileOf({102, 30, "", ""});
    shapefile.columns = {{"BHBH", 'C', 10}, {"MC", 'C', 10}};
    shapefile.rows = {{"a1", "\xbf\xb5\xb6\xa8"}}; // 康定: too few bytes to disprove the language driver
    shapefile.languageDriver = 0x03;
    shapefile.write(folder.path() / "t.shp");
    const auto profiles =
        layers::parseProfiles("profile: 州局旧库\ntitle: t\nroles: [changes]\nsignature: [BHBH]\n"
                              "encoding: GBK\ndatum: 10,100,40,0,0,0,0\n"
                              "fields:\n  id: BHBH\n  activity: {const: A99}\n",
                              "p.yaml");
    layers::ReadOptions options;
    options.role = Role::Changes;
    options.crs = "EPSG:4610";
    options.profiles = {&profiles.front()};
    const auto result = tests::patchesOf(folder.path() / "t.shp", options);
    EXPECT_EQ(result.records.at(0).raw.at(1), "康定");
    EXPECT_EQ(result.report.encoding, "GB18030");
    EXPECT_EQ(result.report.encodingReason, "given by profile 州局旧库");
    EXPECT_NE(result.report.crsReason.find("profile 州局旧库"), std::string::npos) << result.report.crsReason;
    options.encoding = "CP1252"; // the command line wins
    EXPECT_EQ(tests::patchesOf(folder.path() / "t.shp", options).report.encodingReason,
              "given by --encoding");
}

TEST(ProfileSettings, FaultsAreNamedWithTheirLine) {
    const std::string head = "profile: p\nroles: [changes]\nsignature: [A]\nfields: {id: A}\n";
    for (const char* line :
         {"encoding: UTF-16\n", "datum: 1,2\n", "plane: 1,2,3,k=9\n", "datum: 1,2,3\nplane: 1,2,3,4\n"}) {
        const std::string error =
            tests::errorOf([&] { static_cast<void>(layers::parseProfiles(head + line, "p.yaml")); });
        EXPECT_NE(error.find("p.yaml"), std::string::npos) << line << error;
        EXPECT_NE(error.find(std::string(line).ends_with("plane: 1,2,3,4\n") ? "p.yaml:6" : "p.yaml:5"),
                  std::string::npos)
            << line << error;
    }
}

} // namespace
