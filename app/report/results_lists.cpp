#include "app/report/results_rows.hpp"

#include "app/check/list_words.hpp"
#include "app/report/row_cells.hpp"
#include "layers/problem_row.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

// The tables that tell of inputs and rules: rejects, problems, zones, judgements.
namespace app {

namespace {

using layers::Zone;

bool isFinite(const geo::Shape& shape) {
    const auto finite = [](const geo::Coordinate& c) { return std::isfinite(c.x) && std::isfinite(c.y); };
    const auto all = [&](const geo::Path& path) { return std::all_of(path.begin(), path.end(), finite); };
    return all(shape.points) && std::all_of(shape.lines.begin(), shape.lines.end(), all) &&
           std::all_of(shape.polygons.begin(), shape.polygons.end(), [&](const geo::Polygon& polygon) {
               return all(polygon.shell) && std::all_of(polygon.holes.begin(), polygon.holes.end(), all);
           });
}

std::string attributesJson(const CheckResult& result, const layers::Reject& reject) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    const auto slot = static_cast<std::size_t>(reject.input);
    for (std::size_t i = 0; i < reject.raw.size(); ++i) {
        const bool isNamed = slot < result.inputs.size() && i < result.inputs[slot].fields.size();
        json[isNamed ? result.inputs[slot].fields[i] : fmt::format("field_{}", i + 1)] = reject.raw[i];
    }
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

void ResultsRows::putSource(RowCells& row, std::int32_t input, std::int64_t feature) const {
    const auto slot = static_cast<std::size_t>(input);
    if (slot < m_result.inputs.size()) {
        row.text(m_result.inputs[slot].file).text(m_result.inputs[slot].layer);
    } else {
        row.empty(2);
    }
    row.integer(feature);
}

void ResultsRows::writeRejects() {
    constexpr std::size_t kWidth = 16;
    RowCells row(kWidth);
    for (const layers::Reject& reject : m_result.rejects) {
        const auto slot = static_cast<std::size_t>(reject.input);
        row.begin().text(slot < m_result.inputs.size() ? layers::roleKey(m_result.inputs[slot].role) : "");
        putSource(row, reject.input, reject.feature);
        row.text(reject.id)
            .text(reject.reasonZh)
            .text(reject.reasonEn)
            .text(attributesJson(m_result, reject));
        m_writer.addRow(row.cells(), isFinite(reject.shape) ? &reject.shape : nullptr);
    }
}

void ResultsRows::writeProblems() {
    for (const layers::Problem& problem : m_result.problems) {
        geo::Shape place;
        if (problem.place) {
            place.points.push_back(*problem.place);
        }
        m_writer.addRow(layers::problemRow(problem), isFinite(place) ? &place : nullptr);
    }
}

void ResultsRows::writeZones() {
    constexpr std::size_t kWidth = 16;
    RowCells row(kWidth);
    for (const Zone& zone : m_result.zones) {
        row.begin()
            .text(layers::roleKey(zone.role))
            .text(layers::zoneKindCode(zone.kind))
            .text(layers::zoneKindNameZh(zone.kind))
            .text(zone.id)
            .text(zone.name)
            .text(zone.level)
            .text(zone.zoneClass)
            .text(originalClass(zone))
            .text(zone.version)
            .text(zone.approval)
            .text(dateText(zone.approved))
            .text(dateText(zone.validFrom))
            .text(dateText(zone.validTo));
        putSource(row, zone.input, zone.feature);
        m_writer.addRow(row.cells(), nullptr);
    }
}

void ResultsRows::writeJudgements() {
    constexpr std::size_t kWidth = 16;
    RowCells row(kWidth);
    for (const layers::Judgement& judgement : m_result.judgements) {
        row.begin()
            .text(suspectedVerdict(judgement.verdict))
            .integer(judgement.priority)
            .text(judgement.ruleId)
            .text(judgement.basis)
            .text(std::string(1, layers::confidenceLetter(judgement.confidence)))
            .text(judgement.judgedClass)
            .integer(judgement.converted ? 1 : 0)
            .integer(judgement.fallback ? 1 : 0);
        m_writer.addRow(row.cells(), nullptr);
    }
}

} // namespace app
