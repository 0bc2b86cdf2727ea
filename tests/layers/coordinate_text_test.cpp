#include "layers/coordinate_text.hpp"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace {

using layers::CoordinateKind;
using layers::parseCoordinate;
using layers::parseCoordinatePair;

constexpr double kMinute = 1.0 / 60;
constexpr double kSecond = 1.0 / 3600;
constexpr double kLongitude = 101 + 57 * kMinute + 36 * kSecond; // 101.96

struct Notation {
    std::string text;
    double value;
    CoordinateKind kind;
    double precision;
    int zone = 0;
};

TEST(CoordinateText, EveryNotation) {
    using K = CoordinateKind;
    const std::vector<Notation> notations{
        {"101.96", 101.96, K::Degrees, 0.01},
        {" 101.960000 ", 101.96, K::Degrees, 1e-6},
        {"+30.05", 30.05, K::Degrees, 0.01},
        {"-30.05", -30.05, K::Degrees, 0.01},
        {"−30.05", -30.05, K::Degrees, 0.01},
        {"101", 101, K::Degrees, 1},
        {".5", 0.5, K::Degrees, 0.1},
        {"101.96°", 101.96, K::Degrees, 0.01},
        {"101.96度", 101.96, K::Degrees, 0.01},
        {"116°43'16.8618\"", 116 + 43 * kMinute + 16.8618 * kSecond, K::Degrees, 1e-4 * kSecond},
        {"101°57′36″", kLongitude, K::Degrees, kSecond},
        {"101° 57′ 36″", kLongitude, K::Degrees, kSecond},
        {"101º57'36''", kLongitude, K::Degrees, kSecond},
        {"101°57’36”", kLongitude, K::Degrees, kSecond},
        {"101˚57´36˝", kLongitude, K::Degrees, kSecond},
        {"１０１°５７′３６″", kLongitude, K::Degrees, kSecond},
        {"１０１度５７＇３６＂", kLongitude, K::Degrees, kSecond},
        {"１０１．９６", 101.96, K::Degrees, 0.01},
        {"101度57分36秒", kLongitude, K::Degrees, kSecond},
        {"101度57分36.0秒", kLongitude, K::Degrees, 0.1 * kSecond},
        {"101度57.6分", kLongitude, K::Degrees, 0.1 * kMinute},
        {"101度57分", 101.95, K::Degrees, kMinute},
        {"101°57.6′", kLongitude, K::Degrees, 0.1 * kMinute},
        {"101°57.6", kLongitude, K::Degrees, 0.1 * kMinute},
        {"101°57′36", kLongitude, K::Degrees, kSecond},
        {"101-57-36", kLongitude, K::Degrees, kSecond},
        {"101-57-36.5", kLongitude + 0.5 * kSecond, K::Degrees, 0.1 * kSecond},
        {"101 57 36", kLongitude, K::Degrees, kSecond},
        {"101　57　36", kLongitude, K::Degrees, kSecond},
        {"101:57:36", kLongitude, K::Degrees, kSecond},
        {"101 57.6", kLongitude, K::Degrees, 0.1 * kMinute},
        {"101-57", 101.95, K::Degrees, kMinute},
        {"N30°12′", 30.2, K::Latitude, kMinute},
        {"30.2N", 30.2, K::Latitude, 0.1},
        {"30.2 n", 30.2, K::Latitude, 0.1},
        {"30.2S", -30.2, K::Latitude, 0.1},
        {"W50.5", -50.5, K::Longitude, 0.1},
        {"E101.96", 101.96, K::Longitude, 0.01},
        {"101.96E", 101.96, K::Longitude, 0.01},
        {"101°57′36″E", kLongitude, K::Longitude, kSecond},
        {"Ｅ１０１°５７′３６″", kLongitude, K::Longitude, kSecond},
        {"东经101度57分36秒", kLongitude, K::Longitude, kSecond},
        {"东经：101.96", 101.96, K::Longitude, 0.01},
        {"东经101.96E", 101.96, K::Longitude, 0.01},
        {"北纬30°12′", 30.2, K::Latitude, kMinute},
        {"30.2°北", 30.2, K::Latitude, 0.1},
        {"纬度=30.2", 30.2, K::Latitude, 0.1},
        {"LON 101.96", 101.96, K::Longitude, 0.01},
        {"101,9612", 101.9612, K::Degrees, 1e-4},
        {"101,96", 101.96, K::Degrees, 0.01},
        {"1.0196000E+02", 101.96, K::Degrees, 1e-5},
        {"34500000", 34500000, K::Easting, 1, 34},
        {"34500000.000", 34500000, K::Easting, 1e-3, 34},
        {"17789525.463", 17789525.463, K::Easting, 1e-3, 17},
        {"34,500,000.00", 34500000, K::Easting, 1e-2, 34},
        {"500000.5", 500000.5, K::Metres, 0.1},
        {"500,000.5", 500000.5, K::Metres, 0.1},
        {"3320113.398", 3320113.398, K::Metres, 1e-3},
        {"3,320,113", 3320113, K::Metres, 1},
        {"3320113米", 3320113, K::Metres, 1},
        {"X=3320113", 3320113, K::Metres, 1},
        {"Y=34500000", 34500000, K::Easting, 1, 34},
        {"N3320113", 3320113, K::Northing, 1},
        {"E500000", 500000, K::Easting, 1},
    };
    for (const Notation& notation : notations) {
        const layers::CoordinateReading reading = parseCoordinate(notation.text);
        ASSERT_TRUE(reading.value) << notation.text << ": " << reading.reasonEn;
        EXPECT_NEAR(reading.value->value, notation.value, 1e-9) << notation.text;
        EXPECT_EQ(reading.value->kind, notation.kind) << notation.text;
        EXPECT_NEAR(reading.value->precision, notation.precision, 1e-12) << notation.text;
        EXPECT_EQ(reading.value->zone, notation.zone) << notation.text;
    }
}

struct Refusal {
    std::string text;
    std::string reason; ///< a part of it
};

TEST(CoordinateText, WhatDoesNotFitHasAReason) {
    const std::vector<Refusal> refusals{
        {"", "no number"},
        {"  ", "no number"},
        {"无", "not a coordinate"},
        {"E", "no number"},
        {"nan", "not a coordinate"},
        {"101 .25", "no digit before the decimal point"},
        {"inf", "not a coordinate"},
        {"101°60′00″", "minutes are 60"},
        {"101°57′60″", "seconds are 60"},
        {"101-75-36", "minutes are 60"},
        {"101 57 99", "seconds are 60"},
        {"181", "out of range"},
        {"180°00′01″", "out of range"},
        {"N90.5", "out of range"},
        {"95N", "out of range"},
        {"3320.113", "kilometres"},
        {"34500.000", "kilometres"},
        {"12000000", "zone number"},
        {"24500000", "zone number"},
        {"46500000", "zone number"},
        {"1.2345E+19", "zone number"},
        {"3.45E+07", "lost in the exponent"},
        {"1.0E+02", "lost in the exponent"},
        {"-34500000", "negative"},
        {"101.96.5", "cannot be read"},
        {"101..96", "cannot be read"},
        {"57′36″", "not in order"},
        {"101°36″", "not in order"},
        {"101°57′36′", "not in order"},
        {"101.5°57′", "may have decimals"},
        {"101°57.5′36″", "may have decimals"},
        {"101-57 36", "not a coordinate"},
        {"101--57", "not a coordinate"},
        {"101-57-", "not a coordinate"},
        {"101 57 36 30", "more than one"},
        {"101.96,30.05", "more than one"},
        {"101,30", "comma"},
        {"30,050", "comma"},
        {"E101N", "contradict"},
        {"-101.5W", "hemisphere"},
        {"-101.5E", "hemisphere"},
        {"5米", "six digits"},
        {"101.96abc", "not a coordinate"},
        {"约101.96", "not a coordinate"},
        {"\xB6\xAB\xBE\xAD"
         "101",
         "not a coordinate"}, // 东经 in GBK
        {std::string(300, '1'), "too long"},
        {std::string(60, '1'), "cannot be read"},
        {std::string("101\0", 4), "not a coordinate"},
    };
    for (const Refusal& refusal : refusals) {
        const layers::CoordinateReading reading = parseCoordinate(refusal.text);
        EXPECT_FALSE(reading.value) << refusal.text;
        EXPECT_NE(reading.reasonEn.find(refusal.reason), std::string::npos)
            << refusal.text << ": " << reading.reasonEn;
        EXPECT_FALSE(reading.reasonZh.empty()) << refusal.text;
    }
}

struct Pair {
    std::string text;
    double x;
    double y;
    bool byValue;
    bool yFirst;
};

TEST(CoordinateText, TwoInOneCell) {
    const std::vector<Pair> pairs{
        {"101.96,30.05", 101.96, 30.05, true, false},
        {"30.05,101.96", 101.96, 30.05, true, true},
        {"30,101.96", 101.96, 30, true, true},
        {"101.96, 30.05", 101.96, 30.05, true, false},
        {"101.96，30.05", 101.96, 30.05, true, false},
        {"101.96、30.05", 101.96, 30.05, true, false},
        {"101.96;30.05", 101.96, 30.05, true, false},
        {"101,96;30,05", 101.96, 30.05, true, false},
        {"101.96/30.05", 101.96, 30.05, true, false},
        {"101.96 30.05", 101.96, 30.05, true, false},
        {"(101.96, 30.05)", 101.96, 30.05, true, false},
        {"85.2, 30.1", 85.2, 30.1, true, false},
        {"30.1, 85.2", 85.2, 30.1, true, true},
        {"-150.5,30.1", -150.5, 30.1, true, false},
        {"101°57′36″E, 30°03′N", kLongitude, 30.05, false, false},
        {"30°03′N 101°57′36″E", kLongitude, 30.05, false, true},
        {"101°57′36″E30°03′N", kLongitude, 30.05, false, false},
        {"E101°57′36″ N30°03′", kLongitude, 30.05, false, false},
        {"E101°57′36″N30°03′", kLongitude, 30.05, false, false},
        {"北纬30度3分，东经101度57分36秒", kLongitude, 30.05, false, true},
        {"北纬30度3分东经101度57分36秒", kLongitude, 30.05, false, true},
        {"经度：101.96 纬度：30.05", 101.96, 30.05, false, false},
        {"101°57′36″ 30°03′00″", kLongitude, 30.05, true, false},
        {"101°57′36″30°03′00″", kLongitude, 30.05, true, false},
        {"101 57 36 30 03 00", kLongitude, 30.05, true, false},
        {"101-57-36 30-03-00", kLongitude, 30.05, true, false},
        {"101-57-36,30-03-00", kLongitude, 30.05, true, false},
        {"E101.96,30.05", 101.96, 30.05, false, false},
        {"101.96\n30.05", 101.96, 30.05, true, false},
        {"X=3320113 Y=34500000", 34500000, 3320113, false, true},
        {"X=3320113.398,Y=34500000.000", 34500000, 3320113.398, false, true},
        {"34500000,3320113", 34500000, 3320113, false, false},
        {"500000.1, 3320113.2", 500000.1, 3320113.2, true, false},
        {"3320113.2, 500000.1", 500000.1, 3320113.2, true, true},
    };
    for (const Pair& pair : pairs) {
        const layers::CoordinatePairReading reading = parseCoordinatePair(pair.text);
        ASSERT_TRUE(reading.pair) << pair.text << ": " << reading.reasonEn;
        EXPECT_NEAR(reading.pair->x.value, pair.x, 1e-9) << pair.text;
        EXPECT_NEAR(reading.pair->y.value, pair.y, 1e-9) << pair.text;
        EXPECT_EQ(reading.pair->byValue, pair.byValue) << pair.text;
        EXPECT_EQ(reading.pair->yFirst, pair.yFirst) << pair.text;
    }
}

TEST(CoordinateText, APairThatDoesNotSayItsAxesIsRefused) {
    const std::vector<Refusal> refusals{
        {"", "not a pair"},
        {"101.96", "not a pair"},
        {"101.96,", "not a pair"},
        {"10.5,20.5", "no telling"},
        {"30.05,30.06", "no telling"},
        {"500000,600000", "no telling"},
        {"3320113,3320114", "no telling"},
        {"E101,E102", "one axis"},
        {"N30,30N", "one axis"},
        {"34500000,34500001", "one axis"},
        {"101.96,30.05,4200", "more than two"},
        {"101.1,30.1;101.2,30.2", "more than two"},
        {"101.96,3320113", "in degrees and one in metres"},
        {"101°75′,30°03′", "minutes are 60"},
        {"E30,101.96", "above 90"},
        {"101 57 30", "not a pair"},
    };
    for (const Refusal& refusal : refusals) {
        const layers::CoordinatePairReading reading = parseCoordinatePair(refusal.text);
        EXPECT_FALSE(reading.pair) << refusal.text;
        EXPECT_NE(reading.reasonEn.find(refusal.reason), std::string::npos)
            << refusal.text << ": " << reading.reasonEn;
    }
}

TEST(CoordinateText, AnyPiecesGiveAValueInRangeOrAReason) {
    const std::vector<std::string_view> pieces{
        "1", "30",   "101",  "57", "36.5", ".",  ",",   "-",        " ",    "°", "′", "″",  "E",
        "N", "东经", "北纬", ":",  "X=",   "度", "E+0", "34500000", "\xFF", "'", ";", "米", "0"};
    std::mt19937 random(3); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts on every run
    std::size_t read = 0;
    for (int n = 0; n < 200000; ++n) {
        std::string text;
        for (std::size_t k = 1 + random() % 9; k > 0; --k) {
            text += pieces[random() % pieces.size()];
        }
        const layers::CoordinateReading one = parseCoordinate(text);
        ASSERT_NE(one.value.has_value(), !one.reasonEn.empty()) << text;
        if (one.value) {
            ++read;
            ASSERT_GT(one.value->precision, 0) << text;
            ASSERT_LE(std::abs(one.value->value), isInDegrees(one.value->kind) ? 180 : 46e6) << text;
        }
        const layers::CoordinatePairReading two = parseCoordinatePair(text);
        ASSERT_NE(two.pair.has_value(), !two.reasonEn.empty()) << text;
        if (two.pair && isInDegrees(two.pair->y.kind)) {
            ASSERT_LE(std::abs(two.pair->y.value), 90) << text;
        }
    }
    EXPECT_GT(read, 1000U);
}

} // namespace
