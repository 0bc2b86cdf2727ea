#include "app/cartography/area_statement.hpp"

#include "app/cartography/sheet_content.hpp"
#include "app/cartography/task_sheet.hpp"
#include "app/check/list_rows.hpp"
#include "app/check/list_words.hpp"
#include "app/check/rounding.hpp"
#include "app/report/cell_text.hpp"
#include "geo/area.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include <fmt/format.h>

namespace app {

namespace {

using layers::ListColumn;

constexpr double kHeadMm = 22;
constexpr double kContinuedMm = 9;
constexpr double kSealMm = 42;
constexpr double kRowMm = 4.2;
constexpr double kSizeMm = 2.5;
constexpr double kNumberSizeMm = 2.35;
constexpr int kFactsARow = 3;
constexpr double kLabelMm = 21;
constexpr int kMostLines = 30; ///< of a cell; long names stand whole, and no row is higher than a page
constexpr int kDecimals = 4;
constexpr double kM2PerHa = 1e4;

TextStyle styleOf(double sizeMm, TextAlign align, int mostLines) {
    TextStyle style;
    style.sizeMm = sizeMm;
    style.align = align;
    style.mostLines = mostLines;
    return style;
}

/// A column of a table of this page: width in millimetres, and how its cells stand.
struct Column {
    double widthMm = 0;
    TextAlign align = TextAlign::Left;
};

CellRow rowOf(std::span<const Column> columns, const std::vector<std::string>& texts, bool isHead) {
    std::vector<SheetCell> cells;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const TextAlign align = isHead ? TextAlign::Centre : columns[i].align;
        cells.push_back({texts[i], columns[i].widthMm,
                         styleOf(isHead ? kSizeMm : kNumberSizeMm, align, kMostLines), isHead});
    }
    return {std::move(cells), kRowMm};
}

constexpr std::array kResultColumns{Column{58}, Column{32, TextAlign::Right}, Column{24, TextAlign::Right},
                                    Column{32, TextAlign::Right}, Column{24, TextAlign::Right}};
constexpr std::array kRoundingColumns{Column{84}, Column{32, TextAlign::Right}, Column{27, TextAlign::Right},
                                      Column{27, TextAlign::Right}};
constexpr std::array kVertexColumns{Column{13, TextAlign::Centre}, Column{28, TextAlign::Right},
                                    Column{29, TextAlign::Right},  Column{20, TextAlign::Right},
                                    Column{20, TextAlign::Right},  Column{29, TextAlign::Right},
                                    Column{31, TextAlign::Right}};

/// +0.0012, never "-0.0000".
std::string signedText(double value, int decimals) {
    const std::string text = fixedText(value, decimals);
    return rounded(value, decimals) > 0 ? "+" + text : text;
}

double millionths(double part, double whole) {
    constexpr double kMillion = 1e6;
    return whole == 0 ? 0 : part / whole * kMillion;
}

double areaM2(const AreaFigures& figures) {
    return static_cast<double>(figures.units) / kStatementUnitsPerM2;
}

std::string moreOrLess(double value, int decimals) {
    const double size = rounded(std::abs(value), decimals);
    return size == 0 ? "相同" : fmt::format("{} {} m²", value > 0 ? "大" : "小", fixedText(size, decimals));
}

} // namespace

std::vector<std::string> differenceTexts(const AreaFigures& figures) {
    constexpr int kRatioDecimals = 3;
    constexpr int kScaleDecimals = 9;
    const double area = areaM2(figures);
    const double geodesic = figures.geodesicM2 - area;
    const double plane = figures.gaussKruegerM2 - area;
    const std::string east = figures.fromMeridianDeg < 0 ? "西" : "东";
    return {
        fmt::format("1. 椭球面积：边在经纬度坐标中取直线，{} 条边按公式逐边相加，孔为负；其中斜边改正合计 {} "
                    "m²，即一条斜边细分为无穷多段时比单个梯形多出的部分，与分段多少无关。",
                    figures.vertexCount(), fixedText(figures.slantM2, kDecimals)),
        fmt::format(
            "2. 测地线面积与椭球面积相比：{}(面积的 {}×10⁻⁶)。测地线是椭球面上两点间的最短线，与经纬度直"
            "线不重合，边越长相差越大，本图斑最长边 {} m。",
            moreOrLess(geodesic, kDecimals), fixedText(std::abs(millionths(geodesic, area)), kRatioDecimals),
            fixedText(figures.longestEdgeM, 1)),
        fmt::format(
            "3. 高斯-克吕格平面面积与椭球面积相比：{}(面积的 {}×10⁻⁶)。CGCS2000 3°带第 {} 带，中央经线 "
            "{}°E，中央经线上长度比为 1；图斑在中央经线以{} {} km，该处面积比约 1+y²/R² = "
            "{}，据此应大约 {} m²。平面面积只供对照，不作清单面积。",
            moreOrLess(plane, kDecimals), fixedText(std::abs(millionths(plane, area)), kRatioDecimals),
            figures.meridianDeg / 3, figures.meridianDeg, east,
            fixedText(std::abs(figures.fromMeridianM) / 1000, kRatioDecimals),
            fixedText(figures.areaScale, kScaleDecimals),
            fixedText(area * (figures.areaScale - 1), kDecimals))};
}

AreaStatement::AreaStatement(const SheetTemplate& sheet, const CheckResult& result, std::size_t n,
                             std::string date)
    : m_sheet(sheet), m_date(std::move(date)),
      m_figures(areaFigures(result, static_cast<std::size_t>(result.listed[n]))),
      m_alerts(paperAlerts(result, n)), m_pages(1) {
    layFacts(result, n);
    layResults();
    layDifferences();
    layRounding();
    layFormula();
    layVertices();
}

double AreaStatement::roomOf(std::size_t page) const {
    return page == 0 ? kPrinted.height - kHeadMm - kSealMm - 1 - (m_alerts.empty() ? 0 : kRowMm)
                     : kPrinted.height - kContinuedMm;
}

void AreaStatement::addRow(CellRow row, std::size_t keptWith) {
    const double needed = row.height() + kRowMm * static_cast<double>(keptWith);
    if (m_used + needed > roomOf(m_pages.size() - 1) && !m_pages.back().empty()) {
        m_pages.emplace_back();
        m_used = 0;
    }
    m_used += row.height();
    m_pages.back().push_back(std::move(row));
}

void AreaStatement::addText(const std::string& text) {
    addRow({{{text, kPrinted.width, styleOf(kSizeMm, TextAlign::Left, kMostLines), false}}, kRowMm});
}

void AreaStatement::layFacts(const CheckResult& result, std::size_t n) {
    const layers::ListRow list = listRow(result, n);
    const auto text = [&](ListColumn column) {
        const std::string printed =
            printedText(list[static_cast<std::size_t>(column)], layers::listColumn(column));
        m_lost.merge(lostCharacters(printed));
        return paperText(printed);
    };
    m_number = text(ListColumn::TaskNumber);
    m_county = text(ListColumn::County);
    const geo::Shape& shape = result.patches[static_cast<std::size_t>(result.listed[n])].shape;
    std::size_t holes = 0;
    for (const geo::Polygon& polygon : shape.polygons) {
        holes += polygon.holes.size();
    }
    std::vector<CellRow> rows;
    RowFlow flow(rows, kPrinted.width, kFactsARow, kLabelMm);
    const auto add = [&](const std::string& label, const std::string& words, int span = 1) {
        flow.add(label, styleOf(kSizeMm, TextAlign::Left, 2), words,
                 styleOf(kSizeMm, TextAlign::Left, kMostLines), span, kRowMm);
    };
    add("原图斑编号", text(ListColumn::PatchId));
    add("监测批次", text(ListColumn::Batch));
    add("县(市)", m_county + " " + text(ListColumn::CountyCode));
    add("经纬度", text(ListColumn::Dms), 2);
    add("初步判定", text(ListColumn::Verdict));
    add("图斑面积(公顷)", text(ListColumn::AreaHa));
    add("涉及面积(公顷)", text(ListColumn::CoveredHa));
    add("图形", fmt::format("{} 部分 {} 孔 {} 点", shape.polygons.size(), holes, m_figures.vertexCount()));
    flow.flush();
    for (CellRow& row : rows) {
        addRow(std::move(row));
    }
}

void AreaStatement::layResults() {
    constexpr int kHaDecimals = 4;
    constexpr int kRatioDecimals = 3;
    addRow(titleRow("一、三种面积(CGCS2000，水平面积，不计坡度)", kPrinted.width));
    addRow(rowOf(kResultColumns, {"方法", "面积(m²)", "公顷", "与椭球面积之差(m²)", "差(10⁻⁶)"}, true));
    const double area = areaM2(m_figures);
    const auto add = [&](const std::string& method, double value) {
        const std::string m2 = fixedText(value, kDecimals);
        addRow(
            rowOf(kResultColumns,
                  {method, m2, fixedText(value / kM2PerHa, kHaDecimals), signedText(value - area, kDecimals),
                   signedText(millionths(value - area, area), kRatioDecimals)},
                  false));
    };
    addRow(rowOf(kResultColumns,
                 {"椭球面积(32号文公式，清单采用)", statementText(m_figures.units),
                  fixedText(area / kM2PerHa, kHaDecimals), "—", "—"},
                 false));
    add("测地线多边形面积(对照)", m_figures.geodesicM2);
    add(fmt::format("高斯-克吕格平面面积(对照) 3°带 {}°E", m_figures.meridianDeg), m_figures.gaussKruegerM2);
}

void AreaStatement::layDifferences() {
    addRow(titleRow("二、差异说明", kPrinted.width));
    for (const std::string& text : differenceTexts(m_figures)) {
        addText(text);
    }
}

void AreaStatement::layRounding() {
    addRow(titleRow("三、取整(1 公顷 = 10000 m²，取四位小数即整平方米；1 亩 = 2000/3 m²)", kPrinted.width));
    addRow(rowOf(kRoundingColumns, {"项目", "未取整(m²)", "取整(m²)", "公顷"}, true));
    const auto add = [this](const RoundedArea& area, const std::string& what) {
        addRow(rowOf(kRoundingColumns,
                     {what, fixedText(area.areaM2, kDecimals), fmt::format("{}", area.printedM2),
                      fixedText(hectaresOf(area.printedM2), kDecimals)},
                     false));
    };
    for (const RoundedArea& area : m_figures.totals) {
        add(area, area.what);
    }
    for (const RoundedArea& piece : m_figures.pieces) {
        m_lost.merge(lostCharacters(piece.what));
        add(piece, "　其中 " + paperText(piece.what));
    }
    constexpr double kM2PerMu = 2000.0 / 3;
    addText(fmt::format(
        "{}图斑面积合 {} 亩。",
        m_figures.isAdjusted
            ? "分项按最大余数法取整：先各自舍去小数，差数依小数部分由大到小各补 1 "
              "m²，使分项之和等于图斑面积，本"
              "图斑有分项因此与四舍五入相差 1 m²。"
            : "图斑面积四舍五入；分项按最大余数法取整，使分项之和等于图斑面积，本图斑各分项与四舍五入相同。",
        fixedText(static_cast<double>(m_figures.totals.front().printedM2) / kM2PerMu, 2)));
}

void AreaStatement::layFormula() {
    const geo::AreaFormula formula = geo::areaFormula();
    addRow(titleRow("四、公式与常数(国土调查办发〔2008〕32号；CGCS2000 椭球)", kPrinted.width));
    addText("S = 2b²ΔL[A·sin(ΔB/2)·cosBm − B·sin(3ΔB/2)·cos3Bm + C·sin(5ΔB/2)·cos5Bm − D·sin(7ΔB/2)·cos7Bm + "
            "E·sin(9ΔB/2)·cos9Bm]，ΔB = B₂−B₁，Bm = (B₁+B₂)/2，ΔL = (L₁+L₂)/2−L₀(弧度)；L₀ 取各环首点经度。"
            "斜边改正 = −b²·(L₂−L₁)/(B₂−B₁)·Σ(2c/k)·sin(kBm)·[sin(kh)−kh·cos(kh)]，h = ΔB/2，k = "
            "1,3,5,7,9，c 依次为 A,−B,C,−D,E。");
    addText(
        fmt::format("a = {:.0f} m，f = 1/{:.9f}，b = {:.8f} m，e² = {:.14f}；A = {:.14f}，B = {:.17f}，C = "
                    "{:.11e}，D = {:.11e}，E = {:.11e}。",
                    formula.a, 1 / formula.f, formula.b, formula.e2, formula.series[0], formula.series[1],
                    formula.series[2], formula.series[3], formula.series[4]));
}

void AreaStatement::layVertices() {
    const std::vector<std::string> heads{"点号",  "纬度 B(°)",    "经度 L(°)", "ΔB(″)",
                                         "ΔL(″)", "本边面积(m²)", "累计(m²)"};
    const CellRow head = rowOf(kVertexColumns, heads, true);
    const CellRow title = titleRow(
        "五、界址点与各边梯形面积(含斜边改正；外环逆时针、孔顺时针；每行为本点至下一点的边)", kPrinted.width);
    constexpr std::size_t kKept = 3; // a title is not left alone at the foot of a page
    addRow(title, kKept);
    addRow(head);
    const auto add = [&](CellRow row, std::size_t keptWith) {
        const std::size_t pages = m_pages.size();
        const double needed = row.height() + kRowMm * static_cast<double>(keptWith);
        if (m_used + needed > roomOf(pages - 1)) {
            m_pages.emplace_back();
            m_used = 0;
            addRow(head);
        }
        addRow(std::move(row));
    };
    std::size_t vertex = 0;
    for (const AreaRing& ring : m_figures.rings) {
        const std::string name = ring.hole == 0 ? fmt::format("第 {} 部分外环", ring.part)
                                                : fmt::format("第 {} 部分孔 {}", ring.part, ring.hole);
        const std::string words = fmt::format("{}　{} 点　L₀ = {:.10f}°　本环面积 {} m²", name,
                                              ring.edges.size(), ring.originDeg, statementText(ring.units));
        add({{{words, kPrinted.width, styleOf(kSizeMm, TextAlign::Left, 1), false}}, kRowMm}, 1);
        for (const AreaEdge& edge : ring.edges) {
            add(rowOf(kVertexColumns,
                      {fmt::format("J{}", ++vertex), fmt::format("{:.10f}", edge.from.y),
                       fmt::format("{:.10f}", edge.from.x), fixedText(edge.deltaBSec, kDecimals),
                       fixedText(edge.deltaLSec, kDecimals), statementText(edge.units),
                       statementText(edge.runningUnits)},
                      false),
                0);
        }
    }
    const std::string sum =
        fmt::format("合计　{} 点　椭球面积 {} m²　清单 {} 公顷", vertex, statementText(m_figures.units),
                    fixedText(hectaresOf(m_figures.totals.front().printedM2), kDecimals));
    TextStyle style = styleOf(kSizeMm, TextAlign::Left, 1);
    style.bold = true;
    add({{{sum, kPrinted.width, style, true}}, kRowMm}, 0);
}

void AreaStatement::paintHead(Canvas& canvas) const {
    paintTitle(canvas, {kPrinted.x, kPrinted.y}, kPrinted.width, m_sheet.mark, "疑似问题图斑面积计算书");
    TextStyle style = styleOf(3.4, TextAlign::Left, 1);
    style.bold = true;
    style.widthMm = kPrinted.width;
    canvas.text({kPrinted.x, kPrinted.y + 14.6}, "任务编号：" + m_number, style);
    style.bold = false;
    style.sizeMm = 2.75;
    style.align = TextAlign::Right;
    canvas.text({kPrinted.x, kPrinted.y + 15.2}, "编制日期：" + m_date, style);
}

void AreaStatement::paintSignatures(Canvas& canvas) {
    constexpr int kLines = 3;
    const double top = kPrinted.bottom() - kSealMm;
    const double left = kPrinted.width - kSealMm;
    double y = top;
    for (const char* role : {"计算人", "复核人", "审核人"}) {
        std::vector<SheetCell> cells;
        for (const std::string& label : {std::string(role) + "(签字)", std::string("日期")}) {
            const double labelMm = label == "日期" ? 12 : kLabelMm;
            cells.push_back({label, labelMm, styleOf(kSizeMm, TextAlign::Left, 1), true});
            cells.push_back({label == "日期" ? "　　　年　　月　　日" : "",
                             label == "日期" ? 40 : left - 52 - kLabelMm,
                             styleOf(kSizeMm, TextAlign::Left, 1), false});
        }
        CellRow row(std::move(cells), kSealMm / kLines);
        row.paint(canvas, {kPrinted.x, y});
        y += row.height();
    }
    const PageBox seal{kPrinted.x + left, top, kSealMm, kSealMm};
    canvas.rectangle(seal);
    canvas.stroke({kBlack, 0.12});
    canvas.text({seal.x + 1, seal.y + 0.8}, "计算单位(盖章)", styleOf(kSizeMm, TextAlign::Left, 0));
    TextStyle style = styleOf(kSizeMm, TextAlign::Right, 1);
    style.widthMm = kSealMm - 2;
    canvas.text({seal.x + 1, seal.bottom() - 4.2}, "年　　月　　日", style);
}

void AreaStatement::paint(Canvas& canvas, std::size_t page) const {
    double y = kPrinted.y + (page == 0 ? kHeadMm : kContinuedMm);
    if (page == 0) {
        paintHead(canvas);
        if (!m_alerts.empty()) {
            TextStyle style = styleOf(2.75, TextAlign::Left, 1);
            style.bold = true;
            style.widthMm = kPrinted.width;
            canvas.text({kPrinted.x, y}, fmt::format("【{}】", fmt::join(m_alerts, "；")), style);
            y += kRowMm;
        }
        paintSignatures(canvas);
    } else {
        TextStyle style = styleOf(3.2, TextAlign::Left, 1);
        style.bold = true;
        style.widthMm = kPrinted.width;
        canvas.text({kPrinted.x, kPrinted.y}, "面积计算书(续页)　任务编号：" + m_number, style);
    }
    for (const CellRow& row : m_pages[page]) {
        row.paint(canvas, {kPrinted.x, y});
        y += row.height();
    }
    paintFoot(canvas, m_sheet, 0, 0);
    paintPlace(canvas, {m_county, 0, 0, page + 1, m_pages.size()});
}

} // namespace app
