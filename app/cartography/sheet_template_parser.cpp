#include "app/cartography/sheet_template.hpp"

#include "app/check/list_words.hpp"
#include "app/check/yaml_handle.hpp"
#include "app/report/form.hpp"
#include "layers/sha256.hpp"

#include <fmt/format.h>

#include <charconv>

namespace app {

namespace {

using Need = MapReader::Need;
using Star = MapReader::Star;
using Section = std::pair<YAML::Node, YAML::Mark>;

constexpr std::string_view kFormat = "1";
constexpr int kFactCells = 3;
constexpr int kRecordCells = 2;
constexpr int kMostLines = 10;
constexpr double kLeastWidthMm = 5;
constexpr double kMostWidthMm = 170;

/// Reads the sections of a template; the faults go to the list.
class SheetParser {
  public:
    explicit SheetParser(FaultList& faults) : m_faults(faults) {}

    SheetTemplate parse(const YAML::Node& root) {
        MapReader reader(root, root.Mark(), "sheet", m_faults);
        if (!reader.isMap()) {
            return {};
        }
        if (const auto format = reader.text("format", Need::Required); format && format->text != kFormat) {
            m_faults.error(format->mark, fmt::format("格式“{}”不受支持，应为 {}", format->text, kFormat),
                           fmt::format("unknown format '{}', {} is expected", format->text, kFormat));
        }
        m_sheet.name = fileName(reader);
        m_sheet.version = textOf(reader, "version", Need::Required);
        m_sheet.title = textOf(reader, "title", Need::Required);
        m_sheet.cover = textOf(reader, "cover", Need::Required);
        m_sheet.mark = textOf(reader, "mark", Need::Optional);
        m_sheet.notice = textOf(reader, "notice", Need::Required);
        eachOf(reader, "facts", [this](MapReader& item) { parseFact(item); });
        if (const auto section = reader.field("overlaps", Need::Required)) {
            MapReader overlaps(section->first, section->second, "overlaps", m_faults);
            m_sheet.overlapsTitle = textOf(overlaps, "title", Need::Required);
            eachOf(overlaps, "columns", [this](MapReader& item) { parseColumn(item); });
            overlaps.finish();
        }
        m_sheet.mapTitle = textOf(reader, "map", Need::Required);
        if (const auto section = reader.field("imagery", Need::Optional)) {
            parseImagery(*section);
        }
        m_sheet.pointsTitle = textOf(reader, "points", Need::Required);
        if (const auto section = reader.field("checklist", Need::Required)) {
            parseChecklist(*section);
        }
        if (const auto section = reader.field("record", Need::Required)) {
            MapReader record(section->first, section->second, "record", m_faults);
            m_sheet.recordTitle = textOf(record, "title", Need::Required);
            eachOf(record, "rows", [this](MapReader& item) { parseBlank(item); });
            record.finish();
        }
        eachOf(reader, "signatures", [this](MapReader& item) {
            SheetSignature signature;
            signature.label = textOf(item, "label", Need::Required);
            signature.isSeal = flagOf(item, "seal");
            m_sheet.signatures.push_back(std::move(signature));
        });
        reader.finish();
        return std::move(m_sheet);
    }

  private:
    static std::string textOf(MapReader& reader, const std::string& key, Need need) {
        return reader.text(key, need).value_or(PlacedText{}).text;
    }

    std::string fileName(MapReader& reader) {
        const std::optional<PlacedText> name = reader.text("name", Need::Required);
        if (name && !isFormFileName(name->text)) {
            m_faults.error(
                name->mark, "name：将用作文件名，至多 60 字，不含 /\\:*?\"<>|，首尾不为空格和点",
                "name: it names the files: at most 60 characters, none of /\\:*?\"<>|, no blank or "
                "dot at its ends");
        }
        return name.value_or(PlacedText{}).text;
    }

    template <typename Read>
    void eachOf(MapReader& reader, const std::string& key, Read&& read) {
        const auto section = reader.field(key, Need::Required);
        if (!section) {
            return;
        }
        if (!section->first.IsSequence() || section->first.size() == 0) {
            m_faults.error(section->second, fmt::format("{}：应为非空的列表", key),
                           fmt::format("{}: a list is expected, not empty", key));
            return;
        }
        for (const YAML::Node& node : section->first) {
            MapReader item(node, node.IsNull() ? section->second : node.Mark(), key, m_faults);
            if (item.isMap()) {
                read(item);
                item.finish();
            }
        }
    }

    bool flagOf(MapReader& reader, const std::string& key) {
        const std::optional<PlacedText> flag = reader.text(key, Need::Optional);
        if (flag && flag->text != "true" && flag->text != "false") {
            m_faults.error(flag->mark, fmt::format("{}：应为 true 或 false", key),
                           fmt::format("{}: true or false is expected", key));
        }
        return flag && flag->text == "true";
    }

    double numberOf(MapReader& reader, const std::string& key, double least, double most, double otherwise) {
        const std::optional<PlacedText> text = reader.text(key, Need::Optional);
        if (!text) {
            return otherwise;
        }
        double number = 0;
        const char* end = text->text.data() + text->text.size();
        const auto read = std::from_chars(text->text.data(), end, number);
        if (read.ec != std::errc() || read.ptr != end || !(number >= least && number <= most)) {
            m_faults.error(text->mark, fmt::format("{}：应为 {} 至 {} 的数", key, least, most),
                           fmt::format("{}: a number from {} to {} is expected", key, least, most));
            return otherwise;
        }
        return number;
    }

    int wholeOf(MapReader& reader, const std::string& key, int most) {
        return static_cast<int>(numberOf(reader, key, 1, most, 1));
    }

    void parseFact(MapReader& reader) {
        SheetFact fact;
        fact.label = textOf(reader, "label", Need::Required);
        for (const PlacedText& name : reader.names("list", Need::Required, Star::Refused)) {
            if (const std::optional<layers::ListColumn> column = listColumnNamed(name.text)) {
                fact.list.push_back(*column);
            } else {
                m_faults.error(name.mark, fmt::format("facts.list：清单没有列“{}”", name.text),
                               fmt::format("facts.list: the list has no column '{}'", name.text));
            }
        }
        fact.join = joinOf(reader);
        fact.span = wholeOf(reader, "span", kFactCells);
        m_sheet.facts.push_back(std::move(fact));
    }

    static std::string joinOf(MapReader& reader) {
        const std::optional<PlacedText> join = reader.text("join", Need::Optional);
        return join ? join->text : " ";
    }

    void parseColumn(MapReader& reader) {
        SheetColumn column;
        column.header = textOf(reader, "header", Need::Required);
        for (const PlacedText& name : reader.names("detail", Need::Required, Star::Refused)) {
            if (const std::optional<DetailColumn> found = detailColumnNamed(name.text)) {
                column.detail.push_back(*found);
            } else {
                std::vector<std::string> known;
                for (const layers::Column& one : detailColumns()) {
                    known.push_back(one.name);
                }
                m_faults.error(
                    name.mark,
                    fmt::format("overlaps.detail：明细没有列“{}”，可用：{}", name.text, namesJoined(known)),
                    fmt::format("overlaps.detail: no column '{}', known: {}", name.text, namesJoined(known)));
            }
        }
        column.join = joinOf(reader);
        column.widthMm = numberOf(reader, "width", kLeastWidthMm, kMostWidthMm, 20);
        if (const std::optional<PlacedText> align = reader.text("align", Need::Optional)) {
            column.align = align->text == "right" ? TextAlign::Right : TextAlign::Left;
            if (align->text != "right" && align->text != "left") {
                m_faults.error(align->mark, "align：应为 left 或 right", "align: left or right is expected");
            }
        }
        m_sheet.overlaps.push_back(std::move(column));
    }

    void parseImagery(const Section& section) {
        MapReader reader(section.first, section.second, "imagery", m_faults);
        if (const std::optional<PlacedText> title = reader.text("title", Need::Optional)) {
            m_sheet.imageryTitle = title->text;
        }
        if (const std::optional<PlacedText> show = reader.text("show", Need::Optional)) {
            m_sheet.showsImagery = show->text == "always";
            if (show->text != "always" && show->text != "given") {
                m_faults.error(show->mark, "imagery.show：应为 given(提供影像时)或 always(总是)",
                               "imagery.show: given (when there are images) or always is expected");
            }
        }
        reader.finish();
    }

    void parseChecklist(const Section& section) {
        MapReader reader(section.first, section.second, "checklist", m_faults);
        m_sheet.checklistTitle = textOf(reader, "title", Need::Required);
        m_sheet.always = textsOf(reader, "always", Need::Optional);
        if (const auto activities = reader.field("activities", Need::Optional)) {
            MapReader byCode(activities->first, activities->second, "checklist.activities", m_faults);
            for (const auto& pair :
                 activities->first.IsMap() ? activities->first : YAML::Node(YAML::NodeType::Map)) {
                if (pair.first.IsScalar()) {
                    const std::string& code = pair.first.Scalar();
                    m_sheet.activities[code] = textsOf(byCode, code, Need::Required);
                }
            }
            byCode.finish();
        }
        reader.finish();
    }

    static std::vector<std::string> textsOf(MapReader& reader, const std::string& key, Need need) {
        std::vector<std::string> texts;
        for (PlacedText& text : reader.names(key, need, Star::Refused)) {
            texts.push_back(std::move(text.text));
        }
        return texts;
    }

    void parseBlank(MapReader& reader) {
        SheetBlank blank;
        blank.label = textOf(reader, "label", Need::Required);
        blank.span = wholeOf(reader, "span", kRecordCells);
        blank.lines = wholeOf(reader, "lines", kMostLines);
        blank.choices = textsOf(reader, "choices", Need::Optional);
        if (blank.choices == std::vector<std::string>{"conclusion"}) {
            blank.choices = conclusionWords();
        } else if (blank.choices == std::vector<std::string>{"illegal"}) {
            blank.choices = illegalWords();
        }
        m_sheet.record.push_back(std::move(blank));
    }

    FaultList& m_faults;
    SheetTemplate m_sheet;
};

} // namespace

SheetTemplateLoad parseSheetTemplate(std::string_view yaml) {
    SheetTemplateLoad load =
        loadDocument(yaml, &SheetTemplateLoad::sheet, [](const YAML::Node& document, FaultList& faults) {
            return SheetParser(faults).parse(document);
        });
    load.sheet.sha256 = layers::sha256OfText(withoutByteOrderMark(yaml));
    return load;
}

} // namespace app
