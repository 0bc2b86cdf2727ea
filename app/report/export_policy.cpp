#include "app/report/export_policy.hpp"

#include "app/check/configuration.hpp"
#include "app/check/yaml_handle.hpp"
#include "layers/sha256.hpp"

#include <charconv>

namespace app {

namespace {

using Need = MapReader::Need;

constexpr std::string_view kFormat = "1";
constexpr std::string_view kExact = "exact";
constexpr int kLeastDecimals = 2;

layers::Decimals readDecimals(MapReader& reader, FaultList& faults) {
    const auto given = reader.text("decimals", Need::Required);
    if (!given || given->text == kExact) {
        return {};
    }
    const std::string& text = given->text;
    int decimals = -1;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), decimals);
    if (fault != std::errc() || end != text.data() + text.size() || decimals < kLeastDecimals ||
        decimals > layers::kMostDecimals) {
        faults.error(given->mark, "小数位“" + text + "”应为 exact 或 2 至 9 的整数",
                     "decimals '" + text + "': exact or a number from 2 to 9 is expected");
    }
    return decimals;
}

/// Whether `include` says `yes`, the one word for it that the layer knows beside never.
bool readInclude(MapReader& reader, const std::string& yes, FaultList& faults) {
    const auto include = reader.text("include", Need::Required);
    if (include && include->text != yes && include->text != "never") {
        faults.error(include->mark, "include 应为 " + yes + " 或 never",
                     "include: " + yes + " or never is expected");
    }
    return include && include->text == yes;
}

void readLayers(const YAML::Node& node, const YAML::Mark& mark, ExportPolicy& policy, FaultList& faults) {
    MapReader all(node, mark, "layers", faults);
    if (const auto cases = all.field("cases", Need::Required)) {
        MapReader reader(cases->first, cases->second, "layers.cases", faults);
        policy.cases = readDecimals(reader, faults);
        reader.finish();
    }
    if (const auto counties = all.field("counties", Need::Required)) {
        MapReader reader(counties->first, counties->second, "layers.counties", faults);
        policy.counties = readDecimals(reader, faults);
        policy.includesCounties = readInclude(reader, "always", faults);
        reader.finish();
    }
    if (const auto zones = all.field("zones", Need::Required)) {
        MapReader reader(zones->first, zones->second, "layers.zones", faults);
        policy.zones = readDecimals(reader, faults);
        policy.mayIncludeZones = readInclude(reader, "asked", faults);
        reader.finish();
    }
    // A policy of before task sheets were in packs: what keeps zones back keeps back paper that shows them.
    policy.includesSheets = policy.mayIncludeZones;
    if (const auto sheets = all.field("sheets", Need::Optional)) {
        MapReader reader(sheets->first, sheets->second, "layers.sheets", faults);
        policy.includesSheets = readInclude(reader, "always", faults);
        reader.finish();
    }
    all.finish();
}

ExportPolicy read(const YAML::Node& root, FaultList& faults) {
    ExportPolicy policy;
    MapReader reader(root, root.Mark(), "policy", faults);
    if (!reader.isMap()) {
        return policy;
    }
    if (const auto format = reader.text("format", Need::Required); format && format->text != kFormat) {
        faults.error(format->mark, "格式“" + format->text + "”不受支持，应为 1",
                     "unknown format '" + format->text + "', 1 is expected");
    }
    policy.name = reader.text("name", Need::Required).value_or(PlacedText{}).text;
    policy.mark = reader.text("mark", Need::Optional).value_or(PlacedText{}).text;
    if (const auto layers = reader.field("layers", Need::Required)) {
        readLayers(layers->first, layers->second, policy, faults);
    }
    reader.finish();
    return policy;
}

} // namespace

ExportPolicyLoad parseExportPolicy(std::string_view yaml) {
    ExportPolicyLoad load = loadDocument(yaml, &ExportPolicyLoad::policy, read);
    load.policy.sha256 = layers::sha256OfText(withoutByteOrderMark(yaml));
    return load;
}

ExportPolicy loadExportPolicy(const std::string& file) {
    const bool isShipped = file.empty() || file == "default";
    const std::string text = isShipped ? std::string(defaultExportPolicyText()) : configurationText(file);
    ExportPolicyLoad load = parseExportPolicy(text);
    refuseFaults(isShipped ? "default" : std::filesystem::path(file).filename().string(), load.faults);
    return std::move(load.policy);
}

} // namespace app
