#include "app/check/judgement_table.hpp"

#include <algorithm>

namespace app {

std::uint32_t JudgementTable::number(const JudgeFacts& facts) {
    Key key{facts.kind, facts.zoneClass, facts.activity, facts.change, facts.date, facts.largeCovered};
    const auto found = m_numbers.find(key);
    if (found != m_numbers.end()) {
        return found->second;
    }
    layers::Judgement judgement = judge(m_rules, facts);
    const auto same = std::find(m_judgements.begin(), m_judgements.end(), judgement);
    const auto number = static_cast<std::uint32_t>(same - m_judgements.begin());
    if (same == m_judgements.end()) {
        m_judgements.push_back(std::move(judgement));
    }
    m_numbers.emplace(std::move(key), number);
    return number;
}

} // namespace app
