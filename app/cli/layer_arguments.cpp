#include "app/cli/layer_arguments.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace app {

namespace {

/// Options that name a role (--crs redline=EPSG:n), which must be the layer's.
std::vector<std::pair<std::string, layers::Role>> rolesNamed(const LayerArguments& arguments) {
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

} // namespace

void refuseOtherRoles(const LayerArguments& arguments, layers::Role role, const std::string& whose) {
    for (const auto& [option, named] : rolesNamed(arguments)) {
        if (named != role) {
            wrongUsage(
                fmt::format("{0}：{1}的角色是 {2}，不是 {3}；请更正选项，或用 --role {3} / {1} has the role "
                            "{2}, not {3}: correct the option, or give --role {3}",
                            option, whose, layers::roleKey(role), layers::roleKey(named)));
        }
    }
}

void addLayerOptions(CLI::App& command, LayerArguments& arguments, LayerKind kind) {
    command.add_option("--crs", arguments.crs, "EPSG:n, where a file names no coordinate system");
    command.add_option("--encoding", arguments.encoding, "编码 NAME, where a file names none");
    addPositionFlags(command, arguments.positions);
    command.add_option("--map", arguments.mappings, "FIELD=SOURCE or FIELD=const:VALUE")->take_all();
    command.add_option("--profile", arguments.profiles, "导入方案 import profiles: name or file")->take_all();
    command
        .add_option("--allow-driver", arguments.allowDrivers,
                    "另外允许的 GDAL 驱动 a GDAL driver beyond the usual ones")
        ->take_all();
    if (kind == LayerKind::Patches) {
        addJoin(command, arguments.join);
        addKnown(command, arguments.known);
        addMask(command, arguments.mask);
        command.add_option("--settings", arguments.settings, "容差等设置 settings (YAML)");
    }
}

LayerReading::LayerReading(const LayerArguments& arguments, layers::Role role, geo::Progress& progress) {
    for (const std::string& name : arguments.profiles) {
        for (layers::ImportProfile& profile : layers::loadProfiles(name)) {
            m_profiles.push_back(std::move(profile));
        }
    }
    m_options.role = role;
    m_options.crs = withoutRole(arguments.crs);
    m_options.encoding = withoutRole(arguments.encoding);
    m_options.positions = positionOf(arguments.positions);
    m_options.join = joinOf(arguments.join);
    m_options.allowDrivers = arguments.allowDrivers;
    m_options.settings =
        arguments.settings.empty() ? layers::Settings{} : layers::readSettings(arguments.settings);
    m_options.settings.maskLeastAreaM2 = arguments.mask.minArea.value_or(m_options.settings.maskLeastAreaM2);
    m_options.maskNeighbours = arguments.mask.connect;
    for (const layers::ImportProfile& profile : m_profiles) {
        m_options.profiles.push_back(&profile);
    }
    for (const std::string& text : arguments.mappings) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
            wrongUsage("--map “" + text + "”: 应为 / should be FIELD=SOURCE or FIELD=const:VALUE");
        }
        const std::size_t dot = text.find('.');
        const bool hasRole = dot < equals && layers::roleFromKey(text.substr(0, dot)).has_value();
        const std::size_t from = hasRole ? dot + 1 : 0;
        m_options.mapping[text.substr(from, equals - from)] = text.substr(equals + 1);
    }
    if (!arguments.known.layer.empty()) {
        m_known = layers::readKnownPlaces(layers::parseLayerRef(arguments.known.layer), arguments.known.crs,
                                          m_options, progress);
        m_options.known = &*m_known;
    }
}

} // namespace app
