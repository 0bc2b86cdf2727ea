#include "app/cases/summary_export.hpp"

#include "app/cases/deadline.hpp"
#include "app/cases/export_note_handle.hpp"
#include "app/cases/ledger_tables.hpp"
#include "app/cases/list_export.hpp"
#include "app/cases/project_configuration.hpp"
#include "app/check/list_words.hpp"
#include "app/report/csv_file.hpp"
#include "layers/project/batch_store.hpp"
#include "layers/project/ledger_reading.hpp"

#include <algorithm>
#include <optional>

namespace app {

namespace {

constexpr const char* kWorkbook = "台账进度.xlsx";
constexpr const char* kDueCsv = "逾期清单.csv";
constexpr const char* kPages = "汇总表.pdf";

std::string csvName(const BookTable& table) {
    return "台账进度_" + table.sheet + ".csv";
}

/// A file that may lie in the folder afterwards.
struct NamedOutput {
    std::string name;
    SummaryOutput kind;
};
std::vector<NamedOutput> outputNames(const std::vector<BookTable>& tables) {
    std::vector<NamedOutput> names{{kWorkbook, SummaryOutput::Workbook}};
    for (const BookTable& table : tables) {
        names.push_back({csvName(table), SummaryOutput::Csv});
    }
    names.push_back({kDueCsv, SummaryOutput::Csv});
    names.push_back({kPages, SummaryOutput::Pdf});
    return names;
}

/// 汇总表 of each checked batch; what cannot be in it is noted.
std::vector<SummarySheet> sheetsOf(const layers::ProjectFile& project, const SummaryRequest& request,
                                   SummaryExport& exported, geo::Progress& progress) {
    std::vector<SummarySheet> sheets;
    for (const layers::Batch& batch : layers::batches(project)) {
        const bool isAsked =
            exported.batches.empty() ||
            std::find(exported.batches.begin(), exported.batches.end(), batch.code) != exported.batches.end();
        if (isAsked && !batch.currentRun) {
            exported.unchecked.push_back(batch.code);
        } else if (isAsked) {
            const CurrentList list = currentList(project, batch, request.threads, progress);
            sheets.push_back(summarySheet(list.result, batch.code));
            exported.lost.insert(sheets.back().lost.begin(), sheets.back().lost.end());
            exported.pdfFaults.insert(exported.pdfFaults.end(), sheets.back().alerts.begin(),
                                      sheets.back().alerts.end());
        }
    }
    return sheets;
}

/// Writes the files of one summary.
class Writing {
  public:
    Writing(const layers::ProjectFile& project, const CaseLife& life, const layers::CaseFilter& filter,
            const LedgerSummary& summary, const std::set<SummaryOutput>& outputs, geo::Progress& progress)
        : m_project(project), m_life(life), m_filter(filter), m_summary(summary),
          m_hasCsv(outputs.contains(SummaryOutput::Csv) && isValid()), m_progress(progress) {}

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
            if (m_hasCsv) {
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
        if (m_hasCsv) {
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
    bool m_hasCsv;
    geo::Progress& m_progress;
};

} // namespace

std::optional<SummaryOutput> summaryOutputFromKey(std::string_view key) {
    if (key == "xlsx") {
        return SummaryOutput::Workbook;
    }
    if (key == "csv") {
        return SummaryOutput::Csv;
    }
    return key == "pdf" ? std::optional(SummaryOutput::Pdf) : std::nullopt;
}

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
        const std::vector<NamedOutput> outputs = outputNames(tables);
        std::vector<std::string> names;
        names.reserve(outputs.size());
        for (const NamedOutput& output : outputs) {
            names.push_back(output.name);
        }
        layers::OutputFolder folder(request.folder, names, request.existing, {project.path()});
        SummaryOrigin origin{project.info("name"), "", stamp.who};
        for (const std::string& batch : exported.batches) {
            origin.batches += (origin.batches.empty() ? "" : "、") + batch;
        }
        const bool isValid = exported.summary.faults.empty();
        std::set<SummaryOutput> written = request.outputs;
        if (!isValid) {
            written = {SummaryOutput::Workbook}; // what can say that it is invalid
        }
        folder.write([&] {
            if (written.contains(SummaryOutput::Pdf)) {
                const std::vector<SummarySheet> sheets = sheetsOf(project, request, exported, progress);
                if (sheets.empty()) {
                    written.erase(SummaryOutput::Pdf);
                } else {
                    exported.pdf = writeSummaryPages(folder.temporary(kPages), sheets, request.sheet,
                                                     layers::isoFromDay(request.today));
                }
            }
            Writing(project, life, filter, exported.summary, written, progress).write(folder, tables, origin);
            if (!written.contains(SummaryOutput::Workbook)) {
                std::filesystem::remove(folder.temporary(kWorkbook)); // written to make the lists alone
            }
        });
        progress.checkCancelled();
        folder.publish();
        for (const NamedOutput& output : outputs) {
            if (written.contains(output.kind)) {
                exported.files.push_back(request.folder / output.name);
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
