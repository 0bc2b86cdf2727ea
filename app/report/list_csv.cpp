#include "app/check/list_rows.hpp"
#include "app/report/cell_text.hpp"
#include "app/report/csv_text.hpp"
#include "app/report/workbook.hpp"
#include "layers/error.hpp"

#include <fstream>

namespace app {

namespace {

std::string cell(const layers::Value& value, const layers::Column& column) {
    std::string text = printedText(value, column);
    return std::holds_alternative<std::string>(value) ? csvGuarded(std::move(text)) : text;
}

} // namespace

void writeListCsv(const std::filesystem::path& file, const CheckResult& result) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    const std::vector<layers::Column>& columns = layers::listColumns();
    std::vector<std::string> headers;
    headers.reserve(columns.size());
    for (const layers::Column& column : columns) {
        headers.push_back(column.header);
    }
    out << csvLine(headers, CsvStart::File);
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        const layers::ListRow row = listRow(result, n);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            out << (i == 0 ? "" : ",") << csvField(cell(row[i], columns[i]));
        }
        out << kCsvLineEnd;
    }
    out.close();
    if (!out) {
        throw layers::Error("无法写入 " + file.string() +
                            "(磁盘已满或无权限)，请检查后重试。\ncannot write " + file.string() +
                            " (disk full, or no permission); make room or choose another folder.");
    }
}

} // namespace app
