#include "app/cli/commands.hpp"
#include "app/cli/input_arguments.hpp"
#include "app/cli/terminal_progress.hpp"
#include "app/cli/today.hpp"
#include "app/report/inspect_page.hpp"
#include "layers/error.hpp"
#include "layers/known_places.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>

namespace app {

namespace {

struct InspectArguments {
    std::vector<std::string> files;
    std::string role;
    std::string crs;
    std::string encoding;
    PositionFlags positions;
    JoinArguments join;
    MaskArguments mask;
    KnownArguments known;
    std::string settings;
    std::vector<std::string> mappings;
    std::vector<std::string> profiles;
    std::vector<std::string> allowDrivers;
    std::string admin;
    std::string xlsx;
    std::string profileOut;
    std::string format = "text";
};

layers::ReadOptions readOptions(const InspectArguments& arguments,
                                const std::vector<layers::ImportProfile>& profiles) {
    layers::ReadOptions options;
    options.crs = withoutRole(arguments.crs);
    options.encoding = withoutRole(arguments.encoding);
    options.positions = positionOf(arguments.positions);
    options.join = joinOf(arguments.join);
    options.allowDrivers = arguments.allowDrivers;
    options.settings =
        arguments.settings.empty() ? layers::Settings{} : layers::readSettings(arguments.settings);
    options.settings.maskLeastAreaM2 = arguments.mask.minArea.value_or(options.settings.maskLeastAreaM2);
    options.maskNeighbours = arguments.mask.connect;
    for (const layers::ImportProfile& profile : profiles) {
        options.profiles.push_back(&profile);
    }
    for (const std::string& text : arguments.mappings) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
            wrongUsage("--map “" + text + "”: 应为 / should be FIELD=SOURCE or FIELD=const:VALUE");
        }
        const std::size_t dot = text.find('.');
        const bool hasRole = dot < equals && layers::roleFromKey(text.substr(0, dot)).has_value();
        const std::size_t from = hasRole ? dot + 1 : 0;
        options.mapping[text.substr(from, equals - from)] = text.substr(equals + 1);
    }
    return options;
}

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

/// Options that name a role (--crs redline=EPSG:n), which must be the layer's.
std::vector<std::pair<std::string, layers::Role>> rolesNamed(const InspectArguments& arguments) {
    std::vector<std::pair<std::string, layers::Role>> named;
    const auto add = [&](const std::string& option, const std::string& text, char mark) {
        const std::size_t end = text.find(mark);
        const auto role = end == std::string::npos ? std::nullopt : layers::roleFromKey(text.substr(0, end));
        if (role && end < text.find('=') + 1) {
            named.emplace_back(option + " " + text, *role);
        }
    };
    add("--crs", arguments.crs, '=');
    add("--encoding", arguments.encoding, '=');
    add("--datum", arguments.positions.datum, '=');
    add("--plane", arguments.positions.plane, '=');
    for (const std::string& mapping : arguments.mappings) {
        add("--map", mapping, '.');
    }
    return named;
}

/// Another role's option would be used for this layer in silence.
void refuseOtherRoles(const InspectArguments& arguments, layers::Role role, const std::string& whose) {
    for (const auto& [option, named] : rolesNamed(arguments)) {
        if (named != role) {
            wrongUsage(
                fmt::format("{0}：{1}的角色是 {2}，不是 {3}；请更正选项，或用 --role {3} / {1} has the role "
                            "{2}, not {3}: correct the option, or give --role {3}",
                            option, whose, layers::roleKey(role), layers::roleKey(named)));
        }
    }
}

int runInspect(const InspectArguments& arguments) {
    if (!arguments.join.table.empty() && arguments.files.size() != 1) {
        wrongUsage("--join: 一次一个图层 / one layer at a time");
    }
    if (!arguments.profileOut.empty() && arguments.files.size() != 1) {
        wrongUsage("--suggest-profile: 一次一个图层 / one layer at a time");
    }
    std::vector<layers::ImportProfile> profiles;
    for (const std::string& name : arguments.profiles) {
        for (layers::ImportProfile& profile : layers::loadProfiles(name)) {
            profiles.push_back(std::move(profile));
        }
    }
    const std::optional<layers::Role> role =
        arguments.role.empty() ? std::nullopt : layers::roleFromKey(arguments.role);
    if (role) {
        refuseOtherRoles(arguments, *role, "--role");
    }
    TerminalProgress terminal(isatty(STDERR_FILENO) == 1 ? ProgressStyle::Bar : ProgressStyle::None);
    geo::Progress progress([&terminal](const geo::Progress::State& state) { terminal.show(state); });
    const CancelOnSignal cancel(progress);
    std::vector<layers::County> counties;
    if (!arguments.admin.empty()) {
        layers::ReadOptions admin;
        admin.role = layers::Role::Admin;
        counties = layers::readCounties(layers::parseLayerRef(arguments.admin), admin, progress).records;
    }
    layers::ReadOptions options = readOptions(arguments, profiles);
    options.counties = counties.empty() ? nullptr : &counties;
    std::optional<layers::KnownPlaces> known;
    if (!arguments.known.layer.empty()) {
        known = layers::readKnownPlaces(layers::parseLayerRef(arguments.known.layer),
                                        withoutRole(arguments.known.crs), options, progress);
        options.known = &*known;
    }
    std::vector<layers::LayerInspection> found;
    for (const std::string& file : arguments.files) {
        found.push_back(layers::inspectLayer(layers::parseLayerRef(file), options, role, progress));
        refuseOtherRoles(arguments, found.back().role, file);
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
    command->add_option("--crs", arguments->crs, "EPSG:n, where a file names no coordinate system");
    command->add_option("--encoding", arguments->encoding, "编码 NAME, where a file names none");
    addPositionFlags(*command, arguments->positions);
    addKnown(*command, arguments->known);
    addJoin(*command, arguments->join);
    addMask(*command, arguments->mask);
    command->add_option("--settings", arguments->settings, "容差等设置 settings (YAML)");
    command->add_option("--map", arguments->mappings, "FIELD=SOURCE or FIELD=const:VALUE")->take_all();
    command->add_option("--profile", arguments->profiles, "导入方案 import profiles: name or file")
        ->take_all();
    command->add_option("--format", arguments->format, "text, or json")
        ->check(CLI::IsMember({"text", "json"}));
    command->add_option(
        "--admin", arguments->admin,
        "县界 county outlines: candidates of coordinate systems are told with the counties they fall in");
    command
        ->add_option("--allow-driver", arguments->allowDrivers,
                     "另外允许的 GDAL 驱动 a GDAL driver beyond the usual ones")
        ->take_all();
    command->add_option("--xlsx", arguments->xlsx, "同时写成工作簿 the page as a workbook, too: FILE.xlsx");
    command->add_option("--suggest-profile", arguments->profileOut,
                        "写出可编辑的导入方案 writes an import profile to edit: FILE.yaml");
    command->callback([arguments, &status] { status = runInspect(*arguments); });
}

} // namespace app
