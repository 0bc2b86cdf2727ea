// What a .dbf's text is read as: bytes × language driver × .cpg × --encoding, and what is said of it.

#include "layers/dbf_file.hpp"
#include "layers/encoding.hpp"
#include "tests/support/reading.hpp"
#include "tests/support/recode.hpp"
#include "tests/support/shapefile_bytes.hpp"
#include "tests/support/shared_data.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace {

using layers::ProblemKind;

constexpr std::uint8_t kNoDriver = 0;
constexpr std::uint8_t kLatinDriver = 0x03; // cp1252
constexpr std::uint8_t kAnsiDriver = 0x57;  // what GDAL writes for ISO-8859-1
constexpr std::uint8_t kGbkDriver = 0x4D;
constexpr std::uint8_t kBig5Driver = 0x78;

enum class Text { Simplified, Traditional, Portuguese, Ascii, TwoCharacters, OneRow };

struct Case {
    const char* name;
    Text text;
    const char* bytes; ///< encoding that the bytes are in
    std::uint8_t driver;
    const char* cpg;
    const char* given;
    const char* decided; ///< what is expected
    const char* reason;
    std::optional<ProblemKind> told; ///< none: nothing need be said
    bool right = true;               ///< the text comes out as it went in
};

constexpr auto kNothing = std::nullopt;
constexpr auto kGuessed = ProblemKind::EncodingGuessed;
constexpr auto kDoubtful = ProblemKind::EncodingDoubtful;
constexpr const char* kCpg = "from .cpg";
constexpr const char* kDriver = "language driver of the .dbf";
constexpr const char* kBytes = "from the bytes";
constexpr const char* kGiven = "given by --encoding";

// One row each; the bytes of a label that lies stand beside what a good program reads.
const Case kCases[] = {
    {"gbk_unlabelled", Text::Simplified, "GBK", kNoDriver, "", "", "GB18030", kBytes, kGuessed},
    {"gbk_ldid_gbk", Text::Simplified, "GBK", kGbkDriver, "", "", "GB18030", kDriver, kNothing},
    {"gbk_ldid_ansi", Text::Simplified, "GBK", kAnsiDriver, "", "", "GB18030", kBytes, kGuessed},
    {"gbk_ldid_latin", Text::Simplified, "GBK", kLatinDriver, "", "", "GB18030", kBytes, kDoubtful},
    {"gbk_ldid_big5", Text::Simplified, "GBK", kBig5Driver, "", "", "GB18030", kBytes, kDoubtful},
    {"gbk_cpg_gbk", Text::Simplified, "GBK", kNoDriver, "GBK", "", "GB18030", kCpg, kNothing},
    {"gbk_cpg_936_ldid_latin", Text::Simplified, "GBK", kLatinDriver, "936", "", "GB18030", kCpg, kNothing},
    {"gbk_cpg_utf8", Text::Simplified, "GBK", kNoDriver, "UTF-8", "", "GB18030", kBytes, kDoubtful},
    {"gbk_cpg_utf8_ldid_gbk", Text::Simplified, "GBK", kGbkDriver, "UTF-8", "", "GB18030", kBytes, kDoubtful},
    {"gbk_cpg_88591", Text::Simplified, "GBK", kAnsiDriver, "ISO-8859-1", "", "GB18030", kBytes, kDoubtful},
    {"gbk_cpg_utf16", Text::Simplified, "GBK", kNoDriver, "UTF-16", "", "GB18030", kBytes, kDoubtful},
    {"gbk_given", Text::Simplified, "GBK", kLatinDriver, "UTF-8", "GBK", "GB18030", kGiven, kNothing},
    {"gbk_given_wrong", Text::Simplified, "GBK", kGbkDriver, "", "UTF-8", "UTF-8", kGiven, kDoubtful, false},
    {"gb18030_rare", Text::OneRow, "GB18030", kNoDriver, "GB18030", "", "GB18030", kCpg, kNothing},
    {"utf8_unlabelled", Text::Simplified, "UTF-8", kNoDriver, "", "", "UTF-8", kBytes, kGuessed},
    {"utf8_cpg_utf8", Text::Simplified, "UTF-8", kNoDriver, "UTF-8", "", "UTF-8", kCpg, kNothing},
    {"utf8_cpg_gbk", Text::Simplified, "UTF-8", kNoDriver, "GBK", "", "UTF-8", kBytes, kDoubtful},
    {"utf8_ldid_gbk", Text::Simplified, "UTF-8", kGbkDriver, "", "", "UTF-8", kBytes, kDoubtful},
    {"utf8_ldid_latin", Text::Simplified, "UTF-8", kLatinDriver, "", "", "UTF-8", kBytes, kDoubtful},
    {"utf8_given_gbk", Text::Simplified, "UTF-8", kNoDriver, "", "GBK", "GB18030", kGiven, kDoubtful, false},
    {"big5_unlabelled", Text::Traditional, "BIG5", kNoDriver, "", "", "BIG5", kBytes, std::nullopt},
    {"big5_cpg_big5", Text::Traditional, "BIG5", kNoDriver, "BIG5", "", "BIG5", kCpg, kNothing},
    {"big5_ldid_950", Text::Traditional, "BIG5", kBig5Driver, "", "", "BIG5", kDriver, kNothing},
    {"big5_ldid_gbk", Text::Traditional, "BIG5", kGbkDriver, "", "", "BIG5", kBytes, kDoubtful},
    {"big5_cpg_utf8", Text::Traditional, "BIG5", kNoDriver, "UTF-8", "", "BIG5", kBytes, kDoubtful},
    {"latin_ldid_latin", Text::Portuguese, "CP1252", kLatinDriver, "", "", "CP1252", kDriver, kNothing},
    {"latin_cpg_88591", Text::Portuguese, "CP1252", kNoDriver, "ISO-8859-1", "", "ISO-8859-1", kCpg,
     kNothing},
    {"latin_utf8_under_latin", Text::Portuguese, "UTF-8", kLatinDriver, "", "", "UTF-8", kBytes, kDoubtful},
    {"ascii", Text::Ascii, "UTF-8", kNoDriver, "", "", "UTF-8", "ASCII only", kNothing},
    {"ascii_ldid_gbk", Text::Ascii, "UTF-8", kGbkDriver, "", "", "GB18030", kDriver, kNothing},
    {"two_characters_cpg_latin", Text::TwoCharacters, "GBK", kNoDriver, "1252", "", "CP1252", kCpg, kDoubtful,
     false},
};

struct Table {
    std::string heading;
    std::vector<std::string> values;
};

Table tableOf(Text text) {
    switch (text) {
    case Text::Simplified:
        return {"名称", {"康定市", "丹巴县采石场", "雅江县公路", "道孚县", "炉霍县", "理塘县"}};
    case Text::Traditional:
        return {"名稱", {"康定縣", "丹巴縣採礦場", "雅江縣水電站", "道孚縣", "爐霍縣", "甘孜縣"}};
    case Text::Portuguese:
        return {"NOME", {"São Félix", "Terra Indígena Apyterewa", "ESTAÇÃO ECOLÓGICA", "Não há", "Área"}};
    case Text::Ascii:
        return {"NAME", {"Kangding", "Danba"}};
    case Text::TwoCharacters:
        return {"NAME", {"康定"}};
    case Text::OneRow:
        return {"NAME", {"𠮷𠮷㐂"}};
    }
    return {};
}

class EncodingDoctor : public testing::TestWithParam<Case> {};

TEST_P(EncodingDoctor, DecidesAndSaysSo) {
    const Case& c = GetParam();
    const Table table = tableOf(c.text);
    const tests::TemporaryFolder folder;
    tests::ShapefileBytes shapefile;
    shapefile.columns = {{tests::encoded(table.heading, c.bytes), 'C', 40}};
    for (const std::string& value : table.values) {
        shapefile.rows.push_back({tests::encoded(value, c.bytes)});
    }
    shapefile.languageDriver = c.driver;
    shapefile.cpg = c.cpg;
    shapefile.write(folder.path() / "t.shp");
    layers::ReadOptions options = tests::genericOptions(layers::Role::Changes);
    options.crs = "EPSG:4490";
    options.encoding = c.given;
    const auto result = tests::patchesOf(folder.path() / "t.shp", options);
    EXPECT_EQ(result.report.encoding, c.decided);
    EXPECT_EQ(result.report.encodingReason, c.reason);
    ASSERT_EQ(result.records.size(), table.values.size());
    std::vector<std::string> read;
    for (const layers::Patch& patch : result.records) {
        read.push_back(patch.raw[0]);
    }
    EXPECT_EQ(read == table.values && result.report.fields[0] == table.heading, c.right)
        << result.report.fields[0] << ' ' << read[0];
    const layers::Problem* guessed = tests::problemOf(result.problems, kGuessed);
    const layers::Problem* doubtful = tests::problemOf(result.problems, kDoubtful);
    const bool isBig5Guess = std::string(c.decided) == "BIG5" && std::string(c.reason) == kBytes;
    if (c.told == kDoubtful) {
        EXPECT_NE(doubtful, nullptr);
    } else if (!isBig5Guess) { // whether Big5 is doubtful depends on whether GB18030 reads clean, too
        EXPECT_EQ(doubtful, nullptr) << doubtful->textEn;
        EXPECT_EQ(guessed != nullptr, c.told == kGuessed);
    } else {
        EXPECT_TRUE(guessed != nullptr || doubtful != nullptr);
    }
    if (c.text == Text::Ascii) {
        EXPECT_TRUE(result.report.encodingSamples.empty());
    } else {
        ASSERT_FALSE(result.report.encodingSamples.empty());
        EXPECT_LE(result.report.encodingSamples.size(), 5U);
        const auto& values = result.report.encodingSamples;
        EXPECT_NE(std::find(values.begin(), values.end(), read[0]), values.end());
    }
}

INSTANTIATE_TEST_SUITE_P(Labels, EncodingDoctor, testing::ValuesIn(kCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(EncodingFromBytes, AFewGbkCharactersThatHappenToBeUtf8AreDoubtful) {
    const auto decision = layers::encodingFromBytes({"\xD2\xBB"}); // 一, or U+04BB
    EXPECT_EQ(decision.name, "GB18030");
    EXPECT_TRUE(decision.doubtful);
}

TEST(EncodingFromBytes, AccentsAmongLettersAreUtf8AlthoughGbkReadsThemAsEverydayHan) {
    const std::vector<std::string> words{"Amazônia", "Gaúcha do Norte", "Marcelândia", "Querência", "IGUAÇU"};
    const auto decision = layers::encodingFromBytes(words);
    EXPECT_EQ(decision.name, "UTF-8");
    EXPECT_FALSE(decision.doubtful);
    const auto labelled = layers::encodingFromLabel("UTF-8", kCpg, words);
    EXPECT_EQ(labelled.name, "UTF-8");
    EXPECT_EQ(labelled.reason, kCpg);
    EXPECT_EQ(labelled.overruled, "");
}

TEST(RealEncoding, TheLabelOfAlertsFromBrazilStands) {
    SKIP_WITHOUT_SHARED();
    const layers::ReadOptions options = tests::genericOptions(layers::Role::Changes);
    const auto alerts =
        tests::patchesOf(tests::sharedFolder() / "data/mapbiomas-alerta-xingu/Alertas_Outros.shp", options);
    EXPECT_EQ(alerts.report.encoding, "UTF-8");
    EXPECT_EQ(alerts.report.encodingReason, kCpg);
    EXPECT_EQ(alerts.report.encodingSamples.at(0), "Amazônia");
}

TEST(EncodingFromBytes, Big5ThatGb18030ReadsTooIsDecidedByCharactersAndDoubtful) {
    const std::string big5 = tests::encoded("中國 自然 水庫 土地 山林", "BIG5");
    ASSERT_EQ(layers::recoded(big5, "GB18030").faulty, 0U) << "the case wants text that both read";
    const auto decision = layers::encodingFromBytes({big5});
    EXPECT_EQ(decision.name, "BIG5");
    EXPECT_TRUE(decision.doubtful);
}

/// Files of kind 06 of ../shared/data/hostile that have a .shp: Chinese must come out as Chinese, and what
/// was guessed is told, as manifest.csv asks.
TEST(HostileEncoding, NamesWithoutALabelAreReadAndTold) {
    SKIP_WITHOUT_SHARED();
    const auto folder = tests::sharedFolder() / "data/hostile/06-encoding";
    layers::ReadOptions options = tests::genericOptions(layers::Role::Changes);
    options.crs = "EPSG:4490";
    const auto chinese = tests::patchesOf(folder / "nts_chinese_encoding.shp", options);
    EXPECT_EQ(chinese.report.encoding, "GB18030");
    EXPECT_EQ(chinese.report.encodingReason, kDriver); // it names GBK itself
    EXPECT_EQ(chinese.report.encodingSamples.size(), 5U);
    bool county = false;
    for (const layers::Patch& patch : chinese.records) {
        for (const std::string& value : patch.raw) {
            EXPECT_EQ(value.find("\uFFFD"), std::string::npos) << value;
            county = county || value.ends_with("县") || value.ends_with("市") || value.ends_with("区");
        }
    }
    EXPECT_TRUE(county);
    const auto codepage = tests::patchesOf(folder / "shpjs_codepage.shp", options);
    EXPECT_EQ(codepage.records.size(), 2U);
    EXPECT_FALSE(codepage.report.encodingSamples.empty());
    for (const std::string& sample : codepage.report.encodingSamples) {
        EXPECT_EQ(sample.find("\uFFFD"), std::string::npos) << sample;
    }
}

/// The tables of kind 06 without a .shp, as manifest.csv asks: no silent mojibake, no crash.
TEST(HostileEncoding, TablesAlone) {
    SKIP_WITHOUT_SHARED();
    const auto folder = tests::sharedFolder() / "data/hostile/06-encoding";
    layers::ProblemLog log("changes", "big5.dbf");
    layers::DbfFile big5(folder / "mapshaper_big5.dbf", log);
    big5.decideEncoding({}, "", log);
    EXPECT_EQ(big5.encoding().name, "BIG5");
    EXPECT_EQ(big5.values(0, log), (std::vector<std::string>{"繁體國語"}));
    EXPECT_FALSE(log.take().empty());
    layers::ProblemLog log16("changes", "utf16.dbf");
    layers::DbfFile utf16(folder / "mapshaper_utf16.dbf", log16);
    utf16.decideEncoding(folder / "mapshaper_utf16.cpg", "", log16);
    EXPECT_EQ(utf16.fields().size(), 2U);
    const auto told = log16.take();
    EXPECT_NE(tests::problemOf(told, kDoubtful), nullptr);
}

/// Columns so narrow that most texts are cut inside a character: UTF-8 all the same, for it gives the words.
TEST(EncodingDoctor, Utf8ThatIsMostlyCut) {
    std::vector<std::string> samples;
    constexpr std::size_t kWidth = 10; // three characters and the first byte of another
    for (const std::string text :
         {"甘孜藏族自治州", "泸定县国有林场", "水电站建设工程", "道路施工弃渣场", "采石场扩建"}) {
        samples.push_back(text.substr(0, kWidth));
    }
    samples.emplace_back("道路");
    layers::EncodingDecision decision = layers::encodingFromBytes(samples);
    EXPECT_EQ(decision.name, "UTF-8");
    EXPECT_TRUE(decision.guessed);
    samples.emplace_back("\xFF\xFE"); // one sample that no encoding has
    EXPECT_EQ(layers::encodingFromBytes(samples).name, "UTF-8");
    // The same texts in GBK, cut at odd places, stay GB18030.
    std::vector<std::string> gbk;
    for (const std::string text :
         {"甘孜藏族自治州", "泸定县国有林场", "水电站建设工程", "道路施工弃渣场", "采石场扩建"}) {
        gbk.push_back(tests::encoded(text, "GBK").substr(0, kWidth - 1));
    }
    EXPECT_EQ(layers::encodingFromBytes(gbk).name, "GB18030");
}

/// A name as a Shapefile keeps it: ten bytes, inside a character or not.
std::string tenBytes(const std::string& name) {
    constexpr std::size_t kNameBytes = 10;
    return name.substr(0, kNameBytes);
}

TEST(FieldNames, CutToTenBytesAreFound) {
    const tests::TemporaryFolder folder;
    tests::ShapefileBytes shapefile;
    shapefile.columns = {
        {tenBytes("图斑编号")}, {tenBytes("活动类型")}, {"后时相", 'N', 8}, {tenBytes("图斑面积")}};
    shapefile.rows = {{"0001", "采石场", " 2024.10", "1.2公顷"}};
    shapefile.cpg = "UTF-8";
    shapefile.write(folder.path() / "t.shp");
    layers::ReadOptions options;
    options.role = layers::Role::Changes;
    options.crs = "EPSG:4490";
    const auto result = tests::patchesOf(folder.path() / "t.shp", options);
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_EQ(result.report.profile, "names-changes");
    EXPECT_EQ(result.records[0].id, "0001");
    EXPECT_EQ(result.records[0].activity, "A01");
    EXPECT_EQ(result.records[0].statedArea, "1.2公顷");
    EXPECT_NE(tests::problemOf(result.problems, ProblemKind::FieldAmbiguous), nullptr)
        << "told, each of them";
    // A number column with two decimals writes 2024.1 so.
    EXPECT_EQ(result.records[0].later.first, std::nullopt);
    const layers::Problem* month = tests::problemOf(result.problems, ProblemKind::ValueUnreadable);
    ASSERT_NE(month, nullptr);
    EXPECT_NE(month->textEn.find("January or October"), std::string::npos) << month->textEn;
}

TEST(FieldNames, ACutNameThatMayBeSeveralIsNone) {
    const layers::ImportProfile profile =
        layers::parseProfiles("profile: p\nroles: [changes]\nsignature: [编号]\nfields:\n  id: {from: 编号}\n"
                              "  activity: {from: [活动类型代码, YJLX]}\n  note: {from: 活动类型说明}\n",
                              "p.yaml")
            .front();
    EXPECT_EQ(layers::fieldsCutTo(profile, "活动类").size(), 2U);
    EXPECT_TRUE(layers::fieldsCutTo(profile, "编号").empty()) << "whole";
    const tests::TemporaryFolder folder;
    tests::ShapefileBytes shapefile;
    shapefile.columns = {{"编号"}, {tenBytes("活动类型说明")}};
    shapefile.rows = {{"0001", "采石场"}};
    shapefile.cpg = "UTF-8";
    shapefile.write(folder.path() / "t.shp");
    layers::ReadOptions options;
    options.role = layers::Role::Changes;
    options.crs = "EPSG:4490";
    options.profiles = {&profile};
    const auto result = tests::patchesOf(folder.path() / "t.shp", options);
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_EQ(result.records[0].activityText, "");
    const layers::Problem* told = tests::problemOf(result.problems, ProblemKind::FieldAmbiguous);
    ASSERT_NE(told, nullptr);
    EXPECT_EQ(told->severity, layers::Severity::Warning);
    EXPECT_NE(told->doneEn.find("activity, note"), std::string::npos) << told->doneEn;
}

} // namespace
