#include "app/report/summary_parts.hpp"

#include "app/check/list_words.hpp"
#include "app/check/rounding.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace app::summary {

void addCell(Row& row, const CountAndArea& cell) {
    row.emplace_back(cell.count);
    row.emplace_back(hectaresOf(cell.units));
}

bool isArea(const CheckResult& result, std::size_t patch) {
    return result.patches[patch].shape.dimension() == geo::Dimension::Area;
}

std::vector<std::string> stateNotes(const CheckResult& result) {
    std::vector<std::string> notes;
    if (!result.faults.empty()) {
        notes.emplace_back("结果无效：合计不闭合，见核查说明，不得使用。");
    }
    if (result.zonesIncomplete) {
        notes.emplace_back(
            "管控区不完整：有管控区要素未能参与核查，不涉及、临界等结论可能有遗漏，见数据问题清单。");
    }
    return notes;
}

namespace {

/// A reserve, park or water source: what is printed of it.
struct PlaceKey {
    layers::ZoneKind kind = layers::ZoneKind::NationalPark;
    std::string name;
    friend auto operator<=>(const PlaceKey&, const PlaceKey&) = default;
};
struct PlaceCounts {
    std::set<std::string> levels;
    CountAndArea all;
    std::array<CountAndArea, 3> tiers{};
    std::int64_t prohibited = 0;
    std::int64_t urgent = 0;
};

constexpr auto kTiers = std::tuple_size_v<decltype(PlaceCounts::tiers)>;

/// Adds what a patch does to the places it touches.
void addToPlaces(const CheckResult& result, std::size_t patch, std::map<PlaceKey, PlaceCounts>& places) {
    const PatchResult& found = result.results[patch];
    std::map<PlaceKey, std::array<bool, kTiers>> touched;
    for (const layers::Finding& finding : found.findings) {
        const layers::Zone& zone = result.zones[finding.zone];
        if (zone.kind != layers::ZoneKind::RedLine) {
            const PlaceKey key{zone.kind, zone.name};
            touched[key][static_cast<std::size_t>(classTier(zone.kind, zone.zoneClass))] = true;
            places[key].levels.insert(zone.level);
        }
    }
    const PrintedPatch printed = isArea(result, patch) ? printedPatch(result, patch) : PrintedPatch{};
    for (const auto& [key, tiers] : touched) {
        PlaceCounts& place = places[key];
        ++place.all.count;
        for (std::size_t i = 0; i < kTiers; ++i) {
            place.tiers[i].count += tiers[i] ? 1 : 0;
        }
        for (const PrintedPiece& piece : printed.pieces) {
            std::size_t strictest = kTiers;
            for (const std::uint32_t number : found.overlay.atoms[piece.atom].zones) {
                const layers::Zone& zone = result.zones[number];
                if (zone.kind == key.kind && zone.name == key.name && hasFinding(found, number)) {
                    strictest =
                        std::min(strictest, static_cast<std::size_t>(classTier(zone.kind, zone.zoneClass)));
                }
            }
            if (strictest < kTiers) {
                place.all.units += piece.units;
                place.tiers[strictest].units += piece.units;
            }
        }
        bool isProhibited = false;
        bool isUrgent = false;
        for (const layers::Finding& finding : found.findings) {
            const layers::Zone& zone = result.zones[finding.zone];
            if (zone.kind == key.kind && zone.name == key.name) {
                const layers::Judgement& judgement = result.judgements[finding.atDate];
                isProhibited = isProhibited || judgement.verdict == layers::Verdict::Prohibited;
                isUrgent = isUrgent || judgement.priority == 1;
            }
        }
        place.prohibited += isProhibited ? 1 : 0;
        place.urgent += isUrgent ? 1 : 0;
    }
}

Row placeRow(const std::string& name, const std::string& kind, const PlaceCounts& counts) {
    Row row{name, kind};
    addCell(row, counts.all);
    for (const CountAndArea& tier : counts.tiers) {
        addCell(row, tier);
    }
    row.emplace_back(counts.prohibited);
    row.emplace_back(counts.urgent);
    return row;
}

} // namespace

SummaryTable byPlace(const CheckResult& result) {
    SummaryTable table;
    table.title = "疑似问题图斑核查汇总表(按保护地和水源地)";
    table.headers = {{"保护地、水源地", "类型(级别)", "涉及图斑", "", "核心保护区、核心景区、一级保护区", "",
                      "一般控制区、其他景区、二级保护区", "", "准保护区", "", "疑似禁止", "优先级1"},
                     {"", "", "处", "公顷", "处", "公顷", "处", "公顷", "处", "公顷", "处", "处"}};
    table.decimals = {kText,  kText,     kWhole, kHectares, kWhole, kHectares,
                      kWhole, kHectares, kWhole, kHectares, kWhole, kWhole};
    std::map<PlaceKey, PlaceCounts> places;
    for (const std::int32_t listed : result.listed) {
        addToPlaces(result, static_cast<std::size_t>(listed), places);
    }
    PlaceCounts total;
    for (const auto& [key, counts] : places) {
        std::vector<std::string> levels;
        for (const std::string& level : counts.levels) {
            addOnce(levels, level);
        }
        const std::string kind(layers::zoneKindNameZh(key.kind));
        table.rows.push_back(placeRow(key.name.empty() ? "(未命名)" : key.name,
                                      levels.empty() ? kind : kind + "(" + joinedTexts(levels) + ")",
                                      counts));
        total.all += counts.all;
        for (std::size_t i = 0; i < kTiers; ++i) {
            total.tiers[i] += counts.tiers[i];
        }
        total.prohibited += counts.prohibited;
        total.urgent += counts.urgent;
    }
    table.rows.push_back(placeRow(kTotal, "", total));
    table.notes = stateNotes(result);
    table.notes.emplace_back(
        "注：同一图斑涉及多个保护地或水源地的分别计入，本表合计为各行之和，未去重；去重合计见按县汇总表。"
        "核心区、缓冲区、未分区列入核心保护区一栏，实验区列入一般控制区一栏。");
    return table;
}

} // namespace app::summary
