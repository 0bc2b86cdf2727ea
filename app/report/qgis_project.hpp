#pragma once

#include "geo/shape.hpp"
#include "layers/table.hpp"

#include <string>
#include <utility>
#include <vector>

/// A QGIS project as QField and QGIS open it: layers of one GeoPackage beside it, with forms.
namespace app {

/// How a form shows a field.
enum class Widget {
    Text,
    Paragraph, ///< several lines
    Choice,    ///< one of `words`, or none
    Day,       ///< 2026-12-31, as text
    Photo,     ///< a file beside the project
    Hidden,
};

struct FormField {
    std::string name;
    std::string alias; ///< for people
    Widget widget = Widget::Text;
    bool isReadOnly = false;
    std::vector<std::string> words = {}; ///< of a Choice
    std::string preset = {};             ///< expression for new rows, or empty
};

/// A page of a form.
struct FormTab {
    std::string title;
    std::vector<std::string> fields;
    std::vector<std::string> relations; ///< ids of relations whose child rows are shown
};

struct QgisLayer {
    std::string table; ///< in the GeoPackage
    std::string title;
    layers::GeometryKind drawn = layers::GeometryKind::None; ///< None: a table
    bool isReadOnly = false;
    std::vector<FormField> fields; ///< in the table's order, after fid
    std::vector<FormTab> tabs;     ///< none: QGIS's own form
    std::string renderer;          ///< XML (styles.hpp); empty for tables
    std::string opacity = "1";     ///< of the layer on the map
    std::string label;             ///< expression of what stands on the map, or empty
    std::string displayed;         ///< expression that names a row, or empty
    /// QField's names for photographs: field and expression.
    std::vector<std::pair<std::string, std::string>> photoNames = {};
};

/// Rows of `child` belong to the row of `parent` that has the same text in the field.
struct QgisRelation {
    std::string id;
    std::string title;
    std::string child;
    std::string parent;
    std::string field;
};

struct QgisProject {
    std::string title;
    std::string geoPackage;        ///< file name beside the project
    std::vector<QgisLayer> layers; ///< the first on top
    std::vector<QgisRelation> relations;
    geo::Box extent; ///< what is seen on opening; EPSG:4490
};

/// The .qgs: relative paths, EPSG:4490, no clock and no user in it.
[[nodiscard]] std::string qgisProjectXml(const QgisProject& project);
/// The same form and symbols as a style of the layer (QML for `layer_styles`); without pages for relations,
/// which a project alone knows.
[[nodiscard]] std::string qgisStyleXml(const QgisLayer& layer);

} // namespace app
