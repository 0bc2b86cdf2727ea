#pragma once

#include "app/check/rules.hpp"
#include "layers/list_columns.hpp"
#include "layers/project/case_record.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A superior's own table as data (docs/formats.md: the form's YAML): its columns, what stands in them and
/// what stands around them. The rows are those of 实地核查清单.
namespace app {

/// Where the cells of a form's column come from.
enum class FormSource {
    List,     ///< a column of listColumns()
    Measure,  ///< an area or length, in the form's unit
    Case,     ///< a field of the case
    Received, ///< an attribute of the patch as received
    Constant,
    Blank ///< for writing into by hand
};

/// What can be measured: areas of the list (whole m²), and lengths of lines (whole 0.1 m), which the list
/// tells among the hints only.
enum class FormMeasure { Area, Covered, Strictest, Length, CoveredLength };
inline constexpr std::size_t kFormMeasures = 5;
[[nodiscard]] constexpr bool isArea(FormMeasure measure) {
    return measure < FormMeasure::Length;
}

/// A unit of areas or lengths. One base unit (1 m², 0.1 m) is numerator / denominator of it.
struct FormUnit {
    std::string_view key;    ///< "ha", "m2", "mu", "km2", "m", "km"
    std::string_view nameZh; ///< 公顷, 平方米, 亩, 平方公里, 米, 公里
    bool ofArea = true;
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;
    int decimals = 0;     ///< where the form says nothing
    int mostDecimals = 0; ///< more would pretend to a precision that the list has not
};
[[nodiscard]] const std::vector<FormUnit>& formUnits();

struct FormColumn {
    std::vector<std::string> header; ///< from the top row down; same texts side by side become one cell
    FormSource source = FormSource::Blank;
    std::vector<layers::ListColumn> list; ///< several: one text, joined by `join`
    std::string join;
    FormMeasure measure = FormMeasure::Area;
    const FormUnit* unit = nullptr; ///< of a measure
    int decimals = 0;               ///< of a real number
    const layers::CaseField* field = nullptr;
    std::vector<std::string> received; ///< names of the attribute; the first that the patch's layer has
    bool mayLack = false;              ///< the patch's layer need not have it
    std::string constant;
    std::string code;  ///< the table of words that translates it; empty: none
    std::string empty; ///< stands where there is no value
    double width = 10; ///< characters
    std::vector<std::string> choices;
    bool isSummed = false;
};

/// Words and what stands for them.
struct FormCodes {
    std::map<std::string, std::string> words;
    bool keepsUnknown = false; ///< else a word that is not in the table stops the export
};

struct FormOrder {
    layers::ListColumn by{};
    bool isDescending = false;
};

struct Form {
    std::string name; ///< of the files, and of the sheet unless it says otherwise
    std::string version;
    std::string title;
    std::string sheet;
    std::string info;
    std::string unverified; ///< what is not settled about the form; stands on it in red
    bool isA3 = false;
    std::vector<FormColumn> columns;
    std::map<std::string, FormCodes> codes;
    std::vector<FormOrder> order;                 ///< none: the list's
    std::string totalLabel;                       ///< empty: no total row
    std::vector<std::vector<std::string>> footer; ///< lines of one or several texts side by side
    std::string sha256;                           ///< of the YAML
};

struct FormLoad {
    Form form;
    std::vector<RuleFault> faults; ///< every one, by line and column
};
/// Reads a form and checks it whole. Never throws for what the text holds.
[[nodiscard]] FormLoad parseForm(std::string_view yaml);

/// A form that comes with the program, built in.
struct ShippedForm {
    std::string_view name; ///< "platform", "overview"
    std::string_view yaml;
};
[[nodiscard]] const std::vector<ShippedForm>& shippedForms();
/// The YAML of a shipped form, or of a file. Throws layers::Error when it cannot be read.
[[nodiscard]] std::string formText(const std::string& nameOrFile);
/// Throws layers::Error that lists line and column of every fault.
[[nodiscard]] Form loadForm(const std::string& nameOrFile);

/// The words in braces that titles, information and footers may hold, without braces: "batch", "count",
/// "area_ha", ...
[[nodiscard]] const std::vector<std::string>& formWords();
/// Puts values in place of the words in braces. @param values by word
[[nodiscard]] std::string withFormWords(std::string_view text,
                                        const std::map<std::string, std::string>& values);

/// A column of the list by its name, field or header, in any letter case of the first two.
[[nodiscard]] std::optional<layers::ListColumn> listColumnNamed(std::string_view name);
/// Whether a text may name files on any system: at most 60 characters, none that a path or a system takes
/// for itself.
[[nodiscard]] bool isFormFileName(const std::string& name);

/// The header as it stands on paper, row by row for headerSpans(): an empty cell continues its neighbour.
[[nodiscard]] std::vector<std::vector<std::string>> headerRows(const Form& form);

} // namespace app
