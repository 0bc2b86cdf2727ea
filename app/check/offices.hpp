#pragma once

#include "app/check/rules.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// Who answers for cases and who helps, as data (app/check/offices_default.yaml; domain.md 1.7). In names
/// {州} stands for the prefecture's kind (州, 市, 盟, 地区) and {属地} for the county's government.
struct Offices {
    struct OfKind {
        std::vector<std::string> leads;
        std::vector<std::string> partners;
    };
    std::string name;
    std::vector<std::string> leads;
    std::vector<std::string> firstPartners;
    std::vector<std::string> partners;
    std::map<layers::ZoneKind, OfKind> kinds;
    std::map<std::string, std::vector<std::string>> activities; ///< by our code: A01
    std::map<std::string, std::string> teams;                   ///< by county code
};

struct OfficesLoad {
    Offices offices;
    std::vector<RuleFault> faults; ///< every one, by line and column
};
/// Never throws for what the text holds.
[[nodiscard]] OfficesLoad parseOffices(std::string_view yaml);
/// The shipped configuration, built in.
[[nodiscard]] const Offices& defaultOffices();
[[nodiscard]] std::string_view defaultOfficesText();

} // namespace app
