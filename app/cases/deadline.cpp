#include "app/cases/deadline.hpp"

namespace app {

namespace {

bool isRunning(const CaseStatus& status) {
    return status.phase == CasePhase::Field && !status.isClosed;
}

} // namespace

const char* lightKey(Light light) {
    switch (light) {
    case Light::Green:
        return "green";
    case Light::Amber:
        return "amber";
    case Light::Red:
        return "red";
    case Light::None:
        break;
    }
    return "";
}

const char* lightNameZh(Light light) {
    switch (light) {
    case Light::Green:
        return "绿";
    case Light::Amber:
        return "黄";
    case Light::Red:
        return "红";
    case Light::None:
        break;
    }
    return "";
}

DeadlineState deadlineState(const CaseLife& life, const layers::CaseRecord& record, layers::Day today) {
    const CaseStatus* status = life.status(record.status);
    const std::optional<layers::Day> deadline = layers::dayFromIso(record.deadline);
    if (status == nullptr || !isRunning(*status) || !deadline) {
        return {};
    }
    DeadlineState state;
    state.daysLeft = *deadline - today;
    state.light = state.daysLeft < 0                ? Light::Red
                  : state.daysLeft < life.amberDays ? Light::Amber
                                                    : Light::Green;
    return state;
}

std::vector<std::string> runningStatuses(const CaseLife& life) {
    std::vector<std::string> names;
    for (const CaseStatus& status : life.statuses) {
        if (isRunning(status)) {
            names.push_back(status.name);
        }
    }
    return names;
}

} // namespace app
