#pragma once

#include "geo/shape.hpp"
#include "layers/table_sink.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace layers {

/// Words that a column takes, for the standard's `gpkg_data_column_constraints`.
struct ValueList {
    std::string name; ///< ASCII, lower case
    std::string title;
    std::vector<std::string> words;
};
/// What the standard's `gpkg_data_columns` says of a column.
struct ColumnNote {
    std::string table;
    std::string column;
    std::string title; ///< its name for people
    std::string list;  ///< name of a ValueList, or empty
};

/// Writes a GeoPackage in bulk: tables are laid out by OGR (so that metadata and triggers are the
/// standard's), rows go in through prepared statements on a thread of their own, spatial indexes are packed
/// at the end. Deterministic: the same rows give the same bytes (no clocks: `date` stands wherever the format
/// wants one). Throws layers::Error.
class GeoPackageWriter final : public TableSink {
  public:
    /// Creates `file` (must not exist). @param date "2026-11-24", written as last_change
    GeoPackageWriter(const std::filesystem::path& file, const std::string& date);
    ~GeoPackageWriter() override; ///< only cleans up; what was not finish()ed is not valid
    GeoPackageWriter(const GeoPackageWriter&) = delete;
    GeoPackageWriter& operator=(const GeoPackageWriter&) = delete;

    /// Adds a layer (geometry in EPSG:4490) or, with GeometryKind::None, an attribute table. Rows then go to
    /// it until the next call. Beginning all tables before the first row saves opening the file anew.
    void beginTable(const TableSpec& spec);
    /// Goes to a table begun before that has no rows yet; the one left takes no more (its index is packed
    /// meanwhile).
    void useTable(const std::string& name) override;
    /// Adds a row to the table begun or used last; fid counts from 1. `shape` may be null. `values` follow
    /// the columns.
    void addRow(std::span<const Value> values, const geo::Shape* shape) override;
    /// A style for a layer (QGIS's `layer_styles`), QML text; a layer's first one is its default.
    void addStyle(const std::string& layer, const std::string& qml, const std::string& description);
    /// Key and text for the metadata table `run_info`.
    void addInfo(const std::string& key, const std::string& text);
    /// Names of columns for people and the words they take (the standard's schema extension, from which
    /// programs make forms). Before the first row; without any list nothing is noted.
    void describe(std::vector<ColumnNote> notes, std::vector<ValueList> lists);
    /// Builds the indexes, commits, checks the file by reading the counts back, and closes.
    void finish();

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace layers
