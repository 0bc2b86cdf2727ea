#pragma once

#include "app/check/rules.hpp"
#include "layers/coarse_shape.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// What may leave with a field pack, layer by layer, as data (app/report/export_policy_default.yaml).
struct ExportPolicy {
    std::string name;
    std::string mark;             ///< 内部资料 注意保存; empty: nothing is marked
    layers::Decimals cases;       ///< of patches and the places to go to
    layers::Decimals counties;    ///< of the county's outline
    layers::Decimals zones;       ///< of context zones
    bool includesCounties = true; ///< the outline of a pack's county
    bool mayIncludeZones = true;  ///< false: not even with --include-zones
    bool includesSheets = true;   ///< task sheets, which show places and outlines as they are
    std::string sha256;           ///< over its text
};

struct ExportPolicyLoad {
    ExportPolicy policy;
    std::vector<RuleFault> faults; ///< every one, by line and column
};
/// Never throws for what the text holds.
[[nodiscard]] ExportPolicyLoad parseExportPolicy(std::string_view yaml);
/// The policy of a file, or the shipped one for "default" and an empty name. Throws layers::Error that names
/// line and column of every fault.
[[nodiscard]] ExportPolicy loadExportPolicy(const std::string& file);
/// The shipped policy's YAML, built in.
[[nodiscard]] std::string_view defaultExportPolicyText();

} // namespace app
