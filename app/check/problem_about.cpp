#include "app/check/problem_about.hpp"

namespace app {

layers::Problem aboutInput(const CheckResult& result, std::int32_t input, layers::ProblemKind kind,
                           layers::Severity severity) {
    const layers::InputReport& report = result.inputs[static_cast<std::size_t>(input)];
    layers::Problem problem;
    problem.kind = kind;
    problem.severity = severity;
    problem.role = layers::roleKey(report.role);
    problem.file = report.file;
    problem.layer = report.layer;
    return problem;
}

layers::Problem aboutPatch(const CheckResult& result, std::size_t patch, layers::ProblemKind kind,
                           layers::Severity severity) {
    layers::Problem problem = aboutInput(result, result.patches[patch].input, kind, severity);
    problem.feature = result.patches[patch].feature;
    problem.place = result.results[patch].place;
    return problem;
}

} // namespace app
