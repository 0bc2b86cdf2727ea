#pragma once

// What geopackage_writer.cpp (rows in, the public face) and geopackage_store.cpp (the file's life: layout,
// storing, metadata, check) share; included by these two only.

#include "layers/geopackage_layout.hpp"
#include "layers/geopackage_writer.hpp"
#include "layers/packed_rtree.hpp"
#include "layers/row_queue.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace layers {

/// A row of layer_styles.
struct Style {
    std::string layer;
    std::string qml;
    std::string description;
};

/// A table being filled.
struct Table {
    TableSpec spec;
    std::int64_t rows = 0;
    PackedRtree index;
    std::unique_ptr<SQLite::Statement> insert; ///< made and used by the storing thread
};

struct GeoPackageWriter::Impl {
    std::filesystem::path file;
    std::string date;
    std::unique_ptr<GeoPackageLayout> layout;
    std::unique_ptr<SQLite::Database> database;
    std::vector<Table> tables;
    std::size_t current = 0;
    std::vector<Style> styles;
    std::vector<std::pair<std::string, std::string>> infos;
    std::vector<ColumnNote> notes;
    std::vector<ValueList> lists;
    bool hasStyleTable = false;
    bool hasInfoTable = false;
    bool hasLists = false;
    std::vector<std::string> triggers; ///< set aside while rows go in
    std::unique_ptr<RowChunk> chunk;
    std::vector<std::byte> wkb;
    std::unique_ptr<RowQueue> queue; ///< last: its thread uses what stands above

    Table& begunTable();

    void openLayout();
    void closeLayout();
    void startStoring();
    void stopStoring();
    void setTriggersAside();
    enum class Keyword { Aside, Back };
    void setKeyword(Keyword where);
    void completeTable();
    void handOver();
    void store(const RowChunk& full);
    void appendCell(const Value& value) const;
    void appendShape(const geo::Shape* shape, Table& table);
    void writeContents();
    void writeStyles();
    void writeInfos();
    void writeNotes();
    void verify() const;
};

} // namespace layers
