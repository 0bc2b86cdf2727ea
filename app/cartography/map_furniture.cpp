#include "app/cartography/map_furniture.hpp"

#include "app/cartography/map_painter.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>

namespace app {

namespace {

constexpr double kMmPerM = 1000;
constexpr double kSecondsPerDegree = 3600;
constexpr double kDegreesSizeMm = 2.0;
constexpr double kEdgeMm = 1.5;

/// The smallest round step of seconds whose lines stand at least `leastMm` apart.
double stepSeconds(double secondsPerMm, double leastMm) {
    constexpr std::array kSteps{1.0,   2.0,   5.0,   10.0,   15.0,   20.0,   30.0,   60.0,    120.0,
                                300.0, 600.0, 900.0, 1200.0, 1800.0, 3600.0, 7200.0, 18000.0, 36000.0};
    for (const double step : kSteps) {
        if (step >= leastMm * secondsPerMm) {
            return step;
        }
    }
    return kSteps.back();
}

/// 101°57′36″, west and south with a minus
std::string degreesText(double seconds) {
    constexpr std::int64_t kMinute = 60;
    constexpr std::int64_t kDegree = 3600;
    const auto whole = static_cast<std::int64_t>(std::llround(std::abs(seconds)));
    std::string text = fmt::format("{}{}°{:02}′", seconds < 0 && whole != 0 ? "-" : "", whole / kDegree,
                                   whole % kDegree / kMinute);
    if (whole % kMinute != 0) {
        text += fmt::format("{:02}″", whole % kMinute);
    }
    return text;
}

/// Where a line crosses an edge of the frame: the lower one for meridians, the left one for parallels.
std::optional<double> crossing(const std::vector<PagePoint>& points, bool isMeridian, const PageBox& frame) {
    for (std::size_t i = 1; i < points.size(); ++i) {
        const PagePoint& a = points[i - 1];
        const PagePoint& b = points[i];
        const double edge = isMeridian ? frame.bottom() : frame.x;
        const double from = isMeridian ? a.y : a.x;
        const double to = isMeridian ? b.y : b.x;
        if ((from - edge) * (to - edge) <= 0 && from != to) {
            const double share = (edge - from) / (to - from);
            return isMeridian ? a.x + share * (b.x - a.x) : a.y + share * (b.y - a.y);
        }
    }
    return std::nullopt;
}

double barMetres(const MapPaper& paper) {
    constexpr double kMostMm = 34;
    const double most = kMostMm * paper.view().scale / kMmPerM;
    const double power = std::pow(10.0, std::floor(std::log10(most)));
    for (const double round : {5.0, 2.0}) {
        if (round * power <= most) {
            return round * power;
        }
    }
    return power;
}

constexpr double kBarHeightMm = 8.2;

} // namespace

std::string scaleText(double scale) {
    std::string digits = fmt::format("{}", std::llround(scale));
    constexpr std::ptrdiff_t kGroup = 3;
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - kGroup; at > 0; at -= kGroup) {
        digits.insert(static_cast<std::size_t>(at), " ");
    }
    return "1:" + digits;
}

Graticule::Graticule(const MapPaper& paper) {
    constexpr double kLeastMm = 24;
    constexpr int kPoints = 9;
    const geo::Box& shown = paper.shown();
    const PageBox& frame = paper.frame();
    const auto addLines = [&](bool isMeridian) {
        const double low = (isMeridian ? shown.minX : shown.minY) * kSecondsPerDegree;
        const double high = (isMeridian ? shown.maxX : shown.maxY) * kSecondsPerDegree;
        const double step = stepSeconds((high - low) / (isMeridian ? frame.width : frame.height), kLeastMm);
        const auto last = static_cast<long>(std::floor(high / step));
        for (auto k = static_cast<long>(std::ceil(low / step)); k <= last; ++k) {
            const double at = static_cast<double>(k) * step;
            geo::Path line;
            for (int i = 0; i < kPoints; ++i) {
                const double share = static_cast<double>(i) / (kPoints - 1);
                line.push_back(isMeridian ? geo::Coordinate{at / kSecondsPerDegree,
                                                            shown.minY + share * (shown.maxY - shown.minY)}
                                          : geo::Coordinate{shown.minX + share * (shown.maxX - shown.minX),
                                                            at / kSecondsPerDegree});
            }
            m_lines.push_back({degreesText(at), paper.onPaper(std::move(line)), isMeridian});
        }
    };
    addLines(true);
    addLines(false);
}

void Graticule::paintLines(MapPaper& paper) const {
    Canvas& canvas = paper.canvas();
    for (const Line& line : m_lines) {
        for (std::size_t i = 0; i < line.points.size(); ++i) {
            if (i == 0) {
                canvas.moveTo(line.points[i]);
            } else {
                canvas.lineTo(line.points[i]);
            }
        }
    }
    canvas.stroke({kGrey, 0.08});
}

void Graticule::paintDegrees(MapPaper& paper) const {
    const PageBox& frame = paper.frame();
    Canvas& canvas = paper.canvas();
    TextStyle style;
    style.sizeMm = kDegreesSizeMm;
    style.align = TextAlign::Centre;
    double lastEnd = frame.x;
    double lastTop = frame.bottom();
    for (const Line& line : m_lines) {
        const std::optional<double> at = crossing(line.points, line.isMeridian, frame);
        if (!at) {
            continue;
        }
        const TextSize size = measureText(line.text, style);
        const double start = *at - size.width / 2;
        const double end = *at + size.width / 2;
        if (line.isMeridian && start >= lastEnd && end <= frame.right()) {
            canvas.text({*at, frame.bottom() + 0.3}, line.text, style);
            lastEnd = end + 1;
        } else if (!line.isMeridian && end <= lastTop && start >= frame.y) {
            canvas.uprightText({frame.x - 0.5 - size.height, *at}, line.text, style);
            lastTop = start - 1;
        }
    }
}

PageBox scaleBarBox(const MapPaper& paper) {
    const double width = barMetres(paper) * kMmPerM / paper.view().scale;
    constexpr double kSidesMm = 10;
    return {paper.frame().x + kEdgeMm, paper.frame().bottom() - kEdgeMm - kBarHeightMm, width + kSidesMm,
            kBarHeightMm};
}

PageBox paintScaleBar(MapPaper& paper) {
    const PageBox box = scaleBarBox(paper);
    Canvas& canvas = paper.canvas();
    canvas.rectangle(box);
    canvas.fill({kWhite, 0.85});
    const double metres = barMetres(paper);
    const double width = metres * kMmPerM / paper.view().scale;
    const double left = box.x + 2.5;
    constexpr double kThickMm = 1.0;
    const double top = box.y + 3.6;
    canvas.rectangle({left, top, width / 2, kThickMm});
    canvas.fill({kBlack});
    canvas.rectangle({left, top, width, kThickMm});
    canvas.stroke({kBlack, 0.15});
    TextStyle style;
    style.sizeMm = kDegreesSizeMm;
    style.align = TextAlign::Centre;
    const bool isKm = metres >= kMmPerM;
    const double unit = isKm ? kMmPerM : 1.0;
    canvas.text({left, top + kThickMm + 0.2}, "0", style);
    canvas.text({left + width / 2, top + kThickMm + 0.2}, fmt::format("{:g}", metres / 2 / unit), style);
    canvas.text({left + width, top + kThickMm + 0.2},
                fmt::format("{:g} {}", metres / unit, isKm ? "km" : "m"), style);
    style.sizeMm = 2.4;
    style.align = TextAlign::Left;
    canvas.text({left, box.y + 0.2}, scaleText(paper.view().scale), style);
    return box;
}

PageBox northArrowBox(const MapPaper& paper) {
    constexpr double kWidthMm = 8;
    constexpr double kHeightMm = 12;
    return {paper.frame().right() - kEdgeMm - kWidthMm, paper.frame().y + kEdgeMm, kWidthMm, kHeightMm};
}

PageBox paintNorthArrow(MapPaper& paper) {
    const PageBox box = northArrowBox(paper);
    Canvas& canvas = paper.canvas();
    canvas.rectangle(box);
    canvas.fill({kWhite, 0.85});
    // True north where the arrow stands: the meridians' direction on paper.
    constexpr double kLittleDeg = 1e-4;
    const geo::Coordinate here = paper.inDegrees(box.centre());
    const PagePoint from = paper.onPaper(here);
    const PagePoint to = paper.onPaper({here.x, here.y + kLittleDeg});
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const PagePoint up{(to.x - from.x) / length, (to.y - from.y) / length};
    const PagePoint side{-up.y, up.x};
    const PagePoint middle{box.centre().x, box.y + 7.6};
    const auto at = [&](double along, double across) {
        return PagePoint{middle.x + along * up.x + across * side.x,
                         middle.y + along * up.y + across * side.y};
    };
    canvas.moveTo(at(4, 0));
    canvas.lineTo(at(-3.6, -2.2));
    canvas.lineTo(at(-2.2, 0));
    canvas.closePath();
    canvas.fill({kBlack});
    canvas.moveTo(at(4, 0));
    canvas.lineTo(at(-3.6, 2.2));
    canvas.lineTo(at(-2.2, 0));
    canvas.closePath();
    canvas.stroke({kBlack, 0.2});
    TextStyle style;
    style.sizeMm = 2.8;
    style.bold = true;
    style.align = TextAlign::Centre;
    canvas.text({box.centre().x, box.y - 0.2}, "北", style);
    return box;
}

} // namespace app
