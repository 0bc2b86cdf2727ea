#pragma once

// RapidCheck over scenes.

#include "scenes.hpp"

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <sstream>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace tests {

inline void showValue(const SceneRecipe& recipe, std::ostream& out) {
    out << recipe.text();
}

} // namespace tests

namespace rc {

template <>
struct Arbitrary<tests::SceneRecipe> {
    static Gen<tests::SceneRecipe> arbitrary() {
        using Recipe = tests::SceneRecipe;
        using Zone = Recipe::ZoneKind;
        using Patch = Recipe::PatchKind;
        using Scale = Recipe::Scale;
        return gen::build<Recipe>(
            gen::set(&Recipe::seed, gen::inRange<std::uint32_t>(0, 1U << 30)),
            gen::set(&Recipe::zoneKind, gen::element(Zone::Star, Zone::Holes, Zone::Raster, Zone::Fractal,
                                                     Zone::Parts, Zone::Snapped, Zone::Comb)),
            gen::set(&Recipe::patchKind, gen::element(Patch::Star, Patch::Raster, Patch::Snapped,
                                                      Patch::PieceOfZone, Patch::OutsideOfZone, Patch::Sliver,
                                                      Patch::AroundVertex, Patch::Parts, Patch::Rectangle)),
            gen::set(&Recipe::scale,
                     gen::element(Scale::Degrees, Scale::Unit, Scale::Tiny, Scale::Huge, Scale::Far)),
            gen::set(&Recipe::detail, gen::inRange<std::uint32_t>(1, 40)),
            gen::set(&Recipe::zoneCount, gen::inRange<std::uint32_t>(1, 4)),
            gen::set(&Recipe::repeatPoints, gen::arbitrary<bool>()));
    }
};

} // namespace rc

namespace tests {

/// ECOREDLINE_PROPERTY_FACTOR makes every property look at that many times more cases.
inline int caseCount(int cases) {
    const char* factor = std::getenv("ECOREDLINE_PROPERTY_FACTOR");
    return cases * (factor == nullptr ? 1 : std::max(1, std::atoi(factor)));
}

/// Runs a property over so many random cases with a fixed seed, and fails the test with RapidCheck's report.
template <typename Property>
void checkMany(int cases, Property&& property) {
    rc::detail::TestMetadata metadata;
    metadata.id = testing::UnitTest::GetInstance()->current_test_info()->name();
    rc::detail::TestParams params;
    params.maxSuccess = caseCount(cases);
    params.seed = 20260315;
    params.maxDiscardRatio = 20;
    const rc::detail::TestResult result =
        rc::detail::checkTestable(std::forward<Property>(property), metadata, params);
    std::ostringstream message;
    rc::detail::printResultMessage(result, message);
    EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << message.str();
}

} // namespace tests
