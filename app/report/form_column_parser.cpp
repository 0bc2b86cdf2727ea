#include "app/report/form_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace app {

namespace {

using Need = MapReader::Need;
using Star = MapReader::Star;
using layers::ListColumn;

constexpr std::size_t kMostColumns = 256;
constexpr std::size_t kMostHeaderRows = 6;
constexpr double kLeastWidth = 2;
constexpr double kMostWidth = 100;
constexpr std::size_t kMostChoiceBytes = 255; ///< characters that a spreadsheet allows; ours take fewer

/// Keys that say where a column comes from: exactly one of them stands.
constexpr std::array<const char*, 6> kSources{"list", "measure", "case", "received", "constant", "blank"};
constexpr std::array<const char*, kFormMeasures> kMeasures{"area", "covered", "strictest", "length",
                                                           "covered_length"};

/// Areas of the list are measures, so that they can have another unit.
std::optional<FormMeasure> measureOf(ListColumn column) {
    switch (column) {
    case ListColumn::AreaHa:
        return FormMeasure::Area;
    case ListColumn::CoveredHa:
        return FormMeasure::Covered;
    case ListColumn::StrictestHa:
        return FormMeasure::Strictest;
    default:
        return std::nullopt;
    }
}

const FormUnit* unitNamed(std::string_view name, bool ofArea) {
    const std::vector<FormUnit>& units = formUnits();
    const auto found = std::find_if(units.begin(), units.end(), [&](const FormUnit& unit) {
        return unit.ofArea == ofArea && (unit.key == name || unit.nameZh == name);
    });
    return found == units.end() ? nullptr : &*found;
}

std::string unitNames(bool ofArea) {
    std::string names;
    for (const FormUnit& unit : formUnits()) {
        if (unit.ofArea == ofArea) {
            names += fmt::format("{}{}({})", names.empty() ? "" : ", ", unit.key, unit.nameZh);
        }
    }
    return names;
}

/// Words of units as headers write them, longer ones first: 平方公里 holds 公里.
struct WrittenUnit {
    std::string_view word;
    std::string_view key;
};
constexpr std::array<WrittenUnit, 12> kWritten{{{"平方公里", "km2"},
                                                {"平方千米", "km2"},
                                                {"平方米", "m2"},
                                                {"hm²", "ha"},
                                                {"km²", "km2"},
                                                {"公顷", "ha"},
                                                {"公里", "km"},
                                                {"千米", "km"},
                                                {"m²", "m2"},
                                                {"㎡", "m2"},
                                                {"亩", "mu"},
                                                {"米", "m"}}};

/// Units that a header names.
std::vector<std::string_view> unitsIn(std::string text) {
    std::vector<std::string_view> keys;
    for (const WrittenUnit& unit : kWritten) {
        for (std::size_t at = text.find(unit.word); at != std::string::npos; at = text.find(unit.word)) {
            text.replace(at, unit.word.size(), " ");
            if (std::find(keys.begin(), keys.end(), unit.key) == keys.end()) {
                keys.push_back(unit.key);
            }
        }
    }
    return keys;
}

double usualWidth(const FormColumn& column) {
    constexpr double kNumberWidth = 11;
    constexpr double kOther = 12;
    constexpr double kLeast = 6;
    constexpr double kMost = 22;
    if (column.source == FormSource::Measure) {
        return kNumberWidth;
    }
    if (column.source != FormSource::List) {
        return kOther;
    }
    double width = 0;
    for (const ListColumn each : column.list) {
        width += layers::listColumn(each).width;
    }
    return std::clamp(width, kLeast, kMost);
}

} // namespace

void FormParser::parseColumns(const Section& section) {
    if (!section.first.IsSequence() || section.first.size() == 0) {
        m_faults.error(section.second, "columns：应为各列的列表", "columns: a list of columns is expected");
        return;
    }
    for (const YAML::Node& item : section.first) {
        MapReader reader(item, item.IsNull() ? section.second : item.Mark(), "columns", m_faults);
        if (reader.isMap()) {
            parseColumn(reader);
        }
    }
    if (m_form.columns.size() > kMostColumns) {
        m_faults.error(section.second, fmt::format("columns：至多 {} 列", kMostColumns),
                       fmt::format("columns: at most {}", kMostColumns));
        return;
    }
    checkHeaders();
}

void FormParser::parseColumn(MapReader& reader) {
    FormColumn column;
    m_headerMarks.push_back(reader.markOf("header"));
    for (PlacedText& text : reader.names("header", Need::Required, Star::Refused)) {
        column.header.push_back(std::move(text.text));
    }
    if (column.header.size() > kMostHeaderRows) {
        m_faults.error(m_headerMarks.back(), fmt::format("header：至多 {} 层", kMostHeaderRows),
                       fmt::format("header: at most {} rows", kMostHeaderRows));
    }
    if (!column.header.empty()) {
        reader.rename(fmt::format("columns.{}", column.header.back()));
    }
    parseSource(reader, column);
    parseUnit(reader, column);
    parseWords(reader, column);
    parseChoices(reader, column);
    column.width = numberOf(reader, "width", kLeastWidth, kMostWidth).value_or(usualWidth(column));
    reader.finish();
    m_form.columns.push_back(std::move(column));
}

void FormParser::parseSource(MapReader& reader, FormColumn& column) {
    std::vector<std::string> given;
    YAML::Mark second = reader.markOf("header");
    for (const char* const source : kSources) {
        if (const auto found = reader.field(source, Need::Optional)) {
            given.emplace_back(source);
            second = found->second;
        }
    }
    if (given.size() != 1) {
        const std::string names = namesJoined({kSources.begin(), kSources.end()});
        m_faults.error(second, fmt::format("{}：取值来源应恰有一个：{}", reader.what(), names),
                       fmt::format("{}: exactly one source is expected: {}", reader.what(), names));
        return;
    }
    if (given.front() == "list") {
        parseList(reader, column);
    } else if (given.front() == "measure") {
        parseMeasure(reader, column);
    } else if (given.front() == "case") {
        parseCase(reader, column);
    } else if (given.front() == "received") {
        parseReceived(reader, column);
    } else if (given.front() == "constant") {
        column.source = FormSource::Constant;
        column.constant = reader.text("constant", Need::Required).value_or(PlacedText{}).text;
    } else if (!flagOf(reader, "blank")) {
        m_faults.error(reader.markOf("blank"), fmt::format("{}.blank：应为 true", reader.what()),
                       fmt::format("{}.blank: true is expected", reader.what()));
    }
    if (given.front() != "list") {
        refuse(reader, "join", "只用于几个清单列合为一列", "only where several columns of the list are one");
    }
    if (given.front() != "received") {
        refuse(reader, "may_lack", "只用于 received", "only with received");
    }
}

void FormParser::parseReceived(MapReader& reader, FormColumn& column) {
    column.source = FormSource::Received;
    for (PlacedText& name : reader.names("received", Need::Required, Star::Refused)) {
        column.received.push_back(std::move(name.text));
    }
    column.mayLack = flagOf(reader, "may_lack");
}

void FormParser::parseList(MapReader& reader, FormColumn& column) {
    column.source = FormSource::List;
    for (const PlacedText& name : reader.names("list", Need::Required, Star::Refused)) {
        if (const std::optional<ListColumn> found = listColumnOf(name, reader.what() + ".list")) {
            column.list.push_back(*found);
        }
    }
    if (column.list.size() == 1) {
        column.decimals = layers::listColumn(column.list.front()).decimals;
        if (const std::optional<FormMeasure> measure = measureOf(column.list.front())) {
            column.source = FormSource::Measure;
            column.measure = *measure;
            column.unit = &formUnits().front();
        }
        refuse(reader, "join", "只有一列", "there is one column only");
    } else {
        column.join = reader.text("join", Need::Optional).value_or(PlacedText{}).text;
    }
}

void FormParser::parseMeasure(MapReader& reader, FormColumn& column) {
    column.source = FormSource::Measure;
    const std::optional<PlacedText> name = reader.text("measure", Need::Required);
    const auto found = std::find(kMeasures.begin(), kMeasures.end(), name.value_or(PlacedText{}).text);
    if (name && found == kMeasures.end()) {
        const std::string names = namesJoined({kMeasures.begin(), kMeasures.end()});
        m_faults.error(name->mark,
                       fmt::format("{}.measure：未知“{}”，可用：{}", reader.what(), name->text, names),
                       fmt::format("{}.measure: unknown '{}', known: {}", reader.what(), name->text, names));
    } else if (name) {
        column.measure = static_cast<FormMeasure>(found - kMeasures.begin());
    }
    column.unit = isArea(column.measure) ? &formUnits().front() : unitNamed("m", false);
}

void FormParser::parseCase(MapReader& reader, FormColumn& column) {
    column.source = FormSource::Case;
    const std::optional<PlacedText> name = reader.text("case", Need::Required);
    column.field = name ? layers::findCaseField(name->text) : nullptr;
    if (name && column.field == nullptr) {
        std::vector<std::string> known;
        for (const layers::CaseField& field : layers::caseFields()) {
            known.push_back(field.key);
        }
        m_faults.error(
            name->mark,
            fmt::format("{}.case：案件没有字段“{}”，可用：{}", reader.what(), name->text, namesJoined(known)),
            fmt::format("{}.case: cases have no field '{}', known: {}", reader.what(), name->text,
                        namesJoined(known)));
    }
}

void FormParser::parseUnit(MapReader& reader, FormColumn& column) {
    if (column.source != FormSource::Measure) {
        for (const char* const key : {"unit", "decimals", "sum"}) {
            refuse(reader, key, "只用于面积和长度", "only for areas and lengths");
        }
        return;
    }
    const bool ofArea = isArea(column.measure);
    bool isKnown = true;
    if (const std::optional<PlacedText> name = reader.text("unit", Need::Optional)) {
        if (const FormUnit* unit = unitNamed(name->text, ofArea)) {
            column.unit = unit;
        } else {
            isKnown = false;
            m_faults.error(
                name->mark,
                fmt::format("{}.unit：未知单位“{}”，可用：{}", reader.what(), name->text, unitNames(ofArea)),
                fmt::format("{}.unit: unknown unit '{}', known: {}", reader.what(), name->text,
                            unitNames(ofArea)));
        }
    }
    const std::optional<double> decimals = numberOf(reader, "decimals", 0, column.unit->mostDecimals);
    column.decimals = decimals ? static_cast<int>(*decimals) : column.unit->decimals;
    if (decimals && *decimals != column.decimals) {
        m_faults.error(reader.markOf("decimals"), fmt::format("{}.decimals：应为整数", reader.what()),
                       fmt::format("{}.decimals: a whole number is expected", reader.what()));
    }
    column.isSummed = flagOf(reader, "sum");
    if (isKnown) {
        checkHeaderUnit(reader, column);
    }
}

void FormParser::checkHeaderUnit(const MapReader& reader, const FormColumn& column) {
    const std::vector<std::string_view> written = unitsIn(fmt::format("{}", fmt::join(column.header, " ")));
    if (written.size() == 1 && written.front() != column.unit->key) {
        m_faults.error(
            reader.markOf("header"),
            fmt::format("{}：表头中的单位与 unit: {}（{}）不一致", reader.what(), column.unit->key,
                        column.unit->nameZh),
            fmt::format("{}: the header names another unit than unit: {}", reader.what(), column.unit->key));
    }
}

void FormParser::parseWords(MapReader& reader, FormColumn& column) {
    if (column.source == FormSource::Constant || column.source == FormSource::Blank) {
        refuse(reader, "empty", "此列没有取值", "this column takes no value");
    } else {
        column.empty = reader.text("empty", Need::Optional).value_or(PlacedText{}).text;
    }
    if (column.source == FormSource::Constant || column.source == FormSource::Blank ||
        column.source == FormSource::Measure) {
        refuse(reader, "code", "此列没有可换的词", "this column has no words to translate");
        return;
    }
    const std::optional<PlacedText> code = reader.text("code", Need::Optional);
    if (code && !m_form.codes.contains(code->text)) {
        m_faults.error(code->mark, fmt::format("{}.code：codes 中没有“{}”", reader.what(), code->text),
                       fmt::format("{}.code: codes has no '{}'", reader.what(), code->text));
    }
    column.code = code.value_or(PlacedText{}).text;
}

void FormParser::parseChoices(MapReader& reader, FormColumn& column) {
    std::size_t bytes = 0;
    for (PlacedText& choice : reader.names("choices", Need::Optional, Star::Refused)) {
        bytes += choice.text.size() + 1;
        if (choice.text.find(',') != std::string::npos) {
            m_faults.error(choice.mark, fmt::format("{}.choices：选项中不能有半角逗号", reader.what()),
                           fmt::format("{}.choices: a choice cannot hold a comma", reader.what()));
        }
        column.choices.push_back(std::move(choice.text));
    }
    if (bytes > kMostChoiceBytes) {
        m_faults.error(reader.markOf("choices"),
                       fmt::format("{}.choices：各选项共至多 {} 字节", reader.what(), kMostChoiceBytes),
                       fmt::format("{}.choices: at most {} bytes together", reader.what(), kMostChoiceBytes));
    }
}

void FormParser::checkHeaders() {
    const std::vector<FormColumn>& columns = m_form.columns;
    for (std::size_t i = 1; i < columns.size(); ++i) {
        const std::vector<std::string>& header = columns[i].header;
        const auto same = std::find_if(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(i),
                                       [&](const FormColumn& column) { return column.header == header; });
        const std::vector<std::string>& left = columns[i - 1].header;
        const std::size_t common = std::min(left.size(), header.size());
        if (header.empty() || left.empty()) {
            continue; // told already
        }
        if (same != columns.begin() + static_cast<std::ptrdiff_t>(i)) {
            m_faults.error(m_headerMarks[i], fmt::format("表头“{}”重复", header.back()),
                           fmt::format("header '{}' stands twice", header.back()));
        } else if (std::equal(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(common),
                              header.begin())) {
            m_faults.error(m_headerMarks[i],
                           fmt::format("表头“{}”与左邻列的同名格合并，但两列层数不同", header[common - 1]),
                           fmt::format("header '{}' is one cell with the column to its left, but only one "
                                       "of the two goes on below it",
                                       header[common - 1]));
        }
    }
}

} // namespace app
