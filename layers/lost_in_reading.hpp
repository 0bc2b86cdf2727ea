#pragma once

#include "layers/geometry_stage.hpp"
#include "layers/problem_log.hpp"

#include <cstdint>

namespace layers {

/// Counts what the geometries of a layer had and lost, to be told once a layer.
class LostInReading {
  public:
    void count(const CheckedGeometry& geometry);
    void tell(ProblemLog& log) const;

  private:
    struct Counted {
        std::int64_t features = 0;
        std::int64_t first = 0; ///< the first one's id
    };
    static void add(Counted& counted, std::int64_t feature);
    Counted m_z;
    Counted m_m;
    Counted m_curved;
    Counted m_longEdges;
};

} // namespace layers
