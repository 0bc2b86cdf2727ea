#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tests {

/// A column of a .dbf as bytes: the name in whatever encoding, type and width.
struct DbfColumn {
    std::string name;
    char type = 'C';
    int width = 20;
};

/// A shapefile written byte by byte, so that a test decides what is wrong with it: squares of 0.01 degrees
/// beside each other from (x, y), one row of raw cell bytes each.
struct ShapefileBytes {
    std::vector<DbfColumn> columns;
    std::vector<std::vector<std::string>> rows;
    std::uint8_t languageDriver = 0;
    std::string cpg; ///< not written when empty
    std::string prj; ///< not written when empty
    double x = 101.0;
    double y = 30.0;
    double side = 0.01;

    /// Writes FILE with its sisters.
    void write(const std::filesystem::path& shp) const;
};

} // namespace tests
