#include "app/report/xlsx_handle.hpp"

#include "app/report/cell_text.hpp"
#include "layers/error.hpp"
#include "layers/records.hpp"
#include "layers/utf8.hpp"

#include <cstdio>
#include <fstream>

#include <fmt/format.h>

namespace app::xlsx {

namespace {

/// The longest text that a cell may hold.
constexpr std::size_t kMostCharacters = 32767;
constexpr std::uint8_t kPaperA3 = 8;
constexpr std::uint8_t kPaperA4 = 9;
constexpr double kBindingMarginInches = 1.0; // 25 mm to bind at the left (domain.md 3.5)
constexpr double kMarginInches = 0.5;
constexpr double kFootMarginInches = 0.75;
constexpr const char* kFooter = "&L&9内部资料 注意保存&C&9第 &P 页 共 &N 页&R&9&A";

lxw_row_t rowNumber(std::int64_t row) {
    return static_cast<lxw_row_t>(row);
}
lxw_col_t columnNumber(std::size_t column) {
    return static_cast<lxw_col_t>(column);
}

bool isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// _x0041_ in a cell is read as "A": its underscore is written as _x005F_ so that the text comes back.
std::string escaped(const std::string& text) {
    constexpr std::size_t kEscapeLength = 7;
    constexpr std::size_t kFirstDigit = 2;
    constexpr std::size_t kLastDigit = 5;
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool isEscape = i + kEscapeLength <= text.size() && text[i] == '_' && text[i + 1] == 'x' &&
                        text[i + kEscapeLength - 1] == '_';
        for (std::size_t d = kFirstDigit; isEscape && d <= kLastDigit; ++d) {
            isEscape = isHex(text[i + d]);
        }
        result += isEscape ? "_x005F_" : std::string(1, text[i]);
    }
    return result;
}

/// At most as many characters as a cell holds (in UTF-16, as spreadsheets count), never cut inside one; a cut
/// text says so.
std::string shortened(std::string text) {
    constexpr unsigned char kAstral = 0xF0; // four bytes in UTF-8, two units in UTF-16
    constexpr std::size_t kMarkMost = 64;
    std::size_t units = 0;
    std::size_t end = 0; // of what fits beside the mark
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!layers::beginsCharacter(text[at])) {
            continue;
        }
        end = units <= kMostCharacters - kMarkMost ? at : end;
        units += static_cast<unsigned char>(text[at]) >= kAstral ? 2 : 1;
    }
    if (units <= kMostCharacters) {
        return text;
    }
    return text.substr(0, end) +
           fmt::format("…【原文 {} 字，单元格至多 {} 字，此处截断；全文见 CSV、results.gpkg】", units,
                       kMostCharacters);
}

std::string cellText(const std::string& text) {
    return shortened(escaped(cleanText(text)));
}

} // namespace

Book::Book(std::filesystem::path file, const std::string& date, const std::string& title)
    : m_file(std::move(file)), m_folder(m_file.parent_path().string()) {
    // The library would find out at the end, after all the work, and tell stderr.
    if (!std::ofstream(m_file, std::ios::binary | std::ios::trunc)) {
        check(LXW_ERROR_CREATING_XLSX_FILE);
    }
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.use_zip64 = LXW_FALSE;
    // Beside the result rather than in the system's folder: that disk must have the room anyway.
    options.tmpdir = m_folder.empty() ? nullptr : m_folder.data();
    m_book = workbook_new_opt(m_file.c_str(), &options);
    if (m_book == nullptr) {
        throw layers::Error("无法建立工作簿 " + m_file.string() +
                            "(内存不足) / cannot make a workbook: out of memory");
    }
    constexpr std::int64_t kSecondsPerDay = 86400;
    lxw_doc_properties properties{};
    std::string titleText = title;
    std::string company = "EcoRedline";
    properties.title = titleText.data();
    properties.author = company.data();
    properties.created = static_cast<time_t>(layers::dayFromIso(date).value_or(1) * kSecondsPerDay);
    check(workbook_set_properties(m_book, &properties));
    makeFormats(m_book, m_formats);
}

Book::~Book() {
    if (m_book != nullptr) {
        lxw_workbook_free(m_book);
        std::error_code ignored; // what was left unfinished on purpose is no reason to fail
        std::filesystem::remove(m_file, ignored);
    }
}

lxw_worksheet* Book::addSheet(const std::string& name) {
    lxw_worksheet* sheet = workbook_add_worksheet(m_book, name.c_str());
    if (sheet == nullptr) {
        throw layers::Error("无法建立工作表 " + name + " / cannot add the sheet to " + m_file.string());
    }
    m_sheets.push_back(sheet);
    return sheet;
}

void Book::check(lxw_error error) const {
    if (error != LXW_NO_ERROR) {
        throw layers::Error("写工作簿 " + m_file.string() + " 失败(" + lxw_strerror(error) +
                            ")，请检查磁盘空间和权限。\ncannot write the workbook " + m_file.string() + ": " +
                            lxw_strerror(error) + "; check free space and permissions.");
    }
}

void Book::close() {
    // Rows went to temporary files; the library does not look whether they all arrived.
    for (lxw_worksheet* sheet : m_sheets) {
        if (sheet->optimize_tmpfile != nullptr &&
            (std::fflush(sheet->optimize_tmpfile) != 0 || std::ferror(sheet->optimize_tmpfile) != 0)) {
            check(LXW_ERROR_CREATING_TMPFILE);
        }
    }
    lxw_workbook* book = m_book;
    m_book = nullptr; // closing frees it, whatever comes of it
    check(workbook_close(book));
}

Sheet::Sheet(Book& book, const std::string& name) : m_book(&book), m_sheet(book.addSheet(name)) {}

void Sheet::setWidths(const std::vector<double>& widths) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
        m_book->check(worksheet_set_column(m_sheet, columnNumber(i), columnNumber(i), widths[i], nullptr));
    }
}

void Sheet::setUpPage(const PageSetup& setup) {
    worksheet_set_landscape(m_sheet);
    worksheet_set_paper(m_sheet, setup.paper == PageSetup::Paper::A3 ? kPaperA3 : kPaperA4);
    worksheet_set_margins(m_sheet, kBindingMarginInches, kMarginInches, kMarginInches, kFootMarginInches);
    m_book->check(worksheet_set_footer(m_sheet, kFooter));
    if (setup.firstRepeatedRow >= 0) {
        m_book->check(worksheet_repeat_rows(m_sheet, rowNumber(setup.firstRepeatedRow),
                                            rowNumber(setup.lastRepeatedRow)));
    }
    if (setup.repeatedColumns > 0) {
        m_book->check(worksheet_repeat_columns(
            m_sheet, 0, columnNumber(static_cast<std::size_t>(setup.repeatedColumns) - 1)));
    }
    if (setup.fitWidth) {
        worksheet_fit_to_pages(m_sheet, 1, 0);
    } else {
        worksheet_set_print_scale(m_sheet, static_cast<std::uint16_t>(setup.scale));
        worksheet_print_across(m_sheet);
    }
}

void Sheet::freeze(std::int64_t rows, int columns) {
    worksheet_freeze_panes(m_sheet, rowNumber(rows), columnNumber(static_cast<std::size_t>(columns)));
}

void Sheet::setHeight(std::int64_t row, double points) {
    m_book->check(worksheet_set_row(m_sheet, rowNumber(row), points, nullptr));
}

void Sheet::write(std::int64_t row, std::size_t column, const layers::Value& value, Style style) {
    lxw_format* format = m_book->format(style);
    if (const auto* text = std::get_if<std::string>(&value); text != nullptr && !text->empty()) {
        m_book->check(worksheet_write_string(m_sheet, rowNumber(row), columnNumber(column),
                                             cellText(*text).c_str(), format));
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        m_book->check(worksheet_write_number(m_sheet, rowNumber(row), columnNumber(column),
                                             static_cast<double>(*whole), format));
    } else if (const auto* real = std::get_if<double>(&value)) {
        m_book->check(worksheet_write_number(m_sheet, rowNumber(row), columnNumber(column), *real, format));
    } else {
        blank(row, column, style);
    }
}

void Sheet::blank(std::int64_t row, std::size_t column, Style style) {
    m_book->check(
        worksheet_write_blank(m_sheet, rowNumber(row), columnNumber(column), m_book->format(style)));
}

void Sheet::mergeRow(std::int64_t row, std::size_t first, std::size_t last, const std::string& text,
                     Style style) {
    if (first == last) {
        write(row, first, text, style);
        return;
    }
    m_book->check(worksheet_merge_range(m_sheet, rowNumber(row), columnNumber(first), rowNumber(row),
                                        columnNumber(last), cellText(text).c_str(), m_book->format(style)));
}

void Sheet::mergeWritten(std::int64_t firstRow, std::size_t firstColumn, std::int64_t lastRow,
                         std::size_t lastColumn, Style style, const std::string& text) {
    // In constant memory only the current row can still be written: the library notes the merge, and what it
    // writes into rows that are gone is dropped.
    m_book->check(worksheet_merge_range(m_sheet, rowNumber(firstRow), columnNumber(firstColumn),
                                        rowNumber(lastRow), columnNumber(lastColumn), cellText(text).c_str(),
                                        m_book->format(style)));
}

void Sheet::autofilter(std::int64_t headerRow, std::int64_t lastRow, std::size_t columns) {
    m_book->check(worksheet_autofilter(m_sheet, rowNumber(headerRow), 0, rowNumber(lastRow),
                                       columnNumber(columns - 1)));
}

void Sheet::breakColumnsBefore(const std::vector<std::size_t>& columns) {
    std::vector<lxw_col_t> breaks;
    breaks.reserve(columns.size() + 1);
    for (const std::size_t column : columns) {
        breaks.push_back(columnNumber(column));
    }
    breaks.push_back(0); // the library's end mark
    m_book->check(worksheet_set_v_pagebreaks(m_sheet, breaks.data()));
}

void Sheet::breakRowsBefore(const std::vector<std::int64_t>& rows) {
    std::vector<lxw_row_t> breaks;
    breaks.reserve(rows.size() + 1);
    for (const std::int64_t row : rows) {
        breaks.push_back(rowNumber(row));
    }
    breaks.push_back(0);
    m_book->check(worksheet_set_h_pagebreaks(m_sheet, breaks.data()));
}

void Sheet::choices(std::int64_t firstRow, std::int64_t lastRow, std::size_t column,
                    const std::vector<std::string>& values, const std::string& promptTitle,
                    const std::string& prompt) {
    std::vector<std::string> copies = values; // the library wants what it could write to, and only copies
    std::vector<char*> list;
    list.reserve(copies.size() + 1);
    for (std::string& value : copies) {
        list.push_back(value.data());
    }
    list.push_back(nullptr);
    lxw_data_validation validation{};
    validation.validate = LXW_VALIDATION_TYPE_LIST;
    validation.value_list = list.data();
    validation.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
    std::string title = promptTitle;
    std::string message = prompt;
    std::string error = "不在选项之中，确定使用这个填写内容吗？";
    validation.input_title = title.data();
    validation.input_message = message.data();
    validation.error_message = error.data();
    m_book->check(worksheet_data_validation_range(m_sheet, rowNumber(firstRow), columnNumber(column),
                                                  rowNumber(lastRow), columnNumber(column), &validation));
}

void Sheet::hide() {
    worksheet_hide(m_sheet);
}

void Sheet::numbersAreText(std::int64_t lastRow, std::size_t columns) {
    std::array<char, LXW_MAX_CELL_RANGE_LENGTH> range{};
    lxw_rowcol_to_range(range.data(), 0, 0, rowNumber(lastRow), columnNumber(columns - 1));
    m_book->check(worksheet_ignore_errors(m_sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range.data()));
}

} // namespace app::xlsx
