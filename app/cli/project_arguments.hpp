#pragma once

#include <string>

namespace CLI {
class App;
}

/// What all commands on a project take.
namespace app {

struct ProjectOptions {
    std::string file; ///< PROJECT
    std::string who;  ///< --who
    std::string format = "text";
    bool quiet = false;
    [[nodiscard]] bool isJson() const { return format == "json"; }
};

/// PROJECT, --format, --quiet.
void addProjectOptions(CLI::App& command, ProjectOptions& options);
/// --who, for commands that change the project.
void addWho(CLI::App& command, ProjectOptions& options);

} // namespace app
