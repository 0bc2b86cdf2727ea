#include "app/report/csv_file.hpp"

#include "app/report/cell_text.hpp"
#include "app/report/csv_text.hpp"
#include "layers/error.hpp"

namespace app {

namespace {

std::string cell(const layers::Value& value, const layers::Column& column) {
    std::string text = printedText(value, column);
    return csvField(std::holds_alternative<std::string>(value) ? csvGuarded(std::move(text)) : text);
}

} // namespace

CsvFile::CsvFile(std::filesystem::path file, std::vector<layers::Column> columns)
    : m_file(std::move(file)), m_columns(std::move(columns)),
      m_out(m_file, std::ios::binary | std::ios::trunc) {
    std::vector<std::string> headers;
    headers.reserve(m_columns.size());
    for (const layers::Column& column : m_columns) {
        headers.push_back(column.header);
    }
    m_out << csvLine(headers, CsvStart::File);
}

void CsvFile::add(std::span<const layers::Value> row) {
    m_line.clear();
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        m_line += i == 0 ? "" : ",";
        m_line += i < row.size() ? cell(row[i], m_columns[i]) : std::string();
    }
    m_line += kCsvLineEnd;
    m_out << m_line;
}

void CsvFile::close() {
    m_out.close();
    if (!m_out) {
        throw layers::Error("无法写入 " + m_file.string() +
                            "(磁盘已满或无权限)，请检查后重试。\ncannot write " + m_file.string() +
                            " (disk full, or no permission); make room or choose another folder.");
    }
}

} // namespace app
