#include "app/report/qgis_project.hpp"

#include "app/report/qgis_form.hpp"
#include "layers/xml_writer.hpp"

#include <fmt/format.h>

#include <string_view>

namespace app {

namespace {

using layers::GeometryKind;
using layers::XmlWriter;

constexpr const char* kDocumentType = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n";
/// The oldest QGIS that the project was tried with; later ones read it as their own past.
constexpr const char* kVersion = "3.22.0";
constexpr const char* kCrs = "EPSG:4490";
/// QGIS takes a project's system from its definition, not from the code.
constexpr const char* kCrsDefinition =
    R"wkt(GEOGCRS["China Geodetic Coordinate System 2000",DATUM["China 2000",)wkt"
    R"wkt(ELLIPSOID["CGCS2000",6378137,298.257222101,LENGTHUNIT["metre",1]]],)wkt"
    R"wkt(PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],CS[ellipsoidal,2],)wkt"
    R"wkt(AXIS["geodetic latitude (Lat)",north,ORDER[1],ANGLEUNIT["degree",0.0174532925199433]],)wkt"
    R"wkt(AXIS["geodetic longitude (Lon)",east,ORDER[2],ANGLEUNIT["degree",0.0174532925199433]],)wkt"
    R"wkt(ID["EPSG",4490]])wkt";

/// Of a layer in the project; QGIS replaces ids of ten characters or less.
std::string layerId(const std::string& table) {
    return "ecoredline_" + table;
}

const char* geometryName(GeometryKind drawn) {
    switch (drawn) {
    case GeometryKind::Point:
        return "Point";
    case GeometryKind::Line:
        return "Line";
    case GeometryKind::None:
        return "No geometry";
    default:
        return "Polygon";
    }
}

const char* wkbName(GeometryKind drawn) {
    switch (drawn) {
    case GeometryKind::Point:
        return "Point";
    case GeometryKind::Line:
        return "MultiLineString";
    case GeometryKind::None:
        return "NoGeometry";
    default:
        return "MultiPolygon";
    }
}

void writeCrs(XmlWriter& xml) {
    xml.open("spatialrefsys").element("wkt", kCrsDefinition).element("srid", "4490").element("authid", kCrs);
    xml.element("description", "China Geodetic Coordinate System 2000");
    xml.element("projectionacronym", "longlat").element("geographicflag", "true").close();
}

void writeBox(XmlWriter& xml, const geo::Box& box) {
    const auto number = [](double value) { return fmt::format("{}", value); };
    xml.element("xmin", number(box.minX)).element("ymin", number(box.minY));
    xml.element("xmax", number(box.maxX)).element("ymax", number(box.maxY));
}

void writeLabels(XmlWriter& xml, const QgisLayer& layer) {
    if (layer.label.empty()) {
        return;
    }
    xml.open("labeling").attribute("type", "simple").open("settings").attribute("calloutType", "simple");
    xml.open("text-style").attribute("fieldName", layer.label).attribute("isExpression", 1);
    xml.attribute("fontFamily", "Sans Serif").attribute("namedStyle", "Regular").attribute("fontWeight", 75);
    xml.attribute("fontSize", 10).attribute("fontSizeUnit", "Point").attribute("textOpacity", 1);
    xml.attribute("textColor", "20,20,20,255");
    xml.open("text-buffer").attribute("bufferDraw", 1).attribute("bufferSize", 1);
    xml.attribute("bufferSizeUnits", "MM").attribute("bufferColor", "255,255,255,255");
    xml.attribute("bufferOpacity", 1).close().close();
    xml.open("placement").attribute("placement", layer.drawn == GeometryKind::Line ? 2 : 1);
    xml.attribute("quadOffset", 2).attribute("priority", 5).attribute("centroidInside", 1).close();
    xml.open("rendering").attribute("drawLabels", 1).attribute("obstacle", 1).attribute("displayAll", 0);
    xml.close().close().close();
}

void writeMapLayer(XmlWriter& xml, const QgisProject& project, const QgisLayer& layer) {
    const bool isTable = layer.drawn == GeometryKind::None;
    xml.open("maplayer").attribute("type", "vector").attribute("geometry", geometryName(layer.drawn));
    xml.attribute("wkbType", wkbName(layer.drawn)).attribute("readOnly", layer.isReadOnly ? 1 : 0);
    xml.attribute("labelsEnabled", layer.label.empty() ? 0 : 1).attribute("hasScaleBasedVisibilityFlag", 0);
    xml.attribute("styleCategories", "AllStyleCategories");
    xml.element("id", layerId(layer.table));
    xml.element("datasource", fmt::format("./{}|layername={}", project.geoPackage, layer.table));
    xml.element("layername", layer.title).open("srs");
    if (!isTable) {
        writeCrs(xml);
    }
    xml.close();
    xml.open("provider").attribute("encoding", "UTF-8").text("ogr").close();
    xml.open("flags").element("Identifiable", isTable ? "0" : "1").element("Removable", "0");
    xml.element("Searchable", "1").element("Private", "0").close();
    xml.raw(layer.renderer).element("layerOpacity", layer.opacity);
    writeLabels(xml, layer);
    writeForm(xml, layer, Relations::Shown);
    xml.close();
}

void writeTreeLayer(XmlWriter& xml, const QgisProject& project, const QgisLayer& layer) {
    xml.open("layer-tree-layer").attribute("id", layerId(layer.table)).attribute("name", layer.title);
    xml.attribute("providerKey", "ogr").attribute("checked", "Qt::Checked").attribute("expanded", 0);
    xml.attribute("source", fmt::format("./{}|layername={}", project.geoPackage, layer.table)).close();
}

/// Layers of the map in their order; tables in a group below.
void writeTree(XmlWriter& xml, const QgisProject& project) {
    xml.open("layer-tree-group");
    for (const QgisLayer& layer : project.layers) {
        if (layer.drawn != GeometryKind::None) {
            writeTreeLayer(xml, project, layer);
        }
    }
    xml.open("layer-tree-group").attribute("name", "附表").attribute("checked", "Qt::Checked");
    xml.attribute("expanded", 0);
    for (const QgisLayer& layer : project.layers) {
        if (layer.drawn == GeometryKind::None) {
            writeTreeLayer(xml, project, layer);
        }
    }
    xml.close().close();
}

void writeRelations(XmlWriter& xml, const QgisProject& project) {
    xml.open("relations");
    for (const QgisRelation& relation : project.relations) {
        xml.open("relation").attribute("id", relation.id).attribute("name", relation.title);
        xml.attribute("referencingLayer", layerId(relation.child))
            .attribute("referencedLayer", layerId(relation.parent));
        xml.attribute("strength", "Association").open("fieldRef");
        xml.attribute("referencingField", relation.field).attribute("referencedField", relation.field);
        xml.close().close();
    }
    xml.close();
}

void property(XmlWriter& xml, const char* group, const char* name, const char* type, std::string_view value) {
    xml.open(group).open(name).attribute("type", type).text(value).close().close();
}

/// QGIS and QField open the map where it was left: on the whole county.
void writeView(XmlWriter& xml, const geo::Box& extent) {
    xml.open("mapcanvas").attribute("name", "theMapCanvas").attribute("annotationsVisible", 1);
    xml.element("units", "degrees").open("extent");
    writeBox(xml, extent);
    xml.close().element("rotation", "0").open("destinationsrs");
    writeCrs(xml);
    xml.close().element("rendermaptile", "0").close();
    const auto number = [](double value) { return fmt::format("{}", value); };
    xml.open("ProjectViewSettings").attribute("UseProjectScales", 0).attribute("rotation", 0);
    xml.open("Scales").close().open("DefaultViewExtent");
    xml.attribute("xmin", number(extent.minX)).attribute("ymin", number(extent.minY));
    xml.attribute("xmax", number(extent.maxX)).attribute("ymax", number(extent.maxY));
    writeCrs(xml);
    xml.close().close();
}

} // namespace

std::string qgisProjectXml(const QgisProject& project) {
    XmlWriter xml;
    xml.open("qgis").attribute("projectname", project.title).attribute("version", kVersion);
    xml.open("homePath").attribute("path", "").close().element("title", project.title);
    xml.open("projectCrs");
    writeCrs(xml);
    xml.close();
    writeTree(xml, project);
    writeRelations(xml, project);
    writeView(xml, project.extent);
    xml.open("projectlayers");
    for (const QgisLayer& layer : project.layers) {
        writeMapLayer(xml, project, layer);
    }
    xml.close().open("layerorder");
    for (const QgisLayer& layer : project.layers) {
        xml.open("layer").attribute("id", layerId(layer.table)).close();
    }
    xml.close().open("properties");
    property(xml, "Paths", "Absolute", "bool", "false");
    property(xml, "SpatialRefSys", "ProjectionsEnabled", "int", "1");
    property(xml, "Measure", "Ellipsoid", "QString", "EPSG:1024"); // CGCS2000
    xml.close().close();
    return kDocumentType + xml.take();
}

std::string qgisStyleXml(const QgisLayer& layer) {
    XmlWriter xml;
    xml.open("qgis").attribute("version", kVersion);
    xml.attribute("styleCategories", "Symbology|Labeling|Fields|Forms|CustomProperties");
    xml.attribute("labelsEnabled", layer.label.empty() ? 0 : 1);
    xml.raw(layer.renderer).element("layerOpacity", layer.opacity);
    writeLabels(xml, layer);
    writeForm(xml, layer, Relations::LeftOut);
    xml.close();
    return kDocumentType + xml.take();
}

} // namespace app
