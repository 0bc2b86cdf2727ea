#include "app/check/run_problems.hpp"

#include "app/check/input_checks.hpp"
#include "app/check/problem_about.hpp"
#include "layers/problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace app {

namespace {

using layers::Problem;
using layers::ProblemKind;
using layers::Severity;

void noteDuplicates(CheckResult& result) {
    for (std::size_t i = 0; i < result.results.size(); ++i) {
        const PatchResult& patch = result.results[i];
        if (patch.duplicateOf < 0) {
            continue;
        }
        const bool isKept = patch.bucket != layers::Bucket::Duplicate;
        Problem problem = aboutPatch(result, i, ProblemKind::DuplicatePatch, Severity::Warning);
        const std::string& first = result.patches[static_cast<std::size_t>(patch.duplicateOf)].id;
        const double percent = patch.duplicateShare * 100;
        problem.textZh =
            fmt::format("图斑 {} 与 {} 重复(重叠 {:.1f}%)", result.patches[i].id, first, percent);
        problem.textEn =
            fmt::format("patch {} repeats {} ({:.1f} % in common)", result.patches[i].id, first, percent);
        problem.doneZh = isKept ? "判定更严，两个都保留" : "列入重复清单，不重复计数";
        problem.doneEn = isKept ? "judged graver than the other one: both are kept"
                                : "put on the list of duplicates, not counted twice";
        result.problems.push_back(std::move(problem));
    }
}

void noteOutsideAdmin(CheckResult& result) {
    for (std::size_t i = 0; i < result.results.size(); ++i) {
        const std::vector<CountyPart>& parts = result.results[i].counties;
        if (parts.empty() || parts.back().county >= 0) {
            continue;
        }
        const bool entirely = parts.size() == 1;
        Problem problem =
            aboutPatch(result, i, ProblemKind::OutsideAdmin, entirely ? Severity::Warning : Severity::Info);
        problem.textZh =
            fmt::format("图斑 {} {}在行政区划图层之外", result.patches[i].id, entirely ? "" : "部分");
        problem.textEn = fmt::format("patch {} lies {}outside the administrative layer", result.patches[i].id,
                                     entirely ? "" : "partly ");
        problem.doneZh = "照常核查；该部分不计入任何县";
        problem.doneEn = "checked all the same; that part counts for no county";
        result.problems.push_back(std::move(problem));
    }
}

void noteJudgements(CheckResult& result) {
    std::int64_t fallback = 0;
    std::int64_t converted = 0;
    for (const PatchResult& patch : result.results) {
        for (const layers::Finding& finding : patch.findings) {
            fallback += result.judgements[finding.atDate].fallback ? 1 : 0;
            converted += result.judgements[finding.atDate].converted ? 1 : 0;
        }
    }
    const auto add = [&](ProblemKind kind, std::int64_t count, const char* zh, const char* en) {
        if (count > 0) {
            Problem problem;
            problem.kind = kind;
            problem.severity = Severity::Info;
            problem.role = "rules";
            problem.file = result.rules.fileName;
            problem.count = count;
            problem.textZh = fmt::format("{} 条线索{}", count, zh);
            problem.textEn = fmt::format("{} findings {}", count, en);
            problem.doneZh = "已在依据中注明";
            problem.doneEn = "said in their basis";
            result.problems.push_back(std::move(problem));
        }
    };
    add(ProblemKind::RuleFallback, fallback, "只有兜底规则适用，需人工判断",
        "are answered by a last-resort rule only");
    add(ProblemKind::ClassConverted, converted, "的功能分区经过换算",
        "were judged with a converted functional zone");
}

void noteCountiesWithoutZones(CheckResult& result) {
    if (result.countiesOfInput.empty()) {
        return;
    }
    std::set<std::int32_t> withPatches;
    for (const PatchResult& patch : result.results) {
        if (!patch.counties.empty() && patch.counties.front().county >= 0) {
            withPatches.insert(patch.counties.front().county);
        }
    }
    for (const auto role : {layers::Role::RedLine, layers::Role::Reserve, layers::Role::Water}) {
        std::set<std::int32_t> reached;
        for (std::size_t i = 0; i < result.inputs.size(); ++i) {
            if (result.inputs[i].role == role) {
                reached.insert(result.countiesOfInput[i].begin(), result.countiesOfInput[i].end());
            }
        }
        std::string names;
        std::int64_t count = 0;
        for (const std::int32_t county : withPatches) {
            if (!reached.contains(county)) {
                names += (count == 0 ? "" : "、") + result.counties[static_cast<std::size_t>(county)].name;
                ++count;
            }
        }
        if (count > 0) {
            Problem problem;
            problem.kind = ProblemKind::CountyWithoutZones;
            problem.severity = Severity::Warning;
            problem.role = layers::roleKey(role);
            problem.count = count;
            problem.textZh = fmt::format("有图斑但没有{}图层覆盖的县: {}", layers::roleNameZh(role), names);
            problem.textEn =
                fmt::format("counties with patches but no zone of role {}: {}", layers::roleKey(role), names);
            problem.doneZh = "照常核查；请确认图层是否完整";
            problem.doneEn = "checked all the same; make sure that the layer is complete";
            result.problems.push_back(std::move(problem));
        }
    }
}

void noteFullOverlays(CheckResult& result) {
    for (std::size_t i = 0; i < result.results.size(); ++i) {
        for (const auto& [number, reason] : result.results[i].overlay.fullReasons) {
            Problem problem = aboutPatch(result, i, ProblemKind::EngineFallback, Severity::Info);
            const layers::Zone& zone = result.zones[number];
            problem.textZh = fmt::format("图斑 {} 与 {}({}) 改用整区叠加: {}", result.patches[i].id,
                                         zone.name, zone.id, reason);
            problem.textEn = fmt::format("patch {} and {} ({}) took the full overlay: {}",
                                         result.patches[i].id, zone.name, zone.id, reason);
            problem.doneZh = "结果完整";
            problem.doneEn = "the result is complete";
            if (!result.results[i].overlay.isProven) {
                problem.severity = Severity::Warning;
                problem.textZh = fmt::format("图斑 {} 与 {}({}) 的叠加与精确定位矛盾", result.patches[i].id,
                                             zone.name, zone.id);
                problem.textEn =
                    fmt::format("patch {} and {} ({}): {}", result.patches[i].id, zone.name, zone.id, reason);
                problem.doneZh = "面积未能证实，请人工核对该图斑";
                problem.doneEn = "its areas are not proven: check this patch by hand";
            }
            result.problems.push_back(std::move(problem));
        }
    }
}

} // namespace

void noteRunProblems(CheckResult& result) {
    noteInputProblems(result);
    noteDuplicates(result);
    noteOutsideAdmin(result);
    noteCountiesWithoutZones(result);
    noteJudgements(result);
    noteFullOverlays(result);
}

} // namespace app
