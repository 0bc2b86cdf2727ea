#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace layers {

/// The office's numbers. Defaults are domain.md 5 [D]; each one used is printed in 核查说明 and stands in
/// run.json.
struct Settings {
    double hitAreaM2 = 100.0;        ///< an overlap counts from this area on, or
    double hitShare = 0.05;          ///< ... from this share of the patch on, or
    double hitWidthM = 5.0;          ///< ... from this mean width (2·area/perimeter) on
    double hitLengthM = 10.0;        ///< a line counts from this length inside a zone on (or hitShare of it)
    double patchErrorM = 5.0;        ///< positional error of patches
    double zoneErrorM = 5.0;         ///< positional error of zones
    double nearM = 50.0;             ///< near distance (临界)
    double nearWaterFirstM = 10.0;   ///< near distance of 饮用水水源一级保护区
    double pointRadiusM = 30.0;      ///< accuracy radius of point patches
    double duplicateShare = 0.95;    ///< mutual overlap that makes a duplicate
    double repairReportShare = 0.01; ///< a repair that changes more than this share or ...
    double repairReportM2 = 100.0;   ///< ... this area is a warning, else an info
    double areaDiffersShare = 0.05;  ///< stated against computed area
    double largePatchM2 = 10000.0;   ///< priority raised from this covered area on (0: never)
    /// Minimum mapping unit of a change mask: the least mapped area of built-up land in 三调 (TD/T
    /// 1055-2019).
    double maskLeastAreaM2 = 200.0;
    double farFromAdminM = 50000.0; ///< features farther from all counties are likely misplaced
    /// A patch below this area is degenerate: it would be printed as 0.00 m², and it is the closing
    /// tolerance.
    double leastAreaM2 = 0.01;
    // Comparison with earlier batches (app/cases/lineage.hpp says how they are used).
    double lineageIou = 0.5;           ///< same site from this common part of both together on, or
    double lineageShare = 0.8;         ///< ... from this share of the smaller one on
    double lineageSameSize = 0.8;      ///< of equal size from this share of the larger one on
    double lineagePartialShare = 0.05; ///< overlaps in part from this share of the smaller one on
    double lineageRadiusM = 30.0;      ///< lines and points are at one place up to this distance

    /// √(patchErrorM² + zoneErrorM²)
    [[nodiscard]] double positionErrorM() const;
    friend bool operator==(const Settings&, const Settings&) = default;
};

/// One setting as data: the name in files and on paper, its meaning, unit and the member it sets.
struct SettingInfo {
    const char* name;
    const char* titleZh;
    const char* titleEn;
    const char* unit;
    double Settings::*member;
    double least;
    double most;
};
[[nodiscard]] const std::vector<SettingInfo>& settingInfos();

/// Reads a YAML map of setting names to numbers over the defaults; throws layers::Error naming line and
/// column of an unknown name or an impossible value.
[[nodiscard]] Settings readSettings(const std::filesystem::path& file);

} // namespace layers
