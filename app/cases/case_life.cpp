#include "app/cases/case_life.hpp"

#include "app/cases/case_life_parser.hpp"
#include "layers/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace app {

const CaseStatus* CaseLife::status(std::string_view wanted) const {
    const auto found = std::find_if(statuses.begin(), statuses.end(),
                                    [wanted](const CaseStatus& each) { return each.name == wanted; });
    return found == statuses.end() ? nullptr : &*found;
}

CaseLifeLoad parseCaseLife(std::string_view yaml) {
    return loadDocument(yaml, &CaseLifeLoad::life, [](const YAML::Node& document, FaultList& faults) {
        return CaseLifeParser(faults).parse(document);
    });
}

const CaseLife& defaultCaseLife() {
    static const CaseLife life = [] {
        CaseLifeLoad load = parseCaseLife(defaultCaseLifeText());
        if (!load.faults.empty()) {
            throw layers::Error(fmt::format("the built-in life of a case has a fault in line {}: {}",
                                            load.faults.front().line, load.faults.front().textEn));
        }
        return std::move(load.life);
    }();
    return life;
}

layers::CaseStates caseStates(const CaseLife& life) {
    layers::CaseStates states{life.start, life.withdrawn, {}};
    for (const CaseStatus& status : life.statuses) {
        if (status.phase == CasePhase::Desk && status.name != life.withdrawn) {
            states.beforeIssue.push_back(status.name);
        }
    }
    return states;
}

} // namespace app
