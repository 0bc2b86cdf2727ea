#include "app/cli/commands.hpp"
#include "app/cli/layer_arguments.hpp"
#include "app/cli/long_work.hpp"
#include "app/cli/today.hpp"
#include "app/report/inspect_page.hpp"
#include "layers/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <optional>

namespace app {

namespace {

struct InspectArguments {
    std::vector<std::string> files;
    std::string role;
    LayerArguments reading;
    std::string admin;
    std::string xlsx;
    std::string profileOut;
    std::string format = "text";
};

void writeProfile(const std::string& file, const std::string& text) {
    if (std::filesystem::exists(std::filesystem::symlink_status(file))) {
        throw layers::Error(
            file +
            "：已存在，不覆盖；请换一个文件名 / exists already and is not overwritten: choose another name");
    }
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.close();
    if (!out) {
        throw layers::Error(
            file + "：无法写入，请检查磁盘空间和权限 / cannot be written: check free space and permissions");
    }
}

int runInspect(const InspectArguments& arguments) {
    if (!arguments.reading.join.table.empty() && arguments.files.size() != 1) {
        wrongUsage("--join: 一次一个图层 / one layer at a time");
    }
    if (!arguments.profileOut.empty() && arguments.files.size() != 1) {
        wrongUsage("--suggest-profile: 一次一个图层 / one layer at a time");
    }
    const std::optional<layers::Role> role =
        arguments.role.empty() ? std::nullopt : layers::roleFromKey(arguments.role);
    if (role) {
        refuseOtherRoles(arguments.reading, *role, "--role");
    }
    LongWork work({}, false);
    std::vector<layers::County> counties;
    if (!arguments.admin.empty()) {
        layers::ReadOptions admin;
        admin.role = layers::Role::Admin;
        counties =
            layers::readCounties(layers::parseLayerRef(arguments.admin), admin, work.progress()).records;
    }
    LayerReading reading(arguments.reading, layers::Role::Changes, work.progress());
    layers::ReadOptions& options = reading.options();
    options.counties = counties.empty() ? nullptr : &counties;
    std::vector<layers::LayerInspection> found;
    for (const std::string& file : arguments.files) {
        found.push_back(layers::inspectLayer(layers::parseLayerRef(file), options, role, work.progress()));
        refuseOtherRoles(arguments.reading, found.back().role, file);
    }
    fmt::print("{}", arguments.format == "json" ? inspectJson(found) : inspectText(found));
    if (!arguments.xlsx.empty()) {
        writeInspectWorkbook(arguments.xlsx, found, layers::isoFromDay(today()));
    }
    if (!arguments.profileOut.empty()) {
        writeProfile(arguments.profileOut, layers::suggestedProfile(found.front(), options));
    }
    for (const layers::LayerInspection& each : found) {
        if (!each.refusal.empty() || each.isUnusable()) {
            return kFailed;
        }
    }
    for (const layers::LayerInspection& each : found) {
        if (each.rejected > 0) {
            return kSomeRejected;
        }
    }
    return kDone;
}

} // namespace

void addInspectCommand(CLI::App& program, int& status) {
    auto arguments = std::make_shared<InspectArguments>();
    CLI::App* command =
        program.add_subcommand("inspect", "入库体检: 编码、坐标系、字段、取值、图形逐项说明 / what a file "
                                          "holds, what was decided, what is wrong");
    command->add_option("files", arguments->files, "图层 layers: FILE or FILE:LAYER ...")->required();
    command
        ->add_option("--role", arguments->role,
                     "角色 changes, redline, reserve, water or admin; 默认按字段推测 default: by its fields")
        ->check(CLI::IsMember({"changes", "redline", "reserve", "water", "admin"}));
    addLayerOptions(*command, arguments->reading, LayerKind::Patches);
    command->add_option("--format", arguments->format, "text, or json")
        ->check(CLI::IsMember({"text", "json"}));
    command->add_option(
        "--admin", arguments->admin,
        "县界 county outlines: candidates of coordinate systems are told with the counties they fall in");
    command->add_option("--xlsx", arguments->xlsx, "同时写成工作簿 the page as a workbook, too: FILE.xlsx");
    command->add_option("--suggest-profile", arguments->profileOut,
                        "写出可编辑的导入方案 writes an import profile to edit: FILE.yaml");
    command->callback([arguments, &status] { status = runInspect(*arguments); });
}

} // namespace app
