#pragma once

namespace CLI {
class App;
}

namespace app {

/// `export sheets`: task sheets 任务单 of a batch; `export template`: the shipped template, or the faults of
/// a file.
void addSheetVerbs(CLI::App& exportCommand, int& status);

} // namespace app
