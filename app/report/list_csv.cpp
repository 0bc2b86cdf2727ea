#include "app/check/list_rows.hpp"
#include "app/report/csv_file.hpp"
#include "app/report/workbook.hpp"

namespace app {

void writeListCsv(const std::filesystem::path& file, const CheckResult& result) {
    CsvFile csv(file, layers::listColumns());
    for (std::size_t n = 0; n < result.listed.size(); ++n) {
        csv.add(listRow(result, n));
    }
    csv.close();
}

} // namespace app
