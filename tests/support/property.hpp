#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdint>
#include <sstream>
#include <string>
#include <utility>

namespace tests {

/// How many cases a property must pass, and from which seed: the same cases on every run.
struct PropertyRun {
    int cases = 1000;
    std::uint64_t seed = 1;
};

/// Fails the GoogleTest around it, with the shrunk counterexample, when a RapidCheck property does not hold.
template <typename Property>
void checkProperty(const std::string& name, const PropertyRun& run, Property&& property) {
    rc::detail::TestMetadata metadata;
    metadata.id = name;
    metadata.description = name;
    rc::detail::TestParams params;
    params.seed = run.seed;
    params.maxSuccess = run.cases;
    const rc::detail::TestResult result =
        rc::detail::checkTestable(std::forward<Property>(property), metadata, params);
    std::ostringstream text;
    rc::detail::printResultMessage(result, text);
    EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << name << ": " << text.str();
}

} // namespace tests
