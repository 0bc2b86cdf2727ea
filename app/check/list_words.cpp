#include "app/check/list_words.hpp"

#include "app/check/rounding.hpp"
#include "app/check/zone_order.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace app {

namespace {

constexpr unsigned char kLastAscii = 0x7F;
constexpr int kHaDecimals = 4;
constexpr int kMetreDecimals = 1;
constexpr std::string_view kSuspected = "疑似";

/// Words rather than a code such as "04" or "CS".
bool isWords(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) > kLastAscii; });
}

} // namespace

void addOnce(std::vector<std::string>& texts, std::string text) {
    if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end()) {
        texts.push_back(std::move(text));
    }
}

std::string joinedTexts(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, kListSeparator));
}

std::string fixedText(double value, int decimals) {
    return fmt::format("{:.{}f}", rounded(value, decimals), decimals);
}

std::string hectaresText(std::int64_t areaUnits) {
    return fixedText(hectaresOf(areaUnits), kHaDecimals) + "公顷";
}

std::string metresText(std::int64_t lengthUnits) {
    return fixedText(static_cast<double>(lengthUnits) / kLengthUnitsPerM, kMetreDecimals) + "米";
}

std::string dateText(const layers::DateText& date) {
    return date.first && date.first == date.last ? layers::isoFromDay(*date.first) : date.raw;
}

std::string activityText(const CheckResult& result, const layers::Patch& patch) {
    if (isWords(patch.activityText)) {
        return patch.activityText;
    }
    const auto name = result.rules.activities.find(patch.activity);
    if (name != result.rules.activities.end()) {
        return name->second;
    }
    return patch.activityText.empty() ? "不明" : patch.activityText;
}

std::string changeText(const layers::Patch& patch) {
    return patch.change == layers::Change::Unknown ? patch.changeText
                                                   : std::string(layers::changeNameZh(patch.change));
}

std::string batchText(const CheckResult& result, const layers::Patch& patch) {
    return patch.batch.empty() ? result.batch : patch.batch;
}

std::string suspectedVerdict(layers::Verdict verdict) {
    return std::string(kSuspected) + std::string(layers::verdictNameZh(verdict));
}

std::optional<layers::Verdict> suspectedVerdictFrom(std::string_view text) {
    return layers::verdictFromNameZh(text.starts_with(kSuspected) ? text.substr(kSuspected.size()) : text);
}

std::string findingClass(const CheckResult& result, const layers::Finding& finding) {
    const layers::Zone& zone = result.zones[finding.zone];
    const layers::Judgement& judgement = result.judgements[finding.atDate];
    return classText(zone.kind, judgement.converted ? judgement.judgedClass : zone.zoneClass);
}

std::string originalClass(const layers::Zone& zone) {
    return zone.originalClass.empty() ? zone.zoneClass : zone.originalClass;
}

CountyWords countyWords(const CheckResult& result, std::int32_t county) {
    if (county >= 0) {
        const layers::County& c = result.counties[static_cast<std::size_t>(county)];
        return {c.code, c.name, c.city};
    }
    return {std::string(kNoCountyCode), result.counties.empty() ? "" : "行政区外", ""};
}

const std::vector<std::string>& conclusionWords() {
    static const std::vector<std::string> kList = {"属实-疑似违法违规",
                                                   "属实-手续齐全",
                                                   "属实-历史遗留",
                                                   "属实-原住居民生产生活",
                                                   "不属实-季节或自然变化",
                                                   "不属实-误判(云影、积雪、裸地)",
                                                   "已恢复",
                                                   "不在管控区(边界误差)",
                                                   "与历史图斑重复"};
    return kList;
}

const std::vector<std::string>& illegalWords() {
    static const std::vector<std::string> kList = {"是", "否", "待定"};
    return kList;
}

} // namespace app
