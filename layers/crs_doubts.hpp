#pragma once

#include "geo/transform.hpp"
#include "layers/crs_candidates.hpp"
#include "layers/problem_log.hpp"

#include <optional>
#include <string>

namespace layers {

/// Why coordinates cannot be of the system that is named for them.
struct CrsDoubt {
    std::string zh;
    std::string en;
    bool leadsNowhere = false; ///< no coordinate can be computed at all
};

/// Compares the coordinates with their system: 带号 against the false easting, and where nothing lands in
/// China, whether it would with the axes swapped, as degrees, or with kilometres taken for metres. Of
/// projected systems; longitude and latitude are checkPlace()'s matter. Changes nothing.
[[nodiscard]] std::optional<CrsDoubt> doubtOf(const geo::Transform& transform, const FirstLook& look);

/// A warning when what was read lies where it cannot be: outside China, or with longitude and latitude
/// swapped.
void checkPlace(const geo::Box& lonLat, ProblemLog& log);

} // namespace layers
