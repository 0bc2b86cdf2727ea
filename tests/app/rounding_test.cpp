#include "app/check/list_rows.hpp"
#include "app/check/rounding.hpp"

#include <cmath>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

namespace {

using app::roundedToSum;
using app::unitsToSum;

TEST(Rounding, GivesWhatIsMissingToTheLargestRemainder) {
    EXPECT_EQ(roundedToSum({1.0 / 3, 1.0 / 3, 1.0 / 3}, 1.0, 2), (std::vector<double>{0.34, 0.33, 0.33}));
    EXPECT_EQ(roundedToSum({0.126, 0.125, 0.749}, 1.0, 2), (std::vector<double>{0.13, 0.12, 0.75}));
    EXPECT_EQ(roundedToSum({}, 0.0, 4), std::vector<double>{});
}

TEST(Rounding, ATieGoesToTheEarlierValue) {
    EXPECT_EQ(unitsToSum(std::vector<double>{0.5, 0.5, 0.5, 0.5}, 1, 2),
              (std::vector<std::int64_t>{1, 1, 0, 0}));
}

TEST(Rounding, MeetsATotalThatDoesNotFit) {
    EXPECT_EQ(unitsToSum(std::vector<double>{1, 1}, 1, 7), (std::vector<std::int64_t>{4, 3}));
    EXPECT_EQ(unitsToSum(std::vector<double>{1, 1}, 1, -1), (std::vector<std::int64_t>{0, -1}));
}

TEST(Rounding, NeverPrintsANegativeZero) {
    EXPECT_FALSE(std::signbit(app::rounded(-0.00001, 4)));
    EXPECT_FALSE(std::signbit(app::hectaresOf(0)));
    for (const double value : roundedToSum({-1e-9, 1e-9}, 0.0, 4)) {
        EXPECT_FALSE(std::signbit(value) && value == 0);
    }
}

TEST(Rounding, AddsUpAndStaysWithinAUnit) {
    std::mt19937_64 random(20261124);
    std::uniform_real_distribution<double> areas(0, 5000);
    for (int run = 0; run < 2000; ++run) {
        std::vector<double> values(1 + random() % 12);
        for (double& value : values) {
            value = areas(random);
        }
        const double total = std::accumulate(values.begin(), values.end(), 0.0);
        const std::int64_t units = app::toUnits(total, 1);
        const std::vector<std::int64_t> printed = unitsToSum(values, 1, units);
        ASSERT_EQ(std::accumulate(printed.begin(), printed.end(), std::int64_t{0}), units);
        for (std::size_t i = 0; i < values.size(); ++i) {
            ASSERT_LE(std::abs(static_cast<double>(printed[i]) - values[i]), 1.0 + 1e-9);
        }
    }
}

} // namespace
