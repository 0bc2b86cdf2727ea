#pragma once

#include "geo/progress.hpp"
#include "layers/lineage.hpp"
#include "layers/project/project_file.hpp"
#include "layers/settings.hpp"

#include <cstdint>

namespace app {

/// Compares the patches of a batch with those of all batches added before it, by the rules of lineage.hpp.
/// The time grows with the batch and with what lies at its places, not with the history; memory is bounded.
/// Reads on the project's connection only, so that it works inside a Change that has just added the batch;
/// measures on `threads` threads (0: all), with the same result for any number. Nothing is written
/// (layers::writeLineage does that). Throws layers::Error; geo::Cancelled.
[[nodiscard]] layers::LineageResult findLineage(const layers::ProjectFile& project, std::int64_t batch,
                                                const layers::Settings& settings, int threads,
                                                geo::Progress& progress);

} // namespace app
