#pragma once

#include "layers/lineage.hpp"
#include "layers/project/ledger_change.hpp"
#include "layers/settings.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace layers {

/// Keeps the lineage of a batch, with an event ("lineage_found") that tells counts and thresholds. Throws
/// layers::Error when the batch has one already: it stands as it was when the batch came.
void writeLineage(LedgerChange& change, std::int64_t batch, const LineageResult& result,
                  const Settings& settings);

/// The lineage of a batch; nothing when it was never compared.
[[nodiscard]] std::optional<LineageResult> readLineage(const ProjectFile& project, std::int64_t batch);
/// The rows of one patch, the strongest first.
[[nodiscard]] std::vector<LineageRow> lineageOf(const ProjectFile& project, std::int64_t patch);
/// Rows of later patches that name this one.
[[nodiscard]] std::vector<LineageRow> laterThan(const ProjectFile& project, std::int64_t patch);

} // namespace layers
