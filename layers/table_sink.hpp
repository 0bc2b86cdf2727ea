#pragma once

#include "geo/shape.hpp"
#include "layers/table.hpp"

#include <span>
#include <string>

namespace layers {

/// Takes the rows of several tables: a GeoPackage, a project, or what only sums them up.
class TableSink {
  public:
    TableSink() = default;
    virtual ~TableSink() = default;
    TableSink(const TableSink&) = delete;
    TableSink& operator=(const TableSink&) = delete;

    /// Rows then go to this table until the next call.
    virtual void useTable(const std::string& name) = 0;
    /// Adds a row; `values` follow the table's columns, `shape` may be null.
    virtual void addRow(std::span<const Value> values, const geo::Shape* shape) = 0;
};

} // namespace layers
