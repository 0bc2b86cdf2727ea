#include "geo/wkb.hpp"
#include "layers/project/binding_handle.hpp"

namespace layers::project {

namespace {

void bindBytes(SQLite::Statement& statement, int place, const std::vector<std::byte>& bytes) {
    // Kept by the caller until the row is in.
    statement.bindNoCopy(place, bytes.data(), static_cast<int>(bytes.size()));
}

} // namespace

void bindValue(SQLite::Statement& statement, int place, const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        statement.bind(place, *text);
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        statement.bind(place, *whole);
    } else if (const auto* real = std::get_if<double>(&value)) {
        statement.bind(place, *real);
    } else {
        statement.bind(place);
    }
}

void bindWkb(SQLite::Statement& statement, int place, const geo::Shape* shape, std::vector<std::byte>& wkb) {
    if (shape == nullptr || shape->isEmpty()) {
        statement.bind(place);
        return;
    }
    geo::appendWkb(*shape, wkb);
    bindBytes(statement, place, wkb);
}

void bindShape(SQLite::Statement& statement, int place, const geo::Shape* shape,
               std::vector<std::byte>& wkb) {
    const geo::Dimension dimension = shape == nullptr ? geo::Dimension::Empty : shape->dimension();
    for (const geo::Dimension column : {geo::Dimension::Area, geo::Dimension::Line, geo::Dimension::Point}) {
        bindWkb(statement, place++, column == dimension ? shape : nullptr, wkb);
    }
}

Value valueOf(const SQLite::Column& column) {
    if (column.isNull()) {
        return {};
    }
    if (column.isInteger()) {
        return std::int64_t{column.getInt64()};
    }
    if (column.isFloat()) {
        return column.getDouble();
    }
    return column.getString();
}

std::optional<double> realOf(const SQLite::Column& column) {
    return column.isNull() ? std::nullopt : std::optional<double>(column.getDouble());
}

geo::Shape shapeOf(const SQLite::Column& wkb) {
    if (wkb.isNull()) {
        return {};
    }
    return geo::shapeFromWkb(
        {static_cast<const std::byte*>(wkb.getBlob()), static_cast<std::size_t>(wkb.getBytes())});
}

geo::Shape shapeOf(SQLite::Statement& row, int firstColumn) {
    constexpr int kColumns = 3;
    for (int column = firstColumn; column < firstColumn + kColumns; ++column) {
        if (!row.getColumn(column).isNull()) {
            return shapeOf(row.getColumn(column));
        }
    }
    return {};
}

void insertRow(SQLite::Statement& statement) {
    statement.exec();
    statement.reset();
    statement.clearBindings();
}

} // namespace layers::project
