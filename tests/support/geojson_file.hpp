#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace tests {

/// Writes a GeoJSON layer of features that are text already, byte for byte; returns the file.
inline std::filesystem::path writeFeatures(const std::filesystem::path& file,
                                           const std::vector<std::string>& features) {
    std::ofstream out(file);
    out << R"({"type":"FeatureCollection","features":[)";
    for (std::size_t i = 0; i < features.size(); ++i) {
        out << (i == 0 ? "" : ",") << features[i];
    }
    out << "]}";
    return file;
}

} // namespace tests
