#include "app/check/list_rows.hpp"

#include "app/check/list_hints.hpp"
#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/check/responsibility.hpp"
#include "app/check/rounding.hpp"
#include "app/check/zone_order.hpp"
#include "layers/sha256.hpp"

#include <cmath>

#include <fmt/format.h>

namespace app {

namespace {

using layers::ListColumn;

constexpr double kPercent = 100;
constexpr int kShareDecimals = 2;
constexpr int kDegreeDecimals = 6;
/// Between the parts of a key: no text holds it.
constexpr char kKeySeparator = '\x1f';

/// A row being filled, cell by cell.
class RowBuilder {
  public:
    RowBuilder() : m_row(static_cast<std::size_t>(ListColumn::Count)) {}
    void text(ListColumn column, std::string value) {
        if (!value.empty()) {
            cell(column) = std::move(value);
        }
    }
    void integer(ListColumn column, std::int64_t value) { cell(column) = value; }
    void real(ListColumn column, double value) { cell(column) = value; }
    [[nodiscard]] layers::ListRow take() { return std::move(m_row); }

  private:
    layers::Value& cell(ListColumn column) { return m_row[static_cast<std::size_t>(column)]; }
    layers::ListRow m_row;
};

std::string basisText(const CheckResult& result, const layers::Finding& main) {
    const layers::Judgement& then = result.judgements[main.atDate];
    const layers::Judgement& now = result.judgements[main.today];
    if (then.verdict == now.verdict && then.basis == now.basis) {
        return then.basis;
    }
    return then.basis + std::string(kListSeparator) + "现行:" + suspectedVerdict(now.verdict) + "," +
           now.basis;
}

bool samePlace(const layers::Zone& a, const layers::Zone& b) {
    return a.kind == b.kind && a.zoneClass == b.zoneClass && a.name == b.name;
}

/// 生态保护红线 0.9876公顷: what else the patch touches, one text per kind, class and name, each place
/// counted once.
std::string otherZonesText(const CheckResult& result, std::size_t patch, const PrintedPatch& printed) {
    const std::vector<layers::Finding>& findings = result.results[patch].findings;
    const geo::Dimension dimension = result.patches[patch].shape.dimension();
    std::vector<std::string> texts;
    for (std::size_t i = 1; i < findings.size(); ++i) {
        const layers::Zone& zone = result.zones[findings[i].zone];
        if (samePlace(zone, result.zones[findings.front().zone])) {
            continue;
        }
        std::string text(layers::zoneKindNameZh(zone.kind));
        if (zone.kind != layers::ZoneKind::RedLine) {
            text += findingClass(result, findings[i]);
        }
        if (!zone.name.empty()) {
            text += "(" + zone.name + ")";
        }
        if (dimension != geo::Dimension::Point) {
            const std::int64_t units = unitsWhere(result, patch, printed, [&](std::uint32_t other) {
                return samePlace(zone, result.zones[other]);
            });
            text += " " + (dimension == geo::Dimension::Area ? hectaresText(units) : metresText(units));
        }
        addOnce(texts, text);
    }
    return joinedTexts(texts);
}

void fillPatch(const CheckResult& result, std::size_t patch, RowBuilder& row) {
    const layers::Patch& p = result.patches[patch];
    const PatchResult& found = result.results[patch];
    row.text(ListColumn::PatchId, p.id);
    row.text(ListColumn::Batch, batchText(result, p));
    const CountyWords county = countyWords(result, mainCounty(found));
    row.text(ListColumn::City, county.city);
    row.text(ListColumn::County, county.name);
    row.text(ListColumn::CountyCode, county.code);
    row.text(ListColumn::Activity, activityText(result, p));
    row.text(ListColumn::Change, changeText(p));
    row.text(ListColumn::Earlier, dateText(p.earlier));
    row.text(ListColumn::Later, dateText(p.later));
    row.real(ListColumn::Longitude, rounded(found.place.x, kDegreeDecimals));
    row.real(ListColumn::Latitude, rounded(found.place.y, kDegreeDecimals));
    row.text(ListColumn::Dms, degreesMinutesSeconds(found.place));
}

/// Areas of an area patch; a line has a share alone, and its lengths stand in the hints.
void fillAreas(const CheckResult& result, std::size_t patch, const PrintedPatch& printed, RowBuilder& row) {
    const PatchResult& found = result.results[patch];
    if (found.overlay.measure > 0) {
        row.real(ListColumn::CoveredShare,
                 rounded(kPercent * found.covered / found.overlay.measure, kShareDecimals));
    }
    if (result.patches[patch].shape.dimension() != geo::Dimension::Area) {
        return;
    }
    row.real(ListColumn::AreaHa, hectaresOf(printed.units));
    row.real(ListColumn::CoveredHa, hectaresOf(printed.covered));
    if (!found.findings.empty()) {
        const layers::Zone& main = result.zones[found.findings.front().zone];
        const std::int64_t strictest = unitsWhere(result, patch, printed, [&](std::uint32_t zone) {
            return result.zones[zone].kind == main.kind && result.zones[zone].zoneClass == main.zoneClass;
        });
        row.real(ListColumn::StrictestHa, hectaresOf(strictest));
    }
}

void fillFindings(const CheckResult& result, std::size_t patch, const PrintedPatch& printed,
                  RowBuilder& row) {
    const std::vector<layers::Finding>& findings = result.results[patch].findings;
    std::vector<std::string> kinds;
    std::vector<std::string> names;
    for (const layers::Finding& finding : findings) {
        const layers::Zone& zone = result.zones[finding.zone];
        addOnce(kinds, std::string(layers::zoneKindNameZh(zone.kind)));
        addOnce(names, zone.name);
    }
    row.text(ListColumn::ZoneKind, joinedTexts(kinds));
    row.text(ListColumn::ZoneName, joinedTexts(names));
    row.text(ListColumn::OtherZones, otherZonesText(result, patch, printed));
    if (findings.empty()) {
        return;
    }
    const layers::Finding& main = findings.front();
    const layers::Judgement& judgement = result.judgements[main.atDate];
    row.text(ListColumn::Level, result.zones[main.zone].level);
    row.text(ListColumn::ZoneClass, findingClass(result, main));
    row.text(ListColumn::OriginalClass, originalClass(result.zones[main.zone]));
    row.text(ListColumn::Verdict, suspectedVerdict(judgement.verdict));
    row.integer(ListColumn::Priority, judgement.priority);
    row.text(ListColumn::Basis, basisText(result, main));
}

/// What the ledger says in place of the run, and what only it can say.
void fillFromLedger(const LedgerWords& words, RowBuilder& row) {
    row.text(ListColumn::History, words.history);
    row.text(ListColumn::Responsible, words.responsible);
    row.text(ListColumn::Partners, words.partners);
    row.text(ListColumn::Deadline, words.deadline);
    auto column = static_cast<std::size_t>(ListColumn::Conclusion);
    for (const std::string& answer : words.answers) {
        row.text(static_cast<ListColumn>(column++), answer);
    }
}

/// Degrees, minutes and tenths of a second of one axis.
std::string axisText(double degrees, char positive, char negative) {
    constexpr std::int64_t kTenthsPerMinute = 600;
    constexpr std::int64_t kTenthsPerDegree = 60 * kTenthsPerMinute;
    constexpr std::int64_t kTenths = 10;
    const std::int64_t tenths = std::llround(std::abs(degrees) * static_cast<double>(kTenthsPerDegree));
    const std::int64_t rest = tenths % kTenthsPerMinute;
    return fmt::format("{}°{:02}′{:02}.{}″{}", tenths / kTenthsPerDegree,
                       tenths % kTenthsPerDegree / kTenthsPerMinute, rest / kTenths, rest % kTenths,
                       degrees < 0 && tenths > 0 ? negative : positive);
}

} // namespace

layers::ListRow listRow(const CheckResult& result, std::size_t n) {
    const auto patch = static_cast<std::size_t>(result.listed[n]);
    const PrintedPatch printed = printedPatch(result, patch);
    RowBuilder row;
    row.integer(ListColumn::Number, static_cast<std::int64_t>(n) + 1);
    row.text(ListColumn::TaskNumber, result.taskNumbers[n]);
    fillPatch(result, patch, row);
    fillAreas(result, patch, printed, row);
    fillFindings(result, patch, printed, row);
    std::vector<std::string> hints = listHints(result, patch, printed);
    if (!result.ledger.empty()) {
        addOnce(hints, result.ledger[n].hint);
    }
    row.text(ListColumn::Hints, joinedTexts(hints));
    const Responsibility offices = responsibilityFor(result, patch);
    row.text(ListColumn::Responsible, joinedTexts(offices.leads));
    row.text(ListColumn::Partners, joinedTexts(offices.partners));
    if (!result.ledger.empty()) {
        fillFromLedger(result.ledger[n], row);
    }
    return row.take();
}

std::string degreesMinutesSeconds(const geo::Coordinate& place) {
    return axisText(place.x, 'E', 'W') + ", " + axisText(place.y, 'N', 'S');
}

std::optional<double> overlapShare(const CheckResult& result, std::size_t patch, std::size_t overlap) {
    const geo::PatchOverlay& overlay = result.results[patch].overlay;
    if (overlay.measure <= 0) {
        return std::nullopt;
    }
    return overlay.overlaps[overlap].measure / overlay.measure;
}

std::string findingKey(const CheckResult& result, std::size_t patch, const layers::Finding& finding) {
    const layers::Patch& p = result.patches[patch];
    const layers::Zone& zone = result.zones[finding.zone];
    std::string text;
    const auto add = [&](std::string_view part) {
        text += part;
        text += kKeySeparator;
    };
    add(batchText(result, p));
    add(p.id);
    add(fmt::format("{:016x}", geo::normalisedHash(p.shape)));
    add(layers::roleKey(zone.role));
    add(zone.id);
    add(zone.name);
    add(zone.zoneClass);
    add(result.judgements[finding.atDate].ruleId);
    return layers::sha256OfText(text);
}

} // namespace app
