#include "app/report/form_files.hpp"

#include "app/report/head_rows.hpp"
#include "app/report/sheets.hpp"
#include "app/report/summary.hpp"
#include "app/report/text_height.hpp"
#include "layers/error.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace app {

namespace {

using xlsx::Sheet;
using xlsx::Style;

constexpr double kTitleHeight = 32;
constexpr double kLineHeight = 16;
constexpr double kRowHeight = 18;
constexpr double kFooterHeight = 22;
constexpr std::int64_t kMostRows = 1'048'576;
/// A text column up to this width is centred: codes, dates, names of counties.
constexpr double kCentredWidth = 12;

Style numberStyle(int decimals) {
    constexpr std::array kStyles{Style::Whole,         Style::OneDecimal, Style::TwoDecimals,
                                 Style::ThreeDecimals, Style::Hectares,   Style::FiveDecimals,
                                 Style::Degrees};
    return kStyles.at(static_cast<std::size_t>(decimals));
}

Style totalStyle(int decimals) {
    constexpr std::array kStyles{Style::TotalWhole,         Style::TotalOneDecimal, Style::TotalTwoDecimals,
                                 Style::TotalThreeDecimals, Style::TotalHectares,   Style::TotalFiveDecimals,
                                 Style::TotalSixDecimals};
    return kStyles.at(static_cast<std::size_t>(decimals));
}

/// What the field or the superior writes into.
bool isFilledIn(const FormColumn& column) {
    return column.source == FormSource::Blank || !column.choices.empty() ||
           (column.source == FormSource::List &&
            std::all_of(column.list.begin(), column.list.end(), layers::filledByField));
}

Style cellStyle(const FormColumn& column, const layers::Value& value) {
    if (std::holds_alternative<double>(value)) {
        return numberStyle(column.decimals);
    }
    if (std::holds_alternative<std::int64_t>(value)) {
        return Style::Whole;
    }
    if (isFilledIn(column)) {
        return Style::Field;
    }
    return column.width <= kCentredWidth ? Style::Centred : Style::Text;
}

/// One sheet being written from top to bottom.
class FormSheet {
  public:
    FormSheet(xlsx::Book& book, const Form& form, const FormTable& table)
        : m_form(form), m_table(table), m_last(form.columns.size() - 1), m_sheet(book, form.sheet) {
        for (const FormColumn& column : form.columns) {
            m_widths.push_back(column.width);
        }
        m_sheet.setWidths(m_widths);
    }

    void writeHead(const std::string& info, const std::vector<xlsx::Alert>& alerts) {
        m_sheet.setHeight(m_row, kTitleHeight);
        m_sheet.mergeRow(m_row++, 0, m_last, m_table.title, Style::TitleCentred);
        m_sheet.setHeight(m_row, kLineHeight);
        m_sheet.mergeRow(m_row++, 0, m_last, info, Style::Info);
        for (const xlsx::Alert& alert : alerts) {
            m_sheet.setHeight(m_row, kLineHeight);
            m_sheet.mergeRow(m_row++, 0, m_last, alert.word + "：" + alert.text, Style::Alert);
        }
        const std::int64_t firstHead = m_row;
        m_row = xlsx::writeHeadRows(m_sheet, headerRows(m_form), m_widths, m_row, [this](std::size_t c) {
            return isFilledIn(m_form.columns[c]) ? Style::HeadField : Style::HeadPlace;
        });
        xlsx::PageSetup page;
        page.paper = m_form.isA3 ? xlsx::PageSetup::Paper::A3 : xlsx::PageSetup::Paper::A4;
        page.firstRepeatedRow = static_cast<int>(firstHead);
        page.lastRepeatedRow = static_cast<int>(m_row) - 1;
        m_sheet.setUpPage(page);
        m_sheet.freeze(m_row, 0);
    }

    void writeRows(geo::Progress& progress) {
        m_firstRow = m_row;
        for (const std::vector<layers::Value>& row : m_table.rows) {
            double height = kRowHeight;
            for (std::size_t c = 0; c < row.size(); ++c) {
                if (const auto* text = std::get_if<std::string>(&row[c])) {
                    height = std::max(height, textHeight(*text, m_widths[c]));
                }
            }
            m_sheet.setHeight(m_row, height);
            for (std::size_t c = 0; c < row.size(); ++c) {
                m_sheet.write(m_row, c, row[c], cellStyle(m_form.columns[c], row[c]));
            }
            ++m_row;
            progress.step();
        }
        writeTotal();
        if (!m_table.rows.empty()) {
            addChoices();
        }
    }

    void writeFooter() {
        for (const std::vector<std::string>& line : m_table.footer) {
            std::vector<std::size_t> ends; // one past the last column of each text
            double height = kFooterHeight;
            for (std::size_t part = 0; part < line.size(); ++part) {
                const std::size_t first = ends.empty() ? 0 : ends.back();
                const std::size_t last = lastColumnOf(part, first, line.size());
                height = std::max(height, textHeight(line[part], xlsx::widthOf(m_widths, first, last)));
                ends.push_back(last + 1);
            }
            m_sheet.setHeight(m_row, height);
            for (std::size_t part = 0; part < line.size(); ++part) {
                m_sheet.mergeRow(m_row, part == 0 ? 0 : ends[part - 1], ends[part] - 1, line[part],
                                 Style::Note);
            }
            ++m_row;
        }
        m_sheet.numbersAreText(m_row, m_form.columns.size());
    }

  private:
    void writeTotal() {
        if (m_form.totalLabel.empty()) {
            return;
        }
        m_sheet.setHeight(m_row, kRowHeight);
        std::size_t c = 0;
        while (!m_form.columns[c].isSummed) { // a form with a total has a summed column, not the first
            ++c;
        }
        m_sheet.mergeRow(m_row, 0, c - 1, m_form.totalLabel, Style::TotalLabel);
        for (; c <= m_last; ++c) {
            m_sheet.write(m_row, c, m_table.totals[c], totalStyle(m_form.columns[c].decimals));
        }
        ++m_row;
    }

    void addChoices() {
        const std::int64_t last = m_firstRow + static_cast<std::int64_t>(m_table.rows.size()) - 1;
        for (std::size_t c = 0; c <= m_last; ++c) {
            if (!m_form.columns[c].choices.empty()) {
                m_sheet.choices(m_firstRow, last, c, m_form.columns[c].choices, "填写",
                                "请从下拉列表中选择。");
            }
        }
    }

    /// The texts of a line share the width evenly, each at least one column.
    [[nodiscard]] std::size_t lastColumnOf(std::size_t part, std::size_t first, std::size_t parts) const {
        if (part + 1 == parts) {
            return m_last;
        }
        const double until =
            xlsx::widthOf(m_widths, 0, m_last) * static_cast<double>(part + 1) / static_cast<double>(parts);
        std::size_t last = first;
        while (last + (parts - part - 1) < m_last && xlsx::widthOf(m_widths, 0, last + 1) <= until) {
            ++last;
        }
        return last;
    }

    const Form& m_form;
    const FormTable& m_table;
    std::size_t m_last;
    Sheet m_sheet;
    std::vector<double> m_widths;
    std::int64_t m_row = 0;
    std::int64_t m_firstRow = 0;
};

} // namespace

void writeFormWorkbook(const std::filesystem::path& file, const Form& form, const FormTable& table,
                       const CheckResult& result, const std::string& date, geo::Progress& progress) {
    std::vector<xlsx::Alert> alerts = xlsx::alertsOf(result);
    if (!form.unverified.empty()) {
        alerts.push_back({"列未经核实", form.unverified});
    }
    constexpr std::int64_t kMostHeaders = 64; // title, lines, header rows, total, footer
    if (static_cast<std::int64_t>(table.rows.size()) > kMostRows - kMostHeaders) {
        throw layers::Error(
            fmt::format("{} 行，超过一张工作表的容量，请用 --only csv / {} rows are more than a "
                        "sheet holds: use --only csv",
                        table.rows.size(), table.rows.size()));
    }
    progress.begin("写表格 form", static_cast<std::int64_t>(table.rows.size()));
    xlsx::Book book(file, date, table.title);
    FormSheet sheet(book, form, table);
    sheet.writeHead(fmt::format("{}编制日期：{}　{}疑似问题线索，以实地核查为准",
                                result.batch.empty() ? "" : "批次：" + result.batch + "　", date,
                                table.info.empty() ? "" : table.info + "　"),
                    alerts);
    sheet.writeRows(progress);
    sheet.writeFooter();
    progress.checkCancelled();
    book.close();
}

} // namespace app
