#pragma once

#include "geo/transform.hpp"
#include "layers/datum_shift.hpp"
#include "layers/feature_source.hpp"
#include "layers/settings.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace layers {

/// A raw feature's geometry made usable: EPSG:4490, valid, one kind of parts; or the reason why it is not.
struct CheckedGeometry {
    geo::Shape shape; ///< for rejects: as far as it could be read
    bool usable = false;
    bool invalid = false; ///< came with a defect
    bool repaired = false;
    std::int64_t feature = 0;
    bool hadZ = false;         ///< heights, left out
    bool hadM = false;         ///< measures, left out
    bool wasCurved = false;    ///< arcs, made of straight pieces
    bool hadLongEdges = false; ///< straight edges of a projection, split before they were transformed
    ProblemKind kind = ProblemKind::GeometryRejected; ///< why it is not usable
    std::string reasonZh;
    std::string reasonEn;
    std::vector<Problem> problems; ///< repairs and dropped parts, feature number filled in
};

/// Decodes, transforms, checks and repairs; takes the feature's geometry over, and leaves its values. Used
/// from many threads at once.
class GeometryStage {
  public:
    /// settings.leastAreaM2 of 0 takes polygons however small.
    GeometryStage(const std::string& crs, Settings settings, const PositionOptions& positions = {});
    [[nodiscard]] CheckedGeometry check(RawFeature& feature) const;

  private:
    [[nodiscard]] geo::Shape transformed(geo::Shape shape, bool& hadLongEdges) const;

    std::string m_crs;
    PositionOptions m_positions;
    Settings m_settings;
    bool m_identity = false;
    double m_metresPerUnit = 0; ///< 0: the system is geographic
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<geo::Transform>> m_free; ///< a transform serves one thread at a time
};

} // namespace layers
