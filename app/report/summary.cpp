#include "app/report/summary.hpp"

#include "app/check/list_words.hpp"
#include "app/report/summary_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace app {

namespace {

using layers::Bucket;
using summary::kHectares;
using summary::kText;
using summary::kTotal;
using summary::kWhole;
using summary::Row;

constexpr std::size_t kVerdicts = 4;
constexpr std::size_t kPriorities = 3;
constexpr const char* kMandatoryNote =
    "注：同一图斑涉及多类管控区的分别计入各类，分类之和不等于合计；合计已去重。";

/// The verdict columns; 恢复核实 is what 允许需手续 is for what goes back (domain.md 2.2), and counts there.
std::size_t verdictSlot(layers::Verdict verdict) {
    return std::min(static_cast<std::size_t>(verdict), kVerdicts - 1);
}

/// What a line of the first table counts.
struct CountyCounts {
    std::int64_t total = 0;
    CountAndArea listed;
    ClassCounts classes{};
    std::array<std::int64_t, kVerdicts> verdicts{};
    std::array<std::int64_t, kPriorities> priorities{};
    std::int64_t near = 0;
    std::int64_t duplicates = 0;
};

void add(CountyCounts& to, const CountyCounts& from) {
    to.total += from.total;
    to.listed += from.listed;
    to.classes += from.classes;
    for (std::size_t i = 0; i < kVerdicts; ++i) {
        to.verdicts[i] += from.verdicts[i];
    }
    for (std::size_t i = 0; i < kPriorities; ++i) {
        to.priorities[i] += from.priorities[i];
    }
    to.near += from.near;
    to.duplicates += from.duplicates;
}

Row countyRow(const std::string& label, const CountyCounts& counts) {
    Row row{label, counts.total};
    summary::addCell(row, counts.listed);
    for (const CountAndArea& cell : counts.classes) {
        summary::addCell(row, cell);
    }
    row.insert(row.end(), counts.verdicts.begin(), counts.verdicts.end());
    row.insert(row.end(), counts.priorities.begin(), counts.priorities.end());
    row.emplace_back(counts.near);
    row.emplace_back(counts.duplicates);
    return row;
}

/// Adds a listed patch: it counts once, in its main county; its areas go to the counties where they lie.
void addListed(const CheckResult& result, std::size_t patch, std::map<std::int32_t, CountyCounts>& counties) {
    const PatchResult& found = result.results[patch];
    CountyCounts& home = counties[mainCounty(found)];
    ++home.listed.count;
    const auto classes = classesOf(result, patch);
    for (std::size_t i = 0; i < kSummaryClasses; ++i) {
        home.classes[i].count += classes[i] ? 1 : 0;
    }
    if (!found.findings.empty()) {
        const layers::Judgement& main = result.judgements[found.findings.front().atDate];
        ++home.verdicts[verdictSlot(main.verdict)];
        ++home.priorities[static_cast<std::size_t>(std::clamp<int>(main.priority, 1, kPriorities) - 1)];
    }
    if (!summary::isArea(result, patch)) {
        return;
    }
    for (const PrintedPiece& piece : printedPatch(result, patch).pieces) {
        if (found.overlay.atoms[piece.atom].zones.empty()) {
            continue;
        }
        CountyCounts& there = counties[piece.county];
        there.listed.units += piece.units;
        const auto counted = classesOfPiece(result, patch, piece);
        for (std::size_t i = 0; i < kSummaryClasses; ++i) {
            there.classes[i].units += counted[i] ? piece.units : 0;
        }
    }
}

std::map<std::int32_t, CountyCounts> countByCounty(const CheckResult& result) {
    std::map<std::int32_t, CountyCounts> counties;
    for (std::size_t i = 0; i < result.counties.size(); ++i) {
        counties[static_cast<std::int32_t>(i)]; // a county without patches has its line too
    }
    for (std::size_t i = 0; i < result.results.size(); ++i) {
        CountyCounts& home = counties[mainCounty(result.results[i])];
        ++home.total;
        const Bucket bucket = result.results[i].bucket;
        home.near += bucket == Bucket::Near ? 1 : 0;
        home.duplicates += bucket == Bucket::Duplicate ? 1 : 0;
        if (bucket == Bucket::Listed) {
            addListed(result, i, counties);
        }
    }
    return counties;
}

/// Points and lines are counted but have no area: say so, with the length.
std::string lengthNote(const CheckResult& result) {
    std::int64_t points = 0;
    std::int64_t lines = 0;
    std::int64_t lengthUnits = 0;
    for (const std::int32_t patch : result.listed) {
        const auto slot = static_cast<std::size_t>(patch);
        const geo::Dimension dimension = result.patches[slot].shape.dimension();
        points += dimension == geo::Dimension::Point ? 1 : 0;
        if (dimension == geo::Dimension::Line) {
            ++lines;
            lengthUnits += printedPatch(result, slot).covered;
        }
    }
    if (points + lines == 0) {
        return {};
    }
    return "点位 " + std::to_string(points) + " 处、线状图斑 " + std::to_string(lines) + " 处(涉及长度 " +
           metresText(lengthUnits) + ")只计处数，不计面积。";
}

void addClassHeaders(SummaryTable& table) {
    static const std::vector<std::vector<std::string>> kHeaders = {
        {"生态保护红线", "", "自然保护区(含国家公园)", "", "", "", "自然公园(含风景名胜区)", "", "饮用水水源",
         "", "", "", "", ""},
        {"", "", "核心保护区", "", "一般控制区", "", "", "", "一级保护区", "", "二级保护区", "", "准保护区",
         ""},
        {"处", "公顷", "处", "公顷", "处", "公顷", "处", "公顷", "处", "公顷", "处", "公顷", "处", "公顷"}};
    for (std::size_t r = 0; r < kHeaders.size(); ++r) {
        table.headers[r].insert(table.headers[r].end(), kHeaders[r].begin(), kHeaders[r].end());
    }
    for (std::size_t i = 0; i < kSummaryClasses; ++i) {
        table.decimals.insert(table.decimals.end(), {kWhole, kHectares});
    }
}

SummaryTable byCounty(const CheckResult& result) {
    SummaryTable table;
    table.title = "疑似问题图斑核查汇总表(按县)";
    table.headers = {
        {"县(市)", "图斑总数", "涉及管控区图斑(去重)", ""}, {"", "", "", ""}, {"", "", "处", "公顷"}};
    table.decimals = {kText, kWhole, kWhole, kHectares};
    addClassHeaders(table);
    static const std::vector<std::vector<std::string>> kRest = {
        {"初步判定(处)", "", "", "", "优先级(处)", "", "", "临界", "重复"},
        {"疑似禁止", "疑似需核实", "疑似限制", "疑似允许需手续", "1", "2", "3", "", ""},
        {"", "", "", "", "", "", "", "", ""}};
    for (std::size_t r = 0; r < kRest.size(); ++r) {
        table.headers[r].insert(table.headers[r].end(), kRest[r].begin(), kRest[r].end());
    }
    table.decimals.resize(table.headers.front().size(), kWhole);
    const std::map<std::int32_t, CountyCounts> counties = countByCounty(result);
    CountyCounts total;
    for (const auto& [county, counts] : counties) {
        add(total, counts);
        if (county >= 0) {
            table.rows.push_back(countyRow(countyWords(result, county).name, counts));
        }
    }
    if (const auto outside = counties.find(-1); outside != counties.end()) {
        table.rows.push_back(countyRow(result.counties.empty() ? "未分县" : "行政区外", outside->second));
    }
    const std::int64_t rejected = result.countOf(Bucket::Rejected);
    if (rejected > 0) {
        CountyCounts unplaced;
        unplaced.total = rejected;
        add(total, unplaced);
        table.rows.push_back(countyRow(kRejectedRow, unplaced));
    }
    table.rows.push_back(countyRow(kTotal, total));
    table.notes = summary::stateNotes(result);
    table.notes.emplace_back(kMandatoryNote);
    table.notes.emplace_back("跨县图斑按面积较大的县计 1 处，面积按县分别计算；重叠的分区按较严的计。"
                             "“疑似允许需手续”含恢复核实。疑似结果，以实地核查为准。");
    if (std::string note = lengthNote(result); !note.empty()) {
        table.notes.push_back(std::move(note));
    }
    return table;
}

/// A line of the second table.
struct ActivityCounts {
    std::int64_t total = 0;
    CountAndArea listed;
    ClassCounts classes{};
};

Row activityRow(const std::string& label, const ActivityCounts& counts) {
    Row row{label, counts.total};
    summary::addCell(row, counts.listed);
    for (const CountAndArea& cell : counts.classes) {
        summary::addCell(row, cell);
    }
    return row;
}

SummaryTable byActivity(const CheckResult& result) {
    SummaryTable table;
    table.title = "疑似问题图斑核查汇总表(按人类活动类型)";
    table.headers = {
        {"人类活动类型", "图斑总数", "涉及管控区图斑(去重)", ""}, {"", "", "", ""}, {"", "", "处", "公顷"}};
    table.decimals = {kText, kWhole, kWhole, kHectares};
    addClassHeaders(table);
    std::map<std::string, ActivityCounts> activities;
    ActivityCounts total;
    for (const layers::Patch& patch : result.patches) {
        ++activities[patch.activity].total;
        ++total.total;
    }
    for (const std::int32_t listed : result.listed) {
        const auto patch = static_cast<std::size_t>(listed);
        std::map<std::int32_t, CountyCounts> counties;
        addListed(result, patch, counties);
        ActivityCounts& counts = activities[result.patches[patch].activity];
        for (const auto& [county, found] : counties) {
            counts.listed += found.listed;
            counts.classes += found.classes;
            total.listed += found.listed;
            total.classes += found.classes;
        }
    }
    for (const auto& [activity, counts] : activities) {
        const auto name = result.rules.activities.find(activity);
        table.rows.push_back(activityRow(
            name == result.rules.activities.end() ? activity : activity + " " + name->second, counts));
    }
    if (const std::int64_t rejected = result.countOf(Bucket::Rejected); rejected > 0) {
        ActivityCounts unplaced;
        unplaced.total = rejected;
        total.total += rejected;
        table.rows.push_back(activityRow(kRejectedRow, unplaced));
    }
    table.rows.push_back(activityRow(kTotal, total));
    table.notes = summary::stateNotes(result);
    table.notes.emplace_back(kMandatoryNote);
    return table;
}

} // namespace

namespace {

/// A printed figure in units of its last decimal.
std::int64_t printedUnits(const layers::Value& value, int decimals) {
    constexpr double kTen = 10;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return *whole * static_cast<std::int64_t>(std::llround(std::pow(kTen, decimals)));
    }
    const auto* real = std::get_if<double>(&value);
    return real == nullptr ? 0 : std::llround(*real * std::pow(kTen, decimals));
}

} // namespace

std::vector<std::string> columnsThatDoNotClose(const SummaryTable& table) {
    std::vector<std::string> open;
    for (std::size_t c = 0; c < table.decimals.size(); ++c) {
        if (table.decimals[c] < 0) {
            continue;
        }
        std::int64_t sum = 0;
        for (std::size_t r = 0; r + 1 < table.rows.size(); ++r) {
            sum += printedUnits(table.rows[r][c], table.decimals[c]);
        }
        if (sum != printedUnits(table.rows.back()[c], table.decimals[c])) {
            std::string name = "第" + std::to_string(c + 1) + "列";
            for (const std::vector<std::string>& row : table.headers) {
                name += row[c];
            }
            open.push_back(std::move(name));
        }
    }
    return open;
}

std::vector<SummaryTable> summaryTables(const CheckResult& result) {
    return {byCounty(result), byActivity(result), summary::byPlace(result)};
}

} // namespace app
