#pragma once

#include "app/check/check_result.hpp"
#include "layers/geopackage_writer.hpp"

#include <functional>

namespace app {

class RowCells;

/// Puts the rows of results.gpkg's tables into a writer, table by table (results_columns.hpp names the
/// columns). `step` is called once a patch and may throw to stop.
class ResultsRows {
  public:
    ResultsRows(const CheckResult& result, layers::GeoPackageWriter& writer)
        : m_result(result), m_writer(writer) {}

    using Step = std::function<void()>;
    void writePatches(const Step& step);
    void writeOverlaps(const Step& step);
    void writeAtoms(const Step& step);
    void writeNear();
    void writeRejects();
    void writeProblems();
    void writeZones();
    void writeJudgements();

  private:
    /// File, layer and feature number that a row comes from.
    void putSource(RowCells& row, std::int32_t input, std::int64_t feature) const;

    const CheckResult& m_result;
    layers::GeoPackageWriter& m_writer;
};

} // namespace app
