#pragma once

#include "app/cartography/map_paper.hpp"

#include <vector>

/// What stands on a map beside its items.
namespace app {

/// Meridians and parallels at round degrees, thin.
class Graticule {
  public:
    explicit Graticule(const MapPaper& paper);
    void paintLines(MapPaper& paper) const;
    /// Degrees, minutes and seconds left of and below the frame.
    void paintDegrees(MapPaper& paper) const;

  private:
    struct Line {
        std::string text;
        std::vector<PagePoint> points;
        bool isMeridian = false;
    };
    std::vector<Line> m_lines;
};

/// @return the box that it takes
PageBox paintScaleBar(MapPaper& paper);
PageBox paintNorthArrow(MapPaper& paper);
[[nodiscard]] PageBox scaleBarBox(const MapPaper& paper);
[[nodiscard]] PageBox northArrowBox(const MapPaper& paper);

/// 1:25 000
[[nodiscard]] std::string scaleText(double scale);

} // namespace app
