#include "layers/cell_text.hpp"
#include "layers/vector_writer.hpp"
#include "layers/xml_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace layers {

namespace {

// KML colours are aabbggrr; Okabe and Ito's vermillion, orange and sky blue, and grey where there is no
// priority.
struct PriorityStyle {
    const char* id;
    const char* line;
    const char* fill;
};
constexpr PriorityStyle kStyles[] = { // NOLINT(*-avoid-c-arrays): std::array would want their number
    {"p0", "ff969696", "66969696"},
    {"p1", "ff005ed5", "66005ed5"},
    {"p2", "ff009fe6", "66009fe6"},
    {"p3", "ffe9b456", "66e9b456"}};

void appendPath(std::string& out, const geo::Path& path) {
    out += "<coordinates>";
    for (const geo::Coordinate& c : path) {
        out += degreesText(c.x) + ',' + degreesText(c.y) + ' ';
    }
    if (!path.empty()) {
        out.pop_back();
    }
    out += "</coordinates>";
}

/// KML shells run counter-clockwise; some viewers draw the others as seen from below.
geo::Ring turned(geo::Ring ring, bool counterClockwise) {
    if ((geo::signedArea2(ring) > 0) != counterClockwise) {
        std::reverse(ring.begin(), ring.end());
    }
    return ring;
}

void appendGeometry(std::string& out, const geo::Shape& shape) {
    const bool isMany = shape.partCount() > 1;
    out += isMany ? "<MultiGeometry>" : "";
    for (const geo::Polygon& polygon : shape.polygons) {
        out += "<Polygon><outerBoundaryIs><LinearRing>";
        appendPath(out, turned(polygon.shell, true));
        out += "</LinearRing></outerBoundaryIs>";
        for (const geo::Ring& hole : polygon.holes) {
            out += "<innerBoundaryIs><LinearRing>";
            appendPath(out, turned(hole, false));
            out += "</LinearRing></innerBoundaryIs>";
        }
        out += "</Polygon>";
    }
    for (const geo::Path& line : shape.lines) {
        out += "<LineString>";
        appendPath(out, line);
        out += "</LineString>";
    }
    for (const geo::Coordinate& point : shape.points) {
        out += "<Point>";
        appendPath(out, {point});
        out += "</Point>";
    }
    out += isMany ? "</MultiGeometry>" : "";
}

std::size_t styleOf(const Value& priority) {
    const auto* number = std::get_if<std::int64_t>(&priority);
    return number != nullptr && *number >= 1 && *number < static_cast<std::int64_t>(std::size(kStyles))
               ? static_cast<std::size_t>(*number)
               : 0;
}

void appendPlacemark(std::string& out, const TableSpec& spec, const VectorRow& row, const KmlStyle& style) {
    const auto cell = [&](std::size_t column) { return cellText(spec.columns[column], row.values[column]); };
    std::string table;
    std::string data;
    for (std::size_t column = 0; column < spec.columns.size(); ++column) {
        const std::string text = cell(column);
        if (text.empty()) {
            continue;
        }
        const Column& described = spec.columns[column];
        const std::string title = described.header.empty() ? described.name : described.header;
        table += "<tr><td>" + xmlEscaped(title) + "</td><td>" + xmlEscaped(text) + "</td></tr>";
        data += "<Data name=\"" + xmlEscaped(described.name) + "\"><displayName>" + xmlEscaped(title) +
                "</displayName><value>" + xmlEscaped(text) + "</value></Data>\n";
    }
    out += "<Placemark><name>" + xmlEscaped(cell(style.nameColumn)) + "</name>\n<styleUrl>#";
    out += kStyles[styleOf(row.values[style.priorityColumn])].id;
    // The balloon's HTML is text of the KML, so it is escaped once more.
    out += "</styleUrl>\n<description>" + xmlEscaped("<table border=\"1\">" + table + "</table>") +
           "</description>\n";
    out += "<ExtendedData>\n" + data + "</ExtendedData>\n";
    appendGeometry(out, row.shape);
    out += "</Placemark>\n";
}

void appendStyles(std::string& out) {
    for (const PriorityStyle& style : kStyles) {
        out += fmt::format(
            "<Style id=\"{}\"><IconStyle><color>{}</color></IconStyle><LineStyle><color>{}</color>"
            "<width>2</width></LineStyle><PolyStyle><color>{}</color></PolyStyle></Style>\n",
            style.id, style.line, style.line, style.fill);
    }
}

} // namespace

void writeKml(const std::filesystem::path& file, const TableSpec& spec, const std::vector<VectorRow>& rows,
              const KmlStyle& style) {
    std::vector<std::string> folders; // in the order in which they come
    for (const VectorRow& row : rows) {
        const std::string name = cellText(spec.columns[style.folderColumn], row.values[style.folderColumn]);
        if (std::find(folders.begin(), folders.end(), name) == folders.end()) {
            folders.push_back(name);
        }
    }
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n"
        "<Document><name>" +
        xmlEscaped(spec.title.empty() ? spec.name : spec.title) +
        "</name>\n<description>坐标为 CGCS2000(与 WGS84 一致)经纬度，未加偏移(非 "
        "GCJ-02)。疑似问题线索，以实地核查为准。 "
        "Coordinates are CGCS2000 (as WGS84) longitude and latitude without offset (not GCJ-02)."
        "</description>\n";
    appendStyles(out);
    for (const std::string& folder : folders) {
        out += "<Folder><name>" + xmlEscaped(folder.empty() ? "无县" : folder) + "</name>\n";
        for (const VectorRow& row : rows) {
            if (cellText(spec.columns[style.folderColumn], row.values[style.folderColumn]) == folder) {
                appendPlacemark(out, spec, row, style);
            }
        }
        out += "</Folder>\n";
    }
    out += "</Document>\n</kml>\n";
    writeWholeFile(file, out);
}

} // namespace layers
