#include "app/check/responsibility.hpp"

#include "app/check/printed_areas.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace app {

namespace {

// The tables of domain.md 1.7, from the prefecture's own plan. {州} stands for 州, 市, 盟 or 地区 as the
// prefecture is one, {属地} for the county's government. Edit here; nothing else knows an office by name.

constexpr std::string_view kLocalGovernment = "{属地}";
constexpr std::string_view kEcologyBureau = "{州}生态环境局";
constexpr std::array<std::string_view, 4> kAlwaysPartners = {"{州}林草局", "{州}农牧局", "{州}交通局",
                                                             "{州}水利局"};

struct KindOffices {
    layers::ZoneKind kind;
    std::array<std::string_view, 2> leads;
    std::array<std::string_view, 3> partners;
};
constexpr std::array<KindOffices, 6> kByKind = {{
    {layers::ZoneKind::RedLine,
     {"{州}林草局", "{州}自然资源局"},
     {"{州}生态环境局", "{州}农牧局", "{州}发展改革委"}},
    {layers::ZoneKind::NationalPark, {"{州}林草局", ""}, {"保护地管理机构", "{州}农牧局", "{州}自然资源局"}},
    {layers::ZoneKind::NatureReserve, {"{州}林草局", ""}, {"保护地管理机构", "{州}农牧局", "{州}自然资源局"}},
    {layers::ZoneKind::ScenicArea, {"{州}林草局", ""}, {"保护地管理机构", "{州}农牧局", "{州}自然资源局"}},
    {layers::ZoneKind::NaturePark, {"{州}林草局", ""}, {"保护地管理机构", "{州}农牧局", "{州}自然资源局"}},
    {layers::ZoneKind::WaterSource, {"{州}生态环境局", ""}, {"{州}住建局", "{州}水利局", ""}},
}};

struct ActivityOffice {
    std::string_view activity;
    std::string_view office;
};
constexpr std::array<ActivityOffice, 8> kByActivity = {{
    {"A01", "{州}自然资源局"},
    {"A03", "{州}水利局"},
    {"A03", "{州}发展改革委"},
    {"A05", "{州}文旅局"},
    {"A06", "{州}交通局"},
    {"A07", "{州}农牧局"},
    {"A08", "{州}农牧局"},
    {"A12", "{州}林草局"},
}};

constexpr std::array<std::string_view, 4> kPrefectureEndings = {"州", "市", "盟", "地区"};

void replace(std::string& text, std::string_view what, std::string_view with) {
    const std::size_t at = text.find(what);
    if (at != std::string::npos) {
        text.replace(at, what.size(), with);
    }
}

std::string officeName(std::string_view office, const CheckResult& result, std::int32_t county) {
    std::string_view level = kPrefectureEndings.front();
    std::string government = "属地县(市)人民政府";
    if (county >= 0) {
        const layers::County& c = result.counties[static_cast<std::size_t>(county)];
        for (const std::string_view ending : kPrefectureEndings) {
            level = std::string_view(c.city).ends_with(ending) ? ending : level;
        }
        government = c.name.empty() ? government : c.name + "人民政府";
    }
    std::string name(office);
    replace(name, "{州}", level);
    replace(name, kLocalGovernment, government);
    return name;
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

Responsibility responsibilityFor(const CheckResult& result, std::size_t patch) {
    const PatchResult& found = result.results[patch];
    const std::int32_t county = mainCounty(found);
    Responsibility all;
    const auto add = [&](std::vector<std::string>& to, std::string_view office) {
        const std::string name = officeName(office, result, county);
        if (!name.empty() && !holds(all.leads, name) && !holds(all.partners, name)) {
            to.push_back(name);
        }
    };
    const auto officesOf = [&](const layers::Finding& finding) {
        return *std::find_if(kByKind.begin(), kByKind.end(), [&](const KindOffices& offices) {
            return offices.kind == result.zones[finding.zone].kind;
        });
    };
    add(all.leads, kLocalGovernment);
    if (!found.findings.empty()) {
        for (const std::string_view office : officesOf(found.findings.front()).leads) {
            add(all.leads, office);
        }
    }
    add(all.partners, kEcologyBureau);
    for (const layers::Finding& finding : found.findings) {
        const KindOffices offices = officesOf(finding);
        for (const std::string_view office : offices.leads) {
            add(all.partners, office);
        }
        for (const std::string_view office : offices.partners) {
            add(all.partners, office);
        }
    }
    for (const ActivityOffice& entry : kByActivity) {
        if (entry.activity == result.patches[patch].activity) {
            add(all.partners, entry.office);
        }
    }
    for (const std::string_view office : kAlwaysPartners) {
        add(all.partners, office);
    }
    return all;
}

} // namespace app
