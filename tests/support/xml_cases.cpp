#include "xml_cases.hpp"

#include "geo/geos_handle.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cctype>
#include <memory>
#include <stdexcept>

namespace tests {

namespace {

std::string trimmed(const std::string& text) {
    const char* const kSpace = " \t\r\n";
    const auto first = text.find_first_not_of(kSpace);
    if (first == std::string::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string valueOf(const pugi::xml_node& node) {
    return trimmed(node.text().get());
}

XmlCase caseOf(const pugi::xml_node& node) {
    XmlCase out{valueOf(node.child("desc")), valueOf(node.child("a")), valueOf(node.child("b")), {}};
    for (const pugi::xml_node test : node.children("test")) {
        for (const pugi::xml_node op : test.children("op")) {
            const std::string second = lowered(op.attribute("arg2").value());
            const std::string third = lowered(op.attribute("arg3").value());
            out.tests.push_back({lowered(op.attribute("name").value()), lowered(op.attribute("arg1").value()),
                                 second.empty() ? third : second, valueOf(op)});
        }
    }
    return out;
}

std::string precisionOf(const pugi::xml_node& run) {
    const pugi::xml_node model = run.child("precisionModel");
    const std::string scale = model.attribute("scale").value();
    return scale.empty() ? "floating" : scale;
}

struct WktReaderDeleter {
    void operator()(GEOSWKTReader* reader) const { GEOSWKTReader_destroy_r(geo::geos::context(), reader); }
};

geo::geos::GeometryPtr geometryFromText(const std::string& text) {
    GEOSContextHandle_t context = geo::geos::context();
    const bool isHex = !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0;
    if (isHex) {
        return geo::geos::GeometryPtr(
            GEOSGeomFromHEX_buf_r(context, reinterpret_cast<const unsigned char*>(text.data()), text.size()));
    }
    const std::unique_ptr<GEOSWKTReader, WktReaderDeleter> reader(GEOSWKTReader_create_r(context));
    return geo::geos::GeometryPtr(GEOSWKTReader_read_r(context, reader.get(), text.c_str()));
}

} // namespace

XmlRun readXmlCases(const std::filesystem::path& file) {
    pugi::xml_document document;
    const pugi::xml_parse_result parsed = document.load_file(file.c_str());
    if (!parsed) {
        throw std::runtime_error(file.string() + ": " + parsed.description());
    }
    const pugi::xml_node run = document.child("run");
    XmlRun out{precisionOf(run), {}};
    for (const pugi::xml_node node : run.children("case")) {
        out.cases.push_back(caseOf(node));
    }
    if (out.cases.empty()) {
        throw std::runtime_error(file.string() + ": no <case> in <run>");
    }
    return out;
}

geo::Shape shapeFromText(const std::string& text) {
    const geo::geos::GeometryPtr geometry = geometryFromText(text);
    if (!geometry) {
        throw std::runtime_error("no geometry: " + geo::geos::takeError());
    }
    return geo::geos::fromGeos(geometry.get());
}

} // namespace tests
