#pragma once

#include "geo/shape.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tests {

/// One <op> of a JTS/GEOS XML case, as written: operation and arguments in lower case, the expected value
/// trimmed.
struct XmlTest {
    std::string operation; ///< e.g. "isvalid", "intersection", "makevalid"
    std::string first;     ///< "a" or "b"
    std::string second;    ///< "b", a number, or empty
    std::string
        expected; ///< "true", "false", a number, or a geometry as WKT or hexadecimal WKB; may be empty
};

struct XmlCase {
    std::string description;
    std::string a; ///< WKT or hexadecimal WKB
    std::string b; ///< empty where the case has one geometry
    std::vector<XmlTest> tests;
};

/// A file of the JTS and GEOS XML test suites.
struct XmlRun {
    std::string precision; ///< "floating", or the scale of a fixed precision model
    std::vector<XmlCase> cases;
};

/// Throws std::runtime_error with file and reason when it cannot be read.
[[nodiscard]] XmlRun readXmlCases(const std::filesystem::path& file);

/// A case's geometry (WKT or hexadecimal WKB, through GEOS); empty parts are dropped. Throws
/// std::runtime_error.
[[nodiscard]] geo::Shape shapeFromText(const std::string& text);

} // namespace tests
