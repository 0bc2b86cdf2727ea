#include "layers/settings.hpp"

#include "layers/yaml_handle.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr double kKilometre = 1000.0;
constexpr double kSquareKilometre = 1000000.0;
/// Of what must have something in common.
constexpr double kLeastShare = 0.001;
constexpr double kHundredKm2 = 100.0 * kSquareKilometre;

std::vector<std::string> settingNames() {
    std::vector<std::string> names;
    for (const SettingInfo& info : settingInfos()) {
        names.emplace_back(info.name);
    }
    return names;
}

void readOne(const std::string& name, const YAML::Node& key, const YAML::Node& value, Settings& settings,
             yaml::Faults& faults) {
    const auto& infos = settingInfos();
    const auto info =
        std::find_if(infos.begin(), infos.end(), [&](const SettingInfo& i) { return i.name == name; });
    if (info == infos.end()) {
        faults.add(key.Mark(), fmt::format("没有参数“{0}”，可用的有 / no setting \"{0}\"; there are: {1}",
                                           name, yaml::joined(settingNames())));
        return;
    }
    double number = 0;
    if (!value.IsScalar() || !YAML::convert<double>::decode(value, number) || !std::isfinite(number)) {
        faults.add(value.Mark(), fmt::format("参数“{0}”应为数值 / setting \"{0}\" must be a number", name));
        return;
    }
    if (number < info->least || number > info->most) {
        faults.add(
            value.Mark(),
            fmt::format("参数“{0}”的值 {1} 超出 {2}–{3} {4} / setting \"{0}\" is {1}, outside {2} to {3} {4}",
                        name, number, info->least, info->most, info->unit));
        return;
    }
    settings.*(info->member) = number;
}

} // namespace

double Settings::positionErrorM() const {
    return std::hypot(patchErrorM, zoneErrorM);
}

const std::vector<SettingInfo>& settingInfos() {
    static const std::vector<SettingInfo> infos{
        {"hit_area_m2", "占压认定面积", "overlap counts from this area on", "m²", &Settings::hitAreaM2, 0.0,
         kHundredKm2},
        {"hit_share", "占压认定比例", "or from this share of the patch on", "", &Settings::hitShare, 0.0,
         1.0},
        {"hit_width_m", "占压认定平均宽度", "or from this mean width on", "m", &Settings::hitWidthM, 0.0,
         kKilometre},
        {"hit_length_m", "线状占压认定长度", "a line counts from this length inside on", "m",
         &Settings::hitLengthM, 0.0, kKilometre},
        {"patch_error_m", "图斑位置误差", "positional error of patches", "m", &Settings::patchErrorM, 0.0,
         kKilometre},
        {"zone_error_m", "管控区边界误差", "positional error of zones", "m", &Settings::zoneErrorM, 0.0,
         kKilometre},
        {"near_m", "临界距离", "near distance", "m", &Settings::nearM, 0.0, 10.0 * kKilometre},
        {"near_water_first_m", "饮用水水源一级保护区临界距离",
         "near distance of first-class water-source zones", "m", &Settings::nearWaterFirstM, 0.0,
         10.0 * kKilometre},
        {"point_radius_m", "点位精度半径", "accuracy radius of points", "m", &Settings::pointRadiusM, 0.0,
         kKilometre},
        {"duplicate_share", "重复图斑重叠比例", "mutual overlap that makes a duplicate", "",
         &Settings::duplicateShare, 0.5, 1.0},
        {"repair_report_share", "图形修复面积变化比例警示",
         "a repair that changes more than this share is a warning", "", &Settings::repairReportShare, 0.0,
         1.0},
        {"repair_report_m2", "图形修复面积变化警示", "a repair that changes more than this area is a warning",
         "m²", &Settings::repairReportM2, 0.0, kSquareKilometre},
        {"area_differs_share", "自报面积与计算面积差异比例", "stated against computed area", "",
         &Settings::areaDiffersShare, 0.0, 1.0},
        {"large_patch_m2", "大面积提级阈值", "priority is raised from this covered area on; 0 never", "m²",
         &Settings::largePatchM2, 0.0, kHundredKm2},
        {"mask_least_area_m2", "变化掩膜最小图斑面积", "smaller pieces of a change mask are dropped", "m²",
         &Settings::maskLeastAreaM2, 0.0, kSquareKilometre},
        {"far_from_admin_m", "远离行政区距离", "features farther from all counties are likely misplaced", "m",
         &Settings::farFromAdminM, 0.0, 10000.0 * kKilometre},
        {"least_area_m2", "图斑最小有效面积", "a smaller patch is degenerate and rejected", "m²",
         &Settings::leastAreaM2, 0.0, 100.0},
        {"lineage_iou", "批次间比对：同一地点的交并比",
         "same site as an earlier patch from this common part of both on", "", &Settings::lineageIou,
         kLeastShare, 1.0},
        {"lineage_share", "批次间比对：同一地点占较小者的比例",
         "or from this share of the smaller of the two on", "", &Settings::lineageShare, kLeastShare, 1.0},
        {"lineage_same_size", "批次间比对：大小相同的比例",
         "of equal size when the smaller has this share of the larger", "", &Settings::lineageSameSize,
         kLeastShare, 1.0},
        {"lineage_partial_share", "批次间比对：部分重叠占较小者的比例",
         "overlaps an earlier patch in part from this share of the smaller on", "",
         &Settings::lineagePartialShare, kLeastShare, 1.0},
        {"lineage_radius_m", "批次间比对：点、线的比对半径",
         "lines and points are at one place up to this distance", "m", &Settings::lineageRadiusM, 1.0,
         kKilometre},
    };
    return infos;
}

Settings readSettings(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    const auto documents = yaml::documents(yaml::textOf(file), name);
    yaml::Faults faults(name);
    Settings settings;
    if (documents.empty() || documents.front().IsNull()) {
        return settings; // an empty file changes nothing
    }
    if (documents.size() > 1 || !documents.front().IsMap()) {
        faults.add(documents.back().Mark(),
                   "参数文件应为“名称: 数值”的单个列表 / a settings file is one map of names to numbers");
        faults.throwIfAny();
    }
    std::set<std::string> seen;
    for (const auto& entry : documents.front()) {
        const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
        if (!seen.insert(key).second) {
            faults.add(entry.first.Mark(), fmt::format("参数“{0}”重复 / setting \"{0}\" stands twice", key));
            continue;
        }
        readOne(key, entry.first, entry.second, settings, faults);
    }
    faults.throwIfAny();
    return settings;
}

} // namespace layers
