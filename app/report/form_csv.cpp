#include "app/report/csv_file.hpp"
#include "app/report/form_files.hpp"

#include <fmt/format.h>

namespace app {

void writeFormCsv(const std::filesystem::path& file, const Form& form, const FormTable& table) {
    std::vector<layers::Column> columns;
    for (const FormColumn& column : form.columns) {
        layers::Column& one = columns.emplace_back();
        one.header = fmt::format("{}", fmt::join(column.header, "-"));
        one.decimals = column.decimals;
    }
    CsvFile csv(file, std::move(columns));
    for (const std::vector<layers::Value>& row : table.rows) {
        csv.add(row);
    }
    csv.close();
}

} // namespace app
