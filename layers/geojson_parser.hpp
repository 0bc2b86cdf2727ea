#pragma once

#include "layers/feature_source.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace layers {

/// A GeoJSON file, read whole and strictly (RFC 7946): what is wrong with a feature stands in the feature,
/// what is wrong with the file throws layers::Error with line and column.
struct GeoJsonFile {
    std::vector<SourceField> fields;
    std::vector<RawFeature> features; ///< decoded; values padded to the fields
    std::string crs;                  ///< name of the old "crs" member, or empty
};
[[nodiscard]] GeoJsonFile parseGeoJson(const std::filesystem::path& file, ProblemLog& log);

} // namespace layers
