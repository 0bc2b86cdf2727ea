#include "geo/area.hpp"
#include "geo/geodesic.hpp"
#include "layers/record_mapping.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace layers {

namespace {

Problem valueProblem(ProblemKind kind, const std::string& field, std::int64_t feature, std::string zh,
                     std::string en) {
    Problem problem;
    problem.kind = kind;
    problem.field = field;
    problem.feature = feature;
    problem.textZh = std::move(zh);
    problem.textEn = std::move(en);
    return problem;
}

/// Area of a small shape on its local plane: within 1e-3 of the ellipsoidal one, and twenty times quicker.
double planeAreaM2(const geo::Shape& shape) {
    const geo::Box box = shape.box();
    const geo::MetresPerDegree scale = geo::metresPerDegree((box.minY + box.maxY) / 2);
    double twice = 0;
    for (const geo::Polygon& polygon : shape.polygons) {
        twice += std::abs(geo::signedArea2(polygon.shell));
        for (const geo::Ring& hole : polygon.holes) {
            twice -= std::abs(geo::signedArea2(hole));
        }
    }
    return twice / 2 * scale.lon * scale.lat;
}

/// True when the stated area lies so near that no exact area is needed to say so.
bool surelyAgrees(double statedM2, const geo::Shape& shape, double share) {
    constexpr double kSmallDegrees = 0.1;
    constexpr double kHalf = 0.5; // of the tolerance; the plane's own error is far below
    const geo::Box box = shape.box();
    if (box.maxX - box.minX > kSmallDegrees || box.maxY - box.minY > kSmallDegrees) {
        return false;
    }
    const double plane = planeAreaM2(shape);
    return std::abs(statedM2 - plane) < kHalf * share * plane;
}

std::string unitOf(const MappedField& area) {
    const std::string unit = areaUnitOf(area.rule, area.source);
    return unit.empty() ? "m2" : unit;
}

/// The usual case, quickly: digits and a point, nothing else.
std::optional<double> plainNumber(const std::string& text) {
    if (text.find_first_not_of("0123456789.") != std::string::npos) {
        return std::nullopt;
    }
    double value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    return end.ec == std::errc() && end.ptr == text.data() + text.size() ? std::optional<double>(value)
                                                                         : std::nullopt;
}

struct UnitGuess {
    const char* key; ///< as in an import profile
    const char* zh;
    const char* en;
};

/// The unit in which the number would agree with the computed area, within a tenth; null when none.
/// @param factor computed area / number as received, m²
const UnitGuess* unitGuess(double factor) {
    static constexpr std::array<UnitGuess, 4> kUnits{
        {{"mu", "亩", "mu"}, {"ha", "公顷", "hectares"}, {"m2", "平方米", "m²"}, {"km2", "平方千米", "km²"}}};
    constexpr double kNear = 0.1;
    const auto* const found = std::find_if(kUnits.begin(), kUnits.end(), [&](const UnitGuess& unit) {
        return std::abs(factor / parseAreaM2("1", unit.key).value_or(1) - 1) < kNear;
    });
    return found == kUnits.end() ? nullptr : found;
}

} // namespace

PatchMapper::PatchMapper(const FieldMapping& mapping, const ReadOptions& options)
    : m_mapping(mapping), m_options(options), m_activity(mapping.field("activity")),
      m_detail(mapping.field("activity_detail")), m_change(mapping.field("change")),
      m_areaUnitM2(parseAreaM2("1", unitOf(mapping.field("area")))) {}

void PatchMapper::learn(const std::vector<RawFeature>& features) {
    m_activity.learn(features);
    m_detail.learn(features);
    m_change.learn(features);
}

void PatchMapper::mapActivity(const std::vector<std::string>& values, Patch& patch,
                              std::vector<Problem>& problems) const {
    const std::string_view text = m_activity.field().value(values);
    const std::string_view detail = m_detail.field().value(values);
    patch.activityText = trimmed(text);
    // The finer word says more (a 能源设施 that is a 水电站), where it says anything.
    const Translation* meaning = detail.empty() ? nullptr : m_detail.find(detail);
    if (meaning == nullptr) {
        meaning = m_activity.find(text);
    }
    if (!detail.empty()) {
        patch.activityText += (patch.activityText.empty() ? "" : "/") + trimmed(detail);
    }
    if (meaning != nullptr) {
        patch.activity = meaning->word;
        if (!meaning->others.empty()) {
            Problem problem =
                valueProblem(ProblemKind::ValueUnknown, m_activity.field().source, patch.feature,
                             fmt::format("活动类型“{}”有多种含义，另可为 {}", patch.activityText,
                                         fmt::join(meaning->others, ", ")),
                             fmt::format("the activity \"{}\" has several meanings, also {}",
                                         patch.activityText, fmt::join(meaning->others, ", ")));
            problem.severity = Severity::Info;
            problem.doneZh = "按 " + patch.activity + " 处理";
            problem.doneEn = "taken as " + patch.activity;
            problems.push_back(std::move(problem));
        }
        return;
    }
    patch.activity = "A99";
    Problem problem =
        valueProblem(ProblemKind::ValueUnknown, m_activity.field().source, patch.feature,
                     patch.activityText.empty() ? "活动类型为空"
                                                : fmt::format("活动类型“{}”不在词典中", patch.activityText),
                     patch.activityText.empty()
                         ? "the activity is empty"
                         : fmt::format("the activity \"{}\" is in no dictionary", patch.activityText));
    problem.doneZh = "按 A99（不明）处理，需核实；可在导入方案中补充";
    problem.doneEn = "taken as A99 (unknown), to be checked; a profile can add the word";
    problems.push_back(std::move(problem));
}

void PatchMapper::mapArea(const std::vector<std::string>& values, Patch& patch,
                          std::vector<Problem>& problems) const {
    const MappedField& field = m_mapping.field("area");
    patch.statedArea = trimmed(field.value(values));
    if (patch.statedArea.empty()) {
        return;
    }
    const std::optional<double> plain = plainNumber(patch.statedArea);
    patch.statedAreaM2 =
        plain && m_areaUnitM2 ? *plain * *m_areaUnitM2 : parseAreaM2(patch.statedArea, unitOf(field));
    if (!patch.statedAreaM2) {
        Problem problem = valueProblem(ProblemKind::ValueUnreadable, field.source, patch.feature,
                                       fmt::format("面积“{}”无法识别", patch.statedArea),
                                       fmt::format("the area \"{}\" cannot be read", patch.statedArea));
        problem.doneZh = "保留原文，以计算面积为准";
        problem.doneEn = "kept as text; the computed area counts";
        problems.push_back(std::move(problem));
        return;
    }
    const double share = m_options.settings.areaDiffersShare;
    if (patch.shape.polygons.empty() || surelyAgrees(*patch.statedAreaM2, patch.shape, share)) {
        return;
    }
    const double computed = geo::ellipsoidalAreaM2(patch.shape);
    if (std::abs(*patch.statedAreaM2 - computed) <= share * computed) {
        return;
    }
    // A column in another unit is one thing to say of the file, not one of each patch.
    const UnitGuess* unit = m_areaUnitM2 && plain && *plain > 0 ? unitGuess(computed / *plain) : nullptr;
    Problem problem =
        unit != nullptr
            ? valueProblem(ProblemKind::AreaDiffers, field.source, patch.feature,
                           fmt::format("标注面积按{}才与计算面积相符，单位可能有误", unit->zh),
                           fmt::format("the stated area agrees with the computed one in {} only: another "
                                       "unit than assumed?",
                                       unit->en))
            : valueProblem(ProblemKind::AreaDiffers, field.source, patch.feature,
                           fmt::format("图斑 {} 标注面积 {}（{:.2f} m²）与计算面积 {:.2f} m² 不符", patch.id,
                                       patch.statedArea, *patch.statedAreaM2, computed),
                           fmt::format("patch {}: stated area {} ({:.2f} m²) and computed area {:.2f} m² "
                                       "differ",
                                       patch.id, patch.statedArea, *patch.statedAreaM2, computed));
    problem.doneZh = "以计算的椭球面积为准";
    problem.doneEn = "the computed ellipsoidal area counts";
    if (unit != nullptr) {
        problem.doneZh += fmt::format("；确认后可在导入方案中写 unit: {}", unit->key);
        problem.doneEn +=
            fmt::format("; once that is certain, write unit: {} in an import profile", unit->key);
    }
    problems.push_back(std::move(problem));
}

MappedRecord<Patch> PatchMapper::map(RawFeature&& feature, geo::Shape shape) const {
    MappedRecord<Patch> result;
    Patch patch;
    patch.feature = feature.id;
    patch.shape = std::move(shape);
    patch.id = idText(m_mapping.field("id"), feature.values);
    if (patch.id.empty()) {
        patch.id = std::to_string(feature.id);
        if (m_mapping.field("id").isMapped()) {
            Problem problem = valueProblem(ProblemKind::ValueSubstituted, m_mapping.field("id").source,
                                           feature.id, "图斑编号为空", "the patch's id is empty");
            problem.doneZh = "用要素号代替";
            problem.doneEn = "the feature's number stands in";
            result.problems.push_back(std::move(problem));
        }
    }
    patch.batch = trimmed(m_mapping.field("batch").value(feature.values));
    if (!m_options.batch.empty()) {
        if (!patch.batch.empty() && patch.batch != m_options.batch) {
            Problem problem =
                valueProblem(ProblemKind::ValueSubstituted, m_mapping.field("batch").source, feature.id,
                             fmt::format("监测批次“{}”与 --batch 不同", patch.batch),
                             fmt::format("the batch \"{}\" is not the one of --batch", patch.batch));
            problem.doneZh = "按 --batch 计";
            problem.doneEn = "--batch counts";
            result.problems.push_back(std::move(problem));
        }
        patch.batch = m_options.batch;
    }
    mapActivity(feature.values, patch, result.problems);
    const std::string_view change = m_change.field().value(feature.values);
    patch.changeText = trimmed(change);
    const Translation* meaning = patch.changeText.empty() ? nullptr : m_change.find(change);
    if (meaning != nullptr) {
        patch.change = changeFromKey(meaning->word).value_or(Change::Unknown);
    } else if (!patch.changeText.empty()) {
        Problem problem =
            valueProblem(ProblemKind::ValueUnknown, m_change.field().source, feature.id,
                         fmt::format("变化情况“{}”不在词典中", patch.changeText),
                         fmt::format("the change \"{}\" is in no dictionary", patch.changeText));
        problem.doneZh = "按未知处理";
        problem.doneEn = "taken as unknown";
        result.problems.push_back(std::move(problem));
    }
    patch.earlier = dateOf(m_mapping.field("earlier"), feature, result.problems);
    patch.later = dateOf(m_mapping.field("later"), feature, result.problems);
    mapArea(feature.values, patch, result.problems);
    patch.note = trimmed(m_mapping.field("note").value(feature.values));
    patch.raw = std::move(feature.values);
    result.record = std::move(patch);
    return result;
}

} // namespace layers
