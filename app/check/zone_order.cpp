#include "app/check/zone_order.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace app {

namespace {

constexpr std::string_view kWaterFirst = "一级";
constexpr std::string_view kWaterSecond = "二级";
constexpr std::string_view kWaterOuter = "准";
constexpr std::string_view kWaterSuffix = "保护区";

constexpr std::array<std::string_view, 4> kGeneralClasses = {"一般控制区", "实验区", "其他景区", "二级"};

} // namespace

int kindOrder(layers::ZoneKind kind, const std::string& zoneClass) {
    enum Place { NationalPark, NatureReserve, WaterFirst, Parks, WaterSecond, RedLine, WaterOuter };
    switch (kind) {
    case layers::ZoneKind::NationalPark:
        return NationalPark;
    case layers::ZoneKind::NatureReserve:
        return NatureReserve;
    case layers::ZoneKind::ScenicArea:
    case layers::ZoneKind::NaturePark:
        return Parks;
    case layers::ZoneKind::RedLine:
        return RedLine;
    case layers::ZoneKind::WaterSource:
        break;
    }
    if (zoneClass == kWaterOuter) {
        return WaterOuter;
    }
    return zoneClass == kWaterSecond ? WaterSecond : WaterFirst;
}

ClassTier classTier(layers::ZoneKind kind, const std::string& zoneClass) {
    if (kind == layers::ZoneKind::WaterSource && zoneClass == kWaterOuter) {
        return ClassTier::Outer;
    }
    const bool isGeneral =
        kind == layers::ZoneKind::NaturePark ||
        std::find(kGeneralClasses.begin(), kGeneralClasses.end(), zoneClass) != kGeneralClasses.end();
    return isGeneral ? ClassTier::General : ClassTier::Core;
}

std::string classText(layers::ZoneKind kind, const std::string& zoneClass) {
    const bool isWater = kind == layers::ZoneKind::WaterSource;
    if (isWater && (zoneClass == kWaterFirst || zoneClass == kWaterSecond || zoneClass == kWaterOuter)) {
        return zoneClass + std::string(kWaterSuffix);
    }
    return zoneClass;
}

} // namespace app
