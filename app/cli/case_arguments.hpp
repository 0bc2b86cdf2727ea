#pragma once

#include "app/cases/case_work.hpp"
#include "app/cli/project_arguments.hpp"

namespace app {

/// What the verbs of `case` take.
struct CaseArguments {
    ProjectOptions project;
    // Which cases.
    std::vector<std::string> words; ///< numbers, and field=value where the verb sets fields
    layers::CaseFilter filter;
    int filterPriority = 0;
    bool overdue = false;
    bool lapsed = false;
    std::int64_t known = 0; ///< --revision
    // How they are listed.
    std::string sort = "number";
    std::int64_t limit = 50;
    std::int64_t offset = 0;
    // What is wanted of them.
    std::string to;
    int verdict = 0;
    std::string setVerdict;
    std::string setPriority;
    bool dropOverride = false;
    std::string reason;
    std::int64_t event = 0;
};

/// --batch, --county, --status, ...; those that `without` names are left out.
void addCaseFilter(CLI::App& command, CaseArguments& arguments, const std::vector<std::string>& without);

/// The filter as the arguments say it. Throws CLI::ValidationError for a status that the life does not know.
[[nodiscard]] layers::CaseFilter caseFilter(const CaseArguments& arguments, const CaseLife& life,
                                            layers::Day today);
/// "priority,-area" -> by priority, then the largest first. Throws CLI::ValidationError that lists the keys.
[[nodiscard]] std::vector<layers::CaseSort> caseSort(const std::string& text);

/// Numbers and field=value apart. Throws CLI::ValidationError for an unknown field, one named twice, or when
/// neither a number nor a filter says which cases are meant.
struct CaseWords {
    CaseSelection selection;
    std::map<std::string, std::string> fields;
};
[[nodiscard]] CaseWords caseWords(const CaseArguments& arguments, const CaseLife& life, layers::Day today);

} // namespace app
