#include "app/cli/project_arguments.hpp"

#include <CLI/CLI.hpp>

namespace app {

void addProjectOptions(CLI::App& command, ProjectOptions& options, OrResults orResults) {
    command
        .add_option("project", options.file,
                    orResults == OrResults::No
                        ? "项目文件 project file (*.ecoredline)"
                        : "项目文件或核查结果 project file (*.ecoredline), or results.gpkg of a check")
        ->required();
    command.add_option("--format", options.format, "text, or json: the result on stdout")
        ->check(CLI::IsMember({"text", "json"}));
    command.add_flag("--quiet", options.quiet, "只输出错误 errors only");
}

void addWho(CLI::App& command, ProjectOptions& options) {
    command.add_option(
        "--who", options.who,
        "经办人，记入台账 who does it, kept in the ledger (default: $ECOREDLINE_WHO, or the user)");
}

} // namespace app
