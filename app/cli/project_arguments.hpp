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

/// PROJECT, --format, --quiet. @param orResults the command takes a results.gpkg in place of a project, too
enum class OrResults { No, Yes };
void addProjectOptions(CLI::App& command, ProjectOptions& options, OrResults orResults = OrResults::No);
/// --who, for commands that change the project.
void addWho(CLI::App& command, ProjectOptions& options);

} // namespace app
