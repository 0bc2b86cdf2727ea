#include "app/report/summary_count.hpp"

#include <algorithm>
#include <span>

namespace app {

namespace {

using Flags = std::array<bool, kSummaryClasses>;

constexpr std::size_t at(SummaryClass c) {
    return static_cast<std::size_t>(c);
}

/// Classes of one kind, strictest first: a piece counts for the first that is there.
constexpr std::array<SummaryClass, 2> kReserveClasses = {SummaryClass::ReserveCore,
                                                         SummaryClass::ReserveGeneral};
constexpr std::array<SummaryClass, 3> kWaterClasses = {SummaryClass::WaterFirst, SummaryClass::WaterSecond,
                                                       SummaryClass::WaterOuter};

void keepStrictest(Flags& flags, std::span<const SummaryClass> classes) {
    bool isTaken = false;
    for (const SummaryClass c : classes) {
        flags[at(c)] = flags[at(c)] && !isTaken;
        isTaken = isTaken || flags[at(c)];
    }
}

} // namespace

SummaryClass summaryClass(const layers::Zone& zone) {
    const ClassTier tier = classTier(zone.kind, zone.zoneClass);
    switch (zone.kind) {
    case layers::ZoneKind::RedLine:
        return SummaryClass::RedLine;
    case layers::ZoneKind::NationalPark:
    case layers::ZoneKind::NatureReserve:
        return tier == ClassTier::Core ? SummaryClass::ReserveCore : SummaryClass::ReserveGeneral;
    case layers::ZoneKind::ScenicArea:
    case layers::ZoneKind::NaturePark:
        return SummaryClass::Park;
    case layers::ZoneKind::WaterSource:
        break;
    }
    if (tier == ClassTier::Outer) {
        return SummaryClass::WaterOuter;
    }
    return tier == ClassTier::General ? SummaryClass::WaterSecond : SummaryClass::WaterFirst;
}

CountAndArea& CountAndArea::operator+=(const CountAndArea& other) {
    count += other.count;
    units += other.units;
    return *this;
}

ClassCounts& operator+=(ClassCounts& to, const ClassCounts& from) {
    for (std::size_t i = 0; i < to.size(); ++i) {
        to[i] += from[i];
    }
    return to;
}

bool hasFinding(const PatchResult& patch, std::uint32_t zone) {
    return std::any_of(patch.findings.begin(), patch.findings.end(),
                       [&](const layers::Finding& finding) { return finding.zone == zone; });
}

Flags classesOf(const CheckResult& result, std::size_t patch) {
    Flags flags{};
    for (const layers::Finding& finding : result.results[patch].findings) {
        flags[at(summaryClass(result.zones[finding.zone]))] = true;
    }
    return flags;
}

Flags classesOfPiece(const CheckResult& result, std::size_t patch, const PrintedPiece& piece) {
    const PatchResult& found = result.results[patch];
    Flags flags{};
    for (const std::uint32_t zone : found.overlay.atoms[piece.atom].zones) {
        if (hasFinding(found, zone)) {
            flags[at(summaryClass(result.zones[zone]))] = true;
        }
    }
    keepStrictest(flags, kReserveClasses);
    keepStrictest(flags, kWaterClasses);
    return flags;
}

} // namespace app
