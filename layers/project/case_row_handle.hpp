#pragma once

// A case as rows of the project file; included by layers/project/*.cpp only.

#include "layers/project/case_events.hpp"
#include "layers/project/case_record.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace layers::project {

/// The columns that caseFrom() reads, of the tables cases c and batches b; ends with a blank.
[[nodiscard]] const std::string& caseColumns();
[[nodiscard]] CaseRecord caseFrom(SQLite::Statement& row);

/// Says that an event tells of these cases and is their last.
void linkEvent(SQLite::Database& database, std::int64_t event, const std::vector<std::int64_t>& cases);

/// Writes the new values of fields. Throws layers::Error when a change names no field of caseFields().
void writeFields(SQLite::Database& database, const std::vector<std::int64_t>& cases,
                 const std::vector<FieldChange>& changes);

} // namespace layers::project
