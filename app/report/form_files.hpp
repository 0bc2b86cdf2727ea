#pragma once

#include "app/report/form_table.hpp"
#include "geo/progress.hpp"

#include <filesystem>
#include <string>

namespace app {

/// Writes a filled form as a workbook of one sheet: title, information, alerts (结果无效, 管控区不完整,
/// 列未经核实), merged header rows, rows, total row, footer. No cell is a formula; the same table and date
/// give the same bytes. @param date ISO, the workbook's creation date. Throws layers::Error, geo::Cancelled.
void writeFormWorkbook(const std::filesystem::path& file, const Form& form, const FormTable& table,
                       const CheckResult& result, const std::string& date, geo::Progress& progress);

/// Writes the rows as CSV as writeListCsv does, under one header line: 遥感监测结果-经度.
void writeFormCsv(const std::filesystem::path& file, const Form& form, const FormTable& table);

} // namespace app
