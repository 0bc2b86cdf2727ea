#pragma once

#include "app/check/rules.hpp"
#include "geo/patch_overlay.hpp"
#include "layers/problem.hpp"
#include "layers/records.hpp"
#include "layers/settings.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// A patch's part in a county; the part outside all counties has county -1. Parts add up to the patch.
struct CountyPart {
    std::int32_t county = -1;
    double measure = 0; ///< m² or m of the patch there
    double covered = 0; ///< m² or m of the covered part there (de-duplicated over zones)
    /// m² or m there of each covered atom of the patch, slot by slot; empty when the patch lies in one county
    /// alone.
    std::vector<double> atoms = {};
};

/// All that the run says of one patch; slot i belongs to CheckResult::patches[i].
struct PatchResult {
    layers::Bucket bucket = layers::Bucket::Clear;
    geo::PatchOverlay overlay;
    std::vector<layers::Certainty> certainty; ///< of overlay.overlaps, slot by slot
    std::vector<layers::Finding> findings; ///< overlaps that count (确定占压, 疑似压边), 主判定 first
    std::int32_t duplicateOf = -1;         ///< patch number, for bucket Duplicate
    double duplicateShare = 0;
    std::vector<CountyPart> counties; ///< largest part first, then by code; -1 last
    std::optional<layers::Day> date;  ///< 判定基准日 used
    geo::Coordinate place;            ///< interior point
    double covered = 0;               ///< m² or m covered by any zone (sum of atoms with zones)
};

/// Sums over pairs before tolerances, as other tools count them (run.json `overlaps`).
struct PairSum {
    std::int64_t pairs = 0;
    double areaM2 = 0;
};

/// What the ledger says of a listed patch: the columns that only a project fills. Empty parts leave the run's
/// value.
struct LedgerWords {
    std::string history; ///< 历史比对
    std::string hint;    ///< one more 提示
    std::string responsible;
    std::string partners;
    std::string deadline;
    std::vector<std::string> answers; ///< 核查结论 … 备注: the last ten columns of the list, or none
};

/// A closing sum that does not close: the run ends with exit 4 and its outputs are marked invalid.
struct ClosingFault {
    std::string what;
    double expected = 0;
    double found = 0;
};

/// Slots of CheckResult::enginePaths.
inline constexpr std::size_t kPathInside = 0;
inline constexpr std::size_t kPathOutside = 1;
inline constexpr std::size_t kPathLocalised = 2;
inline constexpr std::size_t kPathFull = 3;
inline constexpr std::size_t kPathCount = 4;

/// A finished check: input records and everything found, from which all outputs are written.
struct CheckResult {
    std::vector<layers::Patch> patches;   ///< readable patches, input order
    std::vector<layers::Zone> zones;      ///< zone numbers; shapes live in the engine's index
    std::vector<layers::County> counties; ///< by code
    std::vector<layers::Reject> rejects;
    std::vector<layers::Problem> problems;
    std::vector<layers::InputReport> inputs;
    std::optional<layers::InputReport> known; ///< the layer of --known, compared with and not checked
    std::vector<PatchResult> results;         ///< slot by slot with patches
    std::vector<layers::Judgement> judgements;
    RuleSet rules;
    layers::Settings settings;
    std::string batch; ///< --batch, or the data's
    layers::Day today = 0;
    std::optional<layers::Day> date;                    ///< --date
    bool zonesIncomplete = false;                       ///< 管控区不完整
    std::array<PairSum, 3> pairSums;                    ///< redline, reserve, water
    std::array<std::int64_t, kPathCount> enginePaths{}; ///< pairs by how the engine settled them
    std::vector<std::vector<std::int32_t>>
        countiesOfInput;   ///< counties that each input's zones reach (with --admin)
    double residualM2 = 0; ///< largest residual of a patch
    std::vector<ClosingFault> faults;
    /// Patch numbers of bucket Listed in the order of domain.md 4.3, and their task numbers, slot by slot.
    std::vector<std::int32_t> listed;
    std::vector<std::string> taskNumbers;
    /// Slot by slot with `listed`, when a project stands behind the run: then the numbers are the cases'.
    std::vector<LedgerWords> ledger;
    /// Which export of the project it is: what comes back names it (workbook, field files).
    std::string exportKey;

    [[nodiscard]] std::int64_t countOf(layers::Bucket bucket) const;
};

} // namespace app
