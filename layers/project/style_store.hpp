#pragma once

#include "layers/project/ledger_change.hpp"

#include <string>
#include <vector>

namespace layers {

/// How QGIS draws a layer of the project; the first one of a layer is its default.
struct ProjectStyle {
    std::string table;
    std::string geometryColumn; ///< "geometry", "line" or "point"
    std::string title;
    std::string qml;
};
/// Replaces the styles that the program gave the project before. Throws layers::Error.
void setStyles(LedgerChange& change, const std::vector<ProjectStyle>& styles);

} // namespace layers
