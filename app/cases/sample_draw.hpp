#pragma once

#include "app/cases/sample_record.hpp"
#include "geo/progress.hpp"
#include "layers/output_folder.hpp"
#include "layers/project/ledger_change.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace app {

/// A sample that is wanted.
struct SampleRequest {
    std::optional<SampleShare> share; ///< of the cases that the filter finds, or
    std::int64_t count = 0;           ///< so many
    std::uint64_t seed = 0;
    std::vector<StratumField> by{StratumField::County, StratumField::ZoneKind};
    std::int64_t leastEach = 1;
    layers::CaseFilter filter;
};
/// Where its files go.
struct SampleTarget {
    std::filesystem::path folder;
    layers::Existing existing = layers::Existing::Refuse;
};
struct DrawnSample {
    SampleRecord record;
    std::vector<layers::CaseRecord> cases; ///< as they are now, in the order of their numbers
    std::vector<std::filesystem::path> files;
};

/// Draws a sample, writes 抽检清单.xlsx and 抽检清单.csv and keeps the sample in the ledger (an event of each
/// drawn case's history, which changes none). A share whose number of cases is below the strata's minima is
/// raised to them; a count is refused. Throws layers::Error, geo::Cancelled.
[[nodiscard]] DrawnSample drawCaseSample(layers::ProjectFile& project, const layers::Stamp& stamp,
                                         const SampleRequest& request, const SampleTarget& target,
                                         geo::Progress& progress);

/// Writes the files of a sample that was drawn earlier, with the cases as they are now. Throws layers::Error.
[[nodiscard]] DrawnSample showCaseSample(const layers::ProjectFile& project, std::int64_t event,
                                         const SampleTarget& target);

/// All samples that were drawn, in order. Throws layers::Error.
[[nodiscard]] std::vector<SampleRecord> samplesOf(const layers::ProjectFile& project);

} // namespace app
