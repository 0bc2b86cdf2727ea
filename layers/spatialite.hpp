#pragma once

#include "layers/private_folder.hpp"

#include <filesystem>
#include <optional>

namespace layers {

/// An SQLite file whose layers are SpatiaLite's (or OGR's), not a GeoPackage's.
[[nodiscard]] bool isSpatialite(const std::filesystem::path& file);

/// A SpatiaLite file made safe for GDAL: looked through for tables that read other files, and copied where
/// reading in place would write beside it (a journal of changes not yet written back).
class SpatialiteFile {
  public:
    /// Throws layers::Error.
    explicit SpatialiteFile(const std::filesystem::path& file);
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; } ///< what GDAL opens

  private:
    std::optional<PrivateFolder> m_copy;
    std::filesystem::path m_path;
};

} // namespace layers
