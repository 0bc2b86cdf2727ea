#include "app/report/inspect_page.hpp"
#include "app/report/problem_words.hpp"
#include "app/report/xlsx_handle.hpp"
#include "layers/error.hpp"

#include <fmt/format.h>

namespace app {

namespace {

using layers::FieldInspection;
using layers::LayerInspection;
using layers::Value;
using xlsx::Style;

using Cells = std::vector<Value>;

/// A table under a row of headers.
class Table {
  public:
    Table(xlsx::Book& book, const std::string& name, const std::vector<std::string>& headers,
          const std::vector<double>& widths)
        : m_sheet(book, name), m_columns(headers.size()) {
        m_sheet.setWidths(widths);
        xlsx::PageSetup setup;
        setup.firstRepeatedRow = 0;
        setup.lastRepeatedRow = 0;
        m_sheet.setUpPage(setup);
        m_sheet.freeze(1, 0);
        for (std::size_t column = 0; column < headers.size(); ++column) {
            m_sheet.write(0, column, headers[column], Style::Label);
        }
    }
    void add(const Cells& cells) {
        ++m_row;
        for (std::size_t column = 0; column < cells.size(); ++column) {
            m_sheet.write(m_row, column, cells[column], Style::Plain);
        }
    }
    void finish() { m_sheet.numbersAreText(m_row, m_columns); }

  private:
    xlsx::Sheet m_sheet;
    std::size_t m_columns;
    std::int64_t m_row = 0;
};

std::string unknownText(const FieldInspection& field) {
    std::string text;
    for (const auto& [word, count] : field.unknown) {
        text += fmt::format("{}“{}” × {}", text.empty() ? "" : "; ", word, count);
    }
    return text;
}

void addLayer(Table& table, const LayerInspection& found) {
    const layers::InputReport& report = found.report;
    table.add({found.file, found.layer, std::string(layers::roleNameZh(found.role)), found.features,
               found.usable, found.rejected, report.repaired, report.encoding, report.encodingReason,
               report.crs, report.crsReason, report.profile, inspectVerdict(found)});
}

void addFields(Table& table, const LayerInspection& found) {
    for (const FieldInspection& field : found.fields) {
        table.add({found.file, field.name, field.kind, field.filled, field.different, field.target,
                   fmt::format("{}", fmt::join(field.samples, " | ")), unknownText(field)});
    }
}

void addProblems(Table& table, const LayerInspection& found) {
    for (const layers::Problem& problem : found.problems) {
        table.add({problem.file.empty() ? found.file : problem.file,
                   std::string(severityNameZh(problem.severity)),
                   std::string(problemKindNameZh(problem.kind)),
                   problem.feature ? Value(*problem.feature) : Value(), problem.field, problem.textZh,
                   problem.doneZh, problem.count});
    }
}

} // namespace

void writeInspectWorkbook(const std::filesystem::path& file, const std::vector<LayerInspection>& inspections,
                          const std::string& date) {
    if (std::filesystem::exists(std::filesystem::symlink_status(file))) {
        throw layers::Error(fmt::format("{0} 已存在，不覆盖；请换一个 --xlsx / {0} exists already and is not "
                                        "overwritten: choose another --xlsx",
                                        file.string()));
    }
    xlsx::Book book(file, date, "入库体检");
    Table layerTable(book, "图层",
                     {"文件", "图层", "角色", "要素", "可用", "不可用", "已修复", "编码", "编码依据",
                      "坐标系", "坐标系依据", "导入方案", "结论"},
                     {24, 14, 14, 8, 8, 8, 8, 12, 24, 16, 28, 18, 60});
    Table fieldTable(book, "字段", {"文件", "字段", "类型", "有值", "不同值", "对应", "样例", "未识别的取值"},
                     {24, 18, 8, 8, 8, 14, 60, 50});
    Table problemTable(book, "数据问题", {"文件", "程度", "类别", "要素", "字段", "问题", "处理", "数量"},
                       {24, 8, 16, 8, 14, 70, 40, 8});
    for (const LayerInspection& found : inspections) {
        addLayer(layerTable, found);
        addFields(fieldTable, found);
        addProblems(problemTable, found);
    }
    layerTable.finish();
    fieldTable.finish();
    problemTable.finish();
    book.close();
}

} // namespace app
