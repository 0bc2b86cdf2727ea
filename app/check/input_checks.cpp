#include "app/check/input_checks.hpp"

#include "app/check/problem_about.hpp"
#include "layers/error.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace app {

namespace {

using layers::Problem;
using layers::ProblemKind;
using layers::Severity;

constexpr std::size_t kCountyCodeDigits = 6; // GB/T 2260

/// A problem about many features of one input: the first one and how many.
struct Group {
    Problem problem;
    std::map<std::int32_t, std::pair<std::int64_t, std::int64_t>> byInput; ///< first feature, count

    void add(std::int32_t input, std::int64_t feature) {
        ++byInput.try_emplace(input, feature, 0).first->second.second;
    }
    void addTo(CheckResult& result) const {
        for (const auto& [number, seen] : byInput) {
            Problem one = problem;
            const Problem place = aboutInput(result, number, problem.kind, problem.severity);
            one.role = place.role;
            one.file = place.file;
            one.layer = place.layer;
            one.feature = seen.first;
            one.count = seen.second;
            result.problems.push_back(std::move(one));
        }
    }
};

Group group(ProblemKind kind, const char* zh, const char* en, const char* doneZh, const char* doneEn) {
    Group made;
    made.problem.kind = kind;
    made.problem.severity = Severity::Warning;
    made.problem.textZh = zh;
    made.problem.textEn = en;
    made.problem.doneZh = doneZh;
    made.problem.doneEn = doneEn;
    return made;
}

/// Patches that --date judges for want of a date of their own.
void noteDatesGiven(CheckResult& result) {
    if (!result.date) {
        return;
    }
    Group without =
        group(ProblemKind::DateMissing, "没有可用的后时相", "no later image date that can be used", "", "");
    without.problem.doneZh =
        fmt::format("以 --date 给出的 {} 为判定基准日", layers::isoFromDay(*result.date));
    without.problem.doneEn =
        fmt::format("judged at {}, the day that --date gives", layers::isoFromDay(*result.date));
    for (const layers::Patch& patch : result.patches) {
        if (!patch.later.last) {
            without.add(patch.input, patch.feature);
        }
    }
    without.addTo(result);
}

void noteImageDates(CheckResult& result) {
    noteDatesGiven(result);
    Group future =
        group(ProblemKind::DateSuspicious, "后时相晚于今天", "the later image is of a day yet to come",
              "照用作判定基准日，请核对", "used as the date judged at all the same; check it");
    Group open =
        group(ProblemKind::DateSuspicious, "后时相只到月、季或年，取其最后一天作判定基准日，而这一天尚未到来",
              "the later image is given as a month, quarter or year whose last day, taken as the date judged "
              "at, is "
              "yet to come",
              "照用，请核对", "used all the same; check it");
    Group swapped = group(ProblemKind::DateSuspicious, "前时相晚于后时相",
                          "the earlier image is later than the later one", "照读，判定用后时相；两列可能颠倒",
                          "read as it is, the later image counts; the columns may be swapped");
    for (const layers::Patch& patch : result.patches) {
        if (patch.later.first && *patch.later.first > result.today) {
            future.add(patch.input, patch.feature);
        } else if (patch.later.last && *patch.later.last > result.today) {
            open.add(patch.input, patch.feature);
        }
        if (patch.earlier.first && patch.later.last && *patch.earlier.first > *patch.later.last) {
            swapped.add(patch.input, patch.feature);
        }
    }
    for (const Group* each : {&future, &open, &swapped}) {
        each->addTo(result);
    }
}

void noteZonesOutOfForce(CheckResult& result) {
    Group ended = group(
        ProblemKind::ZoneOutOfForce, "管控区今天不在有效期内（生效日期、失效日期）",
        "zones that are not in force today (valid from, valid to)",
        "判定基准日和今天都不在有效期内的图斑不计为线索；只有一日有效的照列并提示",
        "no finding where they are in force neither on the date judged at nor today; where on one of both, "
        "listed with a hint");
    for (const layers::Zone& zone : result.zones) {
        if (!inForce(zone, result.today)) {
            ended.add(zone.input, zone.feature);
        }
    }
    ended.addTo(result);
}

bool isCountyCode(const std::string& code) {
    return code.size() == kCountyCodeDigits &&
           std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void noteCountyCodes(CheckResult& result) {
    std::string codes;
    std::int64_t count = 0;
    for (const layers::County& county : result.counties) {
        if (!isCountyCode(county.code)) {
            codes += (count == 0 ? "" : ", ") + ("\"" + county.code + "\"");
            ++count;
        }
    }
    if (count == 0) {
        return;
    }
    Problem problem;
    problem.kind = ProblemKind::ValueUnreadable;
    problem.severity = Severity::Warning;
    problem.role = layers::roleKey(layers::Role::Admin);
    for (const layers::InputReport& input : result.inputs) {
        if (input.role == layers::Role::Admin) {
            problem.file = input.file;
            problem.layer = input.layer;
        }
    }
    problem.count = count;
    problem.textZh = fmt::format("县级行政区划代码不是六位数字（GB/T 2260）：{}", codes);
    problem.textEn = fmt::format("county codes that are not six digits (GB/T 2260): {}", codes);
    problem.doneZh = "任务编号照用该代码；请用 --map admin.code=字段 指明代码字段";
    problem.doneEn = "used in task numbers as they are; name the field with --map admin.code=FIELD";
    result.problems.push_back(std::move(problem));
}

} // namespace

bool inForce(const layers::Zone& zone, layers::Day day) {
    return !(zone.validFrom.first && *zone.validFrom.first > day) &&
           !(zone.validTo.last && *zone.validTo.last < day);
}

void checkZoneClasses(const CheckResult& result) {
    std::map<std::pair<layers::ZoneKind, std::string>, std::int64_t> unknown;
    for (const layers::Zone& zone : result.zones) {
        const auto known = result.rules.classes.find(zone.kind);
        if (known != result.rules.classes.end() &&
            std::none_of(known->second.begin(), known->second.end(),
                         [&](const ZoneClass& each) { return each.name == zone.zoneClass; })) {
            ++unknown[{zone.kind, zone.zoneClass}];
        }
    }
    if (unknown.empty()) {
        return;
    }
    std::string list;
    for (const auto& [what, count] : unknown) {
        std::string names;
        for (const ZoneClass& each : result.rules.classes.at(what.first)) {
            names += (names.empty() ? "" : "、") + each.name;
        }
        list += fmt::format("\n  {} “{}” × {}（{}）", layers::zoneKindNameZh(what.first), what.second, count,
                            names);
    }
    throw layers::Error(
        fmt::format("管控区的功能分区与类型不符，规则库没有相应规则；请更正数据，或用导入方案、--map "
                    "指明类型（type）或分区（class）（括号内为该类型可用的分区） / zones "
                    "whose class does not belong to their kind, so that no rule answers: mend the data, or "
                    "name type or class by a "
                    "profile or --map (the classes of the kind in brackets):{}",
                    list));
}

void noteInputProblems(CheckResult& result) {
    noteImageDates(result);
    noteZonesOutOfForce(result);
    noteCountyCodes(result);
}

} // namespace app
