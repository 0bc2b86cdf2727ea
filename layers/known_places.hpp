#pragma once

#include "layers/datum_shift.hpp"
#include "layers/problem_log.hpp"
#include "layers/records.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace layers {

/// Where the middle of a shape would be stated: the centroid of its area, or a single point itself; nothing
/// for others. Degrees in, degrees out.
[[nodiscard]] std::optional<geo::Coordinate> centreOf(const geo::Shape& shape);

/// Things whose position the user vouches for (--known: an earlier batch, verified points), and whether a
/// batch of patches lies beside them all the same way: domain.md 3.1, test (b) for GCJ-02.
class KnownPlaces {
  public:
    /// @param name of the layer, for messages @param centres EPSG:4490 @param report how the layer was read
    /// @param problems met in reading it
    KnownPlaces(std::string name, std::vector<geo::Coordinate> centres, InputReport report = {},
                const std::vector<Problem>& problems = {});

    /// How the layer was read. Its role means nothing.
    [[nodiscard]] const InputReport& report() const { return m_report; }
    /// What was met in reading it and bears on positions; of the role "known".
    [[nodiscard]] const std::vector<Problem>& problems() const { return m_problems; }

    /// Tells how a batch lies against them: on them, shifted as GCJ-02 or BD-09 are, shifted otherwise, or
    /// not comparable. Nothing is corrected. Search radius 700 m; a fit is a distance of 30 m or less.
    /// @param patches centres of the patches, EPSG:4490
    void compare(const std::vector<geo::Coordinate>& patches, const PositionOptions& positions,
                 ProblemLog& log) const;

  private:
    struct Metres {
        double east = 0;
        double north = 0;
    };
    struct Verdict {
        std::size_t comparable = 0; ///< patches with something known within the search radius
        std::size_t inPlace = 0;
        std::size_t gcj02 = 0;
        std::size_t bd09 = 0;
        std::size_t moved = 0;    ///< by the commonest vector
        std::size_t byChance = 0; ///< by vectors that nothing speaks for
        Metres move;              ///< from the patches to the known things
    };
    [[nodiscard]] Verdict judge(const std::vector<geo::Coordinate>& patches) const;
    [[nodiscard]] std::optional<Metres> commonestMove(const std::vector<geo::Coordinate>& patches) const;
    [[nodiscard]] bool hasWithin(const geo::Coordinate& place, double metres) const;
    [[nodiscard]] static geo::Coordinate movedBy(const geo::Coordinate& place, const Metres& move);
    template <typename Visit>
    void visitWithin(const geo::Coordinate& place, double metres, Visit&& visit) const;
    void tellShift(const Verdict& verdict, ProblemLog& log) const;

    std::string m_name;
    InputReport m_report;
    std::vector<geo::Coordinate> m_centres;
    std::vector<Problem> m_problems;
    double m_lonMetres = 1; ///< of a degree, at the middle of the known layer
    double m_latMetres = 1;
    std::unordered_map<std::int64_t, std::vector<std::size_t>> m_cells;
};

} // namespace layers
