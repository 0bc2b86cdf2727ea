#pragma once

#include "app/check/rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace tests {

/// A fault that must be told: where, as people count characters, and a part of its English message.
struct FaultPlace {
    int line;
    int column;
    const char* text;
};
/// A sound text of which a part becomes something else, and what must be said then.
struct FaultCase {
    const char* name;
    const char* replaced; ///< the first such part of the base ...
    const char* by;       ///< ... becomes this
    std::vector<FaultPlace> faults;
};

inline std::string changedText(std::string base, const FaultCase& each) {
    const std::string replaced = each.replaced;
    const std::size_t found = base.find(replaced);
    EXPECT_NE(found, std::string::npos) << each.name;
    return found == std::string::npos ? base : base.replace(found, replaced.size(), each.by);
}

inline std::string told(const std::vector<app::RuleFault>& faults) {
    std::string all;
    for (const app::RuleFault& fault : faults) {
        all += std::to_string(fault.line) + ":" + std::to_string(fault.column) + ": " + fault.textEn + "\n";
    }
    return all;
}

inline void expectFaults(const std::vector<app::RuleFault>& faults, const FaultCase& each) {
    EXPECT_EQ(faults.size(), each.faults.size()) << each.name << "\n" << told(faults);
    for (std::size_t i = 0; i < std::min(faults.size(), each.faults.size()); ++i) {
        EXPECT_EQ(faults[i].line, each.faults[i].line) << each.name << "\n" << told(faults);
        EXPECT_EQ(faults[i].column, each.faults[i].column) << each.name << "\n" << told(faults);
        EXPECT_NE(faults[i].textEn.find(each.faults[i].text), std::string::npos) << each.name << "\n"
                                                                                 << faults[i].textEn;
        EXPECT_FALSE(faults[i].textZh.empty()) << each.name;
    }
}

} // namespace tests
