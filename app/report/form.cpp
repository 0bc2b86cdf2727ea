#include "app/report/form.hpp"

#include "app/check/configuration.hpp"
#include "layers/text.hpp"

#include <algorithm>

namespace app {

const std::vector<FormUnit>& formUnits() {
    // 1 亩 = 2000/3 m². Most decimals: what is exact of whole m² and 0.1 m.
    static const std::vector<FormUnit> units{
        {"ha", "公顷", true, 1, 10'000, 4, 4}, {"m2", "平方米", true, 1, 1, 0, 0},
        {"mu", "亩", true, 3, 2'000, 2, 4},    {"km2", "平方公里", true, 1, 1'000'000, 4, 6},
        {"m", "米", false, 1, 10, 1, 1},       {"km", "公里", false, 1, 10'000, 3, 4},
    };
    return units;
}

std::string formText(const std::string& nameOrFile) {
    for (const ShippedForm& shipped : shippedForms()) {
        if (shipped.name == nameOrFile) {
            return std::string(shipped.yaml);
        }
    }
    return configurationText(nameOrFile);
}

Form loadForm(const std::string& nameOrFile) {
    FormLoad load = parseForm(formText(nameOrFile));
    refuseFaults(std::filesystem::path(nameOrFile).filename().string(), load.faults);
    return std::move(load.form);
}

const std::vector<std::string>& formWords() {
    static const std::vector<std::string> words = [] {
        std::vector<std::string> all{"project", "batch", "batch_code", "date", "count"};
        for (const FormUnit& unit : formUnits()) {
            for (const char* const measure :
                 unit.ofArea ? std::vector{"area", "covered"} : std::vector{"length", "covered_length"}) {
                all.push_back(std::string(measure) + "_" + std::string(unit.key));
            }
        }
        return all;
    }();
    return words;
}

std::optional<layers::ListColumn> listColumnNamed(std::string_view name) {
    const std::vector<layers::Column>& columns = layers::listColumns();
    const std::string wanted = layers::lowerAscii(std::string(name));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == wanted || layers::lowerAscii(columns[i].field) == wanted ||
            columns[i].header == name) {
            return static_cast<layers::ListColumn>(i);
        }
    }
    return std::nullopt;
}

std::string withFormWords(std::string_view text, const std::map<std::string, std::string>& values) {
    std::string filled;
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        const std::size_t close = text.find('}', open);
        filled += text.substr(0, open);
        if (close == std::string_view::npos) {
            filled += open == std::string_view::npos ? std::string_view() : text.substr(open);
            break;
        }
        const auto value = values.find(std::string(text.substr(open + 1, close - open - 1)));
        filled += value == values.end() ? text.substr(open, close - open + 1) : value->second;
        text.remove_prefix(close + 1);
    }
    return filled;
}

std::vector<std::vector<std::string>> headerRows(const Form& form) {
    std::size_t depth = 0;
    for (const FormColumn& column : form.columns) {
        depth = std::max(depth, column.header.size());
    }
    std::vector<std::vector<std::string>> rows(depth, std::vector<std::string>(form.columns.size()));
    for (std::size_t c = 0; c < form.columns.size(); ++c) {
        const std::vector<std::string>& header = form.columns[c].header;
        bool isBeside = c > 0; // all rows above are one cell with the left neighbour's
        for (std::size_t r = 0; r < header.size(); ++r) {
            const std::vector<std::string>* left = c > 0 ? &form.columns[c - 1].header : nullptr;
            isBeside = isBeside && r < left->size() && (*left)[r] == header[r];
            rows[r][c] = isBeside ? std::string() : header[r];
        }
    }
    return rows;
}

} // namespace app
