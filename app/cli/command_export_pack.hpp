#pragma once

namespace CLI {
class App;
}

namespace app {

/// `export pack PROJECT --batch B --out DIR`: field packs, one a county or team. Adds the verb to the noun
/// `export`; its callback leaves its exit status in `status`.
void addPackVerb(CLI::App& exportCommand, int& status);

} // namespace app
