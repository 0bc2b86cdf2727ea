#pragma once

#include "layers/project/source_store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace layers {

/// A batch of patches (监测批次) as it was received; never changed afterwards.
struct Batch {
    std::int64_t id = 0;
    std::string code; ///< "2026B2": year and number, the middle of every case number
    std::string name; ///< "2026年第2批"
    std::int64_t patches = 0;
    std::int64_t rejects = 0;
    Stamp added;
    std::optional<std::int64_t> currentRun; ///< the last run: what the project's layers show
};

/// "2026B2" of "2026年第2批", "2026年度第二批", "2026-2"; empty when year and number cannot be told.
[[nodiscard]] std::string batchCodeFrom(const std::string& name);
/// Four digits, B, one to four digits.
[[nodiscard]] bool isBatchCode(const std::string& code);

/// One layer of a batch with its patches.
struct BatchPart {
    StoredSource source;
    std::vector<Patch> patches;
};
/// Keeps a batch; fills `id`, counts and `added`. Throws layers::Error when code or name is taken, or no
/// patch is there.
void addBatch(LedgerChange& change, Batch& batch, const std::vector<BatchPart>& parts);

[[nodiscard]] std::vector<Batch> batches(const ProjectFile& project);
/// By its row. Throws layers::Error when there is none.
[[nodiscard]] Batch readBatch(const ProjectFile& project, std::int64_t id);
/// By code or name. Throws layers::Error that lists the batches there are.
[[nodiscard]] Batch findBatch(const ProjectFile& project, const std::string& codeOrName);

/// A patch and its row in the project; patch.input counts the parts.
struct StoredPatch {
    std::int64_t id = 0;
    Patch patch;
};
[[nodiscard]] std::vector<StoredPatch> patchesOf(const ProjectFile& project, std::int64_t batch);
/// The sources of a batch, in the order in which it was read.
[[nodiscard]] std::vector<StoredSource> sourcesOf(const ProjectFile& project, std::int64_t batch);

} // namespace layers
