#include "geo/wkb.hpp"
#include "layers/project/record_json_handle.hpp"

#include <fmt/format.h>

namespace layers::project {

namespace {

Json dateJson(const DateText& date) {
    Json json = Json::array({date.raw});
    if (date.first) {
        json.push_back(*date.first);
        json.push_back(date.last.value_or(*date.first));
    }
    return json;
}

DateText dateFrom(const Json& json) {
    DateText date;
    date.raw = json.at(0);
    if (json.size() > 2) {
        date.first = json.at(1).get<Day>();
        date.last = json.at(2).get<Day>();
    }
    return date;
}

std::string hexOf(const std::vector<std::byte>& bytes) {
    std::string hex;
    hex.reserve(2 * bytes.size());
    for (const std::byte byte : bytes) {
        fmt::format_to(std::back_inserter(hex), "{:02x}", std::to_integer<unsigned>(byte));
    }
    return hex;
}

std::vector<std::byte> bytesFrom(const std::string& hex) {
    constexpr int kHex = 16;
    std::vector<std::byte> bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
        bytes.push_back(static_cast<std::byte>(std::stoi(hex.substr(at, 2), nullptr, kHex)));
    }
    return bytes;
}

} // namespace

std::string textOf(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json toJson(const InputReport& report) {
    return Json{{"role", roleKey(report.role)},
                {"file", report.file},
                {"layer", report.layer},
                {"sha256", report.sha256},
                {"crs", report.crs},
                {"crs_reason", report.crsReason},
                {"encoding", report.encoding},
                {"encoding_reason", report.encodingReason},
                {"encoding_samples", report.encodingSamples},
                {"profile", report.profile},
                {"fields", report.fields},
                {"mapping", report.mapping},
                {"features", report.features},
                {"invalid", report.invalid},
                {"repaired", report.repaired},
                {"rejected", report.rejected}};
}

InputReport reportFrom(const Json& json) {
    InputReport report;
    report.role = roleFromKey(json.at("role").get<std::string>()).value_or(Role::Changes);
    json.at("file").get_to(report.file);
    json.at("layer").get_to(report.layer);
    json.at("sha256").get_to(report.sha256);
    json.at("crs").get_to(report.crs);
    json.at("crs_reason").get_to(report.crsReason);
    json.at("encoding").get_to(report.encoding);
    json.at("encoding_reason").get_to(report.encodingReason);
    json.at("encoding_samples").get_to(report.encodingSamples);
    json.at("profile").get_to(report.profile);
    json.at("fields").get_to(report.fields);
    json.at("mapping").get_to(report.mapping);
    json.at("features").get_to(report.features);
    json.at("invalid").get_to(report.invalid);
    json.at("repaired").get_to(report.repaired);
    json.at("rejected").get_to(report.rejected);
    return report;
}

Json toJson(const Patch& patch) {
    Json json{{"feature", patch.feature},
              {"id", patch.id},
              {"batch", patch.batch},
              {"activity_text", patch.activityText},
              {"activity", patch.activity},
              {"change_text", patch.changeText},
              {"change", changeKey(patch.change)},
              {"earlier", dateJson(patch.earlier)},
              {"later", dateJson(patch.later)},
              {"stated_area", patch.statedArea},
              {"note", patch.note},
              {"raw", patch.raw}};
    if (patch.statedAreaM2) {
        json["stated_area_m2"] = *patch.statedAreaM2;
    }
    return json;
}

Patch patchFrom(const Json& json) {
    Patch patch;
    json.at("feature").get_to(patch.feature);
    json.at("id").get_to(patch.id);
    json.at("batch").get_to(patch.batch);
    json.at("activity_text").get_to(patch.activityText);
    json.at("activity").get_to(patch.activity);
    json.at("change_text").get_to(patch.changeText);
    patch.change = changeFromKey(json.at("change").get<std::string>()).value_or(Change::Unknown);
    patch.earlier = dateFrom(json.at("earlier"));
    patch.later = dateFrom(json.at("later"));
    json.at("stated_area").get_to(patch.statedArea);
    if (json.contains("stated_area_m2")) {
        patch.statedAreaM2 = json.at("stated_area_m2").get<double>();
    }
    json.at("note").get_to(patch.note);
    json.at("raw").get_to(patch.raw);
    return patch;
}

Json toJson(const Zone& zone) {
    return Json{{"role", roleKey(zone.role)},
                {"kind", zoneKindCode(zone.kind)},
                {"feature", zone.feature},
                {"id", zone.id},
                {"name", zone.name},
                {"level", zone.level},
                {"class", zone.zoneClass},
                {"original_class", zone.originalClass},
                {"version", zone.version},
                {"approval", zone.approval},
                {"approved", dateJson(zone.approved)},
                {"valid_from", dateJson(zone.validFrom)},
                {"valid_to", dateJson(zone.validTo)}};
}

Zone zoneFrom(const Json& json) {
    Zone zone;
    zone.role = roleFromKey(json.at("role").get<std::string>()).value_or(Role::RedLine);
    zone.kind = zoneKindFromCode(json.at("kind").get<std::string>()).value_or(ZoneKind::RedLine);
    json.at("feature").get_to(zone.feature);
    json.at("id").get_to(zone.id);
    json.at("name").get_to(zone.name);
    json.at("level").get_to(zone.level);
    json.at("class").get_to(zone.zoneClass);
    json.at("original_class").get_to(zone.originalClass);
    json.at("version").get_to(zone.version);
    json.at("approval").get_to(zone.approval);
    zone.approved = dateFrom(json.at("approved"));
    zone.validFrom = dateFrom(json.at("valid_from"));
    zone.validTo = dateFrom(json.at("valid_to"));
    return zone;
}

Json toJson(const Reject& reject) {
    return Json{{"feature", reject.feature},
                {"id", reject.id},
                {"reason_zh", reject.reasonZh},
                {"reason_en", reject.reasonEn},
                {"raw", reject.raw},
                {"wkb", reject.shape.isEmpty() ? std::string() : hexOf(geo::wkbFromShape(reject.shape))}};
}

Reject rejectFrom(const Json& json) {
    Reject reject;
    json.at("feature").get_to(reject.feature);
    json.at("id").get_to(reject.id);
    json.at("reason_zh").get_to(reject.reasonZh);
    json.at("reason_en").get_to(reject.reasonEn);
    json.at("raw").get_to(reject.raw);
    const std::string wkb = json.at("wkb");
    if (!wkb.empty()) {
        reject.shape = geo::shapeFromWkb(bytesFrom(wkb));
    }
    return reject;
}

Json toJson(const Settings& settings) {
    Json json = Json::object();
    for (const SettingInfo& info : settingInfos()) {
        json[info.name] = settings.*info.member;
    }
    return json;
}

Settings settingsFrom(const Json& json) {
    Settings settings;
    for (const SettingInfo& info : settingInfos()) {
        if (json.contains(info.name)) {
            settings.*info.member = json.at(info.name).get<double>();
        }
    }
    return settings;
}

} // namespace layers::project
