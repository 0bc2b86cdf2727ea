// Which version of a zone layer holds on which day, and what a batch's name says of its code.

#include "layers/project/batch_store.hpp"
#include "layers/project/zone_store.hpp"

#include <gtest/gtest.h>

namespace {

using layers::ZoneVersion;

ZoneVersion version(const std::string& layer, int number, const std::string& from,
                    const std::string& to = {}) {
    ZoneVersion made;
    made.layer = layer;
    made.number = number;
    made.validFrom = from;
    made.validTo = to;
    return made;
}

layers::Day day(const char* iso) {
    return layers::dayFromIso(iso).value();
}

/// The number of the version of the layer that holds on a day; 0 for none.
int holds(const std::vector<ZoneVersion>& versions, const std::string& layer, const char* iso) {
    int number = 0;
    for (const layers::ZonePeriod& period : layers::zonePeriods(versions)) {
        if (period.version->layer == layer && period.first <= day(iso) && day(iso) <= period.last) {
            EXPECT_EQ(number, 0) << "two versions hold on " << iso;
            number = period.version->number;
        }
    }
    return number;
}

TEST(ZonePeriods, aVersionHoldsUntilTheDayBeforeTheNextOne) {
    const std::vector<ZoneVersion> versions{version("红线", 1, "2018-07-01"),
                                            version("红线", 2, "2022-10-14"), version("水源", 1, "")};
    EXPECT_EQ(holds(versions, "红线", "2022-10-13"), 1);
    EXPECT_EQ(holds(versions, "红线", "2022-10-14"), 2);
    EXPECT_EQ(holds(versions, "水源", "1999-01-01"), 1);
}

TEST(ZonePeriods, theFirstVersionIsSetBackAndSaysSo) {
    const std::vector<ZoneVersion> versions{version("红线", 1, "2018-07-01"),
                                            version("红线", 2, "2022-10-14")};
    EXPECT_EQ(holds(versions, "红线", "2017-01-01"), 1);
    const auto periods = layers::zonePeriods(versions);
    ASSERT_EQ(periods.size(), 2U);
    EXPECT_TRUE(periods[0].isBeforeItself);
    EXPECT_FALSE(periods[1].isBeforeItself);
}

TEST(ZonePeriods, aGapIsAGap) {
    const std::vector<ZoneVersion> versions{version("水源", 1, "2010-01-01", "2019-12-31"),
                                            version("水源", 2, "2021-01-01")};
    EXPECT_EQ(holds(versions, "水源", "2019-12-31"), 1);
    EXPECT_EQ(holds(versions, "水源", "2020-06-01"), 0);
    EXPECT_EQ(holds(versions, "水源", "2021-01-01"), 2);
}

TEST(ZonePeriods, ofTwoThatBeginOnOneDayTheLaterReadOneHolds) {
    const std::vector<ZoneVersion> versions{version("红线", 1, "2022-10-14"),
                                            version("红线", 2, "2022-10-14")};
    EXPECT_EQ(holds(versions, "红线", "2024-01-01"), 2);
    EXPECT_EQ(holds(versions, "红线", "2020-01-01"), 2);
}

TEST(ZonePeriods, anOlderVersionReadLaterTakesItsPlaceInTime) {
    const std::vector<ZoneVersion> versions{version("红线", 1, "2022-10-14"),
                                            version("红线", 2, "2018-07-01")};
    EXPECT_EQ(holds(versions, "红线", "2020-01-01"), 2);
    EXPECT_EQ(holds(versions, "红线", "2024-01-01"), 1);
}

TEST(ZonePeriods, withdrawnVersionsAndCountiesAreLeftOut) {
    std::vector<ZoneVersion> versions{version("红线", 1, "2018-07-01"), version("红线", 2, "2022-10-14"),
                                      version("县界", 1, "")};
    versions[1].withdrawnAt = "2026-01-01";
    versions[2].role = layers::Role::Admin;
    EXPECT_EQ(holds(versions, "红线", "2024-01-01"), 1);
    EXPECT_EQ(holds(versions, "县界", "2024-01-01"), 0);
}

TEST(BatchCode, isToldFromTheUsualNames) {
    for (const auto& [name, code] :
         std::initializer_list<std::pair<const char*, const char*>>{{"2026年第2批", "2026B2"},
                                                                    {"2026年度第02批次", "2026B2"},
                                                                    {"绿盾2026年第十二批", "2026B12"},
                                                                    {"2026年第二十批", "2026B20"},
                                                                    {"2026-2", "2026B2"},
                                                                    {"2026B7", "2026B7"},
                                                                    {"2026年第3期", "2026B3"},
                                                                    {"春季", ""},
                                                                    {"2026年", ""},
                                                                    {"第2批", ""},
                                                                    {"", ""}}) {
        EXPECT_EQ(layers::batchCodeFrom(name), code) << name;
    }
    EXPECT_TRUE(layers::isBatchCode("2026B12"));
    for (const char* wrong :
         {"2026B0", "2026b1", "26B1", "2026B12345", "2026B1-", "2026B1'; DROP TABLE cases", ""}) {
        EXPECT_FALSE(layers::isBatchCode(wrong)) << wrong;
    }
}

} // namespace
