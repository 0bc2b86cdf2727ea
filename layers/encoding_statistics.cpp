#include "layers/encoding.hpp"

#include "layers/utf8.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include <uchardet.h>

/// Which encoding raw bytes are in: what they give as characters, not what a label says.
namespace layers {

namespace {

constexpr unsigned char kAsciiEnd = 0x80;
constexpr std::size_t kPercent = 100;
constexpr std::size_t kFamiliarPercent = 40; ///< of the characters, from which a text is everyday Chinese
constexpr std::size_t kFamiliarLeast = 3;    ///< that many everyday characters are no accident
constexpr std::size_t kClearPercent = 30;    ///< by which one reading has to beat another

/// Everyday characters of text, place names and land use, simplified and traditional: right readings are full
/// of them, wrong ones are not.
constexpr std::string_view kFamiliar = "一七万三上下不且世业东两个中丹为主么义之九也习乡书了争事"
                                       "二于五井些产亮亲人什今从他代令以们件任众会伟传似但位住体"
                                       "何作你使來便保信個們候做停備像儿先光入內全八公六兰共关兴"
                                       "其养内再写军农冲决准几出分切刚利别到刻前力办加动劳動務包"
                                       "化北区區十千半南却厂历压原去县又反发取受变口古只叫可史叶"
                                       "号吃各合同名后向吧听告员呢呼命和响員唱問嘎四回因团园围国"
                                       "图國園圖團土在地场坐块坚坝坡型城堂堰報場塔塘壓壩士声处备"
                                       "外多夜够大天太头女她好如子字孚孜学學它完定实家實寨寶对寺"
                                       "导将將對導小少就居屋展属屬山岁岗岛岭岸峡峰島崗嶺川州工己"
                                       "已巴市师带師席常干平年并幾庄库应底店庙府度座庫康廟廠廣廳"
                                       "建开弟张張强当形往很後得德心必志忙快怎思急性总您情想意愛"
                                       "感態應成我战戰房所手才打批找把护报拉拿指採接提收改放政敌"
                                       "教数整文斑斗料新方施旁旅无日早时明星是時晚更書最會月有服"
                                       "望未本术机权李杏村条来杨東松极林果枪柏柳树样核根格桃桑桥"
                                       "梅條森楊業榮樓標樣樹橋機權次歌此步殖每比民气水江池沙沟没"
                                       "河治泉法注泸洞洪洲活流测海深清渐渠測港游湖湾湿準溝溪满灣"
                                       "火炉点為热無然照營爭爱片牛物特玉现現理環甘生產用由电画界"
                                       "當疑發白百的监監直相省看真眼着知石矿研破确確礦社神离种科"
                                       "积称種稱稻積究空穿立站章竹笑第等筑算築类系紅級紧細結給經"
                                       "線編緩縣總红级线细经结给缓编群義習老者而耕聲聽胜脚自至臺"
                                       "與興般船色花苦草荣莊菜華营萬落葉蘭處號行街衛衣表被装裡要"
                                       "見親觀见观觉解記設許語說論講證識護讀變讓认让记讲许论设识"
                                       "话该说读谁谷資走赶起越跑跟路身車軍輕輸轉车转轻農边达过运"
                                       "近还这进连送這通造連進遊運過道達遠選還邊那部都鄉采里重野"
                                       "量銀鋪鋼錄錢鎮鐵钱铺镇長长門開關门问队阳阵阶陣陰陽隊难雅"
                                       "離難雨雪電霍青非面革音領頭題類顶领题风飛飞養饭馬驗马验體"
                                       "高黑點龍龙";

/// The characters of well-formed UTF-8 beyond ASCII.
std::vector<std::string_view> beyondAscii(std::string_view utf8) {
    std::vector<std::string_view> characters;
    for (std::size_t at = 0; at < utf8.size();) {
        std::size_t end = at + 1;
        while (end < utf8.size() && !beginsCharacter(utf8[end])) {
            ++end;
        }
        if (static_cast<unsigned char>(utf8[at]) >= kAsciiEnd) {
            characters.push_back(utf8.substr(at, end - at));
        }
        at = end;
    }
    return characters;
}

bool isFamiliar(std::string_view character) {
    static const std::vector<std::string_view> sorted = [] {
        std::vector<std::string_view> all = beyondAscii(kFamiliar);
        std::sort(all.begin(), all.end());
        return all;
    }();
    return std::binary_search(sorted.begin(), sorted.end(), character);
}

/// What samples give when they are read in an encoding.
struct Reading {
    std::size_t samples = 0; ///< that are not ASCII
    std::size_t faulty = 0;  ///< of them, those with bytes that do not fit
    std::size_t characters = 0;
    std::size_t wide = 0; ///< of them, those that UTF-8 writes with three bytes and more, as all Han
    std::size_t familiar = 0;

    [[nodiscard]] bool isClean() const { return faulty == 0; }
    [[nodiscard]] std::size_t familiarPercent() const {
        return characters == 0 ? 0 : familiar * kPercent / characters;
    }
    [[nodiscard]] bool isChinese() const {
        return familiar >= kFamiliarLeast && familiarPercent() >= kFamiliarPercent;
    }
    [[nodiscard]] bool beats(const Reading& other) const {
        return familiarPercent() >= other.familiarPercent() + kClearPercent;
    }
};

Reading readingOf(const std::vector<std::string>& samples, const std::string& encoding) {
    Reading reading;
    for (const std::string& sample : samples) {
        if (isAscii(sample)) {
            continue;
        }
        const Recoded text = recoded(sample, encoding);
        ++reading.samples;
        reading.faulty += text.faulty > 0 ? 1U : 0U;
        for (const std::string_view character : beyondAscii(text.text)) {
            constexpr std::size_t kWideBytes = 3;
            ++reading.characters;
            reading.wide += character.size() >= kWideBytes ? 1U : 0U;
            reading.familiar += isFamiliar(character) ? 1U : 0U;
        }
    }
    return reading;
}

/// Han characters of the two everyday planes of GB2312 (B0-F7, A1-FE): real Chinese text is mostly made of
/// them.
std::pair<std::size_t, std::size_t> gb2312Share(std::string_view bytes) {
    constexpr unsigned char kHanziFirst = 0xB0;
    constexpr unsigned char kHanziLast = 0xF7;
    constexpr unsigned char kSymbolFirst = 0xA1;
    constexpr unsigned char kTrailFirst = 0xA1;
    std::size_t pairs = 0;
    std::size_t common = 0;
    for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < kAsciiEnd) {
            continue;
        }
        const auto trail = static_cast<unsigned char>(bytes[i + 1]);
        ++pairs;
        const bool hanzi = lead >= kHanziFirst && lead <= kHanziLast && trail >= kTrailFirst;
        const bool symbol = lead >= kSymbolFirst && lead < kHanziFirst && trail >= kTrailFirst;
        common += hanzi || symbol ? 1U : 0U;
        ++i;
    }
    return {common, pairs};
}

std::string uchardetOpinion(const std::vector<std::string>& samples) {
    struct Deleter {
        void operator()(uchardet_t detector) const { uchardet_delete(detector); }
    };
    const std::unique_ptr<std::remove_pointer_t<uchardet_t>, Deleter> detector(uchardet_new());
    for (const std::string& sample : samples) {
        if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) {
            return {};
        }
    }
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

/// True where what is beyond ASCII are accented Latin letters in UTF-8 (leads C3 to C5) that mostly stand
/// beside plain ones, as in Amazônia. GB18030 reads such pairs as Han, but Han stand among Han.
bool areAccentsAmongLetters(const std::vector<std::string>& samples) {
    constexpr unsigned char kLeadFirst = 0xC3;
    constexpr unsigned char kLeadLast = 0xC5;
    std::size_t accents = 0;
    std::size_t besideLetters = 0;
    for (const std::string& sample : samples) {
        const auto isLetter = [&sample](std::size_t at) {
            const auto low = static_cast<char>(static_cast<unsigned char>(sample[at]) | 0x20U);
            return low >= 'a' && low <= 'z';
        };
        for (std::size_t i = 0; i + 1 < sample.size(); ++i) {
            const auto lead = static_cast<unsigned char>(sample[i]);
            if (lead < kAsciiEnd) {
                continue;
            }
            if (lead < kLeadFirst || lead > kLeadLast) {
                return false;
            }
            ++accents;
            besideLetters +=
                (i > 0 && isLetter(i - 1)) || (i + 2 < sample.size() && isLetter(i + 2)) ? 1U : 0U;
            ++i;
        }
    }
    constexpr std::size_t kMostOf = 4; ///< three in four
    return accents > 0 && besideLetters * kMostOf >= accents * (kMostOf - 1);
}

/// All samples read as UTF-8, but for a last character cut off by a full column in a few of them. Where more
/// are cut, or a few do not fit, UTF-8 has to give the better text: fewer samples with faults than GB18030
/// and more everyday characters.
bool readsAsUtf8(const std::vector<std::string>& samples) {
    constexpr std::size_t kCutOneIn = 5;
    std::size_t cut = 0;
    for (const std::string& sample : samples) {
        cut += recoded(sample, "UTF-8").cut ? 1U : 0U;
    }
    const Reading utf8 = readingOf(samples, "UTF-8");
    if (utf8.isClean() && cut * kCutOneIn <= utf8.samples - cut) {
        return true;
    }
    const Reading gb = readingOf(samples, "GB18030");
    return utf8.isChinese() && utf8.familiarPercent() > gb.familiarPercent() && utf8.faulty <= gb.faulty &&
           utf8.faulty * kCutOneIn <= utf8.samples;
}

/// Not UTF-8: GB18030, Big5, or what uchardet takes it for.
EncodingDecision amongByteEncodings(const std::vector<std::string>& samples, EncodingDecision decision) {
    std::size_t common = 0;
    std::size_t pairs = 0;
    for (const std::string& sample : samples) {
        const auto [few, all] = gb2312Share(sample);
        common += few;
        pairs += all;
    }
    constexpr std::size_t kUsualPercent = 90;
    const Reading gb = readingOf(samples, "GB18030");
    const Reading big5 = readingOf(samples, "BIG5");
    const bool usual = gb.isClean() && common * kPercent >= pairs * kUsualPercent;
    const std::string opinion = encodingFromName(uchardetOpinion(samples));
    if (big5.isClean() && big5.isChinese() && big5.beats(gb)) {
        decision.name = "BIG5";
        decision.doubtful = gb.isClean(); // both can be read, the characters speak for Big5
        return decision;
    }
    decision.name = "GB18030";
    if (!usual && !(gb.isClean() && gb.isChinese()) && !opinion.empty() && opinion != "UTF-8") {
        decision.name = opinion;
    }
    const bool isSure = usual && gb.isChinese() && !(big5.isClean() && !gb.beats(big5));
    decision.doubtful = !usual || (!isSure && !opinion.empty() && opinion != "GB18030");
    return decision;
}

} // namespace

EncodingDecision encodingFromBytes(const std::vector<std::string>& samples) {
    EncodingDecision decision;
    decision.reason = "from the bytes";
    if (std::all_of(samples.begin(), samples.end(), [](const std::string& s) { return isAscii(s); })) {
        decision.reason = "ASCII only";
        return decision;
    }
    decision.guessed = true;
    if (readsAsUtf8(samples)) {
        // A few GBK characters can be well-formed UTF-8 by accident; then they give no Han, but Cyrillic and
        // the like.
        const Reading gb = readingOf(samples, "GB18030");
        const bool accident = readingOf(samples, "UTF-8").wide == 0 && gb.isClean() && gb.familiar > 0 &&
                              gb.familiarPercent() >= kFamiliarPercent && !areAccentsAmongLetters(samples);
        if (accident) {
            decision.name = "GB18030";
            decision.doubtful = true;
        }
        return decision;
    }
    return amongByteEncodings(samples, std::move(decision));
}

EncodingDecision encodingFromLabel(const std::string& label, const std::string& reason,
                                   const std::vector<std::string>& samples) {
    EncodingDecision labelled{label, reason, false, false, {}};
    EncodingDecision bytes = encodingFromBytes(samples);
    if (!bytes.guessed || bytes.name == label) {
        return labelled;
    }
    constexpr std::size_t kFaultyOneIn = 5;
    constexpr std::size_t kLatinLeast = 4;
    const Reading byLabel = readingOf(samples, label);
    const Reading byBytes = readingOf(samples, bytes.name);
    const bool isBroken = byLabel.faulty * kFaultyOneIn > byLabel.samples;
    const bool isChinese = byBytes.isClean() && byBytes.isChinese() && byBytes.beats(byLabel);
    // Accents in UTF-8 under a label of one byte a character.
    const bool isUtf8 = bytes.name == "UTF-8" && byBytes.isClean() && byBytes.characters >= kLatinLeast &&
                        label != "GB18030" && label != "BIG5";
    if (isChinese || isUtf8 || (isBroken && byBytes.isClean() && !bytes.doubtful)) {
        bytes.overruled = reason + ": " + label;
        return bytes;
    }
    const bool canBeRead = byBytes.isClean() && byBytes.familiarPercent() >= kFamiliarPercent;
    labelled.doubtful = isBroken || (canBeRead && byBytes.beats(byLabel));
    return labelled;
}

} // namespace layers
