#pragma once

namespace CLI {
class App;
}

namespace app {

/// Exit statuses of the program (docs/user-guide): what scripts rely on.
enum ExitStatus : int {
    kDone = 0,
    kFailed = 1, ///< an input or output cannot be used
    kWrongUsage = 2,
    kSomeRejected = 3,
    kSumsDoNotClose = 4,
    kCancelled = 130,
};

/// Each adds its verb to the program; the verb's callback leaves its exit status in `status`.
void addCaseCommand(CLI::App& program, int& status);
void addCheckCommand(CLI::App& program, int& status);
void addExportCommand(CLI::App& program, int& status);
void addInspectCommand(CLI::App& program, int& status);
void addBatchCommand(CLI::App& program, int& status);
void addProjectCommand(CLI::App& program, int& status);
void addReturnCommand(CLI::App& program, int& status);
void addRunCommand(CLI::App& program, int& status);
void addZonesCommand(CLI::App& program, int& status);
void addRulesCommand(CLI::App& program, int& status);

} // namespace app
