#pragma once

#include "layers/table.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace layers {

/// A results.gpkg that a check wrote, opened read-only; neither it nor its folder changes. Throws
/// layers::Error that names the file.
class ResultsFile {
  public:
    /// Throws when it is no GeoPackage with a table run_info.
    explicit ResultsFile(const std::filesystem::path& file);
    ~ResultsFile();
    ResultsFile(const ResultsFile&) = delete;
    ResultsFile& operator=(const ResultsFile&) = delete;

    /// Whether a file is a GeoPackage of results, by its content; false for a project and for what cannot be
    /// read.
    [[nodiscard]] static bool isResults(const std::filesystem::path& file);

    /// Of run_info; empty when the key is not there.
    [[nodiscard]] std::string info(const std::string& key) const;

    using TakeRow = std::function<void(const std::vector<Value>& cells, geo::Shape&& shape)>;
    /// The rows of a table by fid: the columns asked for, and the shape where the table has geometry
    /// (EPSG:4490 as written; empty where a row has none). Throws when a table or a column is missing.
    void eachRow(const TableSpec& table, const TakeRow& take) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace layers
