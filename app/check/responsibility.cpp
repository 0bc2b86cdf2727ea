#include "app/check/responsibility.hpp"

#include "app/check/printed_areas.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace app {

namespace {

constexpr std::string_view kLocalGovernment = "{属地}";
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

Responsibility responsibilityFor(const CheckResult& result, std::size_t patch, const Offices& offices) {
    static const Offices::OfKind kNobody;
    const PatchResult& found = result.results[patch];
    const std::int32_t county = mainCounty(found);
    Responsibility all;
    const auto add = [&](std::vector<std::string>& to, const std::vector<std::string>& names) {
        for (const std::string& each : names) {
            const std::string name = officeName(each, result, county);
            if (!name.empty() && !holds(all.leads, name) && !holds(all.partners, name)) {
                to.push_back(name);
            }
        }
    };
    const auto officesOf = [&](const layers::Finding& finding) -> const Offices::OfKind& {
        const auto ofKind = offices.kinds.find(result.zones[finding.zone].kind);
        return ofKind == offices.kinds.end() ? kNobody : ofKind->second;
    };
    add(all.leads, offices.leads);
    if (!found.findings.empty()) {
        add(all.leads, officesOf(found.findings.front()).leads);
    }
    add(all.partners, offices.firstPartners);
    for (const layers::Finding& finding : found.findings) {
        add(all.partners, officesOf(finding).leads);
        add(all.partners, officesOf(finding).partners);
    }
    const auto ofActivity = offices.activities.find(result.patches[patch].activity);
    if (ofActivity != offices.activities.end()) {
        add(all.partners, ofActivity->second);
    }
    add(all.partners, offices.partners);
    return all;
}

} // namespace app
