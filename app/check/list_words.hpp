#pragma once

#include "app/check/check_result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// What the numbers of a check without a project begin with: they are no case numbers (未入台账).
inline constexpr std::string_view kTemporaryPrefix = "LS-";
[[nodiscard]] inline bool isTemporaryNumber(std::string_view number) {
    return number.starts_with(kTemporaryPrefix);
}
/// What stands for no county in codes and task numbers.
inline constexpr std::string_view kNoCountyCode = "000000";
/// Joins several texts of one cell.
inline constexpr std::string_view kListSeparator = ";";

/// Appends unless it is empty or already there.
void addOnce(std::vector<std::string>& texts, std::string text);
[[nodiscard]] std::string joinedTexts(const std::vector<std::string>& texts);

/// A number with fixed decimals, never "-0.00".
[[nodiscard]] std::string fixedText(double value, int decimals);
/// 0.9876公顷
[[nodiscard]] std::string hectaresText(std::int64_t areaUnits);
/// 123.4米
[[nodiscard]] std::string metresText(std::int64_t lengthUnits);

/// ISO when the date is one day, else the text as received.
[[nodiscard]] std::string dateText(const layers::DateText& date);
/// The activity as received when it is words, else the name of our code (采石采矿); 不明 when there is
/// neither.
[[nodiscard]] std::string activityText(const CheckResult& result, const layers::Patch& patch);
/// The change in our words, else as received.
[[nodiscard]] std::string changeText(const layers::Patch& patch);
/// The patch's own batch, else the run's.
[[nodiscard]] std::string batchText(const CheckResult& result, const layers::Patch& patch);
/// 疑似禁止
[[nodiscard]] std::string suspectedVerdict(layers::Verdict verdict);
/// The verdict of 疑似禁止 or 禁止; nothing for other words.
[[nodiscard]] std::optional<layers::Verdict> suspectedVerdictFrom(std::string_view text);
/// The class a finding was judged as where the crosswalk was used (核心保护区), else the zone's own.
[[nodiscard]] std::string findingClass(const CheckResult& result, const layers::Finding& finding);
/// The class as received, else the canonical one.
[[nodiscard]] std::string originalClass(const layers::Zone& zone);

/// Code, name and city of a county number; code 000000 and 行政区外 for -1 when counties are known, blanks
/// when not.
struct CountyWords {
    std::string code;
    std::string name;
    std::string city;
};
[[nodiscard]] CountyWords countyWords(const CheckResult& result, std::int32_t county);

/// What the field may answer (domain.md 1.2), and whether it is against the law.
[[nodiscard]] const std::vector<std::string>& conclusionWords();
[[nodiscard]] const std::vector<std::string>& illegalWords();

} // namespace app
