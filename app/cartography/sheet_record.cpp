#include "app/cartography/task_sheet.hpp"

#include <algorithm>
#include <numeric>

namespace app {

namespace {

constexpr double kSealMm = 42; ///< a seal is 40 mm across, or 42
constexpr double kLeftMm = kPrinted.width - kSealMm;
constexpr double kLabelMm = 20.5;
constexpr double kLineMm = 5;
constexpr double kSignatureMm = 6.4;
constexpr int kCellsARow = 2;
constexpr double kSizeMm = 2.5;

TextStyle smallStyle() {
    TextStyle style;
    style.sizeMm = kSizeMm;
    style.breaksAtSpaces = true;
    return style;
}

std::string boxesOf(const std::vector<std::string>& choices) {
    std::string text;
    for (const std::string& choice : choices) {
        text += (text.empty() ? "□" : "　□") + choice;
    }
    return text;
}

std::size_t sealsOf(const SheetTemplate& sheet) {
    return static_cast<std::size_t>(std::count_if(sheet.signatures.begin(), sheet.signatures.end(),
                                                  [](const SheetSignature& s) { return s.isSeal; }));
}

} // namespace

void TaskSheet::layRecord() {
    const std::size_t seals = sealsOf(m_sheet);
    const double width = seals > 0 ? kLeftMm : kPrinted.width;
    m_record = {titleRow(m_sheet.checklistTitle, width)};
    if (!m_content.checks.empty()) {
        m_record.emplace_back(std::vector<SheetCell>{{boxesOf(m_content.checks), width, smallStyle(), false}},
                              kLineMm);
    }
    m_record.push_back(titleRow(m_sheet.recordTitle, width));
    RowFlow flow(m_record, width, kCellsARow, kLabelMm);
    for (const SheetBlank& blank : m_sheet.record) {
        flow.add(blank.label, smallStyle(), boxesOf(blank.choices), smallStyle(), blank.span,
                 kLineMm * blank.lines);
    }
    flow.flush();
    for (const SheetSignature& signature : m_sheet.signatures) {
        if (!signature.isSeal) {
            flow.add(signature.label, smallStyle(), "", smallStyle(), 1, kSignatureMm);
        }
    }
    flow.flush();
    const auto sum = [this] {
        return std::accumulate(m_record.begin(), m_record.end(), 0.0,
                               [](double s, const CellRow& row) { return s + row.height(); });
    };
    // What the seals need more goes to where people write.
    const auto isForWriting = [](const CellRow& row) {
        return row.cells().size() >= 2 &&
               std::any_of(row.cells().begin(), row.cells().end(),
                           [](const SheetCell& cell) { return !cell.isLabel && cell.text.empty(); });
    };
    const double missing = kSealMm * static_cast<double>(seals) - sum();
    const auto places = std::count_if(m_record.begin(), m_record.end(), isForWriting);
    if (missing > 0 && places > 0) {
        for (CellRow& row : m_record) {
            if (isForWriting(row)) {
                row.setHeight(row.height() + missing / static_cast<double>(places));
            }
        }
    }
    m_recordHeight = std::max(sum(), kSealMm * static_cast<double>(seals));
}

void TaskSheet::paintRecord(Canvas& canvas, double top) const {
    double y = top;
    for (const CellRow& row : m_record) {
        row.paint(canvas, {kPrinted.x, y});
        y += row.height();
    }
    const std::size_t seals = sealsOf(m_sheet);
    if (seals == 0) {
        return;
    }
    const double height = m_recordHeight / static_cast<double>(seals);
    y = top;
    for (const SheetSignature& signature : m_sheet.signatures) {
        if (!signature.isSeal) {
            continue;
        }
        const PageBox box{kPrinted.right() - kSealMm, y, kSealMm, height};
        canvas.rectangle(box);
        canvas.stroke({kBlack, 0.12});
        TextStyle style = smallStyle();
        style.widthMm = kSealMm - 2;
        style.mostLines = 2;
        canvas.text({box.x + 1, box.y + 0.8}, signature.label + "(盖章)", style);
        style.align = TextAlign::Right;
        style.mostLines = 1;
        canvas.text({box.x + 1, box.bottom() - 4.2}, "年　　月　　日", style);
        y += height;
    }
}

} // namespace app
