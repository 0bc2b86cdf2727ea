#pragma once

// Values and shapes into statements, and out of rows; included by layers/project/*.cpp only.

#include "geo/shape.hpp"
#include "layers/table.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <optional>
#include <string>
#include <vector>

namespace layers::project {

/// What stands where a shape is bound: one value for each geometry column of the table, by dimension.
inline constexpr const char* kShapeColumns = "geometry, line, point";
inline constexpr const char* kShapePlaces =
    "CastToMulti(GeomFromWKB(?, 4490)), CastToMulti(GeomFromWKB(?, 4490)), CastToMulti(GeomFromWKB(?, 4490))";
/// The same shape out of a row again; one of three columns is not NULL.
inline constexpr const char* kShapeOut = "AsBinary(geometry), AsBinary(line), AsBinary(point)";

void bindValue(SQLite::Statement& statement, int place, const Value& value);
/// Binds a shape to the three places of kShapePlaces from `place` on; none for a null or empty one.
void bindShape(SQLite::Statement& statement, int place, const geo::Shape* shape, std::vector<std::byte>& wkb);
/// Binds a shape to one place (a table of one kind).
void bindWkb(SQLite::Statement& statement, int place, const geo::Shape* shape, std::vector<std::byte>& wkb);

[[nodiscard]] Value valueOf(const SQLite::Column& column);
/// NULL for nothing.
template <typename Number>
[[nodiscard]] Value valueOf(const std::optional<Number>& number) {
    return number ? Value(*number) : Value();
}
/// Nothing for NULL.
[[nodiscard]] std::optional<double> realOf(const SQLite::Column& column);
/// Empty where the column is NULL. Throws geo::Error.
[[nodiscard]] geo::Shape shapeOf(const SQLite::Column& wkb);
/// The first of three columns that holds something.
[[nodiscard]] geo::Shape shapeOf(SQLite::Statement& row, int firstColumn);

/// Inserts and forgets the bindings, for the next row.
void insertRow(SQLite::Statement& statement);

} // namespace layers::project
