#include "layers/error.hpp"
#include "layers/profile.hpp"
#include "layers/settings.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

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

/// A file that is gone after the test.
class TextFile {
  public:
    TextFile(const std::string& name, const std::string& text)
        : m_path(std::filesystem::path(testing::TempDir()) / name) {
        std::ofstream(m_path, std::ios::binary) << text;
    }
    ~TextFile() { std::filesystem::remove(m_path); }
    TextFile(const TextFile&) = delete;
    TextFile& operator=(const TextFile&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

  private:
    std::filesystem::path m_path;
};

const std::string kGood = "profile: mine\n"
                          "title: 我的方案\n"
                          "roles: [changes]\n"
                          "signature: [NO, \"WHAT|KIND\"]\n"
                          "fields:\n"
                          "  id: NO\n"
                          "  activity:\n"
                          "    from: [WHAT, KIND]\n"
                          "    dictionary: activity\n"
                          "    words: {A13: [采石场], A05: [玻璃栈道]}\n"
                          "    contains: [{A11: [暗管]}]\n"
                          "    required: true\n"
                          "  batch: {const: 2026年第2批}\n"
                          "  area: {from: MJ, unit: mu}\n";

TEST(ProfileYaml, ReadsAUsersProfile) {
    const TextFile file("mine.yaml", kGood);
    const auto profile = layers::loadProfile(file.path().string());
    EXPECT_EQ(profile.name, "mine");
    EXPECT_EQ(profile.roles, std::vector<layers::Role>{layers::Role::Changes});
    EXPECT_TRUE(layers::profileFits(profile, layers::Role::Changes, {"no", "kind"}));
    EXPECT_FALSE(layers::profileFits(profile, layers::Role::Changes, {"no"}));
    EXPECT_EQ(layers::profileField(profile, "id")->sources, std::vector<std::string>{"NO"});
    EXPECT_EQ(layers::profileField(profile, "batch")->constant, "2026年第2批");
    EXPECT_EQ(layers::profileField(profile, "area")->unit, "mu");
    const auto* activity = layers::profileField(profile, "activity");
    EXPECT_TRUE(activity->required);
    EXPECT_EQ(layers::translate(*activity, "采石场")->word, "A13"); // the profile's own words come first
    EXPECT_EQ(layers::translate(*activity, "玻璃栈道")->word, "A05");
    EXPECT_EQ(layers::translate(*activity, "疑似暗管")->word, "A11");
    EXPECT_EQ(layers::translate(*activity, "鱼塘")->word, "A07"); // then the dictionary's
    EXPECT_EQ(layers::profileField(profile, "note"), nullptr);
}

struct FaultCase {
    std::string name;
    std::string yaml;
    std::string place;  ///< "line:column:" of the fault
    std::string saying; ///< part of the message
};

class ProfileFault : public testing::TestWithParam<FaultCase> {};

TEST_P(ProfileFault, IsNamedWithLineAndColumn) {
    const std::string message = errorOf([] { (void)layers::parseProfiles(GetParam().yaml, "p.yaml"); });
    EXPECT_NE(message.find("p.yaml:" + GetParam().place), std::string::npos) << message;
    EXPECT_NE(message.find(GetParam().saying), std::string::npos) << message;
}

/// A sound profile with these fields.
std::string withFields(const std::string& fields) {
    return "profile: p\nroles: [reserve]\nsignature: [A]\nfields:\n" + fields;
}

const std::vector<FaultCase> kFaults{
    {"Syntax", "profile: [a\nroles: b: c\n", "2:", "YAML"},
    {"UnknownKey", "profile: p\nroles: [water]\nsignatur: [A]\nfields: {id: A}\n", "3:1:", "signatur"},
    {"UnknownRole", "profile: p\nroles: [lakes]\nsignature: [A]\nfields: {id: A}\n", "2:8:", "lakes"},
    {"UnknownTarget", withFields("  id: A\n  colour: B\n"), "6:3:", "colour"},
    {"UnknownFieldKey", withFields("  id: {form: A}\n"), "5:8:", "form"},
    {"NothingToReadFrom", withFields("  id: {required: true}\n"), "5:7:", "from"},
    {"UnknownDictionary", withFields("  class: {from: A, dictionary: classes}\n"), "5:32:", "water_class"},
    {"UnknownUnit", "profile: p\nroles: [changes]\nsignature: [A]\nfields:\n  area: {from: A, unit: acre}\n",
     "5:25:", "acre"},
    {"BadKind", withFields("  kind: {const: RESERVE}\n"), "5:3:", "RESERVE"},
    {"BadActivity",
     "profile: p\nroles: [changes]\nsignature: [A]\nfields:\n  activity: {from: A, words: {A15: [x]}}\n",
     "5:3:", "A15"},
    {"BadChange",
     "profile: p\nroles: [changes]\nsignature: [A]\nfields:\n  change: {from: A, words: {新增: [x]}}\n",
     "5:3:", "新增"},
    {"BadFlag", withFields("  id: {from: A, required: maybe}\n"), "5:27:", "true"},
    {"DoubleField", withFields("  id: A\n  id: B\n"), "6:3:", "id"},
    {"DoubleKey", "profile: p\nprofile: q\nroles: [water]\nsignature: [A]\nfields: {id: A}\n",
     "2:1:", "profile"},
    {"NoName", "roles: [water]\nsignature: [A]\nfields: {id: A}\n", "1:1:", "profile"},
    {"NoSignature", "profile: p\nroles: [water]\nfields: {id: A}\n", "1:1:", "signature"},
    {"NoFields", "profile: p\nroles: [water]\nsignature: [A]\n", "1:1:", "fields"},
    {"NotAMap", "- a\n- b\n", "1:1:", "map"},
    {"WordsNotAMap", withFields("  class: {from: A, words: [核心区]}\n"), "5:27:", "words"},
    {"ContainsEmpty", withFields("  class: {from: A, contains: [{核心区: [\" \"]}]}\n"), "5:", "匹配一切"},
    {"TwoOfAName",
     "profile: p\nroles: [water]\nsignature: [A]\nfields: {id: A}\n---\nprofile: p\nroles: [water]\n"
     "signature: [A]\nfields: {id: A}\n",
     "6:1:", "two profiles"},
};

INSTANTIATE_TEST_SUITE_P(All, ProfileFault, testing::ValuesIn(kFaults),
                         [](const auto& fault) { return fault.param.name; });

TEST(ProfileYaml, TellsAllFaultsAtOnce) {
    const std::string message = errorOf(
        [] { (void)layers::parseProfiles(withFields("  colour: A\n  kind: {const: X}\n"), "p.yaml"); });
    EXPECT_NE(message.find("p.yaml:5:3:"), std::string::npos) << message;
    EXPECT_NE(message.find("p.yaml:6:3:"), std::string::npos) << message;
}

TEST(ProfileYaml, HostileTextsAreErrors) {
    const std::vector<std::string> texts{"",
                                         "\n\n",
                                         "null",
                                         "42",
                                         std::string(100000, '['),
                                         "\xFF\xFE\x00\x01",
                                         "profile: &a [*a]",
                                         "profile: p\nroles: {a: b}\nsignature: {c: d}\nfields: []",
                                         "? [a, b]\n: c\n",
                                         "fields: {[a]: b}\nprofile: {}\nroles: []"};
    for (const std::string& text : texts) {
        EXPECT_FALSE(errorOf([&] { (void)layers::parseProfiles(text, "p.yaml"); }).empty())
            << text.substr(0, 40);
    }
}

TEST(ProfileYaml, UnknownNameListsTheShippedOnes) {
    const std::string message = errorOf([] { (void)layers::loadProfile("no-such"); });
    EXPECT_NE(message.find("no-such"), std::string::npos);
    EXPECT_NE(message.find("bench-changes"), std::string::npos);
    EXPECT_FALSE(errorOf([] { (void)layers::loadProfile(testing::TempDir()); }).empty()); // a folder
}

TEST(ProfileYaml, SeveralWhereOneIsAskedForIsAnError) {
    const std::string message = errorOf([] { (void)layers::loadProfile("bench"); });
    EXPECT_NE(message.find("bench-redline"), std::string::npos);
}

layers::Settings settingsOf(const std::string& yaml) {
    const TextFile file("settings.yaml", yaml);
    return layers::readSettings(file.path());
}

TEST(Settings, EveryMemberHasItsRow) {
    layers::Settings changed;
    for (const auto& info : layers::settingInfos()) {
        EXPECT_GE(changed.*(info.member), info.least) << info.name;
        EXPECT_LE(changed.*(info.member), info.most) << info.name;
        changed.*(info.member) = -1;
    }
    // Doubles and nothing else: a member without a row would be neither printed nor settable.
    EXPECT_EQ(layers::settingInfos().size() * sizeof(double), sizeof(layers::Settings));
    const auto* values = reinterpret_cast<const double*>(&changed);
    for (std::size_t i = 0; i < layers::settingInfos().size(); ++i) {
        EXPECT_EQ(values[i], -1) << i;
    }
}

TEST(Settings, FileGoesOverTheDefaults) {
    const auto settings = settingsOf("near_m: 80\nhit_share: 0.1 # a tenth\n");
    EXPECT_EQ(settings.nearM, 80);
    EXPECT_EQ(settings.hitShare, 0.1);
    EXPECT_EQ(settings.hitAreaM2, layers::Settings{}.hitAreaM2);
    EXPECT_EQ(settingsOf(""), layers::Settings{});
    EXPECT_EQ(settingsOf("# nothing\n"), layers::Settings{});
}

TEST(Settings, PositionErrorJoinsBoth) {
    layers::Settings settings;
    settings.patchErrorM = 3;
    settings.zoneErrorM = 4;
    EXPECT_DOUBLE_EQ(settings.positionErrorM(), 5);
}

TEST(Settings, FaultsAreNamedWithLineAndColumn) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"near_m: 80\nnear: 50\n", "settings.yaml:2:1:"},
        {"near_m: fifty\n", "settings.yaml:1:9:"},
        {"near_m: -1\n", "settings.yaml:1:9:"},
        {"hit_share: 1.5\n", "settings.yaml:1:12:"},
        {"near_m: .nan\n", "settings.yaml:1:9:"},
        {"near_m: .inf\n", "settings.yaml:1:9:"},
        {"near_m: [1]\n", "settings.yaml:1:9:"},
        {"near_m: 1\nnear_m: 2\n", "settings.yaml:2:1:"},
        {"- near_m\n", "settings.yaml:1:1:"},
        {"near_m: 1\n---\nnear_m: 2\n", "settings.yaml:3:1:"},
        {"near_m: [1\n", "settings.yaml:"},
        {"{near_m: 1, ? [a] : 2}\n", "settings.yaml:1:"},
        {"duplicate_share: 0.2\n", "settings.yaml:1:18:"},
    };
    for (const auto& [yaml, place] : cases) {
        const std::string message = errorOf([&yaml = yaml] { (void)settingsOf(yaml); });
        EXPECT_NE(message.find(place), std::string::npos) << yaml << " -> " << message;
    }
    const std::string all = errorOf([] { (void)settingsOf("a: 1\nb: 2\n"); });
    EXPECT_NE(all.find("settings.yaml:1:1:"), std::string::npos);
    EXPECT_NE(all.find("settings.yaml:2:1:"), std::string::npos);
    EXPECT_NE(all.find("near_water_first_m"), std::string::npos); // what there is
    EXPECT_FALSE(errorOf([] { (void)layers::readSettings("/no/such/file.yaml"); }).empty());
}

} // namespace
