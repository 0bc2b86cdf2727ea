#include "layers/crs_decision.hpp"

#include "geo/error.hpp"
#include "layers/error.hpp"
#include "layers/geometry_stage.hpp"

#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr geo::Box kChina{73, 3, 136, 54};
constexpr double kPrefixStep = 1e6;  ///< the zone number stands before the six digits of an easting
constexpr double kLeastMetres = 1e5; ///< coordinates of a survey in metres start here, in China
constexpr const char* kGiven = "given by --crs";
constexpr int kLeast6Zone = 13; ///< 带号 13-23 are 6° zones
constexpr int kMost6Zone = 23;
constexpr int kLeast3Zone = 25; ///< 带号 25-45 are 3° zones
constexpr int kMost3Zone = 45;
constexpr int kEpsg6Zone = 4491 - kLeast6Zone; ///< CGCS2000 / Gauss-Kruger zone n
constexpr int kEpsg3Zone = 4513 - kLeast3Zone; ///< CGCS2000 / 3-degree Gauss-Kruger zone n
constexpr int kEpsg6Meridian = 4502;           ///< CGCS2000 / Gauss-Kruger CM 75E, then every 6 degrees
constexpr int kEpsg3Meridian = 4534; ///< CGCS2000 / 3-degree Gauss-Kruger CM 75E, then every 3 degrees
constexpr int kFirstMeridian = 75;
constexpr int kLastMeridian = 135;
constexpr int kDegrees3 = 3;
constexpr int kDegrees6 = 6;

/// Degrees, counted from anywhere: whether a feature lies within ±180 is its own matter.
bool isLonLat(const geo::Box& box) {
    return box.minX >= -360 && box.maxX <= 360 && box.minY >= -90 && box.maxY <= 90;
}

std::string boxText(const geo::Box& box, int decimals) {
    constexpr double kReadable = 1e9;
    const auto text = [&](double value) {
        return std::abs(value) < kReadable ? fmt::format("{:.{}f}", value, decimals)
                                           : fmt::format("{:.3g}", value);
    };
    return fmt::format("{} … {}, {} … {}", text(box.minX), text(box.maxX), text(box.minY), text(box.maxY));
}

/// "EPSG:4522 -> 101.0000-102.3000, 29.4000-30.1000" for a candidate, or nothing where it leads nowhere.
std::string landing(int epsg, const geo::Box& extent) {
    try {
        const geo::Transform transform("EPSG:" + std::to_string(epsg));
        geo::Path corners{{extent.minX, extent.minY}, {extent.maxX, extent.maxY}};
        transform.apply(corners);
        geo::Box box;
        for (const geo::Coordinate& corner : corners) {
            if (!std::isfinite(corner.x) || !std::isfinite(corner.y)) {
                return {};
            }
            box.add(corner);
        }
        return fmt::format("\n  EPSG:{} ({}) -> {} °E, °N", epsg, transform.source().name, boxText(box, 4));
    } catch (const geo::Error&) {
        return {};
    }
}

/// Where the coordinates would fall under each system that they can be of.
std::string candidates(const geo::Box& extent) {
    if (extent.isEmpty() || !std::isfinite(extent.minX) || !std::isfinite(extent.maxX)) {
        return {};
    }
    if (isLonLat(extent)) {
        std::string text = "\n  EPSG:4490 -> " + boxText(extent, 4) + " °E, °N";
        const geo::Box swapped{extent.minY, extent.minX, extent.maxY, extent.maxX};
        if (!kChina.contains(extent) && kChina.contains(swapped)) {
            text += "\n  经纬度可能颠倒 / longitude and latitude may be swapped";
        }
        return text;
    }
    std::string text;
    const int prefix = static_cast<int>(std::floor(extent.minX / kPrefixStep));
    if (prefix >= kLeast6Zone && prefix <= kMost6Zone) {
        return landing(kEpsg6Zone + prefix, extent);
    }
    if (prefix >= kLeast3Zone && prefix <= kMost3Zone) {
        return landing(kEpsg3Zone + prefix, extent);
    }
    if (extent.minX > kLeastMetres && extent.maxX < kPrefixStep && extent.minY > kLeastMetres) {
        // Six digits tell neither zone nor width: the meridians of western China as examples.
        text += "\n  六位横坐标不含带号，带宽和中央经线须由数据提供方说明，例如 / six-digit eastings tell no "
                "zone: ask the supplier, e.g.";
        for (int meridian = 96; meridian <= 105; meridian += kDegrees3) {
            text += landing(kEpsg3Meridian + (meridian - kFirstMeridian) / kDegrees3, extent);
        }
        for (int meridian = 99; meridian <= 105; meridian += kDegrees6) {
            text += landing(kEpsg6Meridian + (meridian - kFirstMeridian) / kDegrees6, extent);
        }
    }
    static_assert(kLastMeridian > kFirstMeridian);
    return text;
}

bool areEqual(const geo::CrsInfo& a, const geo::CrsInfo& b) {
    return (a.epsg && b.epsg && *a.epsg == *b.epsg) || a.name == b.name;
}

std::string nameOf(const geo::CrsInfo& info) {
    return info.epsg ? "EPSG:" + std::to_string(*info.epsg) : info.name;
}

} // namespace

FirstLook firstLook(const std::vector<RawFeature>& features) {
    FirstLook look;
    constexpr std::size_t kLooked = 256;
    for (const RawFeature& feature : features) {
        if (look.features == kLooked) {
            break;
        }
        const geo::Box box = storedExtent(feature);
        const bool isFinite = std::isfinite(box.minX) && std::isfinite(box.minY) && std::isfinite(box.maxX) &&
                              std::isfinite(box.maxY);
        if (box.isEmpty() || !isFinite) {
            continue;
        }
        look.extent.add(box);
        ++look.features;
        look.inDegrees += isLonLat(box) ? 1U : 0U;
    }
    return look;
}

namespace {

/// What is known of an input when its system is decided.
struct Question {
    const SourceInfo& source;
    const ReadOptions& options;
    const FirstLook& look;
    const std::string& file;
    std::string option; ///< "--crs changes=EPSG:n"
};

/// The file's own system as PROJ sees it, or why it cannot be used.
struct OwnSystem {
    std::optional<geo::CrsInfo> info;
    std::string fault;
};

OwnSystem ownSystem(const Question& q) {
    OwnSystem own;
    try {
        own.info = geo::Transform(q.source.crs).source();
        if (!q.options.crs.empty() && own.info->geographic && q.look.isNotDegrees()) {
            own.fault = fmt::format("{}：坐标不是度 / the coordinates are not degrees", nameOf(*own.info));
            own.info.reset();
        }
    } catch (const geo::Error& e) {
        own.fault = e.what();
    }
    return own;
}

void noteCrs(const CrsDecision& decision, const geo::CrsInfo& info, const std::string& overruled,
             ProblemLog& log) {
    constexpr int kCgcs2000 = 4490;
    const bool otherDatum = info.datum.find("China 2000") == std::string::npos &&
                            info.datum.find("CGCS2000") == std::string::npos &&
                            info.epsg.value_or(0) != kCgcs2000;
    if (!otherDatum && decision.reason != kGiven) {
        return;
    }
    Problem problem;
    problem.kind = ProblemKind::CrsAssumed;
    problem.severity = overruled.empty() ? Severity::Info : Severity::Warning;
    problem.textZh = fmt::format("坐标系 {}（{}），基准 {}", decision.name, decision.reason, info.datum);
    problem.textEn =
        fmt::format("coordinate system {} ({}), datum {}", decision.name, decision.reason, info.datum);
    if (!overruled.empty()) {
        problem.textZh += "；文件自带的坐标系不能使用：" + overruled;
        problem.textEn += "; the file's own cannot be used: " + overruled;
    }
    problem.doneZh = otherDatum ? "视同或转换到 CGCS2000（差异小于 1 米）" : "按此读取";
    problem.doneEn = otherDatum ? "taken as, or transformed to, CGCS2000 (within 1 m)" : "read with it";
    log.add(std::move(problem));
}

/// The definition to read with; `overruled` says what was wrong with the file's own, when --crs stands in for
/// it.
CrsDecision chosen(const Question& q, std::string& overruled) {
    const bool isGiven = !q.options.crs.empty();
    if (q.source.crs.empty() && !isGiven) {
        throw Error(fmt::format(
            "{0}：没有坐标系信息（坐标范围 {1}），请用 {2} 指定；各候选坐标系下的位置 / no coordinate system "
            "(extent {1}): give it with {2}; where the data would fall:{3}",
            q.file, boxText(q.look.extent, 3), q.option, candidates(q.look.extent)));
    }
    if (q.source.crs.empty() || (q.source.crsImplied && isGiven)) {
        return {q.options.crs, {}, kGiven};
    }
    const OwnSystem own = ownSystem(q);
    if (own.info && !isGiven) {
        return {q.source.crs, {}, q.source.crsReason};
    }
    if (!isGiven) {
        throw Error(fmt::format(
            "{0}：坐标系（{1}）不能使用：{2} 请用 {3} 指定可用的坐标系，或先把数据转换到 CGCS2000 / the "
            "coordinate system ({1}) "
            "cannot be used: give one with {3}, or convert the data to CGCS2000 first; where the data would "
            "fall:{4}",
            q.file, q.source.crsReason, own.fault, q.option, candidates(q.look.extent)));
    }
    if (!own.info) {
        overruled = own.fault;
        return {q.options.crs, {}, kGiven};
    }
    const geo::CrsInfo given = geo::describeCrs(q.options.crs);
    if (!areEqual(*own.info, given)) {
        throw Error(fmt::format("{0}：文件自带坐标系 {1}，与 {2} 给出的 {3} 不一致；请去掉 --crs 或更正文件 "
                                "/ the file's own coordinate "
                                "system {1} is not the {3} of {2}: drop --crs or correct the file",
                                q.file, nameOf(*own.info), q.option, nameOf(given)));
    }
    return {q.source.crs, {}, q.source.crsReason};
}

} // namespace

CrsDecision decideCrs(const SourceInfo& source, const ReadOptions& options, const FirstLook& look,
                      const std::string& file, ProblemLog& log) {
    const Question question{source, options, look, file,
                            "--crs " + std::string(roleKey(options.role)) + "=EPSG:n"};
    try {
        std::string overruled;
        CrsDecision decision = chosen(question, overruled);
        const geo::CrsInfo info = geo::Transform(decision.definition).source();
        decision.name = nameOf(info);
        if (info.geographic && look.isNotDegrees()) {
            throw Error(fmt::format(
                "{0}：坐标系是经纬度（{1}，{2}），坐标却不是度（{3}）；请用 {4} "
                "指定或更正文件，各候选坐标系下的位置 / the system is in "
                "degrees ({1}, {2}) but the coordinates are not ({3}): give {4} or correct the file; where "
                "the data would fall:{5}",
                file, decision.name, decision.reason, boxText(look.extent, 3), question.option,
                candidates(look.extent)));
        }
        noteCrs(decision, info, overruled, log);
        return decision;
    } catch (const geo::Error& e) {
        throw Error(
            fmt::format("{0}：{1} 给出的坐标系不能使用：{2} / the coordinate system of {1} cannot be used",
                        file, question.option, e.what()));
    }
}

void checkPlace(const geo::Box& lonLat, ProblemLog& log) {
    if (lonLat.isEmpty() || kChina.contains(lonLat)) {
        return;
    }
    const geo::Box swapped{lonLat.minY, lonLat.minX, lonLat.maxY, lonLat.maxX};
    const bool isSwapped = kChina.contains(swapped) && !kChina.meets(lonLat);
    Problem problem;
    problem.kind = ProblemKind::CrsSuspicious;
    problem.textZh =
        "数据范围（" + boxText(lonLat, 4) + "）不全在中国范围内" + (isSwapped ? "，经纬度可能颠倒" : "");
    problem.textEn = "the data (" + boxText(lonLat, 4) + ") do not all lie in China" +
                     (isSwapped ? "; longitude and latitude may be swapped" : "");
    problem.doneZh = "照读，请核对坐标系";
    problem.doneEn = "read as it is; check the coordinate system";
    log.add(std::move(problem));
}

} // namespace layers
