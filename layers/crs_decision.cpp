#include "layers/crs_decision.hpp"

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "layers/error.hpp"
#include "layers/stored_geometry.hpp"

#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr const char* kGiven = "given by --crs";

bool areEqual(const geo::CrsInfo& a, const geo::CrsInfo& b) {
    return (a.epsg && b.epsg && *a.epsg == *b.epsg) || a.name == b.name;
}

std::string nameOf(const geo::CrsInfo& info) {
    return info.epsg ? "EPSG:" + std::to_string(*info.epsg) : info.name;
}

} // namespace

std::string crsName(const std::string& definition) {
    try {
        return definition.empty() ? definition : nameOf(geo::describeCrs(definition));
    } catch (const geo::Error&) {
        return definition;
    }
}

FirstLook firstLook(const std::vector<RawFeature>& features) {
    FirstLook look;
    constexpr std::size_t kLooked = 256;
    for (const RawFeature& feature : features) {
        if (look.features == kLooked) {
            break;
        }
        const geo::Box box = storedShape(feature).box();
        const bool isFinite = std::isfinite(box.minX) && std::isfinite(box.minY) && std::isfinite(box.maxX) &&
                              std::isfinite(box.maxY);
        if (box.isEmpty() || !isFinite) {
            continue;
        }
        look.extent.add(box);
        ++look.features;
        look.inDegrees += isLonLat(box) ? 1U : 0U;
        look.centres.push_back({(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2});
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
        const geo::Transform transform(q.source.crs, q.options.positions.datum);
        own.info = transform.source();
        const auto doubt = q.options.crs.empty() ? std::nullopt : doubtOf(transform, q.look);
        if (doubt) {
            own.fault = doubt->zh + " / " + doubt->en;
            own.info.reset();
            return own;
        }
        if (!q.options.crs.empty() && own.info->geographic && q.look.isNotDegrees()) {
            own.fault = fmt::format("{}：坐标不是度 / the coordinates are not degrees", nameOf(*own.info));
            own.info.reset();
        }
    } catch (const geo::Error& e) {
        own.fault = e.what();
    }
    return own;
}

bool isCgcs2000(const geo::CrsInfo& info) {
    constexpr int kCgcs2000 = 4490;
    return info.datum.find("China 2000") != std::string::npos ||
           info.datum.find("CGCS2000") != std::string::npos || info.epsg.value_or(0) == kCgcs2000;
}

void noteCrs(const CrsDecision& decision, const geo::CrsInfo& info, const std::string& overruled,
             ProblemLog& log) {
    // A datum that does not count as equal is a matter of its own, see noteDatum().
    const bool otherDatum = !isCgcs2000(info) && info.equalWithinM.has_value();
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

/// How far the user's parameters move the middle of the data, in metres.
std::optional<double> movedM(const CrsDecision& decision, const PositionOptions& positions,
                             const FirstLook& look) {
    if (look.centres.empty()) {
        return std::nullopt;
    }
    geo::Path before{look.centres[look.centres.size() / 2]};
    geo::Path after = before;
    geo::Transform(decision.definition, {geo::DatumShift::Kind::AsIs, {}}).apply(before);
    geo::Transform(decision.definition, positions.datum).apply(after);
    const bool isFinite = std::isfinite(before[0].x) && std::isfinite(after[0].x);
    return isFinite ? std::optional(geo::geodesicLengthM(before[0], after[0])) : std::nullopt;
}

/// The user's parameters, or that there are none and the datum is taken as it is.
void noteDatum(CrsDecision& decision, const geo::CrsInfo& info, const PositionOptions& positions,
               const FirstLook& look, ProblemLog& log) {
    if (positions.datum.kind == geo::DatumShift::Kind::None) {
        return;
    }
    Problem problem;
    problem.kind = ProblemKind::CrsAssumed;
    problem.severity = Severity::Warning;
    if (positions.datum.kind == geo::DatumShift::Kind::AsIs) {
        problem.textZh = fmt::format("坐标基准未统一，结果仅供参考：{}（基准 {}）按 {} 视同 CGCS2000",
                                     decision.name, info.datum, positions.datumFrom);
        problem.textEn =
            fmt::format("the datum is not unified, results are for reference only: {} (datum {}) "
                        "is taken as CGCS2000 ({})",
                        decision.name, info.datum, positions.datumFrom);
        problem.doneZh = "照读；与 CGCS2000 可能相差数十米至百余米";
        problem.doneEn = "read as it is; it may be off by tens of metres to more than a hundred";
        decision.reason += "; datum taken as it is (" + positions.datumFrom + ")";
        log.add(std::move(problem));
        return;
    }
    const std::string parameters = datumShiftText(positions.datum);
    const std::optional<double> moved = movedM(decision, positions, look);
    const std::string distance = moved ? fmt::format("{:.2f} m", *moved) : "?";
    problem.textZh = fmt::format("坐标基准由用户参数转换（{}）：{}，基准 {}，{}", positions.datumFrom,
                                 decision.name, info.datum, parameters);
    problem.textEn = fmt::format("datum transformed with the user's parameters ({}): {}, datum {}, {}",
                                 positions.datumFrom, decision.name, info.datum, parameters);
    problem.doneZh = "转换到 CGCS2000，数据中部移动 " + distance;
    problem.doneEn = "transformed to CGCS2000, which moves the middle of the data by " + distance;
    decision.reason +=
        fmt::format("; datum by the user's parameters ({}: {})", positions.datumFrom, parameters);
    log.add(std::move(problem));
    constexpr double kUsualM = 1000; // the old datums lie 50 to 200 m off
    if (moved && *moved > kUsualM) {
        Problem far;
        far.kind = ProblemKind::CrsSuspicious;
        far.severity = Severity::Error;
        far.textZh = fmt::format("用户参数使数据移动 {}，远大于各基准之间的差别", distance);
        far.textEn =
            fmt::format("the user's parameters move the data by {}, far more than datums differ", distance);
        far.doneZh = "照用；请核对参数的单位、符号和方向";
        far.doneEn = "used as given; check units, signs and direction of the parameters";
        log.add(std::move(far));
    }
}

void noteMapShift(CrsDecision& decision, MapShift shift, ProblemLog& log) {
    if (shift == MapShift::None) {
        return;
    }
    const std::string option = shift == MapShift::Gcj02 ? "--gcj02" : "--bd09";
    Problem problem;
    problem.kind = ProblemKind::CrsAssumed;
    problem.severity = Severity::Warning;
    problem.textZh = fmt::format("按 {} 视为加偏坐标 {}", option, mapShiftName(shift));
    problem.textEn = fmt::format("taken as shifted {} coordinates ({})", mapShiftName(shift), option);
    problem.doneZh = "用公开算法（非官方）反算为 CGCS2000 经纬度，反算精度优于 1e-9 度";
    problem.doneEn = "undone with the public formula (not an official one), inverse within 1e-9 degrees";
    decision.reason += fmt::format("; {} undone ({})", mapShiftName(shift), option);
    log.add(std::move(problem));
}

/// Says what is odd about the coordinates; throws where they lead nowhere at all.
void tellDoubt(const CrsDoubt& doubt, const CrsDecision& decision, const FirstLook& look,
               const std::string& candidates, const std::string& file, const std::string& option,
               ProblemLog& log) {
    if (doubt.leadsNowhere) {
        throw Error(fmt::format(
            "{0}：{1}（坐标系 {2}，{3}；坐标范围 {4}）；请用 {5} 指定或更正文件，各候选坐标系下的位置 / {6} "
            "(system {2}, {3}; extent {4}): give {5} or correct the file; where the data would "
            "fall:{7}",
            file, doubt.zh, decision.name, decision.reason, boxText(look.extent, 3), option, doubt.en,
            candidates));
    }
    Problem problem;
    problem.kind = ProblemKind::CrsSuspicious;
    problem.severity = Severity::Error;
    const std::string extent = boxText(look.extent, 3);
    problem.textZh =
        fmt::format("{}（坐标系 {}，{}；坐标范围 {}）", doubt.zh, decision.name, decision.reason, extent);
    problem.textEn =
        fmt::format("{} (system {}, {}; extent {})", doubt.en, decision.name, decision.reason, extent);
    problem.doneZh = "照读，不自动更正；请用 " + option + " 指定，或更正数据";
    problem.doneEn = "read as it is, nothing is corrected: give " + option + " or correct the data";
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
            q.file, boxText(q.look.extent, 3), q.option, crsCandidates(q.look, q.options.counties)));
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
            q.file, q.source.crsReason, own.fault, q.option, crsCandidates(q.look, q.options.counties)));
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
        const geo::Transform transform(decision.definition, options.positions.datum);
        const geo::CrsInfo& info = transform.source();
        decision.name = nameOf(info);
        if (info.equalWithinM && options.positions.datum.kind != geo::DatumShift::Kind::None) {
            throw Error(fmt::format("{0}：坐标系 {1} 的基准视同 CGCS2000，不能再用 {2} 转换；请去掉它，或用 "
                                    "{3} 更正坐标系 / the datum "
                                    "of {1} counts as CGCS2000 and is not to be shifted by {2}: drop it, or "
                                    "name the right system "
                                    "with {3}",
                                    file, decision.name, options.positions.datumFrom, question.option));
        }
        if (info.geographic && look.isNotDegrees()) {
            throw Error(fmt::format(
                "{0}：坐标系是经纬度（{1}，{2}），坐标却不是度（{3}）；请用 {4} "
                "指定或更正文件，各候选坐标系下的位置 / the system is in "
                "degrees ({1}, {2}) but the coordinates are not ({3}): give {4} or correct the file; where "
                "the data would fall:{5}",
                file, decision.name, decision.reason, boxText(look.extent, 3), question.option,
                crsCandidates(look, options.counties)));
        }
        noteCrs(decision, info, overruled, log);
        if (const auto doubt = doubtOf(transform, look)) {
            tellDoubt(*doubt, decision, look, crsCandidates(look, options.counties), file, question.option,
                      log);
        }
        noteDatum(decision, info, options.positions, look, log);
        noteMapShift(decision, options.positions.mapShift, log);
        return decision;
    } catch (const geo::Error& e) {
        throw Error(
            fmt::format("{0}：{1} 给出的坐标系不能使用：{2} / the coordinate system of {1} cannot be used",
                        file, question.option, e.what()));
    }
}

} // namespace layers
