#pragma once

#include "app/cartography/map_paper.hpp"

#include <vector>

namespace app {

/// Around MapDescription::free.
inline constexpr double kKeptFreeMm = 1.2;

/// Finds places for the labels of a map, one after the other, and writes them.
class MapLabels {
  public:
    /// @param taken what no label may cover
    MapLabels(MapPaper& paper, std::vector<PageBox> taken) : m_paper(paper), m_taken(std::move(taken)) {}

    void write(const MapLabel& label);

  private:
    [[nodiscard]] bool isFree(const PageBox& box) const;
    [[nodiscard]] std::vector<PageBox> placesInside(const MapLabel& label, const TextSize& size) const;
    [[nodiscard]] bool isInside(const MapLabel& label, const PagePoint& point) const;

    MapPaper& m_paper;
    std::vector<PageBox> m_taken;
};

} // namespace app
