#pragma once

#include "app/check/judge.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace app {

/// Judges each different case once and numbers the answers, so that a run of a million findings holds few
/// texts.
class JudgementTable {
  public:
    explicit JudgementTable(const RuleSet& rules) : m_rules(rules) {}

    /// Number of the judgement for these facts (index into judgements()).
    [[nodiscard]] std::uint32_t number(const JudgeFacts& facts);
    [[nodiscard]] const std::vector<layers::Judgement>& judgements() const { return m_judgements; }
    [[nodiscard]] std::vector<layers::Judgement> take() { return std::move(m_judgements); }

  private:
    using Key = std::tuple<layers::ZoneKind, std::string, std::string, layers::Change, layers::Day, bool>;

    const RuleSet& m_rules;
    std::map<Key, std::uint32_t> m_numbers;
    std::vector<layers::Judgement> m_judgements;
};

} // namespace app
