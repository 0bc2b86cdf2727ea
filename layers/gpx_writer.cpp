#include "geo/interior_point.hpp"
#include "layers/cell_text.hpp"
#include "layers/utf8.hpp"
#include "layers/vector_writer.hpp"
#include "layers/xml_text.hpp"

namespace layers {

namespace {
constexpr std::size_t kNameMost = 30; // what handheld receivers keep
}

void writeGpx(const std::filesystem::path& file, const TableSpec& spec, const std::vector<VectorRow>& rows,
              std::size_t nameColumn) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<gpx xmlns=\"http://www.topografix.com/GPX/1/1\" version=\"1.1\" creator=\"EcoRedline\">\n"
        "<metadata><name>" +
        xmlEscaped(spec.title.empty() ? spec.name : spec.title) +
        "</name><desc>CGCS2000/WGS84，未加偏移；疑似问题线索，以实地核查为准</desc></metadata>\n";
    for (const VectorRow& row : rows) {
        if (row.shape.isEmpty()) {
            continue;
        }
        const geo::Coordinate place = row.place ? *row.place : geo::interiorPoint(row.shape);
        const std::string name = cellText(spec.columns[nameColumn], row.values[nameColumn]);
        std::string description;
        for (std::size_t column = 0; column < spec.columns.size(); ++column) {
            const std::string text = cellText(spec.columns[column], row.values[column]);
            if (text.empty() || (column == nameColumn && firstCharacters(text, kNameMost) == text)) {
                continue;
            }
            const Column& described = spec.columns[column];
            description += (description.empty() ? "" : "; ") +
                           (described.header.empty() ? described.name : described.header) + ": " + text;
        }
        out += "<wpt lat=\"" + degreesText(place.y) + "\" lon=\"" + degreesText(place.x) + "\"><name>" +
               xmlEscaped(firstCharacters(name, kNameMost)) + "</name><desc>" + xmlEscaped(description) +
               "</desc></wpt>\n";
    }
    out += "</gpx>\n";
    writeWholeFile(file, out);
}

} // namespace layers
