#include "app/cli/commands.hpp"
#include "geo/error.hpp"
#include "geo/progress.hpp"
#include "layers/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <clocale>
#include <cstdio>

namespace {

int run(int argc, char** argv) {
    CLI::App program{
        "生态红线核查 EcoRedline: 图斑与生态保护红线、自然保护地、饮用水水源保护区套合核查\n"
        "checks satellite-flagged patches against red lines, protected areas and water-source zones"};
    program.set_version_flag("--version", std::string("EcoRedline ") + ECOREDLINE_VERSION);
    program.require_subcommand(1);
    int status = app::kDone;
    app::addCaseCommand(program, status);
    app::addCheckCommand(program, status);
    app::addInspectCommand(program, status);
    app::addProjectCommand(program, status);
    app::addZonesCommand(program, status);
    app::addBatchCommand(program, status);
    app::addRunCommand(program, status);
    app::addExportCommand(program, status);
    app::addReturnCommand(program, status);
    app::addRulesCommand(program, status);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error, std::cout, std::cerr) == 0 ? app::kDone : app::kWrongUsage;
    }
    return status;
}

} // namespace

int main(int argc, char** argv) {
    // Numbers are written and read with a point, whatever the desktop's locale says.
    static_cast<void>(std::setlocale(LC_ALL, "C.UTF-8"));
    static_cast<void>(std::setlocale(LC_NUMERIC, "C"));
    try {
        return run(argc, argv);
    } catch (const geo::Cancelled&) {
        fmt::print(stderr, "已取消，未留下任何结果 / cancelled, nothing was left behind\n");
        return app::kCancelled;
    } catch (const std::exception& error) {
        fmt::print(stderr, "错误 error: {}\n", error.what());
        return app::kFailed;
    }
}
