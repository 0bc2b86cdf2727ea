#pragma once

#include "layers/project/ledger_change.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace layers {

/// What became of the rows of a file that came back: cases = unchanged + changed + conflicting + refused +
/// doubtful, and rows = cases + repeated + unmatched + blank.
struct ReturnCounts {
    std::int64_t rows = 0;        ///< below the headings
    std::int64_t blank = 0;       ///< neither number nor answers: totals, notes
    std::int64_t repeated = 0;    ///< further rows of a case that say the same
    std::int64_t unmatched = 0;   ///< answers whose number the project does not know, or none
    std::int64_t cases = 0;       ///< rows that met a case of their own
    std::int64_t unchanged = 0;   ///< say what was issued or what the ledger says
    std::int64_t changed = 0;     ///< bring something, and nobody else did
    std::int64_t conflicting = 0; ///< a field was changed on both sides, or came back empty
    std::int64_t refused = 0;     ///< a value or a status that the life of cases does not allow
    std::int64_t doubtful = 0;    ///< the row does not fit its number
    std::int64_t notReturned = 0; ///< cases of the export that have no row
};

/// A file that came back and was taken in.
struct ReturnRecord {
    std::int64_t id = 0;
    Stamp made;
    std::string file;
    std::string sha256;
    std::optional<std::int64_t> exportId; ///< nothing: the file does not say which list it was
    std::string prefer;                   ///< "ours", "theirs", the name of a file of decisions, or empty
    ReturnCounts counts;
    std::int64_t photos = 0;
};

/// A field of a case that came back with another value.
struct ReturnedField {
    std::int64_t caseId = 0;
    std::string number;              ///< of the case
    std::string field;               ///< caseFields()' key
    std::string place;               ///< where in the file: "核查清单 第 7 行"
    std::optional<std::string> base; ///< as issued; nothing: not known
    std::string ours;
    std::string theirs;
    std::string fate; ///< "changed", "cleared", "conflict", "refused"
    bool isTaken = false;
    std::string why; ///< of a refusal
};

/// A row that was not taken, and why.
struct LeftRow {
    std::string place;
    std::string number;
    std::string why;
};

/// Keeps a return with the bytes of its files; fills `id` and `made`. Throws layers::Error, also when a file
/// cannot be read or has more than 900 MB.
void addReturn(LedgerChange& change, ReturnRecord& record, const std::vector<std::filesystem::path>& files,
               const std::vector<ReturnedField>& fields, const std::vector<LeftRow>& left);

[[nodiscard]] std::vector<ReturnRecord> returns(const ProjectFile& project);
/// Throws layers::Error that names the returns there are.
[[nodiscard]] ReturnRecord readReturn(const ProjectFile& project, std::int64_t id);
/// A return of these bytes; nothing when there is none.
[[nodiscard]] std::optional<ReturnRecord> returnOf(const ProjectFile& project, const std::string& sha256);
[[nodiscard]] std::vector<ReturnedField> fieldsOf(const ProjectFile& project, std::int64_t returnId);
[[nodiscard]] std::vector<LeftRow> leftRowsOf(const ProjectFile& project, std::int64_t returnId);
/// Writes the files of a return into a folder as they came; returns their names. Throws layers::Error when
/// one of them exists.
std::vector<std::filesystem::path> extractReturn(const ProjectFile& project, std::int64_t returnId,
                                                 const std::filesystem::path& folder);

} // namespace layers
