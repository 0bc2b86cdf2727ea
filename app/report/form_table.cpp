#include "app/report/form_table.hpp"

#include "app/check/list_rows.hpp"
#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/check/rounding.hpp"
#include "app/report/cell_text.hpp"
#include "layers/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

namespace app {

namespace {

using layers::ListColumn;
using layers::ListRow;
using layers::Value;

/// What is measured of a row, in base units (1 m², 0.1 m).
using Amounts = std::array<std::optional<std::int64_t>, kFormMeasures>;

std::size_t at(FormMeasure measure) {
    return static_cast<std::size_t>(measure);
}
const Value& cellOf(const ListRow& row, ListColumn column) {
    return row[static_cast<std::size_t>(column)];
}

/// The areas that the list prints, and a line's lengths.
Amounts amountsOf(const CheckResult& result, std::size_t patch, const ListRow& row) {
    constexpr double kAreaUnitsPerHa = 1 / kHaPerM2;
    Amounts amounts;
    const auto take = [&](FormMeasure measure, ListColumn column) {
        if (const auto* hectares = std::get_if<double>(&cellOf(row, column))) {
            amounts[at(measure)] = toUnits(*hectares, kAreaUnitsPerHa);
        }
    };
    take(FormMeasure::Area, ListColumn::AreaHa);
    take(FormMeasure::Covered, ListColumn::CoveredHa);
    take(FormMeasure::Strictest, ListColumn::StrictestHa);
    if (result.patches[patch].shape.dimension() == geo::Dimension::Line) {
        const PrintedPatch printed = printedPatch(result, patch);
        amounts[at(FormMeasure::Length)] = printed.units;
        amounts[at(FormMeasure::CoveredLength)] = printed.covered;
    }
    return amounts;
}

std::int64_t powerOfTen(int decimals) {
    constexpr std::int64_t kTen = 10;
    std::int64_t power = 1;
    for (int i = 0; i < decimals; ++i) {
        power *= kTen;
    }
    return power;
}

/// Base units in units of the last printed decimal: exact where that divides, else the nearest double.
double scaled(std::int64_t amount, const FormUnit& unit, int decimals) {
    const std::int64_t power = powerOfTen(decimals);
    const std::int64_t common = std::gcd(unit.numerator * power, unit.denominator);
    const std::int64_t numerator = unit.numerator * power / common;
    const std::int64_t denominator = unit.denominator / common;
    return static_cast<double>(amount * numerator) / static_cast<double>(denominator);
}

Value printedAmount(std::int64_t lastDecimals, int decimals) {
    if (decimals == 0) {
        return lastDecimals;
    }
    return static_cast<double>(lastDecimals) / static_cast<double>(powerOfTen(decimals));
}

/// Takes the words of one export through the form's tables, and remembers those that are in none.
class Translator {
  public:
    explicit Translator(const Form& form) : m_form(form) {}

    /// A cell may hold several words; each is translated by itself unless the whole is in the table.
    std::string translated(const FormColumn& column, const std::string& text, const std::string& task) {
        const FormCodes& codes = m_form.codes.at(column.code);
        if (const auto whole = codes.words.find(text); whole != codes.words.end()) {
            return whole->second;
        }
        std::string joined;
        std::size_t begin = 0;
        while (begin <= text.size()) {
            const std::size_t end = std::min(text.find(kListSeparator, begin), text.size());
            joined += joined.empty() ? "" : kListSeparator;
            joined += one(column, codes, text.substr(begin, end - begin), task);
            begin = end + kListSeparator.size();
        }
        return joined;
    }

    /// Throws unless all are to be kept.
    [[nodiscard]] std::vector<UnknownWord> take() {
        std::string refused;
        std::vector<UnknownWord> kept;
        for (auto& [key, unknown] : m_unknown) {
            if (m_form.codes.at(key.first).keepsUnknown) {
                kept.push_back(std::move(unknown));
                continue;
            }
            refused += fmt::format("\n  {}：“{}” {} 处，如 {} / {} rows, e.g. {}", unknown.column,
                                   unknown.word, unknown.rows, unknown.task, unknown.rows, unknown.task);
        }
        if (!refused.empty()) {
            throw layers::Error(fmt::format(
                "表“{}”的代码表中没有以下词，未输出；请在 codes 中补上，或写 unknown: keep / the codes of "
                "the "
                "form lack these words, nothing was written; add them to codes, or say unknown: keep{}",
                m_form.name, refused));
        }
        return kept;
    }

  private:
    std::string one(const FormColumn& column, const FormCodes& codes, const std::string& word,
                    const std::string& task) {
        if (const auto found = codes.words.find(word); found != codes.words.end()) {
            return found->second;
        }
        UnknownWord& unknown = m_unknown[{column.code, column.header.back() + '\x1f' + word}];
        if (unknown.rows++ == 0) {
            unknown.column = column.header.back();
            unknown.word = word;
            unknown.task = task;
        }
        return word;
    }

    const Form& m_form;
    std::map<std::pair<std::string, std::string>, UnknownWord> m_unknown; ///< by table, column and word
};

/// The attributes of patches as received: where each column finds its own in each layer.
class Attributes {
  public:
    /// Throws layers::Error that lists the layers of patches that lack one.
    Attributes(const Form& form, const CheckResult& result) : m_result(result), m_slots(form.columns.size()) {
        std::string lacking;
        for (std::size_t c = 0; c < form.columns.size(); ++c) {
            const FormColumn& column = form.columns[c];
            for (const layers::InputReport& input : result.inputs) {
                m_slots[c].push_back(column.source == FormSource::Received ? slotOf(column, input)
                                                                           : std::nullopt);
                if (column.source == FormSource::Received && input.role == layers::Role::Changes &&
                    !m_slots[c].back() && !column.mayLack) {
                    lacking += fmt::format("\n  {}：{} {}（{}）", column.header.back(), input.file,
                                           input.layer, fmt::join(input.fields, ", "));
                }
            }
        }
        if (!lacking.empty()) {
            throw layers::Error(
                fmt::format("表“{}”要用的原始字段，以下图层没有；请改 received，或写 may_lack: true / these "
                            "layers lack an "
                            "attribute that the form takes; change received, or say may_lack: true{}",
                            form.name, lacking));
        }
    }

    [[nodiscard]] std::string of(std::size_t column, std::size_t patch) const {
        const layers::Patch& p = m_result.patches[patch];
        const std::optional<std::size_t> slot = m_slots[column].at(static_cast<std::size_t>(p.input));
        return slot && *slot < p.raw.size() ? p.raw[*slot] : std::string();
    }

  private:
    static std::optional<std::size_t> slotOf(const FormColumn& column, const layers::InputReport& input) {
        for (const std::string& name : column.received) {
            const auto found = std::find(input.fields.begin(), input.fields.end(), name);
            if (found != input.fields.end()) {
                return static_cast<std::size_t>(found - input.fields.begin());
            }
        }
        return std::nullopt;
    }

    const CheckResult& m_result;
    std::vector<std::vector<std::optional<std::size_t>>> m_slots; ///< by column and input
};

/// Fills the cells row by row in the list's order, then sorts them and adds up.
class Filling {
  public:
    Filling(const Form& form, const CheckResult& result, const std::vector<layers::CaseRecord>& cases)
        : m_form(form), m_result(result), m_cases(cases), m_words(form), m_attributes(form, result) {}

    FormTable fill() {
        FormTable table;
        for (std::size_t n = 0; n < m_result.listed.size(); ++n) {
            addRow(n, table);
        }
        sort(table);
        addMeasures(table);
        table.kept = m_words.take();
        return table;
    }

    /// A total of the list, in base units.
    [[nodiscard]] std::int64_t total(FormMeasure measure) const {
        std::int64_t sum = 0;
        for (const Amounts& amounts : m_amounts) {
            sum += amounts[at(measure)].value_or(0);
        }
        return sum;
    }

  private:
    void addRow(std::size_t n, FormTable& table) {
        const auto patch = static_cast<std::size_t>(m_result.listed[n]);
        const ListRow row = listRow(m_result, n);
        m_amounts.push_back(amountsOf(m_result, patch, row));
        std::vector<Value>& key = m_keys.emplace_back();
        for (const FormOrder& order : m_form.order) {
            key.push_back(cellOf(row, order.by));
        }
        std::vector<Value>& cells = table.rows.emplace_back();
        for (std::size_t c = 0; c < m_form.columns.size(); ++c) {
            cells.push_back(cell(c, n, patch, row));
        }
    }

    Value cell(std::size_t c, std::size_t n, std::size_t patch, const ListRow& row) {
        const FormColumn& column = m_form.columns[c];
        switch (column.source) {
        case FormSource::List:
            return worded(column, listValue(column, row), n);
        case FormSource::Case:
            return worded(column, m_cases[n].*column.field->member, n);
        case FormSource::Received:
            return worded(column, m_attributes.of(c, patch), n);
        case FormSource::Constant:
            return column.constant;
        case FormSource::Measure:
        case FormSource::Blank:
            break;
        }
        return {};
    }

    static Value listValue(const FormColumn& column, const ListRow& row) {
        if (column.list.size() == 1) {
            return cellOf(row, column.list.front());
        }
        std::string text;
        for (const ListColumn each : column.list) {
            const std::string part = printedText(cellOf(row, each), layers::listColumn(each));
            text += (text.empty() || part.empty() ? "" : column.join) + part;
        }
        return text;
    }

    /// The value, or what stands for it in the column's table, or what stands where there is none.
    Value worded(const FormColumn& column, Value value, std::size_t n) {
        const auto* text = std::get_if<std::string>(&value);
        if (std::holds_alternative<std::monostate>(value) || (text != nullptr && text->empty())) {
            return column.empty;
        }
        if (column.code.empty()) {
            return value;
        }
        layers::Column printed;
        printed.decimals = column.decimals;
        return m_words.translated(column, printedText(value, printed), m_result.taskNumbers[n]);
    }

    /// Into the form's order; the list's where that says nothing. Values that are not there come last.
    void sort(FormTable& table) {
        std::vector<std::size_t> order(table.rows.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
            for (std::size_t i = 0; i < m_form.order.size(); ++i) {
                const Value& x = m_keys[a][i];
                const Value& y = m_keys[b][i];
                const bool xLacks = std::holds_alternative<std::monostate>(x);
                const bool yLacks = std::holds_alternative<std::monostate>(y);
                if (xLacks != yLacks) {
                    return yLacks;
                }
                if (x != y) {
                    return m_form.order[i].isDescending ? y < x : x < y;
                }
            }
            return false;
        });
        std::vector<std::vector<Value>> rows;
        std::vector<Amounts> amounts;
        for (const std::size_t n : order) {
            rows.push_back(std::move(table.rows[n]));
            amounts.push_back(m_amounts[n]);
        }
        table.rows = std::move(rows);
        m_amounts = std::move(amounts);
        // 序号 counts the rows as they stand here.
        for (std::size_t c = 0; c < m_form.columns.size(); ++c) {
            const FormColumn& column = m_form.columns[c];
            for (std::size_t n = 0; n < table.rows.size() && column.list == std::vector{ListColumn::Number};
                 ++n) {
                table.rows[n][c] = static_cast<std::int64_t>(n) + 1;
            }
        }
    }

    void addMeasures(FormTable& table) {
        table.totals.resize(m_form.columns.size());
        for (std::size_t c = 0; c < m_form.columns.size(); ++c) {
            const FormColumn& column = m_form.columns[c];
            if (column.source != FormSource::Measure) {
                continue;
            }
            std::vector<double> values;
            for (const Amounts& amounts : m_amounts) {
                if (const auto& amount = amounts[at(column.measure)]) {
                    values.push_back(scaled(*amount, *column.unit, column.decimals));
                }
            }
            const std::int64_t sum = toUnits(scaled(total(column.measure), *column.unit, column.decimals), 1);
            const std::vector<std::int64_t> units = unitsToSum(values, 1, sum);
            std::size_t next = 0;
            for (std::size_t n = 0; n < table.rows.size(); ++n) {
                table.rows[n][c] = m_amounts[n][at(column.measure)]
                                       ? printedAmount(units[next++], column.decimals)
                                       : Value(column.empty);
            }
            if (column.isSummed) {
                table.totals[c] = printedAmount(sum, column.decimals);
            }
        }
    }

    const Form& m_form;
    const CheckResult& m_result;
    const std::vector<layers::CaseRecord>& m_cases;
    Translator m_words;
    Attributes m_attributes;
    std::vector<Amounts> m_amounts; ///< slot by slot with the rows
    std::vector<std::vector<Value>> m_keys;
};

std::map<std::string, std::string> wordsOf(const Filling& filling, const CheckResult& result,
                                           const FormAbout& about) {
    std::map<std::string, std::string> words{{"project", about.project},
                                             {"batch", result.batch},
                                             {"batch_code", about.batchCode},
                                             {"date", layers::isoFromDay(result.today)},
                                             {"count", std::to_string(result.listed.size())}};
    const auto add = [&](std::string_view name, FormMeasure measure) {
        for (const FormUnit& unit : formUnits()) {
            if (unit.ofArea == isArea(measure)) {
                const std::int64_t sum = toUnits(scaled(filling.total(measure), unit, unit.decimals), 1);
                words[fmt::format("{}_{}", name, unit.key)] = fixedText(
                    static_cast<double>(sum) / static_cast<double>(powerOfTen(unit.decimals)), unit.decimals);
            }
        }
    };
    add("area", FormMeasure::Area);
    add("covered", FormMeasure::Covered);
    add("length", FormMeasure::Length);
    add("covered_length", FormMeasure::CoveredLength);
    return words;
}

} // namespace

FormTable fillForm(const Form& form, const CheckResult& result, const std::vector<layers::CaseRecord>& cases,
                   const FormAbout& about) {
    Filling filling(form, result, cases);
    FormTable table = filling.fill();
    const std::map<std::string, std::string> words = wordsOf(filling, result, about);
    table.title = withFormWords(form.title, words);
    table.info = withFormWords(form.info, words);
    for (const std::vector<std::string>& line : form.footer) {
        std::vector<std::string>& texts = table.footer.emplace_back();
        std::transform(line.begin(), line.end(), std::back_inserter(texts),
                       [&](const std::string& text) { return withFormWords(text, words); });
    }
    return table;
}

} // namespace app
