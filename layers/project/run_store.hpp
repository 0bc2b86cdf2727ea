#pragma once

#include "layers/project/ledger_change.hpp"
#include "layers/records.hpp"
#include "layers/settings.hpp"
#include "layers/table_sink.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layers {

/// A rule set as a run used it, whole.
struct StoredRules {
    std::string sha256;
    std::string name;
    std::string version;
    std::string file;
    std::string text; ///< YAML
};

/// A version of zones or counties that a run uses, and the days of judgement that it is used for.
struct RunZones {
    std::int64_t version = 0;
    Day first = 0;
    Day last = 0;
};

/// Everything that makes a run: from this and the project it can be repeated to the byte.
struct RunSetup {
    std::int64_t batch = 0;
    std::optional<Day> date; ///< --date
    Day today = 0;
    Settings settings;
    StoredRules rules;
    std::vector<RunZones> zones;
};

/// A run and what came of it.
struct RunRecord {
    std::int64_t id = 0;
    RunSetup setup;
    Stamp made;
    std::string program; ///< versions, JSON
    double seconds = 0;
    bool isValid = true;                  ///< all sums close
    std::array<std::int64_t, 5> counts{}; ///< by Bucket
    std::string runJson;
    std::string digest; ///< over every row of every table
};

/// A finding as a run keeps it for ever.
struct RunFinding {
    std::string key; ///< stable over runs
    std::int64_t zone = 0;
    std::string zoneRole;
    std::string zoneKind;
    std::string zoneName;
    std::string zoneClass;
    std::string rule;
    std::optional<double> areaM2;
    std::optional<double> lengthM;
    std::string certainty;
    std::string verdict;
    int priority = 0;
};
/// What a run concludes on a patch.
struct RunConclusion {
    std::int64_t patch = 0;
    std::string bucket;
    std::string verdict; ///< of the main finding; empty without one
    int priority = 0;
    std::string rule;
    std::optional<double> areaM2;
    std::optional<double> coveredM2;
    std::string judgedOn;
    std::string digest; ///< over all rows of the patch
    std::vector<RunFinding> findings = {};
};

/// Keeps a run (fills `id` and `made`); it becomes the current one of its batch, whose rows of the run before
/// leave the map layers. Throws layers::Error.
void addRun(LedgerChange& change, RunRecord& run);
/// Keeps conclusions and findings; findings of the batch that this run has not are obsolete from now on.
/// Returns how many became so.
std::int64_t addConclusions(LedgerChange& change, const RunRecord& run,
                            const std::vector<RunConclusion>& conclusions);

/// Takes the rows of a run's tables (patches in the batch's order, overlaps, atoms, near, problems,
/// judgements) into the project's; others are not kept. Of problems the first `knownProblems` stand there
/// already: the readings'.
class RunRows final : public TableSink {
  public:
    RunRows(LedgerChange& change, const RunRecord& run, std::vector<std::int64_t> patches,
            std::size_t knownProblems);
    ~RunRows() override;
    RunRows(const RunRows&) = delete;
    RunRows& operator=(const RunRows&) = delete;
    void useTable(const std::string& name) override;
    void addRow(std::span<const Value> values, const geo::Shape* shape) override;
    /// The id that the first row of `judgements` will have.
    [[nodiscard]] std::int64_t firstJudgement() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// All runs, or those of one batch, in their order; without `rules.text` and `runJson`.
[[nodiscard]] std::vector<RunRecord> runs(const ProjectFile& project,
                                          std::optional<std::int64_t> batch = std::nullopt);
/// One run whole. Throws layers::Error that names the runs there are.
[[nodiscard]] RunRecord readRun(const ProjectFile& project, std::int64_t id);
[[nodiscard]] std::vector<RunConclusion> conclusionsOf(const ProjectFile& project, std::int64_t run);

} // namespace layers
