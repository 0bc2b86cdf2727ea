#pragma once

#include "app/cli/json_handle.hpp"
#include "layers/lineage.hpp"

namespace CLI {
class App;
}

namespace app {

/// `batch lineage PROJECT BATCH`: what the patches of a batch are to those of earlier ones. Adds the verb to
/// the noun `batch`; its callback leaves its exit status in `status`.
void addLineageVerb(CLI::App& batchCommand, int& status);

/// The counts of a batch's lineage, as `batch add` and `batch lineage` print them.
[[nodiscard]] Json lineageJson(const layers::LineageCounts& counts);
void printLineageCounts(const layers::LineageCounts& counts);

} // namespace app
