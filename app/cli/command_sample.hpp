#pragma once

namespace CLI {
class App;
}

namespace app {

/// `case sample PROJECT`: draws cases for second-level inspection (抽检), shows a sample again, lists
/// samples. Adds the verb to the noun `case`; its callback leaves its exit status in `status`.
void addSampleVerb(CLI::App& caseCommand, int& status);

} // namespace app
