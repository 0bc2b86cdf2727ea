#include "app/report/form_parser.hpp"

#include "layers/sha256.hpp"
#include "layers/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace app {

namespace {

using Need = MapReader::Need;

constexpr std::string_view kFormat = "1";
constexpr std::size_t kMostSheetName = 31; ///< what a spreadsheet allows
constexpr std::size_t kMostFileName = 60;  ///< characters: 180 bytes of the 255 that a file system allows
constexpr std::size_t kMostFooterLines = 20;
constexpr std::string_view kNotInSheets = "[]:*?/\\";
constexpr std::string_view kNotInFiles = "/\\:*?\"<>|";

bool isName(const std::string& text, std::size_t most, std::string_view without) {
    return layers::characterCount(text) <= most && text.find_first_of(without) == std::string::npos &&
           text.front() != ' ' && text.back() != ' ' && text.front() != '.' && text.back() != '.' &&
           text.front() != '\'' && text.back() != '\'';
}

} // namespace

bool isFormFileName(const std::string& name) {
    return !name.empty() && isName(name, kMostFileName, kNotInFiles);
}

Form FormParser::parse(const YAML::Node& root) {
    MapReader reader(root, root.Mark(), "form", m_faults);
    if (!reader.isMap()) {
        return {};
    }
    if (const auto format = reader.text("format", Need::Required); format && format->text != kFormat) {
        m_faults.error(format->mark, fmt::format("格式“{}”不受支持，应为 {}", format->text, kFormat),
                       fmt::format("unknown format '{}', {} is expected", format->text, kFormat));
    }
    parseNames(reader);
    // In this order whatever the file's: columns are checked against codes, the total against columns.
    const auto section = [&](const std::string& key, Need need, void (FormParser::*read)(const Section&)) {
        if (const auto found = reader.field(key, need)) {
            (this->*read)(*found);
        }
    };
    section("codes", Need::Optional, &FormParser::parseCodes);
    section("columns", Need::Required, &FormParser::parseColumns);
    section("order", Need::Optional, &FormParser::parseOrder);
    checkTotal(reader);
    section("footer", Need::Optional, &FormParser::parseFooter);
    reader.finish();
    return std::move(m_form);
}

void FormParser::parseNames(MapReader& reader) {
    const std::optional<PlacedText> name = reader.text("name", Need::Required);
    m_form.name = name.value_or(PlacedText{}).text;
    if (name && !isFormFileName(name->text)) {
        m_faults.error(name->mark,
                       fmt::format("name：将用作文件名，至多 {} 字，不含 {}，首尾不为空格、点和单引号",
                                   kMostFileName, kNotInFiles),
                       fmt::format("name: it names the files: at most {} characters, none of {}, no blank, "
                                   "dot or apostrophe at its ends",
                                   kMostFileName, kNotInFiles));
    }
    m_form.version = reader.text("version", Need::Required).value_or(PlacedText{}).text;
    m_form.title = wordedText(reader, "title", Need::Required);
    const std::optional<PlacedText> sheet = reader.text("sheet", Need::Optional);
    m_form.sheet = sheet ? sheet->text : m_form.name;
    if ((sheet || name) && !isName(m_form.sheet, kMostSheetName, kNotInSheets)) {
        m_faults.error(
            sheet ? sheet->mark : name->mark,
            fmt::format("sheet（未写时为 name）：工作表名至多 {} 字，不含 {}，首尾不为空格、点和单引号",
                        kMostSheetName, kNotInSheets),
            fmt::format("sheet (else name): the name of a sheet has at most {} characters, none "
                        "of {}, no blank, dot or apostrophe at its ends",
                        kMostSheetName, kNotInSheets));
    }
    m_form.info = wordedText(reader, "info", Need::Optional);
    m_form.unverified = reader.text("unverified", Need::Optional).value_or(PlacedText{}).text;
    const std::optional<PlacedText> paper = reader.text("paper", Need::Optional);
    m_form.isA3 = paper && paper->text == "A3";
    if (paper && !m_form.isA3 && paper->text != "A4") {
        m_faults.error(paper->mark, "paper：应为 A3 或 A4", "paper: A3 or A4 is expected");
    }
}

void FormParser::parseCodes(const Section& section) {
    MapReader all(section.first, section.second, "codes", m_faults);
    for (const auto& pair : section.first.IsMap() ? section.first : YAML::Node(YAML::NodeType::Map)) {
        if (!pair.first.IsScalar()) {
            continue; // its reader tells
        }
        const std::string& name = pair.first.Scalar();
        if (const auto table = all.field(name, Need::Required)) {
            parseCodesOf(name, *table);
        }
    }
    all.finish();
}

void FormParser::parseCodesOf(const std::string& name, const Section& section) {
    MapReader reader(section.first, section.second, "codes." + name, m_faults);
    FormCodes codes;
    if (const auto words = reader.field("words", Need::Required)) {
        MapReader entries(words->first, words->second, reader.what() + ".words", m_faults);
        for (const auto& pair : words->first.IsMap() ? words->first : YAML::Node(YAML::NodeType::Map)) {
            if (const auto code = pair.first.IsScalar() ? entries.text(pair.first.Scalar(), Need::Required)
                                                        : std::nullopt) {
                codes.words.emplace(pair.first.Scalar(), code->text);
            }
        }
        entries.finish();
    }
    const std::optional<PlacedText> unknown = reader.text("unknown", Need::Optional);
    codes.keepsUnknown = unknown && unknown->text == "keep";
    if (unknown && !codes.keepsUnknown && unknown->text != "error") {
        m_faults.error(
            unknown->mark,
            fmt::format("{}.unknown：应为 error（不输出并列出）或 keep（照写并列出）", reader.what()),
            fmt::format("{}.unknown: error (nothing is written, they are listed) or keep (written "
                        "as they are, and listed) is expected",
                        reader.what()));
    }
    reader.finish();
    m_form.codes.emplace(name, std::move(codes));
}

void FormParser::parseOrder(const Section& section) {
    if (!section.first.IsSequence() || section.first.size() == 0) {
        m_faults.error(section.second, "order：应为列表，如 - {by: county_code}",
                       "order: a list is expected, such as - {by: county_code}");
        return;
    }
    for (const YAML::Node& item : section.first) {
        MapReader reader(item, item.IsNull() ? section.second : item.Mark(), "order", m_faults);
        const std::optional<PlacedText> by = reader.text("by", Need::Required);
        const std::optional<layers::ListColumn> column = by ? listColumnOf(*by, "order.by") : std::nullopt;
        const bool isDescending = flagOf(reader, "descending");
        reader.finish();
        if (column) {
            m_form.order.push_back({*column, isDescending});
        }
    }
}

void FormParser::parseFooter(const Section& section) {
    if (!section.first.IsSequence()) {
        m_faults.error(section.second, "footer：应为列表，每行一段文字，或 [甲, 乙] 并排几段",
                       "footer: a list is expected: for each line a text, or several side by side [A, B]");
        return;
    }
    if (section.first.size() > kMostFooterLines) {
        m_faults.error(section.second, fmt::format("footer：至多 {} 行", kMostFooterLines),
                       fmt::format("footer: at most {} lines", kMostFooterLines));
    }
    for (const YAML::Node& line : section.first) {
        const YAML::Mark mark = line.IsNull() ? section.second : line.Mark();
        std::vector<std::string> texts;
        const auto take = [&](const YAML::Node& node, const YAML::Mark& place) {
            if (std::optional<std::string> text = lineOfText(node, place, "footer", m_faults)) {
                checkWords({*text, place}, "footer");
                texts.push_back(std::move(*text));
            }
        };
        if (!line.IsSequence()) {
            take(line, mark);
        } else {
            for (const YAML::Node& part : line) {
                take(part, part.IsNull() ? mark : part.Mark());
            }
        }
        if (!m_form.columns.empty() && texts.size() > m_form.columns.size()) {
            m_faults.error(mark,
                           fmt::format("footer：并排 {} 段，多于 {} 列", texts.size(), m_form.columns.size()),
                           fmt::format("footer: {} texts side by side, but {} columns", texts.size(),
                                       m_form.columns.size()));
        }
        m_form.footer.push_back(std::move(texts));
    }
}

void FormParser::checkTotal(MapReader& reader) {
    const std::optional<PlacedText> total = reader.text("total", Need::Optional);
    m_form.totalLabel = total.value_or(PlacedText{}).text;
    const auto summed = std::find_if(m_form.columns.begin(), m_form.columns.end(),
                                     [](const FormColumn& column) { return column.isSummed; });
    const bool hasSum = summed != m_form.columns.end();
    if (total && !hasSum) {
        m_faults.error(total->mark, "total：没有一列写 sum: true", "total: no column says sum: true");
    }
    if (hasSum && !total) {
        m_faults.error(m_headerMarks[static_cast<std::size_t>(summed - m_form.columns.begin())],
                       "有列写 sum: true，缺少合计行的名称 total（如 合计）",
                       "a column says sum: true, but the name of the total row is missing: total");
    }
    if (total && summed == m_form.columns.begin() && hasSum) {
        m_faults.error(total->mark, "total：第一列写合计行的名称，不能求和",
                       "total: the first column has the name of the total row and cannot be summed");
    }
}

std::string FormParser::wordedText(MapReader& reader, const std::string& key, Need need) {
    const std::optional<PlacedText> text = reader.text(key, need);
    if (text) {
        checkWords(*text, key);
    }
    return text.value_or(PlacedText{}).text;
}

void FormParser::checkWords(const PlacedText& text, const std::string& what) {
    const std::vector<std::string>& known = formWords();
    std::string_view rest = text.text;
    while (true) {
        const std::size_t open = rest.find_first_of("{}");
        if (open == std::string_view::npos) {
            return;
        }
        const std::size_t close = rest.find('}', open);
        const std::string word(
            rest.substr(open + 1, close == std::string_view::npos ? close : close - open - 1));
        if (rest[open] == '}' || close == std::string_view::npos ||
            std::find(known.begin(), known.end(), word) == known.end()) {
            m_faults.error(
                text.mark, fmt::format("{}：花括号中的“{}”未知，可用：{}", what, word, namesJoined(known)),
                fmt::format("{}: unknown word '{}' in braces, known: {}", what, word, namesJoined(known)));
            return;
        }
        rest.remove_prefix(close + 1);
    }
}

std::optional<layers::ListColumn> FormParser::listColumnOf(const PlacedText& name, const std::string& what) {
    if (const std::optional<layers::ListColumn> found = listColumnNamed(name.text)) {
        return found;
    }
    const std::vector<layers::Column>& columns = layers::listColumns();
    std::vector<std::string> known;
    known.reserve(columns.size());
    for (const layers::Column& column : columns) {
        known.push_back(column.name);
    }
    m_faults.error(
        name.mark,
        fmt::format("{}：清单没有“{}”这一列；可写列名、字段名或表头，列名有：{}", what, name.text,
                    namesJoined(known)),
        fmt::format("{}: the list has no column '{}'; its name, field or header may be given, names are: {}",
                    what, name.text, namesJoined(known)));
    return std::nullopt;
}

bool FormParser::flagOf(MapReader& reader, const std::string& key) {
    const std::optional<PlacedText> flag = reader.text(key, Need::Optional);
    if (flag && flag->text != "true" && flag->text != "false") {
        m_faults.error(flag->mark, fmt::format("{}.{}：应为 true 或 false", reader.what(), key),
                       fmt::format("{}.{}: true or false is expected", reader.what(), key));
    }
    return flag && flag->text == "true";
}

std::optional<double> FormParser::numberOf(MapReader& reader, const std::string& key, double least,
                                           double most) {
    const std::optional<PlacedText> text = reader.text(key, Need::Optional);
    if (!text) {
        return std::nullopt;
    }
    double number = 0;
    const char* const end = text->text.data() + text->text.size();
    const auto read = std::from_chars(text->text.data(), end, number, std::chars_format::fixed);
    if (read.ec != std::errc() || read.ptr != end || !(number >= least && number <= most)) {
        m_faults.error(
            text->mark, fmt::format("{}.{}：应为 {} 到 {} 的数", reader.what(), key, least, most),
            fmt::format("{}.{}: a number from {} to {} is expected", reader.what(), key, least, most));
        return std::nullopt;
    }
    return number;
}

void FormParser::refuse(MapReader& reader, const std::string& key, const std::string& whyZh,
                        const std::string& whyEn) {
    if (const auto found = reader.field(key, Need::Optional)) {
        m_faults.error(found->second, fmt::format("{}.{}：{}", reader.what(), key, whyZh),
                       fmt::format("{}.{}: {}", reader.what(), key, whyEn));
    }
}

FormLoad parseForm(std::string_view yaml) {
    FormLoad load = loadDocument(yaml, &FormLoad::form, [](const YAML::Node& document, FaultList& faults) {
        return FormParser(faults).parse(document);
    });
    load.form.sha256 = layers::sha256OfText(withoutByteOrderMark(yaml));
    return load;
}

} // namespace app
