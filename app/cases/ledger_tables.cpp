#include "app/cases/ledger_tables.hpp"

#include "app/cases/deadline.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace app {

namespace {

using layers::CaseRecord;
using layers::Value;
using Row = std::vector<Value>;

constexpr int kText = -1;
constexpr int kWhole = 0;
constexpr int kTwoDecimals = 2;
constexpr const char* kTotal = "合计";
constexpr double kLabelWidth = 18;
constexpr double kCodeWidth = 8;
constexpr double kCountWidth = 7;
constexpr double kStatusWidth = 6.5;
constexpr double kRateWidth = 8;
/// domain.md 4.4, word for word.
constexpr const char* kKindsNote =
    "注：同一图斑涉及多类管控区的分别计入各类，分类之和不等于合计；合计已去重。";
constexpr const char* kProgressNote =
    "已下发数：现处于下发及以后各状态（外业阶段）的案件；已核查数：其中已填核查结论的；已销号数：其中已关闭"
    "的。核查率 = 已核查数 ÷ 已下发数，销号率 = 已销号数 ÷ 已下发数。";

Value orEmpty(const std::optional<double>& value) {
    return value ? Value(*value) : Value();
}

std::string namesWhere(const CaseLife& life, bool (*isMeant)(const CaseStatus&)) {
    std::string names;
    for (const CaseStatus& status : life.statuses) {
        if (isMeant(status)) {
            names += (names.empty() ? "" : "、") + status.name;
        }
    }
    return names;
}
bool isIssued(const CaseStatus& status) {
    return status.phase == CasePhase::Field;
}
bool isClosedInField(const CaseStatus& status) {
    return status.phase == CasePhase::Field && status.isClosed;
}

/// A table of progress under one or two columns that say whose.
class ProgressTable {
  public:
    ProgressTable(const LedgerSummary& summary, std::string sheet, const std::string& title,
                  const std::vector<std::string>& labels) {
        m_table.sheet = std::move(sheet);
        m_table.info = "单位：件　疑似问题线索，以实地核查为准";
        m_table.table.title = title;
        m_table.table.headers.resize(2);
        for (const std::string& label : labels) {
            add(label, "", kText, labels.front() == label ? kLabelWidth : kCodeWidth, HeadColour::Blue);
        }
        add("案件数", "", kWhole, kCountWidth, HeadColour::Blue);
        const char* group = "状态";
        for (const std::string& status : summary.statuses) {
            add(group, status, kWhole, kStatusWidth, HeadColour::Green);
            group = "";
        }
        add("进度", "已下发数", kWhole, kCountWidth, HeadColour::Orange);
        add("", "已核查数", kWhole, kCountWidth, HeadColour::Orange);
        add("", "已销号数", kWhole, kCountWidth, HeadColour::Orange);
        add("", "核查率(%)", kTwoDecimals, kRateWidth, HeadColour::Orange);
        add("", "销号率(%)", kTwoDecimals, kRateWidth, HeadColour::Orange);
        add("时限", "逾期(红)", kWhole, kStatusWidth, HeadColour::Blue);
        add("", "临期(黄)", kWhole, kStatusWidth, HeadColour::Blue);
    }

    void addRow(const std::vector<std::string>& labels, const ProgressCounts& counts) {
        Row row(labels.begin(), labels.end());
        row.emplace_back(counts.cases);
        row.insert(row.end(), counts.byStatus.begin(), counts.byStatus.end());
        row.insert(row.end(), {counts.issued, counts.verified, counts.closed, orEmpty(counts.verifiedRate()),
                               orEmpty(counts.closedRate()), counts.red, counts.amber});
        m_table.table.rows.push_back(std::move(row));
    }

    BookTable take(std::vector<std::string> notes) {
        m_table.table.notes = std::move(notes);
        return std::move(m_table);
    }

  private:
    void add(const std::string& top, const std::string& below, int decimals, double width,
             HeadColour colour) {
        m_table.table.headers[0].push_back(top);
        m_table.table.headers[1].push_back(below);
        m_table.table.decimals.push_back(decimals);
        m_table.widths.push_back(width);
        m_table.colours.push_back(colour);
    }
    BookTable m_table;
};

BookTable byCounty(const LedgerSummary& summary) {
    ProgressTable table(summary, "按县(市)", "台账进度(按县、市)", {"县(市)", "县代码"});
    for (const CountyProgress& county : summary.counties) {
        table.addRow({county.name.empty() ? kNoKind : county.name, county.code}, county.counts);
    }
    table.addRow({kTotal, ""}, summary.total);
    return table.take({std::string("注：") + kProgressNote});
}

BookTable byKind(const LedgerSummary& summary) {
    ProgressTable table(summary, "按管控区类型", "台账进度(按管控区类型)", {"管控区类型"});
    for (const KindProgress& kind : summary.kinds) {
        table.addRow({kind.kind.empty() ? kNoKind : kind.kind}, kind.counts);
    }
    table.addRow({kTotal}, summary.total);
    return table.take({kKindsNote,
                       fmt::format("各类案件数之和为 {} 件次；去重后案件 {} 件，其中涉及两类以上的 {} 件。",
                                   summary.kindMentions, summary.total.cases, summary.casesOfSeveralKinds),
                       kProgressNote});
}

BookTable byStatus(const LedgerSummary& summary, const CaseLife& life) {
    constexpr std::size_t kOther = LedgerSummary::kPriorities;
    const bool hasOther = std::any_of(summary.byPriority.begin(), summary.byPriority.end(),
                                      [](const auto& row) { return row[kOther] > 0; });
    BookTable table;
    table.sheet = "按状态和优先级";
    table.info = "单位：件　优先级以人工调整为准";
    table.table.title = "台账进度(按状态和优先级)";
    table.table.headers = {{"状态", "阶段", "优先级1(高)", "优先级2(中)", "优先级3(低)"}};
    table.table.decimals = {kText, kText, kWhole, kWhole, kWhole};
    if (hasOther) {
        table.table.headers.front().emplace_back("其他");
        table.table.decimals.push_back(kWhole);
    }
    table.table.headers.front().emplace_back("合计");
    table.table.decimals.push_back(kWhole);
    constexpr double kWidth = 14;
    table.widths.assign(table.table.decimals.size(), kWidth);
    table.colours.assign(table.table.decimals.size(), HeadColour::Orange);
    table.colours[0] = table.colours[1] = HeadColour::Blue;
    std::array<std::int64_t, kOther + 1> sums{};
    const auto addRow = [&](const std::string& name, const std::string& phase,
                            const std::array<std::int64_t, kOther + 1>& cells, std::int64_t total) {
        Row row{name, phase};
        row.insert(row.end(), cells.begin(), cells.end() - (hasOther ? 0 : 1));
        row.emplace_back(total);
        table.table.rows.push_back(std::move(row));
    };
    for (std::size_t i = 0; i < summary.statuses.size(); ++i) {
        const CaseStatus* status = life.status(summary.statuses[i]);
        const bool isField = status != nullptr && status->phase == CasePhase::Field;
        for (std::size_t p = 0; p < sums.size(); ++p) {
            sums[p] += summary.byPriority[i][p];
        }
        addRow(summary.statuses[i],
               std::string(isField ? "外业" : "内业") +
                   (status != nullptr && status->isClosed ? "(已关闭)" : ""),
               summary.byPriority[i], summary.total.byStatus[i]);
    }
    addRow(kTotal, "", sums, summary.total.cases);
    return table;
}

BookTable byConclusion(const LedgerSummary& summary) {
    BookTable table;
    table.sheet = "按核查结论";
    table.info = "单位：件";
    table.table.title = "台账进度(按核查结论)";
    table.table.headers = {{"核查结论", "案件数", "未下发数", "已下发数", "其中已销号数"}};
    table.table.decimals = {kText, kWhole, kWhole, kWhole, kWhole};
    constexpr double kConclusionWidth = 40;
    constexpr double kWidth = 14;
    table.widths = {kConclusionWidth, kWidth, kWidth, kWidth, kWidth};
    table.colours.assign(table.widths.size(), HeadColour::Orange);
    table.colours[0] = HeadColour::Blue;
    ConclusionCounts all;
    const auto addRow = [&table](const std::string& name, const ConclusionCounts& counts) {
        table.table.rows.push_back(
            {name, counts.cases, counts.cases - counts.issued, counts.issued, counts.closed});
    };
    for (const auto& [conclusion, counts] : summary.conclusions) {
        addRow(conclusion.empty() ? kNoConclusion : conclusion, counts);
        all.cases += counts.cases;
        all.issued += counts.issued;
        all.closed += counts.closed;
    }
    addRow(kTotal, all);
    table.table.notes = {
        fmt::format("注：已下发数减去（未填写）一行的已下发数，即已核查数 {}。未下发数含内业阶段和撤销的。",
                    summary.total.verified)};
    return table;
}

Value textOr(const std::string& text) {
    return text.empty() ? Value() : Value(text);
}

} // namespace

std::vector<BookTable> ledgerTables(const LedgerSummary& summary, const CaseLife& life) {
    return {byCounty(summary), byKind(summary), byStatus(summary, life), byConclusion(summary)};
}

BookList dueList(const LedgerSummary& summary, const CaseLife& life) {
    BookList list;
    list.sheet = "逾期清单";
    list.title = "逾期和临期案件清单";
    list.info = fmt::format("逾期(红) {} 件，临期(黄，不足 {} 天) {} 件；逾期最久的在前", summary.total.red,
                            life.amberDays, summary.total.amber);
    const auto add = [&list](const char* header, double width, CellLook look, HeadColour colour,
                             bool showsUrgency = false) {
        BookColumn column;
        column.column.header = header;
        column.width = width;
        column.look = look;
        column.colour = colour;
        column.showsUrgency = showsUrgency;
        list.columns.push_back(std::move(column));
    };
    add("序号", 6, CellLook::Whole, HeadColour::Blue);
    add("案件编号", 24, CellLook::Centred, HeadColour::Blue);
    add("县(市)", 9, CellLook::Centred, HeadColour::Blue);
    add("管控区类型", 18, CellLook::Text, HeadColour::Green);
    add("管控区名称", 24, CellLook::Text, HeadColour::Green);
    add("优先级", 7, CellLook::Whole, HeadColour::Orange);
    add("状态", 9, CellLook::Centred, HeadColour::Orange);
    add("完成时限", 11, CellLook::Centred, HeadColour::Orange);
    add("红黄灯", 7, CellLook::Centred, HeadColour::Orange, true);
    add("逾期天数", 7, CellLook::Whole, HeadColour::Orange, true);
    add("剩余天数", 7, CellLook::Whole, HeadColour::Orange);
    add("责任单位", 26, CellLook::Text, HeadColour::Orange);
    add("核查组", 12, CellLook::Text, HeadColour::Orange);
    list.rows = summary.due;
    return list;
}

Row dueRow(const CaseLife& life, const CaseRecord& record, layers::Day today, std::int64_t number) {
    const DeadlineState state = deadlineState(life, record, today);
    const bool isRed = state.light == Light::Red;
    return {number,
            record.number,
            textOr(record.county),
            textOr(record.zoneKind),
            textOr(record.zoneName),
            std::int64_t{record.priorityNow()},
            record.status,
            record.deadline,
            textOr(lightNameZh(state.light)),
            isRed ? Value(std::int64_t{-state.daysLeft}) : Value(),
            state.light == Light::Amber ? Value(std::int64_t{state.daysLeft}) : Value(),
            textOr(record.responsibleNow()),
            textOr(record.team)};
}

std::vector<ExplanationLine> summaryNotes(const LedgerSummary& summary, const CaseLife& life,
                                          const SummaryOrigin& origin) {
    const ProgressCounts& total = summary.total;
    std::vector<ExplanationLine> lines{
        {"项目", origin.project},
        {"统计日期", layers::isoFromDay(summary.today)},
        {"批次", origin.batches.empty() ? "全部批次" : origin.batches},
        {"导出人", origin.who},
        {"台账状态",
         fmt::format("案件 {} 件，案件的最后一次更改为事件 {}；最近一次运行不再列入清单而仍在台账的 {} 件",
                     total.cases, summary.lastEvent, summary.lapsed)},
        {"案件流程", fmt::format("{} {}{}", life.name, life.version,
                                 life.isProposal ? "（本程序建议的流程，使用单位可改）" : "")},
        {"已下发数",
         "案件现处于外业阶段的状态：" + namesWhere(life, isIssued) + "。“状态”栏各列是案件现在所处的状态。"},
        {"已核查数", "已下发的案件中已填核查结论的。核查率 = 已核查数 ÷ 已下发数"},
        {"已销号数", "已下发的案件中处于已关闭状态的：" + namesWhere(life, isClosedInField) +
                         "。销号率 = 已销号数 ÷ 已下发数"},
        {"逾期、临期",
         fmt::format("外业阶段尚未关闭的案件，完成时限早于统计日期为逾期(红)，剩余不足 {} 天为临期(黄)。"
                     "没有时限的不计",
                     life.amberDays)},
        {"分类", "同一图斑涉及多类管控区的分别计入各类，分类之和不等于合计；合计已去重。"},
        {"空格", "没有已下发案件的，核查率、销号率为空"}};
    if (summary.faults.empty()) {
        lines.push_back(
            {"合计闭合",
             fmt::format("各状态之和 = 案件数；各县之和 = 合计；状态 × 优先级之和 = 合计；核查结论"
                         "之和 = 合计；逾期 {} + 临期 {} = 逾期清单 {} 行；台账共 {} 件 = 合计 {} 件"
                         "(闭合)",
                         total.red, total.amber, summary.due, summary.counted, total.cases)});
    }
    for (const ClosingFault& fault : summary.faults) {
        lines.push_back(
            {"不闭合", fmt::format("{}：应为 {:.0f}，现为 {:.0f}", fault.what, fault.expected, fault.found)});
    }
    lines.push_back({"性质", "程序发现的是疑似问题线索，以实地核查为准"});
    return lines;
}

} // namespace app
