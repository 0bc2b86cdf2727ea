#include "app/check/list_hints.hpp"

#include "app/check/input_checks.hpp"

#include "app/check/list_words.hpp"
#include "app/check/rounding.hpp"
#include "app/check/zone_order.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace app {

namespace {

constexpr double kPercent = 100;
/// Source fields that say when something was built (domain.md 1.3), beside a mapping to `built`.
constexpr std::array<std::string_view, 2> kBuiltFields = {"JCSJ", "建成时间"};

std::string kindAndClass(const layers::Zone& zone) {
    const std::string name(layers::zoneKindNameZh(zone.kind));
    return zone.kind == layers::ZoneKind::RedLine ? name : name + classText(zone.kind, zone.zoneClass);
}

void addCertainty(const CheckResult& result, std::size_t patch, std::vector<std::string>& hints) {
    const PatchResult& found = result.results[patch];
    const bool isDoubtful =
        std::any_of(found.findings.begin(), found.findings.end(),
                    [](const auto& finding) { return finding.certainty == layers::Certainty::Doubtful; });
    if (isDoubtful) {
        addOnce(hints, std::string(layers::certaintyNameZh(layers::Certainty::Doubtful)));
    }
    for (std::size_t i = 0; i < found.overlay.overlaps.size() && i < found.certainty.size(); ++i) {
        if (found.certainty[i] == layers::Certainty::Edge) {
            addOnce(hints, std::string(layers::certaintyNameZh(layers::Certainty::Edge)) + ":" +
                               kindAndClass(result.zones[found.overlay.overlaps[i].zone]));
        }
    }
}

void addBasis(const CheckResult& result, std::size_t patch, std::vector<std::string>& hints) {
    const std::vector<layers::Finding>& findings = result.results[patch].findings;
    const auto any = [&](const auto& test) {
        return std::any_of(findings.begin(), findings.end(),
                           [&](const auto& finding) { return test(result.judgements[finding.atDate]); });
    };
    if (any([](const layers::Judgement& j) { return j.converted; })) {
        addOnce(hints, "按原功能区换算");
    }
    if (any([](const layers::Judgement& j) { return j.confidence == layers::Confidence::Expert; })) {
        addOnce(hints, "依据待核");
    }
    if (!findings.empty() && result.judgements[findings.front().atDate].fallback) {
        addOnce(hints, "仅兜底规则");
    }
    for (const layers::Finding& finding : findings) {
        const layers::Zone& zone = result.zones[finding.zone];
        if (!inForce(zone, *result.results[patch].date)) {
            addOnce(hints, "管控区在判定基准日不在有效期:" + kindAndClass(zone));
        } else if (!inForce(zone, result.today)) {
            addOnce(hints, "管控区今天已不在有效期:" + kindAndClass(zone));
        }
    }
}

/// The near distance that applies to a zone (settings).
double nearDistanceOf(const CheckResult& result, const layers::Zone& zone, bool isPoint) {
    const bool isWaterFirst = zone.kind == layers::ZoneKind::WaterSource && zone.zoneClass == "一级";
    const double distance = isWaterFirst ? result.settings.nearWaterFirstM : result.settings.nearM;
    return isPoint ? std::max(distance, result.settings.pointRadiusM) : distance;
}

void addNear(const CheckResult& result, std::size_t patch, std::vector<std::string>& hints) {
    const bool isPoint = result.patches[patch].shape.dimension() == geo::Dimension::Point;
    for (const geo::NearZone& near : result.results[patch].overlay.near) {
        const layers::Zone& zone = result.zones[near.zone];
        addOnce(hints,
                "边界" + fixedText(nearDistanceOf(result, zone, isPoint), 0) + "米内:" + kindAndClass(zone));
    }
}

void addCounties(const CheckResult& result, std::size_t patch, std::vector<std::string>& hints) {
    const PatchResult& found = result.results[patch];
    for (std::size_t i = 1; i < found.counties.size(); ++i) {
        const CountyPart& part = found.counties[i];
        const double share = found.overlay.measure > 0 ? part.measure / found.overlay.measure : 0;
        const std::string percent = "(" + fixedText(kPercent * share, 2) + "%)";
        addOnce(hints, part.county < 0 ? "部分在行政区外" + percent
                                       : "跨县:" + countyWords(result, part.county).name + percent);
    }
}

void addShape(const CheckResult& result, std::size_t patch, const PrintedPatch& printed,
              std::vector<std::string>& hints) {
    const geo::Shape& shape = result.patches[patch].shape;
    if (shape.partCount() > 1) {
        addOnce(hints, "由" + std::to_string(shape.partCount()) + "部分组成");
    }
    if (shape.dimension() == geo::Dimension::Point) {
        addOnce(hints, "点位(精度半径" + fixedText(result.settings.pointRadiusM, 0) + "米)");
    }
    if (shape.dimension() != geo::Dimension::Line) {
        return;
    }
    addOnce(hints, "线状:全长" + metresText(printed.units) + ",涉及" + metresText(printed.covered));
    // Per class in the order of the findings; a place that several zones of a class cover counts once.
    std::vector<std::string> classes;
    for (const layers::Finding& finding : result.results[patch].findings) {
        addOnce(classes, kindAndClass(result.zones[finding.zone]));
    }
    for (const std::string& name : classes) {
        const std::int64_t units = unitsWhere(result, patch, printed, [&](std::uint32_t zone) {
            return kindAndClass(result.zones[zone]) == name;
        });
        addOnce(hints, name + metresText(units));
    }
}

void addStatedArea(const CheckResult& result, std::size_t patch, std::vector<std::string>& hints) {
    const layers::Patch& p = result.patches[patch];
    const double measured = result.results[patch].overlay.measure;
    if (p.statedAreaM2 && p.shape.dimension() == geo::Dimension::Area &&
        std::abs(*p.statedAreaM2 - measured) > result.settings.areaDiffersShare * measured) {
        addOnce(hints, "面积不符(原" + p.statedArea + ")");
    }
}

void addHistory(const CheckResult& result, std::size_t patch, std::vector<std::string>& hints) {
    const std::optional<layers::Day> since = knownSince(result, result.patches[patch]);
    const std::vector<layers::Finding>& findings = result.results[patch].findings;
    const bool isOlder = since && std::any_of(findings.begin(), findings.end(), [&](const auto& finding) {
                             const std::optional<layers::Day>& approved =
                                 result.zones[finding.zone].approved.first;
                             return approved && *since < *approved;
                         });
    if (isOlder) {
        addOnce(hints, "历史遗留可能(活动早于批复)");
    }
}

} // namespace

std::string builtText(const CheckResult& result, const layers::Patch& patch) {
    if (patch.input < 0 || static_cast<std::size_t>(patch.input) >= result.inputs.size()) {
        return {};
    }
    const layers::InputReport& input = result.inputs[static_cast<std::size_t>(patch.input)];
    for (std::size_t i = 0; i < input.fields.size() && i < patch.raw.size(); ++i) {
        const bool isMapped = std::any_of(input.mapping.begin(), input.mapping.end(), [&](const auto& pair) {
            return pair.first == "built" && pair.second == input.fields[i];
        });
        if (isMapped ||
            std::find(kBuiltFields.begin(), kBuiltFields.end(), input.fields[i]) != kBuiltFields.end()) {
            return patch.raw[i];
        }
    }
    return {};
}

std::optional<layers::Day> knownSince(const CheckResult& result, const layers::Patch& patch) {
    std::optional<layers::Day> since = layers::parseDate(builtText(result, patch)).first;
    const std::optional<layers::Day>& seen = patch.earlier.first ? patch.earlier.first : patch.later.first;
    if (seen && (!since || *seen < *since)) {
        since = seen;
    }
    return since;
}

std::vector<std::string> listHints(const CheckResult& result, std::size_t patch,
                                   const PrintedPatch& printed) {
    std::vector<std::string> hints;
    if (!result.faults.empty()) {
        addOnce(hints, "结果无效(合计不闭合)");
    }
    if (result.zonesIncomplete) {
        addOnce(hints, "管控区不完整");
    }
    addCertainty(result, patch, hints);
    addBasis(result, patch, hints);
    addNear(result, patch, hints);
    addCounties(result, patch, hints);
    addShape(result, patch, printed, hints);
    addStatedArea(result, patch, hints);
    addHistory(result, patch, hints);
    return hints;
}

} // namespace app
