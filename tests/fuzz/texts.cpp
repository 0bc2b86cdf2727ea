#include "app/check/rules.hpp"
#include "layers/coordinate_text.hpp"
#include "layers/error.hpp"
#include "layers/profile.hpp"
#include "layers/records.hpp"
#include "tests/fuzz/demand.hpp"
#include "tests/fuzz/targets.hpp"

#include <cmath>
#include <string>

namespace fuzz {

namespace {

std::string textOf(Bytes bytes) {
    return {bytes.begin(), bytes.end()};
}

} // namespace

void profile(Bytes bytes) {
    try {
        for (const layers::ImportProfile& each : layers::parseProfiles(textOf(bytes), "fuzz.yaml")) {
            demand(!each.name.empty(), "a profile without a name was taken");
        }
    } catch (const layers::Error& error) {
        demand(std::string(error.what()).find("fuzz.yaml") != std::string::npos,
               "a fault that names no file");
    }
}

void rules(Bytes bytes) {
    const app::RuleLoad load = app::parseRules(textOf(bytes), "fuzz.yaml");
    for (const app::RuleFault& fault : load.faults) {
        demand(fault.line >= 0 && !fault.textZh.empty() && !fault.textEn.empty(), "a fault without words");
    }
}

void coordinate(Bytes bytes) {
    const std::string text = textOf(bytes);
    const layers::CoordinateReading one = layers::parseCoordinate(text);
    demand(one.value.has_value() != !one.reasonEn.empty(), "a coordinate and a reason, or neither");
    if (one.value) {
        demand(std::isfinite(one.value->value), "a coordinate that is no number");
        demand(!layers::isInDegrees(one.value->kind) || std::abs(one.value->value) <= 360,
               "degrees beyond the circle");
    }
    const layers::CoordinatePairReading two = layers::parseCoordinatePair(text);
    demand(two.pair.has_value() != !two.reasonEn.empty(), "a pair and a reason, or neither");
}

void date(Bytes bytes) {
    const std::string text = textOf(bytes);
    const layers::DateText read = layers::parseDate(text);
    demand(read.first.has_value() == read.last.has_value(), "half a span of days");
    demand(!read.first || *read.first <= *read.last, "a span that ends before it begins");
    demand(!read.first || layers::dayFromIso(layers::isoFromDay(*read.first)) == read.first,
           "a day that is none");
}

} // namespace fuzz
