#include "layers/error.hpp"
#include "layers/profile.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using layers::Role;
using layers::ZoneKind;
using Fields = std::vector<std::string>;

/// The shipped profile that a reader picks: of those that fit, the one whose signature says most; names of
/// several that say as much are joined by '+'.
std::string fitting(Role role, const Fields& fields) {
    std::string best;
    std::size_t most = 0;
    for (const auto& profile : layers::shippedProfiles()) {
        if (profile.takesAnything || !profileFits(profile, role, fields) || profile.signature.size() < most) {
            continue;
        }
        best = profile.signature.size() > most ? profile.name : best + "+" + profile.name;
        most = profile.signature.size();
    }
    return best;
}

const layers::ProfileField& fieldOf(const std::string& profile, const std::string& target) {
    for (const auto& candidate : layers::shippedProfiles()) {
        if (candidate.name == profile && layers::profileField(candidate, target) != nullptr) {
            return *layers::profileField(candidate, target);
        }
    }
    throw std::runtime_error(profile + " has no " + target);
}

std::string wordOf(const layers::ProfileField& field, const std::string& value) {
    const auto translation = layers::translate(field, value);
    return translation ? translation->word : "(unknown)";
}

TEST(ShippedProfiles, AreSound) {
    const auto& profiles = layers::shippedProfiles();
    EXPECT_EQ(profiles.back().name, "generic");
    EXPECT_TRUE(profiles.back().takesAnything);
    std::set<std::string> names;
    for (const auto& profile : profiles) {
        EXPECT_FALSE(profile.title.empty()) << profile.name;
        EXPECT_FALSE(profile.roles.empty()) << profile.name;
        EXPECT_TRUE(names.insert(profile.name).second) << profile.name << " stands twice";
        EXPECT_EQ(layers::loadProfile(profile.name).name, profile.name);
    }
}

TEST(ShippedProfiles, EveryZoneProfileSaysWhereTheKindComesFrom) {
    for (const auto& profile : layers::shippedProfiles()) {
        const Role role = profile.roles.front();
        if (profile.takesAnything || role == Role::Changes || role == Role::Admin) {
            continue;
        }
        const auto* kind = layers::profileField(profile, "kind");
        ASSERT_NE(kind, nullptr) << profile.name;
        EXPECT_TRUE(!kind->constant.empty() || kind->required) << profile.name;
        if (role == Role::RedLine) {
            EXPECT_EQ(kind->constant, "ECR") << profile.name;
        }
        if (role == Role::Water) {
            EXPECT_EQ(kind->constant, "DWS") << profile.name;
        }
    }
}

TEST(ShippedProfiles, FitTheLayersOfTheField) {
    EXPECT_EQ(fitting(Role::Changes, {"图斑编号", "变化类型", "前时相", "后时相", "面积"}), "bench-changes");
    EXPECT_EQ(fitting(Role::RedLine, {"红线编码", "红线名称", "红线类型", "所在县"}), "bench-redline");
    EXPECT_EQ(fitting(Role::Reserve, {"保护区编号", "保护区名称", "级别", "功能区"}), "bench-reserve");
    EXPECT_EQ(fitting(Role::Water, {"水源编号", "水源地名称", "水源类型", "保护区级别"}), "bench-water");
    const Fields platform{"CODE", "YJLX", "BHDLX", "BHDJB", "SHENG", "SHI",   "XIAN", "CUN",  "GNFQ", "JCSJ",
                          "ZXJD", "ZXWD", "MJ",    "HXQMJ", "HCQMJ", "SYQMJ", "TBBH", "JCPC", "SJY"};
    EXPECT_EQ(fitting(Role::Changes, platform), "platform-changes");
    EXPECT_EQ(fitting(Role::Changes, {"code", "yjlx", "tbbh", "cd", "hxqcd"}), "platform-roads");
    EXPECT_EQ(fitting(Role::Changes, {"原图斑编号", "人类活动类型", "面积(公顷)"}), "names-changes");
    EXPECT_EQ(fitting(Role::Changes, {"图斑编号", "人类活动类"}), "names-changes"); // cut by DBF
    const Fields redline2018{"BMS",    "XZQHDM", "YSDM", "ZDSTXTFWGN", "HXLX",      "LXBM",
                             "BHDMC",  "BHDJB",  "HXMM", "HXBM",       "STXTYZBLX", "ZYRWHDLX",
                             "STHJWT", "GKCS",   "TBBM", "TBMJ",       "BZ",        "GNFQ"};
    EXPECT_EQ(fitting(Role::RedLine, redline2018), "redline-2018");
    EXPECT_EQ(fitting(Role::RedLine, {"BSM", "YSDM", "XZQDM", "XZQMC", "LHDM", "LHLX"}), "redline-stbhhx");
    EXPECT_EQ(fitting(Role::Reserve, {"BHDMC", "BHDLX", "BHDJB", "GNFQ"}), "reserve-platform");
    EXPECT_EQ(fitting(Role::Reserve, {"BHDMC", "GNFQ"}),
              "reserve-platform"); // the reader then misses the kind
    EXPECT_EQ(fitting(Role::Reserve, {"WF_ZRBHD_M", "GNFQ"}), "reserve-forestry");
    EXPECT_EQ(fitting(Role::Reserve, {"自然保护区名称", "功能分区"}), "names-nature-reserve");
    EXPECT_EQ(fitting(Role::Reserve, {"保护地名称", "保护地类型", "功能分区"}), "names-reserve");
    EXPECT_EQ(fitting(Role::Water, {"SYDMC", "SYDLX", "BHQJB", "PFWH", "PFSJ", "SZX", "GSRK"}),
              "water-office");
    EXPECT_EQ(fitting(Role::Water, {"水源地名称", "保护区级别"}), "names-water");
    EXPECT_EQ(fitting(Role::Admin, {"adcode", "name", "area_km2"}), "admin-adcode");
    EXPECT_EQ(fitting(Role::Admin, {"XZQDM", "XZQMC"}), "admin-survey");
    EXPECT_EQ(fitting(Role::Admin, {"PAC", "NAME"}), "admin-survey");
    EXPECT_EQ(fitting(Role::Admin, {"县代码", "县名称"}), "admin-names");
    EXPECT_EQ(fitting(Role::Admin, {"NAME"}), "admin-names-only");
    EXPECT_EQ(fitting(Role::Reserve, {"NAME", "CLASS"}), "");
    EXPECT_EQ(fitting(Role::Changes, {}), "");
    EXPECT_EQ(fitting(Role::Admin, platform), "admin-names-only"); // XIAN: county names in a patch table
}

TEST(ShippedProfiles, FamilyGivesAllOfThem) {
    EXPECT_EQ(layers::loadProfiles("bench").size(), 4U);
    EXPECT_EQ(layers::loadProfiles("generic").size(), 1U);
    EXPECT_EQ(layers::loadProfiles("redline-2018").size(), 1U);
}

struct WordCase {
    std::string value;
    std::string word;
};

class ActivityWord : public testing::TestWithParam<WordCase> {};

TEST_P(ActivityWord, BecomesACode) {
    EXPECT_EQ(wordOf(fieldOf("platform-changes", "activity"), GetParam().value), GetParam().word)
        << GetParam().value;
}

const std::vector<WordCase> kActivityWords{
    // the 2014 guide's codes, letters and names
    {"01", "A08"},
    {"02", "A09"},
    {"03", "A02"},
    {"04", "A01"},
    {"05", "A03"},
    {"06", "A05"},
    {"07", "A06"},
    {"08", "A07"},
    {"09", "A06"},
    {"10", "A10"},
    {"1", "A08"},
    {"9", "A06"},
    {"NT", "A08"},
    {"JM", "A09"},
    {"GK", "A02"},
    {"CS", "A01"},
    {"NY", "A03"},
    {"LY", "A05"},
    {"JT", "A06"},
    {"YZ", "A07"},
    {"dl", "A06"},
    {"QT", "A10"},
    {"农业用地", "A08"},
    {"居民点", "A09"},
    {"工矿用地", "A02"},
    {"采石场", "A01"},
    {"能源设施", "A03"},
    {"旅游设施", "A05"},
    {"交通设施", "A06"},
    {"养殖场", "A07"},
    {"道路", "A06"},
    {"其他人工设施", "A10"},
    // ours
    {"A01", "A01"},
    {"a14", "A14"},
    {"A99", "A99"},
    {"排污口", "A11"},
    {"林草植被破坏", "A12"},
    {"采伐", "A12"},
    {"固废堆放填埋", "A13"},
    {"生态修复", "A14"},
    {"不明", "A99"},
    // free text of domain.md 1.4
    {"疑似采石", "A01"},
    {"河道采砂", "A01"},
    {"砂石场扩建", "A01"},
    {"取土", "A01"},
    {"弃土场", "A13"},
    {"弃渣", "A13"},
    {"料场", "A01"},
    {"尾矿库", "A01"},
    {"探矿槽", "A01"},
    {"洗选厂", "A01"},
    {"搅拌站", "A02"},
    {"水电站厂房", "A02"},
    {"某水电", "A03"},
    {"光伏", "A04"},
    {"风电", "A04"},
    {"110kV变电站", "A04"},
    {"光伏电站", "A04"},
    {"酒店", "A05"},
    {"民宿", "A05"},
    {"景区", "A05"},
    {"索道", "A05"},
    {"景区停车场", "A05"},
    {"营地", "A05"},
    {"公路", "A06"},
    {"施工便道", "A06"},
    {"隧道口", "A06"},
    {"公路弃渣场", "A13"},
    {"桥", "A06"},
    {"房屋", "A09"},
    {"彩钢棚", "A10"},
    {"大棚", "A08"},
    {"牧道", "A06"},
    {"圈舍", "A07"},
    {"鱼塘", "A07"},
    {"网箱养鱼", "A07"},
    // the head of a compound stands last; of several things the graver counts
    {"采石场道路", "A06"},
    {"旅游公路", "A06"},
    {"道路、采矿", "A01"},
    {"房屋；砂石场", "A01"},
    {"建筑垃圾", "A13"},
    {"防火道路", "A06"},
    {"管护站", "A14"},
    // full width, spaces
    {"　０４　", "A01"},
    {" 采石场 ", "A01"},
    {"11", "(unknown)"},
    {"00", "(unknown)"},
    {"冰川", "(unknown)"},
    {"", "(unknown)"},
    {"　", "(unknown)"},
};

INSTANTIATE_TEST_SUITE_P(Words, ActivityWord, testing::ValuesIn(kActivityWords));

TEST(Translate, SaysWhatElseAWordMayMean) {
    const auto& activity = fieldOf("platform-changes", "activity");
    EXPECT_EQ(layers::translate(activity, "能源设施")->others, Fields{"A04"});
    const auto listed = layers::translate(activity, "道路、采矿、道路");
    EXPECT_TRUE(listed->byContainment);
    EXPECT_EQ(listed->word, "A01");
    EXPECT_EQ(listed->others, Fields{"A06"});
    EXPECT_TRUE(layers::translate(activity, "采石场")->others.empty());
}

TEST(Translate, ChangesLevelsClassesAndKinds) {
    const auto& change = fieldOf("platform-changes", "change");
    EXPECT_EQ(wordOf(change, "1"), "new");
    EXPECT_EQ(wordOf(change, "2"), "grown");
    EXPECT_EQ(wordOf(change, "3"), "reduced");
    EXPECT_EQ(wordOf(change, "减少/恢复"), "reduced");
    EXPECT_EQ(wordOf(change, "规模扩大"), "grown");
    EXPECT_EQ(wordOf(change, "无变化"), "unchanged");
    EXPECT_EQ(wordOf(change, "7"), "(unknown)");
    const auto& level = fieldOf("reserve-platform", "level");
    EXPECT_EQ(wordOf(level, "G"), "国家级");
    EXPECT_EQ(wordOf(level, "S"), "省级");
    EXPECT_EQ(wordOf(level, "C"), "市级");
    EXPECT_EQ(wordOf(level, "州级"), "市级");
    EXPECT_EQ(wordOf(level, "x"), "县级");
    const auto& zoneClass = fieldOf("reserve-platform", "class");
    for (const char* word :
         {"核心区", "缓冲区", "实验区", "核心保护区", "一般控制区", "未分区", "非保护地", "核心景区"}) {
        EXPECT_EQ(wordOf(zoneClass, word), word);
    }
    EXPECT_EQ(wordOf(zoneClass, "外围保护地带"), "(unknown)"); // an error for the reader, never a default
    EXPECT_EQ(wordOf(zoneClass, "核心"), "(unknown)");         // 核心区 or 核心保护区: not certain
    const auto& kind = fieldOf("reserve-platform", "kind");
    EXPECT_EQ(wordOf(kind, "国家级自然保护区"), "NR");
    EXPECT_EQ(wordOf(kind, "国家公园"), "NP");
    EXPECT_EQ(wordOf(kind, "国家湿地公园"), "ZG");
    EXPECT_EQ(wordOf(kind, "国家级风景名胜区"), "FJ");
    EXPECT_EQ(wordOf(kind, "国家草原自然公园"), "ZG");
    EXPECT_EQ(wordOf(kind, "01"), "(unknown)");
    EXPECT_EQ(wordOf(kind, "自然保护小区"), "(unknown)");
    const auto& water = fieldOf("water-office", "class");
    EXPECT_EQ(wordOf(water, "一级"), "一级");
    EXPECT_EQ(wordOf(water, "Ⅱ级"), "二级");
    EXPECT_EQ(wordOf(water, "准保护区"), "准");
    EXPECT_EQ(wordOf(water, "某某饮用水源地一级保护区"), "一级");
    const auto& county = fieldOf("admin-names-only", "code");
    EXPECT_EQ(wordOf(county, "康定"), "513301");
    EXPECT_EQ(wordOf(county, "康定县"), "513301");
    EXPECT_EQ(wordOf(county, "甘孜县"), "513328");
    EXPECT_EQ(wordOf(county, "甘孜州"), "(unknown)");
}

TEST(Translate, EveryKindWordOfAParkHasAType) {
    const auto& kind = fieldOf("reserve-platform", "kind");
    const auto& type = fieldOf("reserve-platform", "type");
    for (const auto& [word, ours] : kind.words) {
        if (ours != "ECR" && ours != "DWS") {
            EXPECT_NE(wordOf(type, word), "(unknown)") << word;
        }
    }
    EXPECT_EQ(wordOf(type, "国家湿地公园"), "湿地公园");
}

TEST(Translate, WithoutADictionaryGivesTheTextBack) {
    EXPECT_EQ(wordOf(fieldOf("platform-changes", "id"), " TB 01 "), "TB 01");
    EXPECT_EQ(wordOf(fieldOf("platform-changes", "id"), "  "), "(unknown)");
}

TEST(Translate, DefaultsServeMappedFields) {
    EXPECT_EQ(wordOf(layers::defaultField(Role::Water, "class"), "二级保护区"), "二级");
    EXPECT_EQ(wordOf(layers::defaultField(Role::Reserve, "class"), "核心区"), "核心区");
    EXPECT_EQ(wordOf(layers::defaultField(Role::Reserve, "kind"), "自然保护区"), "NR");
    EXPECT_EQ(wordOf(layers::defaultField(Role::Changes, "activity_detail"), "铁矿"), "A01");
    EXPECT_EQ(wordOf(layers::defaultField(Role::Changes, "id"), "7"), "7");
    const auto words = layers::dictionaryWords(layers::defaultField(Role::Water, "class"));
    EXPECT_EQ(std::set<std::string>(words.begin(), words.end()),
              (std::set<std::string>{"一级", "二级", "准"}));
}

TEST(ZoneClass, FollowsTheKind) {
    EXPECT_EQ(layers::zoneClassOf(ZoneKind::RedLine, "", ""), "红线");
    EXPECT_EQ(layers::zoneClassOf(ZoneKind::RedLine, "非保护地", ""), "红线");
    EXPECT_EQ(layers::zoneClassOf(ZoneKind::NaturePark, "一般控制区", "湿地公园"), "湿地公园");
    EXPECT_EQ(layers::zoneClassOf(ZoneKind::NaturePark, "", ""), "自然公园");
    EXPECT_EQ(layers::zoneClassOf(ZoneKind::NatureReserve, "缓冲区", "自然保护区"), "缓冲区");
    EXPECT_EQ(layers::zoneClassOf(ZoneKind::NatureReserve, "非保护地", ""), layers::kNoZoneClass);
    EXPECT_EQ(layers::zoneClassOf(ZoneKind::WaterSource, "准", ""), "准");
    EXPECT_EQ(layers::zoneClassOf(ZoneKind::NatureReserve, "", "自然保护区"), ""); // for the caller to tell
}

TEST(AreaUnit, ComesFromTheFieldsNameFirst) {
    const auto& area = fieldOf("names-changes", "area");
    EXPECT_EQ(layers::areaUnitOf(area, "面积(公顷)"), "ha");
    EXPECT_EQ(layers::areaUnitOf(area, "面积（平方米）"), "m2");
    EXPECT_EQ(layers::areaUnitOf(area, "面积亩"), "mu");
    EXPECT_EQ(layers::areaUnitOf(area, "面积"), "");
    EXPECT_EQ(layers::areaUnitOf(fieldOf("platform-changes", "area"), "MJ"), "ha");
    EXPECT_EQ(layers::areaUnitOf(fieldOf("bench-changes", "area"), "面积"), "m2");
    EXPECT_EQ(layers::areaUnitOf(fieldOf("platform-changes", "area"), "AREA_M2"), "m2");
}

} // namespace
