#include "app/cli/conclusion_output.hpp"

namespace app {

Json conclusionJson(const layers::RunConclusion& conclusion) {
    if (conclusion.bucket.empty()) {
        return nullptr;
    }
    const auto orNull = [](const std::optional<double>& number) {
        return number ? Json(*number) : Json(nullptr);
    };
    Json findings = Json::array();
    for (const layers::RunFinding& finding : conclusion.findings) {
        findings.push_back(Json{{"zone_kind", finding.zoneKind},
                                {"zone_name", finding.zoneName},
                                {"zone_class", finding.zoneClass},
                                {"rule", finding.rule},
                                {"verdict", finding.verdict},
                                {"priority", finding.priority},
                                {"certainty", finding.certainty},
                                {"area_m2", orNull(finding.areaM2)}});
    }
    return Json{{"bucket", conclusion.bucket},
                {"verdict", conclusion.verdict},
                {"priority", conclusion.priority},
                {"rule", conclusion.rule},
                {"covered_m2", orNull(conclusion.coveredM2)},
                {"judged_on", conclusion.judgedOn},
                {"findings", findings}};
}

} // namespace app
