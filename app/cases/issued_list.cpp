#include "app/cases/issued_list.hpp"

#include "app/check/list_rows.hpp"
#include "app/report/cell_text.hpp"
#include "layers/sha256.hpp"

#include <numeric>

namespace app {

std::string exportKeyOf(const std::string& what, const CheckResult& result,
                        const std::vector<std::size_t>& rows) {
    constexpr char kSeparator = '\x1f';
    std::string key = layers::sha256OfText(what + kSeparator + result.rules.sha256);
    const std::vector<layers::Column>& columns = layers::listColumns();
    for (const std::size_t n : rows) {
        const layers::ListRow row = listRow(result, n);
        std::string text = key;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            text += kSeparator + printedText(row[i], columns[i]);
        }
        key = layers::sha256OfText(text);
    }
    return key;
}

std::vector<layers::IssuedRow> issuedRows(const CurrentList& list, const std::vector<std::size_t>& rows) {
    std::vector<layers::IssuedRow> issued;
    for (const std::size_t n : rows) {
        const layers::CaseRecord& record = list.cases[n];
        layers::IssuedRow row{record.id, {}};
        for (auto c = static_cast<std::size_t>(layers::ListColumn::Conclusion);
             c < layers::listColumns().size(); ++c) {
            const layers::CaseField& field = *layers::findCaseField(layers::listColumns()[c].name);
            if (const std::string& answer = record.*field.member; !answer.empty()) {
                row.answers.emplace(field.key, answer);
            }
        }
        issued.push_back(std::move(row));
    }
    return issued;
}

std::vector<std::size_t> allRows(const CheckResult& result) {
    std::vector<std::size_t> rows(result.listed.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    return rows;
}

} // namespace app
