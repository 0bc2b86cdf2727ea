#include "app/cases/summary_export.hpp"

#include "app/cases/deadline.hpp"
#include "app/cases/export_note_handle.hpp"
#include "app/cases/ledger_tables.hpp"
#include "app/cases/project_configuration.hpp"
#include "app/check/list_words.hpp"
#include "app/report/csv_file.hpp"
#include "layers/project/batch_store.hpp"
#include "layers/project/ledger_reading.hpp"

#include <optional>

namespace app {

namespace {

constexpr const char* kWorkbook = "台账进度.xlsx";
constexpr const char* kDueCsv = "逾期清单.csv";

std::string csvName(const BookTable& table) {
    return "台账进度_" + table.sheet + ".csv";
}

/// Everything that may lie in the folder afterwards.
std::vector<std::string> outputNames(const std::vector<BookTable>& tables) {
    std::vector<std::string> names{kWorkbook};
    for (const BookTable& table : tables) {
        names.push_back(csvName(table));
    }
    names.emplace_back(kDueCsv);
    return names;
}

/// Writes the files of one summary.
class Writing {
  public:
    Writing(const layers::ProjectFile& project, const CaseLife& life, const layers::CaseFilter& filter,
            const LedgerSummary& summary, geo::Progress& progress)
        : m_project(project), m_life(life), m_filter(filter), m_summary(summary), m_progress(progress) {}

    void write(const layers::OutputFolder& folder, const std::vector<BookTable>& tables,
               const SummaryOrigin& origin) {
        const std::string date = layers::isoFromDay(m_summary.today);
        std::vector<BookAlert> alerts;
        if (!isValid()) {
            alerts.push_back({"结果无效", "合计不闭合，见说明，不得使用"});
        }
        LedgerBook book(folder.temporary(kWorkbook), date, "台账进度", "统计日期：" + date, alerts);
        for (const BookTable& table : tables) {
            book.addTable(table);
            if (isValid()) {
                CsvFile csv(folder.temporary(csvName(table)), csvColumns(table.table));
                for (const std::vector<layers::Value>& row : table.table.rows) {
                    csv.add(row);
                }
                csv.close();
            }
        }
        writeDue(folder, book);
        book.addNotes("说明", "台账进度说明", summaryNotes(m_summary, m_life, origin));
        book.close();
    }

  private:
    [[nodiscard]] bool isValid() const { return m_summary.faults.empty(); }

    void writeDue(const layers::OutputFolder& folder, LedgerBook& book) {
        const BookList list = dueList(m_summary, m_life);
        std::optional<CsvFile> csv;
        if (isValid()) {
            csv.emplace(folder.temporary(kDueCsv), csvColumns(list));
        }
        const layers::CaseFilter due = dueFilter(m_life, m_filter, m_summary.today);
        const layers::CasePage byDeadline{{{layers::CaseOrder::Deadline, false}}, -1, 0};
        m_progress.begin("写逾期清单 overdue list", list.rows);
        book.addList(list, [&](const AddRow& add) {
            std::int64_t number = 0;
            layers::eachCase(m_project, due, byDeadline, [&](layers::CaseRecord&& record) {
                const std::vector<layers::Value> row = dueRow(m_life, record, m_summary.today, ++number);
                const bool isRed = deadlineState(m_life, record, m_summary.today).light == Light::Red;
                add(row, isRed ? RowTone::Urgent : RowTone::Plain);
                if (csv) {
                    csv->add(row);
                }
                m_progress.step();
            });
        });
        if (csv) {
            csv->close();
        }
    }

    const layers::ProjectFile& m_project;
    const CaseLife& m_life;
    const layers::CaseFilter& m_filter;
    const LedgerSummary& m_summary;
    geo::Progress& m_progress;
};

} // namespace

SummaryExport exportSummary(layers::ProjectFile& project, const layers::Stamp& stamp,
                            const SummaryRequest& request, geo::Progress& progress) {
    SummaryExport exported;
    const CaseLife life = projectCaseLife(project);
    {
        const layers::LedgerReading oneState(project);
        layers::CaseFilter filter;
        for (const std::string& batch : request.batches) {
            addOnce(exported.batches, layers::findBatch(project, batch).code);
        }
        filter.batches = exported.batches;
        exported.summary = countLedger(project, life, filter, request.today, progress);
        const std::vector<BookTable> tables = ledgerTables(exported.summary, life);
        const std::vector<std::string> names = outputNames(tables);
        layers::refuseInputsAmongOutputs(request.folder, names, {project.path()});
        layers::OutputFolder folder(request.folder, names, request.existing);
        SummaryOrigin origin{project.info("name"), "", stamp.who};
        for (const std::string& batch : exported.batches) {
            origin.batches += (origin.batches.empty() ? "" : "、") + batch;
        }
        folder.write([&] {
            Writing(project, life, filter, exported.summary, progress).write(folder, tables, origin);
        });
        progress.checkCancelled();
        folder.publish();
        for (const std::string& name : names) {
            if (exported.summary.faults.empty() || name == kWorkbook) {
                exported.files.push_back(request.folder / name);
            }
        }
    }
    layers::LedgerChange change(project, stamp);
    noteExport(change, "summary_exported",
               {{"batches", exported.batches},
                {"today", layers::isoFromDay(request.today)},
                {"cases", exported.summary.total.cases},
                {"valid", exported.summary.faults.empty()}},
               exported.files);
    change.commit();
    return exported;
}

} // namespace app
