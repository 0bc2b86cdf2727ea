#include "layers/table_reader.hpp"

#include "layers/csv_parser.hpp"
#include "layers/dbf_file.hpp"
#include "layers/error.hpp"
#include "layers/feature_source.hpp"
#include "layers/file_bytes.hpp"
#include "layers/text.hpp"
#include "layers/text_stream.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace layers {

namespace {

/// ="00123" is how offices keep a spreadsheet from eating zeros.
std::string cellValue(const std::string& cell) {
    constexpr std::string_view kOpen = "=\"";
    std::string text = trimmed(cell);
    if (text.size() > kOpen.size() && text.starts_with(kOpen) && text.ends_with('"')) {
        text = text.substr(kOpen.size(), text.size() - kOpen.size() - 1);
    }
    return text;
}

std::string delimiterName(char delimiter) {
    return delimiter == '\t' ? "tab" : std::string(1, delimiter);
}

class CsvTable final : public TableReader {
  public:
    CsvTable(const LayerRef& ref, const std::string& encoding, ProblemLog& log)
        : m_log(log), m_file(ref.file.filename().string()), m_text(ref.file, encoding, log),
          m_parser(delimiter(), [this](std::string& piece) { return nextPiece(piece); }) {
        m_info.sheet = chooseLayer(ref, {ref.file.stem().string()});
        m_info.encoding = m_text.encoding().name;
        m_info.encodingReason = m_text.encoding().reason + ", delimiter " + delimiterName(m_delimiter);
        m_info.encodingSamples = m_text.encodingSamples();
        m_info.rows = m_text.lines();
        m_info.members = {ref.file};
        m_info.isDelimited = true;
    }

    [[nodiscard]] const TableInfo& info() const override { return m_info; }

    [[nodiscard]] bool next(TableRow& row) override {
        try {
            if (!m_parser.next(row.cells)) {
                noteFaulty();
                return false;
            }
        } catch (const Error& e) {
            throw Error(m_file + "：" + e.what());
        }
        row.number = ++m_row;
        for (std::string& cell : row.cells) {
            cell = cellValue(cell);
        }
        return true;
    }

  private:
    char delimiter() {
        m_hasFirst = m_text.next(m_first);
        constexpr std::size_t kLooked = std::size_t{64} << 10U;
        const std::size_t end = m_first.size() <= kLooked
                                    ? m_first.size()
                                    : std::min(m_first.find('\n', kLooked), m_first.size());
        m_delimiter = delimiterOf(std::string_view(m_first).substr(0, end));
        return m_delimiter;
    }

    bool nextPiece(std::string& piece) {
        if (std::exchange(m_hasFirst, false)) {
            piece = std::move(m_first);
            return true;
        }
        return m_text.next(piece);
    }

    void noteFaulty() {
        if (m_text.faulty() == 0 || std::exchange(m_told, true)) {
            return;
        }
        Problem problem;
        problem.kind = ProblemKind::EncodingDoubtful;
        problem.count = m_text.faulty();
        const std::string count = std::to_string(m_text.faulty());
        problem.textZh = "有 " + count + " 个字节不合编码 " + m_info.encoding;
        problem.textEn = count + " bytes do not fit the encoding " + m_info.encoding;
        problem.doneZh = "以 U+FFFD 代替；请用 --encoding 指定正确的编码";
        problem.doneEn = "U+FFFD stands in; give the right one with --encoding";
        m_log.add(std::move(problem));
    }

    ProblemLog& m_log;
    std::string m_file;
    TextStream m_text;
    std::string m_first; ///< the piece that the delimiter was decided on
    bool m_hasFirst = false;
    bool m_told = false;
    char m_delimiter = ',';
    CsvParser m_parser;
    TableInfo m_info;
    std::int64_t m_row = 0;
};

class DbfTable final : public TableReader {
  public:
    DbfTable(const LayerRef& ref, const std::string& encoding, ProblemLog& log)
        : m_log(log), m_dbf(ref.file, log) {
        m_info.sheet = chooseLayer(ref, {ref.file.stem().string()});
        const std::filesystem::path cpg = siblingFile(ref.file, ".cpg");
        m_dbf.decideEncoding(cpg, encoding, log);
        m_info.encoding = m_dbf.encoding().name;
        m_info.encodingReason = m_dbf.encoding().reason;
        m_info.encodingSamples = m_dbf.encodingSamples();
        m_info.rows = static_cast<std::int64_t>(m_dbf.rows());
        m_info.members = {ref.file};
        if (!cpg.empty()) {
            m_info.members.push_back(cpg);
        }
    }

    [[nodiscard]] const TableInfo& info() const override { return m_info; }

    [[nodiscard]] bool next(TableRow& row) override {
        row.cells.clear();
        if (m_heading) {
            m_heading = false;
            row.number = 1;
            for (const SourceField& field : m_dbf.fields()) {
                row.cells.push_back(field.name);
            }
            return true;
        }
        while (m_next < m_dbf.rows() && m_dbf.isDeleted(m_next)) {
            ++m_next;
        }
        if (m_next >= m_dbf.rows()) {
            return false;
        }
        row.cells = m_dbf.values(m_next, m_log);
        row.number = static_cast<std::int64_t>(++m_next) + 1;
        return true;
    }

  private:
    ProblemLog& m_log;
    DbfFile m_dbf;
    TableInfo m_info;
    bool m_heading = true;
    std::uint64_t m_next = 0;
};

/// What a file named .xls really is.
enum class XlsContent { Workbook, ZippedWorkbook, Markup, Text };

XlsContent contentOf(const std::filesystem::path& file) {
    constexpr std::size_t kLooked = 512;
    FileBytes bytes(file);
    const auto start = bytes.at(0, static_cast<std::size_t>(std::min<std::uint64_t>(kLooked, bytes.size())));
    const std::string text(reinterpret_cast<const char*>(start.data()), start.size());
    if (text.starts_with("\xD0\xCF\x11\xE0")) {
        return XlsContent::Workbook;
    }
    if (text.starts_with("PK")) {
        return XlsContent::ZippedWorkbook;
    }
    const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return first != std::string::npos && text[first] == '<' ? XlsContent::Markup : XlsContent::Text;
}

} // namespace

bool isTableFile(const std::filesystem::path& file) {
    constexpr std::array<std::string_view, 6> kExtensions{".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls"};
    return std::find(kExtensions.begin(), kExtensions.end(), lowerExtension(file)) != kExtensions.end();
}

std::unique_ptr<TableReader> openTable(const LayerRef& ref, const std::string& encoding, ProblemLog& log) {
    std::error_code fault;
    const std::string name = ref.file.filename().string();
    if (!std::filesystem::is_regular_file(ref.file, fault)) {
        throw Error(ref.file.string() + "：文件不存在，请检查路径 / no such file: check the path");
    }
    const std::string extension = lowerExtension(ref.file);
    if (extension == ".dbf") {
        return std::make_unique<DbfTable>(ref, encoding, log);
    }
    if (!isTableFile(ref.file)) {
        throw Error(name +
                    "：不是表格，支持 .csv、.txt、.tsv、.xlsx、.xls、.dbf / not a table: .csv, .txt, .tsv, "
                    ".xlsx, .xls and .dbf are read");
    }
    if (extension == ".xlsx" || extension == ".xlsm") {
        return openSpreadsheet(ref, log);
    }
    if (extension == ".xls") {
        const XlsContent content = contentOf(ref.file);
        if (content == XlsContent::Workbook || content == XlsContent::ZippedWorkbook) {
            return openSpreadsheet(ref, log);
        }
        if (content == XlsContent::Markup) {
            throw Error(name +
                        "：扩展名是 .xls，内容却是网页（HTML 或 XML）；请用表格软件打开后另存为 .xlsx / "
                        "named .xls, but it is HTML or XML: open it in a spreadsheet program and save it "
                        "as .xlsx");
        }
        Problem problem;
        problem.kind = ProblemKind::FileDamaged;
        problem.textZh = "扩展名是 .xls，内容却是文本";
        problem.textEn = "named .xls, but it is text";
        problem.doneZh = "按分隔文本读取";
        problem.doneEn = "read as delimited text";
        log.add(std::move(problem));
    }
    return std::make_unique<CsvTable>(ref, encoding, log);
}

} // namespace layers
