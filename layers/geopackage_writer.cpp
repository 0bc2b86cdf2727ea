#include "geo/wkb.hpp"
#include "layers/error.hpp"
#include "layers/geopackage_handle.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstring>

namespace layers {

namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 18U;
constexpr std::size_t kChunkRows = 2048;

template <typename Number>
void appendLittleEndian(std::string& bytes, Number value) {
    static_assert(std::endian::native == std::endian::little,
                  "GeoPackage headers are written as they lie in memory");
    std::array<char, sizeof(Number)> raw{};
    std::memcpy(raw.data(), &value, sizeof(Number));
    bytes.append(raw.data(), sizeof(Number));
}

/// GeoPackage binary header, little-endian, with an envelope for all but points.
void appendHeader(std::string& bytes, const geo::Box& box, bool isPoint) {
    constexpr char kLittleEndian = 0x01;
    constexpr char kEnvelopeXy = 0x02;
    bytes += "GP";
    bytes += '\0';
    bytes += isPoint ? kLittleEndian : static_cast<char>(kLittleEndian | kEnvelopeXy);
    appendLittleEndian(bytes, static_cast<std::int32_t>(kChina2000));
    if (!isPoint) {
        appendLittleEndian(bytes, box.minX);
        appendLittleEndian(bytes, box.maxX);
        appendLittleEndian(bytes, box.minY);
        appendLittleEndian(bytes, box.maxY);
    }
}

} // namespace

Table& GeoPackageWriter::Impl::begunTable() {
    if (tables.empty()) {
        throw Error(fmt::format("no table was begun in {}", file.string()));
    }
    return tables[current];
}

void GeoPackageWriter::Impl::appendCell(const Value& value) const {
    StoredCell cell;
    if (const auto* text = std::get_if<std::string>(&value)) {
        cell.kind = StoredCell::Kind::Text;
        cell.offset = chunk->bytes.size();
        // A text ends at its first zero byte, as it does for whoever reads the file.
        cell.length = static_cast<std::uint32_t>(std::strlen(text->c_str()));
        chunk->bytes.append(text->c_str(), cell.length + 1);
    } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        cell.kind = StoredCell::Kind::Integer;
        cell.integer = *integer;
    } else if (const auto* real = std::get_if<double>(&value)) {
        cell.kind = StoredCell::Kind::Real;
        cell.real = *real;
    }
    chunk->cells.push_back(cell);
}

void GeoPackageWriter::Impl::appendShape(const geo::Shape* shape, Table& table) {
    StoredCell cell;
    if (shape != nullptr && !shape->isEmpty()) {
        const geo::Box box = shape->box();
        const bool isPoint = shape->dimension() == geo::Dimension::Point && shape->points.size() == 1;
        if (table.spec.geometry == GeometryKind::Point && !isPoint) {
            throw Error(fmt::format("table {} takes one point a row", table.spec.name));
        }
        geo::appendWkb(*shape, wkb);
        cell.kind = StoredCell::Kind::Bytes;
        cell.offset = chunk->bytes.size();
        appendHeader(chunk->bytes, box, isPoint);
        chunk->bytes.append(reinterpret_cast<const char*>(wkb.data()), wkb.size());
        cell.length = static_cast<std::uint32_t>(chunk->bytes.size() - cell.offset);
        table.index.add(table.rows, box);
    }
    chunk->cells.push_back(cell);
}

GeoPackageWriter::GeoPackageWriter(const std::filesystem::path& file, const std::string& date)
    : m_impl(std::make_unique<Impl>()) {
    m_impl->file = file;
    m_impl->date = date;
    m_impl->layout = std::make_unique<GeoPackageLayout>(file, date, GeoPackageLayout::Open::Create);
}

GeoPackageWriter::~GeoPackageWriter() = default;

void GeoPackageWriter::beginTable(const TableSpec& spec) {
    m_impl->openLayout();
    m_impl->layout->addTable(spec);
    m_impl->current = m_impl->tables.size();
    m_impl->tables.emplace_back();
    m_impl->tables.back().spec = spec;
}

void GeoPackageWriter::useTable(const std::string& name) {
    for (std::size_t i = 0; i < m_impl->tables.size(); ++i) {
        if (m_impl->tables[i].spec.name == name) {
            if (i == m_impl->current) {
                return;
            }
            if (m_impl->tables[i].rows > 0) {
                throw Error(fmt::format("table {} of {} is complete already", name, m_impl->file.string()));
            }
            m_impl->completeTable();
            m_impl->current = i;
            return;
        }
    }
    throw Error(fmt::format("no table {} was begun in {}", name, m_impl->file.string()));
}

void GeoPackageWriter::addRow(std::span<const Value> values, const geo::Shape* shape) {
    Impl& impl = *m_impl;
    Table& table = impl.begunTable();
    if (values.size() != table.spec.columns.size()) {
        throw Error(fmt::format("a row of {} has {} values for {} columns", table.spec.name, values.size(),
                                table.spec.columns.size()));
    }
    if (!impl.queue) {
        impl.startStoring();
    }
    impl.chunk->table = impl.current;
    ++table.rows;
    if (table.spec.geometry != GeometryKind::None) {
        impl.appendShape(shape, table);
    }
    for (const Value& value : values) {
        impl.appendCell(value);
    }
    ++impl.chunk->rows;
    if (impl.chunk->rows == kChunkRows || impl.chunk->bytes.size() >= kChunkBytes) {
        impl.handOver();
    }
}

void GeoPackageWriter::addStyle(const std::string& layer, const std::string& qml,
                                const std::string& description) {
    m_impl->styles.push_back({layer, qml, description});
}

void GeoPackageWriter::addInfo(const std::string& key, const std::string& text) {
    m_impl->infos.emplace_back(key, text);
}

void GeoPackageWriter::describe(std::vector<ColumnNote> notes, std::vector<ValueList> lists) {
    if (!m_impl->layout) {
        throw Error(
            fmt::format("the columns of {} must be described before its rows", m_impl->file.string()));
    }
    m_impl->notes = std::move(notes);
    m_impl->lists = std::move(lists);
}

void GeoPackageWriter::finish() {
    Impl& impl = *m_impl;
    try {
        if ((!impl.styles.empty() && !impl.hasStyleTable) || (!impl.infos.empty() && !impl.hasInfoTable)) {
            impl.openLayout();
        }
        impl.startStoring();
        impl.completeTable();
        impl.queue->drain();
        impl.queue.reset();
        impl.writeContents();
        impl.writeStyles();
        impl.writeInfos();
        impl.writeNotes();
        impl.setKeyword(Impl::Keyword::Back);
        for (const std::string& trigger : impl.triggers) {
            impl.database->exec(trigger);
        }
        for (Table& table : impl.tables) {
            table.insert.reset();
        }
        impl.database->exec("COMMIT");
        impl.database.reset();
        impl.verify();
    } catch (const SQLite::Exception& error) {
        throw Error(fmt::format("cannot finish {}: {}", impl.file.string(), error.what()));
    }
}

} // namespace layers
