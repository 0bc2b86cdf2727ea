#pragma once

#include "layers/project/ledger_change.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace layers {

/// A list of a batch as it went out.
struct ExportRecord {
    std::int64_t id = 0;
    std::string key; ///< over everything that stands in it: what comes back names it
    std::int64_t batch = 0;
    std::int64_t run = 0;
    Stamp made;
    std::int64_t rows = 0;
    std::vector<std::string> files;
};

/// What the field may fill in, by caseFields()' key; empty ones left out.
using Answers = std::map<std::string, std::string>;
struct IssuedRow {
    std::int64_t caseId = 0;
    Answers answers;
};

/// Keeps what an export issued; fills `id` and `made`. One with the same key was the same list: it is kept
/// once. Throws layers::Error.
void addExport(LedgerChange& change, ExportRecord& record, const std::vector<IssuedRow>& rows);

/// The export of that key; nothing when the project made none. Throws layers::Error.
[[nodiscard]] std::optional<ExportRecord> findExport(const ProjectFile& project, const std::string& key);
/// What was issued of each case, by the case's id. Throws layers::Error.
[[nodiscard]] std::map<std::int64_t, Answers> issuedIn(const ProjectFile& project, std::int64_t exportId);

} // namespace layers
