#pragma once

#include "layers/problem.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace layers {

/// Problems of one input, in the order found. Those of one kind are kept one by one up to kKept; the rest of
/// the kind becomes one record with their count, so that a broken file does not fill the report.
class ProblemLog {
  public:
    static constexpr std::int64_t kKept = 1000;

    /// `role`, `file` and `layer` are filled into every problem.
    ProblemLog(std::string role, std::string file) : m_role(std::move(role)), m_file(std::move(file)) {}
    void setLayer(std::string layer) { m_layer = std::move(layer); }

    void add(Problem problem);
    /// All problems that differ only in the feature become one record, with the first feature and a count.
    void addGrouped(Problem problem);
    /// Ends the log: the records, those beyond kKept summed up.
    [[nodiscard]] std::vector<Problem> take();

  private:
    std::string m_role;
    std::string m_file;
    std::string m_layer;
    std::vector<Problem> m_problems;
    std::map<std::pair<ProblemKind, Severity>, std::int64_t> m_counts;
    std::map<std::tuple<ProblemKind, std::string, std::string>, std::size_t> m_groups;
};

} // namespace layers
