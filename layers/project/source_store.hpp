#pragma once

#include "layers/problem.hpp"
#include "layers/project/ledger_change.hpp"
#include "layers/records.hpp"

#include <cstdint>
#include <vector>

namespace layers {

/// What reading a layer decided and could not use: stays with what was read, for every later run.
struct StoredSource {
    InputReport report;
    std::vector<Problem> problems;
    std::vector<Reject> rejects; ///< their `input` is 0
};

/// Keeps it; returns its id. Throws layers::Error.
std::int64_t addSource(LedgerChange& change, const StoredSource& source);
/// Forgets a source that nothing points to, with its problems and rejects. Throws layers::Error.
void removeSource(LedgerChange& change, std::int64_t id);
[[nodiscard]] StoredSource readSource(const ProjectFile& project, std::int64_t id);

} // namespace layers
