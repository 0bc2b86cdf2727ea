#include "app/cli/input_arguments.hpp"

#include "layers/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace app {

namespace {

using layers::Role;

constexpr const char* kDatumText =
    "七参数(米,角秒,ppm,位置矢量法)转到 CGCS2000 seven parameters, position vector: "
    "dx,dy,dz[,rx,ry,rz,s]";
constexpr const char* kPlaneText =
    "平面四参数 four plane parameters: dE,dN,旋转角秒,尺度ppm(或 k=系数), eastings without 带号";
constexpr const char* kAsIsText =
    "基准不统一也照读, 结果仅供参考 read another datum as CGCS2000: results for reference only";
constexpr const char* kGcj02Text = "坐标是 GCJ-02(火星坐标), 反算 undo the GCJ-02 shift";
constexpr const char* kBd09Text = "坐标是 BD-09(百度), 反算 undo the BD-09 shift";

/// Sets what one option says of an input's positions; a second one of the kind contradicts it.
/// @param whose the role, for messages; or empty
void setDatum(layers::PositionOptions& position, const std::string& whose, const geo::DatumShift& datum,
              const char* option) {
    if (position.datum.kind != geo::DatumShift::Kind::None) {
        wrongUsage(fmt::format("{0}{1} 与 {2} 只能给出一个 / only one of {1} and {2} may be given", whose,
                               position.datumFrom, option));
    }
    position.datum = datum;
    position.datumFrom = option;
}

void setMapShift(layers::PositionOptions& position, const std::string& whose, layers::MapShift shift) {
    if (position.mapShift != layers::MapShift::None && position.mapShift != shift) {
        wrongUsage(whose + "--gcj02 与 --bd09 只能给出一个 / only one of --gcj02 and --bd09 may be given");
    }
    position.mapShift = shift;
}

geo::DatumShift parametersOf(const std::string& text, bool isPlane) {
    try {
        return isPlane ? layers::parsePlaneParameters(text) : layers::parseSevenParameters(text);
    } catch (const layers::Error& e) {
        wrongUsage(e.what());
    }
}

std::string whoseOf(Role role) {
    return std::string(layers::roleKey(role)) + ": ";
}

} // namespace

void wrongUsage(const std::string& message) {
    throw CLI::ValidationError(message);
}

Role roleOf(const std::string& key, const std::string& whole) {
    const std::optional<Role> role = layers::roleFromKey(key);
    if (!role) {
        wrongUsage("“" + whole + "”: 未知角色 unknown role “" + key +
                   "” (changes, redline, reserve, water, admin)");
    }
    return *role;
}

std::map<Role, std::string> byRole(const std::vector<std::string>& given) {
    std::map<Role, std::string> values;
    for (const std::string& text : given) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals + 1 == text.size()) {
            wrongUsage("“" + text +
                       "”: 应为 ROLE=VALUE，例如 / should be ROLE=VALUE, as in changes=EPSG:4522");
        }
        const Role role = roleOf(text.substr(0, equals), text);
        const std::string value = text.substr(equals + 1);
        if (const auto [place, isNew] = values.emplace(role, value); !isNew && place->second != value) {
            wrongUsage(fmt::format("“{}”: 同一角色给了两个值 / two values for one role: {}, {}", text,
                                   place->second, value));
        }
    }
    return values;
}

std::string withoutRole(const std::string& text) {
    const std::size_t equals = text.find('=');
    return equals != std::string::npos && layers::roleFromKey(text.substr(0, equals))
               ? text.substr(equals + 1)
               : text;
}

void addPositionsByRole(CLI::App& command, PositionArguments& positions) {
    const auto add = [&](const char* name, std::vector<std::string>& values, const std::string& text) {
        command.add_option(name, values, text)->take_all();
    };
    add("--datum", positions.datum, std::string("ROLE=PARAMETERS ") + kDatumText);
    add("--plane", positions.plane, std::string("ROLE=PARAMETERS ") + kPlaneText);
    add("--crs-as-is", positions.asIs, std::string("ROLE ") + kAsIsText);
    add("--gcj02", positions.gcj02, std::string("ROLE ") + kGcj02Text);
    add("--bd09", positions.bd09, std::string("ROLE ") + kBd09Text);
}

std::map<Role, layers::PositionOptions> positionsByRole(const PositionArguments& arguments) {
    std::map<Role, layers::PositionOptions> positions;
    for (const auto& [role, text] : byRole(arguments.datum)) {
        setDatum(positions[role], whoseOf(role), parametersOf(text, false), "--datum");
    }
    for (const auto& [role, text] : byRole(arguments.plane)) {
        setDatum(positions[role], whoseOf(role), parametersOf(text, true), "--plane");
    }
    for (const std::string& key : arguments.asIs) {
        const Role role = roleOf(key, key);
        setDatum(positions[role], whoseOf(role), {geo::DatumShift::Kind::AsIs, {}}, "--crs-as-is");
    }
    for (const std::string& key : arguments.gcj02) {
        const Role role = roleOf(key, key);
        setMapShift(positions[role], whoseOf(role), layers::MapShift::Gcj02);
    }
    for (const std::string& key : arguments.bd09) {
        const Role role = roleOf(key, key);
        setMapShift(positions[role], whoseOf(role), layers::MapShift::Bd09);
    }
    return positions;
}

void addPositionFlags(CLI::App& command, PositionFlags& positions) {
    command.add_option("--datum", positions.datum, kDatumText);
    command.add_option("--plane", positions.plane, kPlaneText);
    command.add_flag("--crs-as-is", positions.asIs, kAsIsText);
    command.add_flag("--gcj02", positions.gcj02, kGcj02Text);
    command.add_flag("--bd09", positions.bd09, kBd09Text);
}

layers::PositionOptions positionOf(const PositionFlags& flags) {
    layers::PositionOptions position;
    if (!flags.datum.empty()) {
        setDatum(position, {}, parametersOf(withoutRole(flags.datum), false), "--datum");
    }
    if (!flags.plane.empty()) {
        setDatum(position, {}, parametersOf(withoutRole(flags.plane), true), "--plane");
    }
    if (flags.asIs) {
        setDatum(position, {}, {geo::DatumShift::Kind::AsIs, {}}, "--crs-as-is");
    }
    if (flags.gcj02) {
        setMapShift(position, {}, layers::MapShift::Gcj02);
    }
    if (flags.bd09) {
        setMapShift(position, {}, layers::MapShift::Bd09);
    }
    return position;
}

void addJoin(CLI::App& command, JoinArguments& join) {
    command.add_option("--join", join.table,
                       "图斑的属性表 table with attributes of the changes: FILE or FILE:SHEET");
    command.add_option("--on", join.on, "连接字段 key of --join: FIELD, or LEFT=RIGHT");
    command.add_option("--join-encoding", join.encoding,
                       "属性表的编码 encoding of the --join table, where it names none");
}

std::optional<layers::TableJoin> joinOf(const JoinArguments& arguments) {
    if (arguments.table.empty() != arguments.on.empty()) {
        wrongUsage("--join FILE[:SHEET] 和 --on FIELD 须同时给出 / --join and --on go together");
    }
    if (arguments.table.empty()) {
        if (!arguments.encoding.empty()) {
            wrongUsage("--join-encoding: 没有给出 --join / no --join is given");
        }
        return std::nullopt;
    }
    const std::size_t equals = arguments.on.find('=');
    layers::TableJoin join;
    join.table = layers::parseLayerRef(arguments.table);
    join.left = arguments.on.substr(0, equals);
    join.right = equals == std::string::npos ? join.left : arguments.on.substr(equals + 1);
    join.encoding = arguments.encoding;
    if (join.left.empty() || join.right.empty()) {
        wrongUsage("--on “" + arguments.on + "”: 应为 / should be FIELD or LEFT=RIGHT");
    }
    return join;
}

void addMask(CLI::App& command, MaskArguments& mask) {
    command
        .add_option(
            "--connect", mask.connect,
            "变化掩膜像元连通: 4 (边) 或 8 (边和角) pixels of a change mask hang together by edges (4, "
            "default) or also by corners (8)")
        ->check(CLI::IsMember({4, 8}));
    command
        .add_option(
            "--min-area", mask.minArea,
            "变化掩膜最小图斑面积 m² (默认 200) least area of a patch from a change mask (default 200)")
        ->check(CLI::Range(0.0, 1e6));
}

std::map<layers::Role, std::map<std::string, std::string>> mappingsOf(const std::vector<std::string>& given) {
    std::map<layers::Role, std::map<std::string, std::string>> mappings;
    for (const std::string& text : given) {
        const std::size_t dot = text.find('.');
        const std::size_t equals = text.find('=');
        if (dot == std::string::npos || equals == std::string::npos || equals < dot ||
            equals + 1 == text.size()) {
            wrongUsage("“" + text + "”: 应为 / should be ROLE.FIELD=SOURCE or ROLE.FIELD=const:VALUE");
        }
        mappings[roleOf(text.substr(0, dot), text)][text.substr(dot + 1, equals - dot - 1)] =
            text.substr(equals + 1);
    }
    return mappings;
}

void addOnly(CLI::App& command, std::vector<std::string>& only) {
    command.add_option("--only", only, "只写这些 write only these: gpkg,xlsx,csv,field")->delimiter(',');
}

std::set<Output> outputsOf(const std::vector<std::string>& keys) {
    std::set<Output> outputs;
    for (const std::string& key : keys) {
        const std::optional<Output> output = outputFromKey(key);
        if (!output) {
            wrongUsage("--only “" + key + "”: gpkg, xlsx, csv, field");
        }
        outputs.insert(*output);
    }
    return outputs;
}

void addKnown(CLI::App& command, KnownArguments& known) {
    command.add_option("--known-crs", known.crs,
                       "EPSG:n, --known 没有坐标系时 where the --known layer names no coordinate system");
    command.add_option(
        "--known", known.layer,
        "位置可靠的图层(如上一批、已核实点位), 检查整体偏移 a layer of known position (an earlier "
        "batch, verified points) to find a shift of the whole: FILE or FILE:LAYER");
}

} // namespace app
