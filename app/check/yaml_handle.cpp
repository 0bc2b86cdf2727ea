#include "app/check/yaml_handle.hpp"

#include "layers/utf8.hpp"
#include "layers/yaml_documents.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace app {

namespace {

constexpr unsigned char kFirstPrintable = 0x20;

bool isControl(char byte) {
    return static_cast<unsigned char>(byte) < kFirstPrintable;
}

/// Where the text stops being UTF-8 (a NUL ends it, too), or nothing.
std::optional<YAML::Mark> firstBadByte(std::string_view text) {
    YAML::Mark mark;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = layers::firstCharacter(text.substr(i)).length;
        if (length == 0 || text[i] == '\0') {
            return mark;
        }
        mark.column = text[i] == '\n' ? 0 : mark.column + static_cast<int>(length);
        mark.line += text[i] == '\n' ? 1 : 0;
        i += length;
    }
    return std::nullopt;
}

} // namespace

FaultList::FaultList(std::string_view text) {
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        m_lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

void FaultList::add(const YAML::Mark& mark, std::string textZh, std::string textEn,
                    layers::Severity severity) {
    m_faults.push_back(RuleFault{std::max(mark.line, 0), std::max(mark.column, 0), std::move(textZh),
                                 std::move(textEn), severity});
}

void FaultList::error(const YAML::Mark& mark, std::string textZh, std::string textEn) {
    ++m_errors;
    add(mark, std::move(textZh), std::move(textEn), layers::Severity::Error);
}

void FaultList::warning(const YAML::Mark& mark, std::string textZh, std::string textEn) {
    add(mark, std::move(textZh), std::move(textEn), layers::Severity::Warning);
}

std::vector<RuleFault> FaultList::take() {
    std::stable_sort(m_faults.begin(), m_faults.end(), [](const RuleFault& a, const RuleFault& b) {
        return std::tie(a.line, a.column) < std::tie(b.line, b.column);
    });
    // Characters are counted on from the fault before: a line of a megabyte may hold a hundred thousand
    // faults.
    int line = -1;
    std::size_t bytes = 0;
    std::ptrdiff_t characters = 0;
    for (RuleFault& fault : m_faults) {
        if (fault.line != line) {
            line = fault.line;
            bytes = 0;
            characters = 0;
        }
        const auto lineNumber = static_cast<std::size_t>(line);
        const std::string_view text = lineNumber < m_lines.size() ? m_lines[lineNumber] : std::string_view();
        const std::size_t end = std::min(static_cast<std::size_t>(fault.column), text.size());
        characters += std::count_if(text.begin() + bytes, text.begin() + end, layers::beginsCharacter);
        bytes = end;
        fault.line += 1;
        fault.column = static_cast<int>(characters) + 1;
    }
    return std::move(m_faults);
}

MapReader::MapReader(const YAML::Node& node, const YAML::Mark& mark, std::string what, FaultList& faults)
    : m_mark(mark), m_what(std::move(what)), m_faults(faults), m_isMap(node.IsMap()) {
    if (!m_isMap) {
        m_faults.error(m_mark, fmt::format("{}：应为“字段: 值”的映射", m_what),
                       fmt::format("{}: a map of fields and values is expected", m_what));
        return;
    }
    for (const auto& pair : node) {
        if (!pair.first.IsScalar()) {
            m_faults.error(pair.first.Mark(), fmt::format("{}：字段名应为文字", m_what),
                           fmt::format("{}: a field name must be text", m_what));
            continue;
        }
        const std::string& key = pair.first.Scalar();
        if (!m_entries.emplace(key, Entry{pair.first.Mark(), pair.second}).second) {
            m_faults.error(pair.first.Mark(), fmt::format("{}：字段“{}”重复，请只保留一个", m_what, key),
                           fmt::format("{}: field '{}' stands twice, keep one", m_what, key));
        }
    }
}

YAML::Mark MapReader::valueMark(const Entry& entry) {
    // A value that is not there has the place of whatever comes next: the key tells more.
    return entry.value.IsNull() ? entry.keyMark : entry.value.Mark();
}

YAML::Mark MapReader::markOf(const std::string& key) const {
    const auto entry = m_entries.find(key);
    return entry == m_entries.end() ? m_mark : valueMark(entry->second);
}

std::optional<std::pair<YAML::Node, YAML::Mark>> MapReader::field(const std::string& key, Need need) {
    m_asked.insert(key);
    const auto entry = m_entries.find(key);
    if (entry != m_entries.end() && !entry->second.value.IsNull()) {
        return std::pair{entry->second.value, valueMark(entry->second)};
    }
    if (need == Need::Required && m_isMap) {
        m_faults.error(markOf(key), fmt::format("{}：缺少字段“{}”", m_what, key),
                       fmt::format("{}: field '{}' is missing", m_what, key));
    }
    return std::nullopt;
}

std::optional<PlacedText> MapReader::text(const std::string& key, Need need) {
    const auto value = field(key, need);
    if (!value) {
        return std::nullopt;
    }
    std::optional<std::string> line =
        lineOfText(value->first, value->second, fmt::format("{}.{}", m_what, key), m_faults);
    if (!line) {
        return std::nullopt;
    }
    return PlacedText{std::move(*line), value->second};
}

std::vector<PlacedText> MapReader::names(const std::string& key, Need need, Star star) {
    const auto value = field(key, need);
    if (!value) {
        return {};
    }
    const auto& [node, mark] = *value;
    if (star == Star::Allowed && node.IsScalar() && node.Scalar() == "*") {
        return {};
    }
    const std::string what = fmt::format("{}.{}", m_what, key);
    std::vector<PlacedText> names;
    std::set<std::string> seen;
    if (!node.IsSequence()) {
        addName(node, mark, what, names, seen);
        return names;
    }
    if (node.size() == 0) {
        m_faults.error(mark, fmt::format("{}：列表为空", what), fmt::format("{}: the list is empty", what));
    }
    for (const YAML::Node& item : node) {
        addName(item, item.IsNull() ? mark : item.Mark(), what, names, seen);
    }
    return names;
}

void MapReader::addName(const YAML::Node& item, const YAML::Mark& mark, const std::string& what,
                        std::vector<PlacedText>& names, std::set<std::string>& seen) {
    std::optional<std::string> name = lineOfText(item, mark, what, m_faults);
    if (!name) {
        return;
    }
    if (*name == "*") {
        m_faults.error(
            mark, fmt::format("{}：“*”在此不可用；表示任意时单独写“*”", what),
            fmt::format("{}: '*' cannot stand here; for any, write '*' alone where it is allowed", what));
    } else if (!seen.insert(*name).second) {
        m_faults.error(mark, fmt::format("{}：“{}”重复", what, *name),
                       fmt::format("{}: '{}' stands twice", what, *name));
    } else {
        names.push_back(PlacedText{std::move(*name), mark});
    }
}

std::optional<layers::Day> MapReader::day(const std::string& key, Need need) {
    const std::optional<PlacedText> iso = text(key, need);
    if (!iso) {
        return std::nullopt;
    }
    const std::optional<layers::Day> day = layers::dayFromIso(iso->text);
    if (!day) {
        m_faults.error(iso->mark,
                       fmt::format("{}.{}：日期“{}”无效，应写作 2026-03-15", m_what, key, iso->text),
                       fmt::format("{}.{}: no such day '{}', write 2026-03-15", m_what, key, iso->text));
    }
    return day;
}

MapReader::Period MapReader::period(Need needOfFrom) {
    const Period period{day("valid_from", needOfFrom), day("valid_to", Need::Optional)};
    if (period.from && period.to && *period.from > *period.to) {
        m_faults.error(markOf("valid_to"),
                       fmt::format("{}：valid_from {} 晚于 valid_to {}", m_what,
                                   layers::isoFromDay(*period.from), layers::isoFromDay(*period.to)),
                       fmt::format("{}: valid_from {} is later than valid_to {}", m_what,
                                   layers::isoFromDay(*period.from), layers::isoFromDay(*period.to)));
    }
    return period;
}

std::string MapReader::note() {
    return text("note", Need::Optional).value_or(PlacedText{}).text;
}

void MapReader::finish() {
    for (const auto& [key, entry] : m_entries) {
        if (!m_asked.contains(key)) {
            const std::string known = namesJoined({m_asked.begin(), m_asked.end()});
            m_faults.error(entry.keyMark, fmt::format("{}：未知字段“{}”，可用：{}", m_what, key, known),
                           fmt::format("{}: unknown field '{}', known: {}", m_what, key, known));
        }
    }
}

std::string_view withoutByteOrderMark(std::string_view text) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    text.remove_prefix(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
    return text;
}

std::optional<YAML::Node> documentOf(std::string_view text, FaultList& faults) {
    if (const std::optional<YAML::Mark> bad = firstBadByte(text)) {
        faults.error(*bad, "文件不是 UTF-8 文本，请另存为 UTF-8",
                     "the file is no UTF-8 text, save it as UTF-8");
        return std::nullopt;
    }
    if (const std::optional<layers::TextPlace> place = layers::endlessDocument(std::string(text))) {
        YAML::Mark mark;
        mark.pos = place->position;
        mark.line = place->line;
        mark.column = place->column;
        faults.error(mark, "YAML 语法错误：此处不应有“,”等符号",
                     "YAML syntax: no document begins with such a sign");
        return std::nullopt;
    }
    try {
        const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(text));
        if (documents.empty() || documents.front().IsNull()) {
            faults.error(YAML::Mark{}, "文件为空", "the file is empty");
            return std::nullopt;
        }
        if (documents.size() > 1) {
            faults.error(documents[1].Mark(), "文件中有多个 YAML 文档，应只有一个",
                         "several YAML documents, one is expected");
            return std::nullopt;
        }
        return documents.front();
    } catch (const YAML::Exception& error) {
        faults.error(error.mark, fmt::format("YAML 语法错误（{}），请检查缩进、引号和括号", error.msg),
                     fmt::format("YAML syntax: {}; look at indentation, quotes and brackets", error.msg));
        return std::nullopt;
    }
}

std::optional<std::string> lineOfText(const YAML::Node& node, const YAML::Mark& mark, const std::string& what,
                                      FaultList& faults) {
    if (!node.IsScalar() || node.Scalar().empty()) {
        faults.error(mark, fmt::format("{}：应为非空的文字", what),
                     fmt::format("{}: text is expected, not empty", what));
        return std::nullopt;
    }
    const std::string& text = node.Scalar();
    if (std::any_of(text.begin(), text.end(), isControl)) {
        faults.error(
            mark, fmt::format("{}：应为一行文字，不含换行和控制符", what),
            fmt::format("{}: one line of text is expected, without line breaks and control characters",
                        what));
        return std::nullopt;
    }
    return text;
}

std::string namesJoined(const std::vector<std::string>& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

} // namespace app
