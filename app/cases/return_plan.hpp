#pragma once

#include "app/cases/case_step.hpp"
#include "layers/project/export_store.hpp"
#include "layers/project/return_store.hpp"
#include "layers/returned_file.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace app {

/// Whose value counts where both sides differ.
enum class Preference { Ours, Theirs };

/// What is wanted of a file that came back.
struct ReturnRequest {
    std::optional<Preference> prefer; ///< --prefer ours|theirs
    /// --prefer FILE: by case number and field, before `prefer`.
    std::map<std::pair<std::string, std::string>, Preference> decisions;
    std::string preferName; ///< as --prefer was given
    std::string to;         ///< the status that cases step to which a conclusion came for; empty: none
    layers::Day today = 0;
};

/// What would become of a case.
struct ReturnedCase {
    layers::CaseRecord record; ///< as it stands
    std::string place;         ///< where in the file
    std::vector<layers::ReturnedField> fields;
    CaseAnswer answer; ///< the changes; nothing where nothing is taken
};

/// What a file brings, worked out before anything is written.
struct ReturnPlan {
    layers::ReturnCounts counts;
    std::optional<layers::ExportRecord> issued; ///< the list that came back, where the file says which
    std::vector<ReturnedCase> cases;            ///< those with fields that differ, in the file's order
    std::vector<layers::LeftRow> left;
    std::vector<std::string> notReturned; ///< numbers of the list's cases that have no row
    std::int64_t undecided = 0;           ///< fields on which both sides differ and nobody has decided
};

/// The fates of a field: what counts of it.
inline constexpr std::string_view kChanged = "changed";   ///< they changed it, nobody else did
inline constexpr std::string_view kCleared = "cleared";   ///< it was issued with a value and came back empty
inline constexpr std::string_view kConflict = "conflict"; ///< both changed it, each in another way
inline constexpr std::string_view kRefused = "refused";   ///< the life of cases does not allow it
[[nodiscard]] std::string_view fateNameZh(std::string_view fate);

/// Compares a file with what was issued (base), what the ledger says now (ours) and what the life of cases
/// allows. Where the file does not say from which export it comes, the base is not known: then only what the
/// ledger has left blank is taken without a decision. A number that stands in several rows with different
/// answers, and a row whose 原图斑编号 is another patch's, are doubtful and not taken. Writes nothing. Throws
/// layers::Error for numbers of `check` (LS-…), and for an export of another project; geo::Cancelled.
[[nodiscard]] ReturnPlan planReturn(const layers::ProjectFile& project, const CaseLife& life,
                                    const layers::ReturnedFile& file, const ReturnRequest& request,
                                    geo::Progress& progress);

} // namespace app
