#pragma once

#include "app/report/check_outputs.hpp"
#include "layers/reader.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace CLI {
class App;
}

/// What `check` and `inspect` let the user say of an input, told once.
namespace app {

/// Ends the command with status 2 and this message.
[[noreturn]] void wrongUsage(const std::string& message);

/// The role of a key; `whole` is the text it stands in, for the message.
[[nodiscard]] layers::Role roleOf(const std::string& key, const std::string& whole);
/// "ROLE=VALUE" of --crs, --encoding and others.
[[nodiscard]] std::map<layers::Role, std::string> byRole(const std::vector<std::string>& given);

/// "ROLE.FIELD=SOURCE" of --map.
[[nodiscard]] std::map<layers::Role, std::map<std::string, std::string>>
mappingsOf(const std::vector<std::string>& given);

/// The value of "ROLE=VALUE", or the text itself: `inspect` takes an option as the messages and `check` spell
/// it.
[[nodiscard]] std::string withoutRole(const std::string& text);

/// What is said of positions beside the coordinate system: "ROLE=..." each, or without ROLE.
struct PositionArguments {
    std::vector<std::string> datum;
    std::vector<std::string> plane;
    std::vector<std::string> asIs;
    std::vector<std::string> gcj02;
    std::vector<std::string> bd09;
};
/// --datum ROLE=..., --plane ROLE=..., --crs-as-is ROLE, --gcj02 ROLE, --bd09 ROLE.
void addPositionsByRole(CLI::App& command, PositionArguments& positions);
[[nodiscard]] std::map<layers::Role, layers::PositionOptions>
positionsByRole(const PositionArguments& arguments);

/// The same for one input, without a role; the last three are flags.
struct PositionFlags {
    std::string datum;
    std::string plane;
    bool asIs = false;
    bool gcj02 = false;
    bool bd09 = false;
};
void addPositionFlags(CLI::App& command, PositionFlags& positions);
[[nodiscard]] layers::PositionOptions positionOf(const PositionFlags& flags);

/// --join FILE[:SHEET] --on FIELD or LEFT=RIGHT [--join-encoding NAME].
struct JoinArguments {
    std::string table;
    std::string on;
    std::string encoding;
};
void addJoin(CLI::App& command, JoinArguments& join);
[[nodiscard]] std::optional<layers::TableJoin> joinOf(const JoinArguments& arguments);

/// --connect, --min-area.
struct MaskArguments {
    int connect = 4;
    std::optional<double> minArea; ///< m²
};
void addMask(CLI::App& command, MaskArguments& mask);

/// --only gpkg,xlsx,csv,field
void addOnly(CLI::App& command, std::vector<std::string>& only);
[[nodiscard]] std::set<Output> outputsOf(const std::vector<std::string>& keys);

/// --known FILE[:LAYER], --known-crs EPSG:n.
struct KnownArguments {
    std::string layer;
    std::string crs;
};
void addKnown(CLI::App& command, KnownArguments& known);

} // namespace app
