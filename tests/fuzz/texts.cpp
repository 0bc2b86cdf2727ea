#include "app/check/rules.hpp"
#include "app/report/form.hpp"
#include "layers/coordinate_text.hpp"
#include "layers/error.hpp"
#include "layers/profile.hpp"
#include "layers/records.hpp"
#include "tests/fuzz/demand.hpp"
#include "tests/fuzz/targets.hpp"

#include <cmath>
#include <string>
#include <vector>

namespace fuzz {

namespace {

std::string textOf(Bytes bytes) {
    return {bytes.begin(), bytes.end()};
}

void demandWords(const std::vector<app::RuleFault>& faults) {
    for (const app::RuleFault& fault : faults) {
        demand(fault.line >= 0 && !fault.textZh.empty() && !fault.textEn.empty(), "a fault without words");
    }
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
    demandWords(app::parseRules(textOf(bytes), "fuzz.yaml").faults);
}

void form(Bytes bytes) {
    const app::FormLoad load = app::parseForm(textOf(bytes));
    demandWords(load.faults);
    demand(!load.faults.empty() || !load.form.columns.empty(), "a form without columns was taken");
    for (const app::FormColumn& column : load.form.columns) {
        demand(!load.faults.empty() || column.code.empty() || load.form.codes.contains(column.code),
               "a table of words that there is not was taken");
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
