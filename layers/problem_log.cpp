#include "layers/problem_log.hpp"

#include <utility>

namespace layers {

void ProblemLog::add(Problem problem) {
    const std::int64_t count = ++m_counts[{problem.kind, problem.severity}];
    if (count > kKept) {
        return;
    }
    m_problems.push_back(std::move(problem));
}

void ProblemLog::addGrouped(Problem problem) {
    const auto [place, isNew] =
        m_groups.try_emplace({problem.kind, problem.field, problem.textEn}, m_problems.size());
    if (!isNew) {
        m_problems[place->second].count += problem.count;
        return;
    }
    m_problems.push_back(std::move(problem));
}

std::vector<Problem> ProblemLog::take() {
    for (const auto& [key, count] : m_counts) {
        if (count <= kKept) {
            continue;
        }
        Problem rest;
        rest.kind = key.first;
        rest.severity = key.second;
        rest.count = count - kKept;
        rest.textZh = "同类问题另有 " + std::to_string(rest.count) + " 处，未逐条列出";
        rest.textEn = std::to_string(rest.count) + " more problems of this kind, not listed one by one";
        m_problems.push_back(std::move(rest));
    }
    for (Problem& problem : m_problems) {
        problem.role = m_role;
        problem.file = m_file;
        problem.layer = m_layer;
    }
    m_counts.clear();
    m_groups.clear();
    return std::exchange(m_problems, {});
}

} // namespace layers
