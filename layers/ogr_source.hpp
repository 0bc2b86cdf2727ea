#pragma once

#include "layers/feature_source.hpp"

#include <memory>
#include <string>
#include <vector>

namespace layers {

/// A format that GDAL reads for us.
struct OgrFormat {
    std::vector<std::string> drivers; ///< GDAL's short names; no other driver sees the file
    std::string name;                 ///< for messages
};

/// FileGDB, FlatGeobuf, SpatiaLite and DXF by content and extension; nothing for other files.
[[nodiscard]] const OgrFormat* ogrFormatOf(const std::filesystem::path& file);

/// Streams one layer of a file. Throws layers::Error.
[[nodiscard]] std::unique_ptr<FeatureSource> openOgr(const LayerRef& ref, const OgrFormat& format,
                                                     const ReadOptions& options, ProblemLog& log);

/// A file of none of the reader's own formats: opened when options.allowDrivers names its driver, otherwise
/// refused with the option that would open it.
[[nodiscard]] std::unique_ptr<FeatureSource> openAllowed(const LayerRef& ref, const ReadOptions& options,
                                                         const std::string& supported, ProblemLog& log);

} // namespace layers
