#include "layers/problem_row.hpp"

#include <string>

namespace layers {

namespace {

Value textOrEmpty(std::string_view text) {
    return text.empty() ? Value() : Value(std::string(text));
}

template <typename Number>
Value numberOrEmpty(const std::optional<Number>& number) {
    return number ? Value(*number) : Value();
}

std::string textOf(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? std::string() : *text;
}

template <typename Number>
std::optional<Number> numberOf(const Value& value) {
    const auto* number = std::get_if<Number>(&value);
    return number == nullptr ? std::nullopt : std::optional<Number>(*number);
}

} // namespace

std::vector<Value> problemRow(const Problem& problem) {
    return {textOrEmpty(problemKindKey(problem.kind)),
            textOrEmpty(severityKey(problem.severity)),
            textOrEmpty(problem.role),
            textOrEmpty(problem.file),
            textOrEmpty(problem.layer),
            numberOrEmpty(problem.feature),
            textOrEmpty(problem.field),
            textOrEmpty(problem.textZh),
            textOrEmpty(problem.textEn),
            textOrEmpty(problem.doneZh),
            textOrEmpty(problem.doneEn),
            problem.count,
            numberOrEmpty(problem.areaBeforeM2),
            numberOrEmpty(problem.areaAfterM2)};
}

Problem problemFromRow(const std::vector<Value>& row) {
    std::size_t place = 0;
    const auto next = [&]() -> const Value& { return row.at(place++); };
    Problem problem;
    problem.kind = problemKindFromKey(textOf(next())).value_or(ProblemKind::FileDamaged);
    problem.severity = severityFromKey(textOf(next())).value_or(Severity::Warning);
    for (std::string* text : {&problem.role, &problem.file, &problem.layer}) {
        *text = textOf(next());
    }
    problem.feature = numberOf<std::int64_t>(next());
    for (std::string* text :
         {&problem.field, &problem.textZh, &problem.textEn, &problem.doneZh, &problem.doneEn}) {
        *text = textOf(next());
    }
    problem.count = numberOf<std::int64_t>(next()).value_or(1);
    problem.areaBeforeM2 = numberOf<double>(next());
    problem.areaAfterM2 = numberOf<double>(next());
    return problem;
}

} // namespace layers
