#include "app/cartography/sheet_map.hpp"

#include "app/check/list_words.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace app {

namespace {

constexpr double kGapMm = 2;
constexpr double kNoteMm = 9;
constexpr double kStampSizeMm = 2.4;

std::string_view sideName(ImageSide side) {
    return side == ImageSide::Before ? "前时相" : "后时相";
}

const layers::DateText& dateOf(const layers::Patch& patch, ImageSide side) {
    return side == ImageSide::Before ? patch.earlier : patch.later;
}

/// The left one of two chips in a box.
PageBox chipFrame(const PageBox& box) {
    return {box.x, box.y, (box.width - kGapMm) / 2, box.height - kNoteMm};
}

/// Each once, in order.
template <typename Text>
std::string eachOnce(const Chip& chip, Text&& text) {
    std::vector<std::string> texts;
    for (const layers::RasterInfo* info : chip.files) {
        addOnce(texts, text(*info));
    }
    return fmt::format("{}", fmt::join(texts, "、"));
}

/// The dates that the files themselves say.
std::string fileDates(const Chip& chip) {
    return eachOnce(chip, [](const layers::RasterInfo& info) {
        return info.label.date
                   ? fmt::format("{}({})", layers::isoFromDay(*info.label.date), info.label.dateFrom)
                   : std::string();
    });
}

/// "前时相 2025-03-02": the patch's own date; where another one is certain of a file shown, that too. Else
/// the files' dates, else 日期未知.
std::string dateStamp(const layers::Patch& patch, ImageSide side, const Chip& chip) {
    const layers::DateText& own = dateOf(patch, side);
    if (!own.first) {
        const std::string dates = fileDates(chip);
        return fmt::format("{}　{}", sideName(side), dates.empty() ? "日期未知" : dates);
    }
    std::string text = fmt::format("{}　{}", sideName(side), paperText(dateText(own)));
    const bool isOther =
        std::any_of(chip.files.begin(), chip.files.end(), [&](const layers::RasterInfo* info) {
            return info->label.date && (*info->label.date < *own.first || *info->label.date > *own.last);
        });
    if (isOther) {
        text += "　影像 " + fileDates(chip);
    }
    return text;
}

/// Sensor, and how values became colours.
std::string sensorStamp(const Chip& chip) {
    std::string text =
        eachOnce(chip, [](const layers::RasterInfo& info) { return paperText(info.label.sensor); });
    text = text.empty() ? "传感器未知" : text;
    for (const std::string& more : {eachOnce(chip, [](const layers::RasterInfo& info) { return info.look; }),
                                    std::string(chip.isCoarse ? "无金字塔，粗采样" : ""),
                                    std::string(chip.isPartial ? "图斑处影像不全" : "")}) {
        text += more.empty() ? "" : "　" + more;
    }
    return text;
}

/// Lines on white in the frame's upper left corner.
void paintStamp(Canvas& canvas, const std::vector<std::string>& lines, const PageBox& frame) {
    constexpr double kAroundMm = 0.7;
    TextStyle style;
    style.sizeMm = kStampSizeMm;
    style.widthMm = frame.width - 4 * kAroundMm;
    TextSize whole;
    for (const std::string& line : lines) {
        const TextSize size = measureText(line, style);
        whole.width = std::max(whole.width, size.width);
        whole.height += size.height;
    }
    canvas.rectangle({frame.x, frame.y, whole.width + 2 * kAroundMm, whole.height + 2 * kAroundMm});
    canvas.fill({kWhite, 0.8});
    double y = frame.y + kAroundMm;
    for (const std::string& line : lines) {
        y += canvas.text({frame.x + kAroundMm, y}, line, style).height;
    }
    canvas.rectangle(frame);
    canvas.stroke({kBlack, 0.3});
}

void paintMissing(Canvas& canvas, const PageBox& frame) {
    TextStyle style;
    style.sizeMm = 6;
    style.bold = true;
    style.colour = kGrey;
    style.align = TextAlign::Centre;
    style.widthMm = frame.width;
    style.haloMm = 0.6;
    canvas.text({frame.x, frame.y + frame.height * 0.72}, "影像缺失", style);
}

/// "GF2_….tif(sha256 1a2b3c4d5e6f)": what the files were.
std::string filesText(const Chip& chip) {
    constexpr std::string_view kHash = "sha256:";
    constexpr std::size_t kShownDigits = 12;
    std::vector<std::string> texts;
    for (const layers::RasterInfo* info : chip.files) {
        const std::string identity = info->identity.starts_with(kHash)
                                         ? "sha256 " + info->identity.substr(kHash.size(), kShownDigits)
                                         : info->identity; // too large to be hashed: size and time
        texts.push_back(fmt::format("{}({})", paperText(info->name), identity));
    }
    return texts.empty() ? "无" : fmt::format("{}", fmt::join(texts, "、"));
}

} // namespace

Chip SheetMaps::readChip(std::size_t patch, ImageSide side, const MapView& view, const PageBox& frame) {
    const layers::Patch& record = m_sources.result->patches[patch];
    if (!m_images) {
        return Chip{layers::RasterImage(1, 1), true, false, false, {}};
    }
    return m_images->read(side, view, frame, record.shape, dateOf(record, side));
}

void SheetMaps::paintChip(Canvas& canvas, std::size_t patch, const Chip& chip, const MapView& view,
                          const PageBox& frame, Furniture furniture) const {
    const CheckResult& result = *m_sources.result;
    canvas.rectangle(frame);
    canvas.fill({kPaleGrey});
    MapDescription map;
    map.view = view;
    map.backdrop = chip.files.empty() ? nullptr : &chip.image;
    const std::vector<std::uint32_t> zones = zonesShown(patch, view, frame);
    std::vector<MapSymbol> lines; // the zones' own, without what would cover the image
    lines.reserve(zones.size());
    for (const std::uint32_t zone : zones) {
        constexpr double kLineMm = 0.25;
        constexpr double kCasingMm = 0.15;
        const MapSymbol& own = zoneSymbol(result.zones[zone].kind, result.zones[zone].zoneClass);
        MapSymbol& line = lines.emplace_back();
        line.casingMm = kCasingMm;
        line.line = Stroke{own.line->colour, kLineMm, own.line->dashMm};
        map.items.push_back({&line, nullptr, &m_sources.zones->zone(zone)});
    }
    const CaseShape shape = caseShape(patch);
    if (shape.isPoint()) {
        map.items.push_back({&radiusSymbol(), &shape.circle, nullptr});
    }
    map.items.push_back({&patchOnImageSymbol(), shape.shape, nullptr});
    map.hasGraticule = false;
    map.hasScaleBar = furniture == Furniture::All;
    map.hasNorthArrow = false;
    paintMap(canvas, map, frame);
    if (chip.isMissing) {
        paintMissing(canvas, frame);
    }
}

void SheetMaps::addChips(ContentDigest& digest, std::size_t patch, const PageBox& box) {
    digest.add(m_images.has_value());
    if (!m_images) {
        return;
    }
    const PageBox frame = chipFrame(box);
    const geo::Box shown = shownBox(caseView(patch, caseShape(patch), frame), frame);
    for (const ImageSide side : {ImageSide::Before, ImageSide::After}) {
        digest.add(dateText(dateOf(m_sources.result->patches[patch], side)));
        for (const layers::RasterInfo& info : m_sources.imagery->of(side)) {
            if (info.box.meets(shown)) {
                digest.add(info.name);
                digest.add(info.identity);
                digest.add(info.look);
                for (const int band : info.bands) {
                    digest.add(band);
                }
            }
        }
    }
}

void SheetMaps::paintChips(Canvas& canvas, std::size_t patch, const PageBox& box) {
    const layers::Patch& record = m_sources.result->patches[patch];
    const PageBox left = chipFrame(box);
    // One view for both: of one extent, at one scale.
    const MapView view = caseView(patch, caseShape(patch), left);
    std::string files;
    for (const ImageSide side : {ImageSide::Before, ImageSide::After}) {
        PageBox frame = left;
        frame.x += side == ImageSide::Before ? 0 : left.width + kGapMm;
        const Chip chip = readChip(patch, side, view, frame);
        paintChip(canvas, patch, chip, view, frame, Furniture::All);
        std::vector<std::string> stamp{dateStamp(record, side, chip)};
        if (!chip.files.empty()) {
            stamp.push_back(sensorStamp(chip));
        }
        paintStamp(canvas, stamp, frame);
        files +=
            fmt::format("{}{}：{}", files.empty() ? "影像文件　" : "；", sideName(side), filesText(chip));
    }
    TextStyle note;
    note.sizeMm = 2.0;
    note.widthMm = box.width;
    note.mostLines = 3;
    canvas.text({box.x, left.bottom() + 0.8}, files + "。红线为本图斑，细线为管控区界。", note);
}

std::string SheetMaps::paintSmall(Canvas& canvas, std::size_t patch, const PageBox& frame) {
    const layers::Patch& record = m_sources.result->patches[patch];
    const MapView view = caseView(patch, caseShape(patch), frame);
    const std::string scale = fmt::format("1:{:.0f}", view.scale);
    if (m_images) {
        const Chip chip = readChip(patch, ImageSide::After, view, frame);
        if (!chip.isMissing) {
            paintChip(canvas, patch, chip, view, frame, Furniture::None);
            return scale + "　" + dateStamp(record, ImageSide::After, chip);
        }
    }
    SheetMap sheet;
    sheet.frame = frame;
    describeCase(patch, sheet);
    sheet.map.hasGraticule = false;
    sheet.map.hasScaleBar = false;
    sheet.map.hasNorthArrow = false;
    sheet.map.labels.clear();
    paintMap(canvas, sheet.map, frame);
    return fmt::format("{}　套合图{}", scale, m_images ? "(影像缺失)" : "");
}

} // namespace app
