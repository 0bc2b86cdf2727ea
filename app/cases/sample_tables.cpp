#include "app/cases/sample_tables.hpp"

#include "app/check/rounding.hpp"
#include "layers/list_columns.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace app {

namespace {

using layers::ListColumn;
using layers::Value;

Value textOr(const std::string& text) {
    return text.empty() ? Value() : Value(text);
}

Value hectares(const std::optional<double>& areaM2) {
    return areaM2 ? Value(hectaresOf(toUnits(*areaM2, kAreaUnitsPerM2))) : Value();
}

class Columns {
  public:
    explicit Columns(std::vector<BookColumn>& columns) : m_columns(columns) {}
    void add(const layers::Column& column, double width, CellLook look, HeadColour colour) {
        BookColumn added;
        added.column = column;
        added.width = width;
        added.look = look;
        added.colour = colour;
        m_columns.push_back(std::move(added));
    }
    void add(const char* header, double width, CellLook look, HeadColour colour) {
        layers::Column column;
        column.header = header;
        add(column, width, look, colour);
    }
    void add(ListColumn column, double width, CellLook look, HeadColour colour) {
        add(layers::listColumn(column), width, look, colour);
    }

  private:
    std::vector<BookColumn>& m_columns;
};

/// A printed page of what was found, and one of what people said and say.
constexpr std::size_t kFirstAnswer = 13;

} // namespace

BookList sampleList(const SampleRecord& sample, std::int64_t rows) {
    BookList list;
    list.sheet = "抽检清单";
    list.title = "疑似问题图斑抽检清单";
    list.info =
        fmt::format("抽样事件 {}　总体 {} 件，抽取 {} 件　疑似问题线索，以实地核查为准　黄色栏由抽检人填写",
                    sample.event, sample.population, sample.drawn);
    list.pageBreaks = {kFirstAnswer};
    list.rows = rows;
    Columns columns(list.columns);
    columns.add("序号", 5.5, CellLook::Whole, HeadColour::Blue);
    columns.add("案件编号", 22, CellLook::Centred, HeadColour::Blue);
    columns.add(ListColumn::PatchId, 14, CellLook::Text, HeadColour::Blue);
    columns.add(ListColumn::Batch, 9, CellLook::Centred, HeadColour::Blue);
    columns.add(ListColumn::County, 8, CellLook::Centred, HeadColour::Blue);
    columns.add(ListColumn::ZoneKind, 16, CellLook::Text, HeadColour::Green);
    columns.add(ListColumn::ZoneName, 22, CellLook::Text, HeadColour::Green);
    columns.add(ListColumn::ZoneClass, 11, CellLook::Centred, HeadColour::Green);
    columns.add(ListColumn::Activity, 10, CellLook::Centred, HeadColour::Blue);
    columns.add(ListColumn::AreaHa, 10, CellLook::Hectares, HeadColour::Green);
    columns.add(ListColumn::CoveredHa, 10, CellLook::Hectares, HeadColour::Green);
    columns.add(ListColumn::Verdict, 12, CellLook::Centred, HeadColour::Orange);
    columns.add(ListColumn::Priority, 7, CellLook::Whole, HeadColour::Orange);
    columns.add("状态", 8, CellLook::Centred, HeadColour::Orange);
    columns.add(ListColumn::Conclusion, 16, CellLook::Text, HeadColour::Orange);
    columns.add(ListColumn::Situation, 20, CellLook::Text, HeadColour::Orange);
    columns.add(ListColumn::Illegal, 8, CellLook::Centred, HeadColour::Orange);
    columns.add(ListColumn::Measures, 18, CellLook::Text, HeadColour::Orange);
    columns.add(ListColumn::Inspector, 10, CellLook::Centred, HeadColour::Orange);
    columns.add(ListColumn::InspectedOn, 11, CellLook::Centred, HeadColour::Orange);
    columns.add("抽检结论", 20, CellLook::Blank, HeadColour::Yellow);
    columns.add("抽检人", 12, CellLook::Blank, HeadColour::Yellow);
    columns.add("抽检日期", 11, CellLook::BlankDate, HeadColour::Yellow);
    columns.add("备注", 18, CellLook::Blank, HeadColour::Yellow);
    return list;
}

std::vector<Value> sampleRow(const layers::CaseRecord& record, std::int64_t number) {
    return {number,
            record.number,
            textOr(record.patchId),
            record.batchCode,
            textOr(record.county),
            textOr(record.zoneKind),
            textOr(record.zoneName),
            textOr(record.zoneClass),
            textOr(record.activity),
            hectares(record.areaM2),
            hectares(record.coveredM2),
            textOr(record.verdictNow()),
            std::int64_t{record.priorityNow()},
            record.status,
            textOr(record.conclusion),
            textOr(record.situation),
            textOr(record.illegal),
            textOr(record.measures),
            textOr(record.inspector),
            textOr(record.inspectedOn)};
}

BookTable strataTable(const SampleRecord& sample) {
    constexpr int kText = -1;
    constexpr int kTwoDecimals = 2;
    constexpr double kPercent = 100;
    constexpr double kNumberWidth = 14; // also that of the notes' labels
    constexpr double kValuesWidth = 84;
    constexpr double kCountWidth = 12;
    BookTable table;
    table.info = "单位：件";
    table.table.title = "各层总体数和抽取数";
    table.table.headers.resize(1);
    const auto add = [&table](const std::string& header, int decimals, double width, HeadColour colour) {
        table.table.headers.front().push_back(header);
        table.table.decimals.push_back(decimals);
        table.widths.push_back(width);
        table.colours.push_back(colour);
    };
    const auto fields = static_cast<double>(std::max<std::size_t>(1, sample.by.size()));
    add("层号", 0, kNumberWidth, HeadColour::Blue);
    for (const StratumField field : sample.by) {
        add(nameOf(field).nameZh, kText, kValuesWidth / fields, HeadColour::Blue);
    }
    if (sample.by.empty()) {
        add("层", kText, kValuesWidth, HeadColour::Blue);
    }
    add("总体数", 0, kCountWidth, HeadColour::Orange);
    add("抽取数", 0, kCountWidth, HeadColour::Orange);
    add("抽取比例(%)", kTwoDecimals, kCountWidth, HeadColour::Orange);
    const auto addRow = [&](const Value& number, std::vector<std::string> labels, std::int64_t population,
                            std::int64_t drawn) {
        labels.resize(std::max<std::size_t>(1, sample.by.size()));
        std::vector<Value> row{number};
        for (const std::string& label : labels) {
            row.push_back(textOr(label));
        }
        row.emplace_back(population);
        row.emplace_back(drawn);
        // No stratum is empty, and nothing is drawn from no population.
        row.emplace_back(
            rounded(kPercent * static_cast<double>(drawn) / static_cast<double>(population), kTwoDecimals));
        table.table.rows.push_back(std::move(row));
    };
    std::int64_t number = 0;
    std::int64_t population = 0;
    std::int64_t drawn = 0;
    for (const SampleStratum& stratum : sample.strata) {
        addRow(++number, stratum.values.empty() ? std::vector<std::string>{"全部"} : stratum.values,
               stratum.population, stratum.drawn);
        population += stratum.population;
        drawn += stratum.drawn;
    }
    addRow(std::string("合计"), {}, population, drawn);
    return table;
}

std::string askedWords(const SampleRecord& sample) {
    const std::string asked = sample.share.empty()
                                  ? fmt::format("数量 {}", sample.asked)
                                  : fmt::format("比例 {}，即 {} 件", sample.share, sample.asked);
    return sample.drawn == sample.asked
               ? asked
               : fmt::format("{}；因每层至少 {} 件，抽 {} 件", asked, sample.leastEach, sample.drawn);
}

std::string strataWords(const SampleRecord& sample) {
    std::string words;
    for (const StratumField field : sample.by) {
        words += (words.empty() ? "" : "、") + std::string(nameOf(field).nameZh);
    }
    return words.empty() ? "不分层" : words;
}

std::vector<ExplanationLine> sampleNotes(const SampleRecord& sample, const std::string& project) {
    std::int64_t population = 0;
    std::int64_t drawn = 0;
    for (const SampleStratum& stratum : sample.strata) {
        population += stratum.population;
        drawn += stratum.drawn;
    }
    const bool closes = population == sample.population && drawn == sample.drawn;
    return {
        {"项目", project},
        {"抽样", fmt::format("台账事件 {}，{}，{}", sample.event, sample.stamp.at, sample.stamp.who)},
        {"总体", fmt::format("{} 件：{}", sample.population, filterWords(sample.filter))},
        {"抽取", fmt::format("{} 件：{}", sample.drawn, askedWords(sample))},
        {"分层", strataWords(sample) + "；同时涉及几类管控区的案件，按其全部类型归为一层"},
        {"每层至少", fmt::format("{} 件，不足的全取", sample.leastEach)},
        {"随机种子", std::to_string(sample.seed)},
        {"分配方法",
         "按各层总体数成比例分配，最大余数法取整；按比例不足每层至少数的取至少数，其余各层按比例分配"
         "余下的数量；任何一层不超过其总体数。"},
        {"抽取方法",
         "不放回。每件案件计算 sha256(“种子:案件编号”)，每层取散列值最小的若干件；与案件在台账中的先后"
         "无关。同一种子、同一批案件，抽出的样本相同。"},
        {"人工复核", "散列值可用 sha256sum 计算，如 printf '种子:案件编号' | sha256sum。"},
        {"合计闭合", fmt::format("各层总体数之和 {} = 总体 {}；各层抽取数之和 {} = 清单 {} 行{}", population,
                                 sample.population, drawn, sample.drawn, closes ? "(闭合)" : "(不闭合)")},
        {"面积", "由台账面积取整到 4 位小数(公顷)，与核查清单按最大余数法取整的末位可能差 1。"},
        {"性质", "程序发现的是疑似问题线索，以实地核查为准。案件内容为输出时的状态；样本以抽样时为准。"}};
}

} // namespace app
