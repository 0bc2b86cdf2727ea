#pragma once

// How a GeoPackage's tables are laid out; included by layers/geopackage_*.cpp only.

#include "layers/geopackage_writer.hpp"
#include "layers/table.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace layers {

/// Creates a GeoPackage and its empty tables through OGR, so that metadata, spatial indexes and triggers are
/// the standard's. Every date in it is the one given.
class GeoPackageLayout {
  public:
    enum class Open { Create, Update };
    /// Throws layers::Error when the file cannot be made or opened.
    GeoPackageLayout(const std::filesystem::path& file, const std::string& date, Open how);
    ~GeoPackageLayout();
    GeoPackageLayout(const GeoPackageLayout&) = delete;
    GeoPackageLayout& operator=(const GeoPackageLayout&) = delete;

    /// A table of ours: geometry column `geom` in EPSG:4490, or none.
    void addTable(const TableSpec& spec);
    /// QGIS's `layer_styles`.
    void addStyleTable();
    /// A list of words of the schema extension.
    void addValueList(const ValueList& list);
    /// Writes everything and closes; throws layers::Error.
    void close();

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Name of the geometry column of every layer.
inline constexpr const char* kGeometryColumn = "geom";
inline constexpr int kChina2000 = 4490;

} // namespace layers
