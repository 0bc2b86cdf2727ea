#pragma once

#include "app/check/check_result.hpp"
#include "app/report/form.hpp"
#include "layers/table.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace app {

/// A word that a form's table of codes does not have.
struct UnknownWord {
    std::string column; ///< its header
    std::string word;
    std::int64_t rows = 0;
    std::string task; ///< the first one's task number
};

/// A form with everything in it.
struct FormTable {
    std::vector<std::vector<layers::Value>> rows;
    std::vector<layers::Value> totals; ///< slot by column, empty where not summed
    std::string title;
    std::string info;
    std::vector<std::vector<std::string>> footer;
    std::vector<UnknownWord> kept; ///< words without a code that stand as they are
};

/// Who and what the form is about: values of formWords() that the result does not know.
struct FormAbout {
    std::string project;
    std::string batchCode;
};

/// Fills a form with the rows of the list. Totals are the list's, in the form's units; cells are rounded so
/// that their column adds up to its total (largest remainder), which changes nothing where the unit shows
/// whole m². Throws layers::Error that lists all words without a code, or the layers that lack an attribute.
/// @param cases slot by slot with result.listed
[[nodiscard]] FormTable fillForm(const Form& form, const CheckResult& result,
                                 const std::vector<layers::CaseRecord>& cases, const FormAbout& about);

} // namespace app
