#pragma once

#include "app/cases/return_plan.hpp"

#include <filesystem>

namespace app {

/// A file that was taken in.
struct TakenReturn {
    ReturnPlan plan;
    layers::ReturnRecord record; ///< id 0: it brought nothing new and was kept before
    std::int64_t fields = 0;     ///< taken
};

/// Takes in a file in one transaction: what was decided, an event for each case, the file itself and every
/// field that differed, taken or not. Throws layers::Error, and changes nothing, when fields are undecided.
[[nodiscard]] TakenReturn takeReturn(layers::ProjectFile& project, const layers::Stamp& stamp,
                                     const CaseLife& life, const layers::ReturnedFile& file,
                                     const ReturnRequest& request, geo::Progress& progress);

/// Writes what is to be decided, or was refused, as a table (CSV, UTF-8 with BOM) whose last column 采用
/// takes ours or theirs and which --prefer reads again. Throws layers::Error; an existing file is not
/// replaced.
void writeDecisions(const std::filesystem::path& file, const ReturnPlan& plan);
/// What such a table says; rows with an empty 采用 say nothing. Throws layers::Error that names the row of
/// every fault.
[[nodiscard]] std::map<std::pair<std::string, std::string>, Preference>
readDecisions(const std::filesystem::path& file);

} // namespace app
