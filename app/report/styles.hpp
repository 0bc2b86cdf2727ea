#pragma once

#include "layers/table.hpp"

#include <string>
#include <vector>

namespace app {

/// A style as QGIS keeps it (QML), with Chinese column titles.
struct LayerStyle {
    std::string title;
    std::string qml;
};

/// Styles of a table of results.gpkg, the default first; none for attribute tables. Colours can be told apart
/// by people who see no red or green (Okabe and Ito). @param drawn how its features are drawn: points, lines
/// or areas
[[nodiscard]] std::vector<LayerStyle> stylesOf(const layers::TableSpec& table, layers::GeometryKind drawn);

/// How cases are drawn in a field pack, coloured by priority as in the KML, and how context zones are, by
/// kind
/// (`renderer-v2` of QGIS).
[[nodiscard]] std::string caseRenderer(layers::GeometryKind drawn);
[[nodiscard]] std::string zoneRenderer();
[[nodiscard]] std::string outlineRenderer();

} // namespace app
