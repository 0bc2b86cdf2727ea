#pragma once

namespace CLI {
class App;
}

namespace app {

/// `export summary PROJECT --out DIR`: how far the cases have come. Adds the verb to the noun `export`; its
/// callback leaves its exit status in `status`.
void addSummaryVerb(CLI::App& exportCommand, int& status);

} // namespace app
