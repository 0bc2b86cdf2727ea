#pragma once

#include "geo/transform.hpp"
#include "layers/crs_candidates.hpp"
#include "layers/problem_log.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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

/// What of a layer lies where data of China cannot: the features that do not lie in China whole.
class OutsideChina {
  public:
    /// @param lonLat the feature's extent
    void add(std::int64_t feature, const geo::Box& lonLat);
    /// An error that names the first features and counts them, and says where longitude and latitude seem
    /// swapped. Nothing where all lie in China.
    void tell(ProblemLog& log) const;

  private:
    geo::Box m_all;
    geo::Box m_outside;
    std::vector<std::int64_t> m_first;
    std::int64_t m_count = 0;
};

} // namespace layers
