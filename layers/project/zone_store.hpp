#pragma once

#include "layers/project/source_store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace layers {

/// A layer of zones (or of counties, role Admin) as it was read on a day: 管控区版本. The same layer read
/// again with another approval is its next version; a version is never changed.
struct ZoneVersion {
    std::int64_t id = 0;
    Role role = Role::RedLine;
    std::string layer; ///< the layer's name in the project, e.g. 生态保护红线
    int number = 0;    ///< 1, 2, 3 … of its layer
    std::int64_t source = 0;
    std::string file;      ///< file name it came from
    std::string sha256;    ///< of that file
    std::string approval;  ///< 批复文号
    std::string approved;  ///< 批复日期, ISO or empty
    std::string validFrom; ///< ISO, or empty: since ever
    std::string validTo;   ///< ISO, or empty: until the next version
    std::int64_t features = 0;
    bool isComplete = true; ///< false: read with --allow-incomplete-zones
    Stamp added;
    std::string withdrawnAt; ///< empty: it counts
};

/// Keeps a version with its features; fills `id`, `number` and `added`. Throws layers::Error when the layer
/// has another role, or a later version says not from when it holds.
void addZoneVersion(LedgerChange& change, ZoneVersion& version, const StoredSource& source,
                    const std::vector<Zone>& zones);
void addCountyVersion(LedgerChange& change, ZoneVersion& version, const StoredSource& source,
                      const std::vector<County>& counties);

/// All versions, by role, layer and number.
[[nodiscard]] std::vector<ZoneVersion> zoneVersions(const ProjectFile& project);
/// A version that no run used goes; one that was used is withdrawn: runs that used it can still be repeated.
/// Returns whether it went.
bool removeZoneVersion(LedgerChange& change, const ZoneVersion& version);

/// A zone and its row in the project.
struct StoredZone {
    std::int64_t id = 0;
    Zone zone;
};
[[nodiscard]] std::vector<StoredZone> zonesOf(const ProjectFile& project, std::int64_t version);
[[nodiscard]] std::vector<County> countiesOf(const ProjectFile& project, std::int64_t version);

/// The days of judgement for which a version is the one in force.
struct ZonePeriod {
    const ZoneVersion* version = nullptr;
    Day first = 0;
    Day last = 0;
    bool isBeforeItself = false; ///< `first` was set back: no version of the layer is older
};
inline constexpr Day kSinceEver = -1'000'000;
inline constexpr Day kForEver = 10'000'000;
/// The versions of each layer laid one after another: one holds until the day before the next one begins (or
/// its own last day); a day before the first one gets the first one, and the period says so. Withdrawn
/// versions and those of role Admin are left out. Points into `versions`.
[[nodiscard]] std::vector<ZonePeriod> zonePeriods(const std::vector<ZoneVersion>& versions);

} // namespace layers
