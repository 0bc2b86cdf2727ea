#include "layers/error.hpp"
#include "layers/profile.hpp"

#include <string>

#include <gtest/gtest.h>

namespace {

using layers::Role;

/// The message of the Error that `work` throws; empty when it throws none.
template <typename Work>
std::string errorOf(Work work) {
    try {
        work();
    } catch (const layers::Error& e) {
        return e.what();
    }
    return {};
}

TEST(Profile, ShippedOnesAreSound) {
    const auto& profiles = layers::shippedProfiles();
    ASSERT_GE(profiles.size(), 5U);
    EXPECT_EQ(profiles.back().name, "generic");
    EXPECT_TRUE(profiles.back().takesAnything);
    for (const auto& profile : profiles) {
        EXPECT_FALSE(profile.title.empty()) << profile.name;
        EXPECT_FALSE(profile.roles.empty()) << profile.name;
    }
}

TEST(Profile, BenchFitsItsLayers) {
    const auto profile = layers::loadProfile("bench-changes");
    EXPECT_TRUE(profileFits(profile, Role::Changes, {"图斑编号", "变化类型", "前时相", "后时相", "面积"}));
    EXPECT_FALSE(profileFits(profile, Role::Reserve, {"图斑编号", "变化类型", "前时相", "后时相", "面积"}));
    EXPECT_FALSE(profileFits(profile, Role::Changes, {"图斑编号", "前时相", "后时相", "面积"}));
    EXPECT_EQ(layers::loadProfiles("bench").size(), 4U);
    ASSERT_NE(profileField(profile, "area"), nullptr);
    EXPECT_EQ(profileField(profile, "area")->unit, "m2");
}

TEST(Profile, BenchWords) {
    const auto changes = layers::loadProfile("bench-changes");
    const auto* activity = layers::profileField(changes, "activity");
    ASSERT_NE(activity, nullptr);
    const std::vector<std::pair<std::string, std::string>> words{
        {"采石采矿", "A01"}, {"水电开发", "A03"}, {"道路建设", "A06"},     {"旅游设施", "A05"},
        {"房屋建设", "A09"}, {"工业用地", "A02"}, {"其他人工设施", "A10"},
    };
    for (const auto& [source, ours] : words) {
        const auto translated = layers::translate(*activity, source);
        ASSERT_TRUE(translated.has_value()) << source;
        EXPECT_EQ(translated->word, ours) << source;
        EXPECT_FALSE(translated->byContainment) << source;
    }
    const auto water = layers::loadProfile("bench-water");
    const auto* zoneClass = layers::profileField(water, "class");
    EXPECT_EQ(layers::translate(*zoneClass, "一级保护区")->word, "一级");
    EXPECT_EQ(layers::translate(*zoneClass, "二级保护区")->word, "二级");
    EXPECT_EQ(layers::translate(*zoneClass, "准保护区")->word, "准");
    EXPECT_FALSE(layers::translate(*zoneClass, "三级保护区").has_value());
    EXPECT_EQ(layers::profileField(water, "kind")->constant, "DWS");
}

TEST(Profile, UnknownNameListsTheShippedOnes) {
    const std::string message = errorOf([] { (void)layers::loadProfile("no-such"); });
    EXPECT_NE(message.find("no-such"), std::string::npos);
    EXPECT_NE(message.find("bench-changes"), std::string::npos);
}

TEST(Profile, SeveralWhereOneIsAskedForIsAnError) {
    const std::string message = errorOf([] { (void)layers::loadProfile("bench"); });
    EXPECT_NE(message.find("bench-redline"), std::string::npos);
}

} // namespace
