#pragma once

namespace CLI {
class App;
}

namespace app {

/// `export area`: area statements 面积计算书 of single cases. Adds the verb to the noun `export`.
void addAreaVerb(CLI::App& exportCommand, int& status);

} // namespace app
