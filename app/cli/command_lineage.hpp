#pragma once

namespace CLI {
class App;
}

namespace app {

/// `batch lineage PROJECT BATCH`: what the patches of a batch are to those of earlier ones. Adds the verb to
/// the noun `batch`; its callback leaves its exit status in `status`.
void addLineageVerb(CLI::App& batchCommand, int& status);

} // namespace app
