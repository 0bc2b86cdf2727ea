#pragma once

#include "app/check/check_result.hpp"
#include "layers/table_sink.hpp"

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace app {

class RowCells;

/// What rows of other tables are called where they are pointed to: 1, 2, 3 … unless a project has ids of its
/// own.
struct RowIds {
    std::vector<std::int64_t> patches; ///< by patch number; empty: counted from 1
    std::vector<std::int64_t> zones;   ///< by zone number; empty: counted from 1
    std::int64_t firstJudgement = 1;

    [[nodiscard]] std::int64_t patch(std::size_t number) const { return idOf(patches, number); }
    [[nodiscard]] std::int64_t zone(std::size_t number) const { return idOf(zones, number); }
    [[nodiscard]] std::int64_t judgement(std::size_t number) const {
        return firstJudgement + static_cast<std::int64_t>(number);
    }

  private:
    static std::int64_t idOf(const std::vector<std::int64_t>& ids, std::size_t number) {
        return ids.empty() ? static_cast<std::int64_t>(number) + 1 : ids[number];
    }
};

/// Puts the rows of results.gpkg's tables into a writer, table by table (results_columns.hpp names the
/// columns). `step` is called once a patch and may throw to stop.
class ResultsRows {
  public:
    ResultsRows(const CheckResult& result, layers::TableSink& writer, RowIds ids = {})
        : m_result(result), m_writer(writer), m_ids(std::move(ids)) {}

    using Step = std::function<void()>;
    /// All of them, in the order of results.gpkg.
    void writeAll(const Step& step);

  private:
    void writePatches(const Step& step);
    void writeOverlaps(const Step& step);
    void writeAtoms(const Step& step);
    void writeNear();
    void writeRejects();
    void writeProblems();
    void writeZones();
    void writeJudgements();
    /// File, layer and feature number that a row comes from.
    void putSource(RowCells& row, std::int32_t input, std::int64_t feature) const;

    const CheckResult& m_result;
    layers::TableSink& m_writer;
    RowIds m_ids;
};

} // namespace app
