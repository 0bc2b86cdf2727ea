#pragma once

#include "layers/records.hpp"

#include <string>

namespace app {

/// Place of a kind and class in the order NP > NR > DWS一级 > FJ/ZG > DWS二级 > ECR > DWS准 (domain.md 2.2):
/// lower goes first.
[[nodiscard]] int kindOrder(layers::ZoneKind kind, const std::string& zoneClass);

/// How strict a class is within its kind; the lower the stricter. A class that is not zoned counts as the
/// strictest.
enum class ClassTier {
    Core, ///< 核心保护区, 核心区, 缓冲区, 未分区; 一级; 核心景区; 红线; a park without classes
    General, ///< 一般控制区, 实验区; 二级; 其他景区
    Outer,   ///< 准保护区, which is not part of 饮用水水源保护区 (domain.md 0.4)
};
[[nodiscard]] ClassTier classTier(layers::ZoneKind kind, const std::string& zoneClass);

/// A class as people read it: 一级 becomes 一级保护区.
[[nodiscard]] std::string classText(layers::ZoneKind kind, const std::string& zoneClass);

} // namespace app
