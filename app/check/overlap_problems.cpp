#include "app/check/overlap_problems.hpp"

#include "app/check/problem_about.hpp"
#include "app/check/zone_order.hpp"
#include "geo/overlap_pairs.hpp"
#include "geo/parallel.hpp"
#include "geo/ring_tree.hpp"
#include "layers/problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <tuple>

namespace app {

namespace {

using layers::Problem;
using layers::ProblemKind;
using layers::Severity;

/// Overlaps below this are the rounding of shared borders, not a fault of the layer.
constexpr double kLeastM2 = 1.0;
constexpr std::size_t kExamples = 3;
constexpr std::size_t kMostPairs = 1000; ///< of patches, measured and told one by one
/// Pairs of a group of zones that are measured: enough to show what is wrong with the layer, whatever it
/// costs to overlay large zones by the thousand.
constexpr std::int64_t kMostMeasured = 5;
constexpr std::size_t kGrain = 256;

std::string className(const layers::Zone& zone) {
    return std::string(layers::zoneKindNameZh(zone.kind)) + classText(zone.kind, zone.zoneClass);
}

/// The stricter one first; equal ones in the order of the layer.
bool isStricter(const layers::Zone& a, const layers::Zone& b) {
    return std::pair(kindOrder(a.kind, a.zoneClass), classTier(a.kind, a.zoneClass)) <
           std::pair(kindOrder(b.kind, b.zoneClass), classTier(b.kind, b.zoneClass));
}

/// Pairs of a layer with the same kinds and classes.
struct Group {
    std::uint32_t stricter = 0; ///< zones of the first pair
    std::uint32_t other = 0;
    std::int64_t pairs = 0;
    std::int64_t measured = 0;
    std::int64_t refused = 0;
    double areaM2 = 0;
    geo::Coordinate place;
    std::string examples;
};

std::string zoneName(const layers::Zone& zone) {
    return zone.id.empty() || zone.id == zone.name ? zone.name : zone.name + "(" + zone.id + ")";
}

void tell(CheckResult& result, const Group& group, bool equal) {
    const layers::Zone& first = result.zones[group.stricter];
    const layers::Zone& second = result.zones[group.other];
    const std::string one = className(first);
    const std::string other = className(second);
    Problem problem = aboutInput(result, first.input, ProblemKind::ZonesOverlap, Severity::Warning);
    problem.feature = first.feature;
    problem.place = group.place;
    problem.count = group.pairs;
    const bool isAll = group.measured == group.pairs;
    problem.textZh =
        fmt::format("同一图层内{}：{} 与 {}，{} 对，{}共 {:.2f} 平方米；例如 {}",
                    equal ? "管控区图形完全相同" : "管控区相互重叠", one, other, group.pairs,
                    isAll ? "" : fmt::format("其中前 {} 对", group.measured), group.areaM2, group.examples);
    problem.textEn = fmt::format("zones of one layer {} ({} / {}), {} pairs, {}{:.2f} m²; e.g. {}",
                                 equal ? "have the same geometry" : "overlap", one, other, group.pairs,
                                 isAll ? "" : fmt::format("the first {} of them ", group.measured),
                                 group.areaM2, group.examples);
    if (group.refused > 0) {
        problem.textZh += fmt::format("；其中 {} 对面积无法计算", group.refused);
        problem.textEn += fmt::format("; the area of {} of them cannot be computed", group.refused);
    }
    if (first.kind != second.kind) {
        problem.doneZh = "两类管控区都列出，去重合计不受影响";
        problem.doneEn = "both kinds are listed; de-duplicated totals are not affected";
    } else if (isStricter(first, second)) {
        problem.doneZh = fmt::format("分类面积按较严的{}计，去重合计不受影响", one);
        problem.doneEn = fmt::format(
            "areas by class count the stricter one ({}); de-duplicated totals are not affected", one);
    } else {
        problem.doneZh = "两者同样严格，面积只计一次，去重合计不受影响";
        problem.doneEn = "both are as strict; the area counts once, de-duplicated totals are not affected";
    }
    result.problems.push_back(std::move(problem));
}

void addMeasured(const CheckResult& result, Group& group, const geo::OverlapPair& pair) {
    if (group.measured == 0) {
        group.place = pair.place;
    }
    ++group.measured;
    group.areaM2 += pair.areaM2.value_or(0);
    group.refused += pair.areaM2 ? 0 : 1;
    if (static_cast<std::size_t>(group.measured) <= kExamples) {
        group.examples += fmt::format("{}{} × {} {:.2f} m²", group.examples.empty() ? "" : "; ",
                                      zoneName(result.zones[pair.a]), zoneName(result.zones[pair.b]),
                                      pair.areaM2.value_or(0));
    }
}

} // namespace

void noteZoneOverlaps(CheckResult& result, const geo::ZoneIndex& zones, int threads,
                      geo::Progress& progress) {
    std::vector<std::int32_t> inputs;
    inputs.reserve(result.zones.size());
    for (const layers::Zone& zone : result.zones) {
        inputs.push_back(zone.input);
    }
    progress.begin("管控区重叠 zone overlaps", static_cast<std::int64_t>(zones.size()));
    std::vector<geo::OverlapPair> pairs = geo::overlapPairs(zones, inputs, threads, progress);
    // (input, class, class, equal) in an order that does not depend on threads
    std::map<std::tuple<std::int32_t, std::string, std::string, bool>, Group> groups;
    std::vector<geo::OverlapPair> measured;
    std::vector<Group*> groupOf;
    for (const geo::OverlapPair& pair : pairs) {
        const bool swaps = isStricter(result.zones[pair.b], result.zones[pair.a]);
        const std::uint32_t first = swaps ? pair.b : pair.a;
        const std::uint32_t second = swaps ? pair.a : pair.b;
        std::string one = className(result.zones[first]);
        std::string other = className(result.zones[second]);
        if (!isStricter(result.zones[first], result.zones[second]) && other < one) {
            std::swap(one, other);
        }
        Group& group = groups[{result.zones[first].input, one, other, pair.equal}];
        if (group.pairs == 0) {
            group.stricter = first;
            group.other = second;
        }
        ++group.pairs;
        if (group.pairs <= kMostMeasured) {
            measured.push_back(pair);
            groupOf.push_back(&group);
        }
    }
    geo::measureOverlaps(zones, measured, threads, progress);
    for (std::size_t i = 0; i < measured.size(); ++i) {
        addMeasured(result, *groupOf[i], measured[i]);
    }
    for (const auto& [key, group] : groups) {
        if (group.areaM2 >= kLeastM2 || group.refused > 0 || group.measured < group.pairs) {
            tell(result, group, std::get<3>(key));
        }
    }
}

void noteCountyOverlaps(CheckResult& result, const geo::ZoneIndex& counties, int threads,
                        geo::Progress& progress) {
    progress.begin("县界重叠 county overlaps", static_cast<std::int64_t>(counties.size()));
    std::vector<geo::OverlapPair> pairs =
        geo::overlapPairs(counties, std::vector<std::int32_t>(counties.size(), 0), threads, progress);
    const std::size_t all = pairs.size();
    pairs.resize(std::min(all, kMostPairs));
    geo::measureOverlaps(counties, pairs, threads, progress);
    std::sort(pairs.begin(), pairs.end(), [](const geo::OverlapPair& a, const geo::OverlapPair& b) {
        return a.areaM2.value_or(0) > b.areaM2.value_or(0);
    });
    double areaM2 = 0;
    std::string examples;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        areaM2 += pairs[i].areaM2.value_or(0);
        if (i < kExamples) {
            examples += fmt::format("{}{} × {} {:.2f} m²", examples.empty() ? "" : "; ",
                                    result.counties[pairs[i].a].name, result.counties[pairs[i].b].name,
                                    pairs[i].areaM2.value_or(0));
        }
    }
    const auto admin =
        std::find_if(result.inputs.begin(), result.inputs.end(),
                     [](const layers::InputReport& input) { return input.role == layers::Role::Admin; });
    if (areaM2 < kLeastM2 || admin == result.inputs.end()) {
        return;
    }
    Problem problem = aboutInput(result, static_cast<std::int32_t>(admin - result.inputs.begin()),
                                 ProblemKind::ZonesOverlap, Severity::Warning);
    problem.place = pairs.front().place;
    problem.count = static_cast<std::int64_t>(all);
    problem.textZh = fmt::format("县界相互重叠：{} 对，共 {:.2f} 平方米；例如 {}", all, areaM2, examples);
    problem.textEn = fmt::format("counties overlap: {} pairs, {:.2f} m²; e.g. {}", all, areaM2, examples);
    problem.doneZh = "重叠处计入行政区代码较小的县，只计一次";
    problem.doneEn = "what they share counts once, for the county with the lower code";
    result.problems.push_back(std::move(problem));
}

void notePatchOverlaps(CheckResult& result, int threads, geo::Progress& progress) {
    std::vector<std::uint32_t> areas; // patches that can overlap others
    std::vector<geo::Box> boxes;
    for (std::size_t i = 0; i < result.patches.size(); ++i) {
        if (result.patches[i].shape.dimension() == geo::Dimension::Area &&
            result.results[i].bucket != layers::Bucket::Duplicate) {
            areas.push_back(static_cast<std::uint32_t>(i));
            boxes.push_back(result.patches[i].shape.box());
        }
    }
    const geo::RingTree tree(boxes);
    std::vector<std::uint8_t> meets(areas.size(), 0);
    geo::parallelFor(areas.size(), kGrain, threads, progress, [&](std::size_t i) {
        std::size_t met = 0;
        tree.visit(boxes[i], [&met](std::uint32_t) { ++met; });
        meets[i] = met > 1 ? 1 : 0;
    });
    std::vector<std::uint32_t> numbers;
    std::vector<geo::Shape> shapes;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (meets[i] != 0) {
            numbers.push_back(areas[i]);
            shapes.push_back(result.patches[areas[i]].shape);
        }
    }
    const std::vector<std::int32_t> groups(shapes.size(), 0);
    const geo::ZoneIndex index(std::move(shapes), threads);
    std::vector<geo::OverlapPair> pairs = geo::overlapPairs(index, groups, threads, progress);
    const std::size_t more = pairs.size() - std::min(pairs.size(), kMostPairs);
    pairs.resize(pairs.size() - more);
    geo::measureOverlaps(index, pairs, threads, progress);
    for (const geo::OverlapPair& pair : pairs) {
        if (pair.areaM2 && *pair.areaM2 < kLeastM2) {
            continue;
        }
        const layers::Patch& one = result.patches[numbers[pair.a]];
        const layers::Patch& other = result.patches[numbers[pair.b]];
        const double areaM2 = pair.areaM2.value_or(0);
        Problem problem = aboutInput(result, other.input, ProblemKind::PatchesOverlap, Severity::Info);
        problem.doneZh = "各自核查并计数，合计面积含重叠部分";
        problem.doneEn = "each is checked and counted; sums of areas hold the common part twice";
        const double smaller = std::min(result.results[numbers[pair.a]].overlay.measure,
                                        result.results[numbers[pair.b]].overlay.measure);
        problem.feature = other.feature;
        problem.place = pair.place;
        problem.textZh = fmt::format("图斑 {} 与 {} 重叠 {:.2f} 平方米（占较小者 {:.1f}%）", other.id, one.id,
                                     areaM2, smaller > 0 ? 100 * areaM2 / smaller : 0);
        problem.textEn = fmt::format("patch {} overlaps {} by {:.2f} m² ({:.1f} % of the smaller)", other.id,
                                     one.id, areaM2, smaller > 0 ? 100 * areaM2 / smaller : 0);
        result.problems.push_back(std::move(problem));
    }
    if (more > 0) {
        Problem rest = aboutInput(result, result.patches[numbers[pairs.front().a]].input,
                                  ProblemKind::PatchesOverlap, Severity::Info);
        rest.count = static_cast<std::int64_t>(more);
        rest.textZh = fmt::format("另有 {} 对图斑相互重叠（未逐对列出）", more);
        rest.textEn = fmt::format("{} more pairs of patches overlap (not listed one by one)", more);
        rest.doneZh = "各自核查并计数，合计面积含重叠部分";
        rest.doneEn = "each is checked and counted; sums of areas hold the common part twice";
        result.problems.push_back(std::move(rest));
    }
}

} // namespace app
