#pragma once

namespace CLI {
class App;
}

namespace app {

/// Adds `rules test` to the verbs of `rules`.
void addRuleTrialVerb(CLI::App& rulesCommand, int& status);

} // namespace app
