#pragma once

#include "layers/datum_shift.hpp"
#include "layers/feature_source.hpp"
#include "layers/problem_log.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace layers {

/// Looks for signs that positions are shifted (GCJ-02, BD-09, another datum): the stated centre of a patch
/// (ZXJD, ZXWD) against the centre of its geometry, and sources that are known to shift (奥维, 高德, 腾讯,
/// 百度).
class ShiftEvidence {
  public:
    ShiftEvidence(const std::vector<SourceField>& fields, std::string file);
    /// One patch: its attributes as received, its shape in EPSG:4490.
    void add(const std::vector<std::string>& raw, const geo::Shape& shape);
    /// CrsSuspicious problems for what was found; nothing is corrected.
    void tell(const PositionOptions& positions, ProblemLog& log) const;

  private:
    struct Pair {
        geo::Coordinate stated;
        geo::Coordinate found;
    };
    void tellShift(ProblemLog& log) const;

    std::string m_file;
    int m_lon = -1;
    int m_lat = -1;
    std::vector<std::size_t> m_sources; ///< fields that say where the data come from
    std::vector<Pair> m_pairs;
    std::int64_t m_named = 0; ///< patches whose source is known to shift
    std::string m_named1;     ///< the first such source
};

} // namespace layers
