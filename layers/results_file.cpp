#include "layers/results_file.hpp"

#include "layers/error.hpp"
#include "layers/sqlite_handle.hpp"
#include "layers/stored_geometry.hpp"

#include <array>
#include <fstream>
#include <span>
#include <string_view>

#include <fmt/format.h>

namespace layers {

namespace {

/// The shape in a GeoPackage geometry of our own writer (OGC 12-128r18, 2.1.3).
geo::Shape shapeFromBlob(std::span<const std::byte> blob) {
    constexpr std::size_t kFixedBytes = 8;
    constexpr std::size_t kFlagsAt = 3;
    constexpr unsigned kEmptyFlag = 0x10;
    constexpr std::array<std::size_t, 8> kEnvelopeBytes{0, 32, 48, 48, 64, 0, 0, 0};
    if (blob.size() < kFixedBytes) {
        return {};
    }
    const auto flags = std::to_integer<unsigned>(blob[kFlagsAt]);
    const std::size_t start = kFixedBytes + kEnvelopeBytes.at((flags >> 1U) & 7U);
    if ((flags & kEmptyFlag) != 0 || blob.size() <= start) {
        return {};
    }
    return decodedShape(blob.subspan(start));
}

Value cellOf(sqlite3_stmt* row, int column) {
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
        return static_cast<std::int64_t>(sqlite3_column_int64(row, column));
    case SQLITE_FLOAT:
        return sqlite3_column_double(row, column);
    case SQLITE_TEXT:
        return sqlite::textColumn(row, column);
    default:
        return std::monostate();
    }
}

} // namespace

struct ResultsFile::Impl {
    std::filesystem::path name;
    mutable sqlite::ReadOnlyFile file;
    std::map<std::string, std::string> infos;

    explicit Impl(const std::filesystem::path& path) : name(path.filename()), file(path) {
        const auto rows = sqlite::prepare(file.database(), "SELECT key, value FROM run_info");
        while (sqlite3_step(rows.get()) == SQLITE_ROW) {
            infos[sqlite::textColumn(rows.get(), 0)] = sqlite::textColumn(rows.get(), 1);
        }
    }
};

ResultsFile::ResultsFile(const std::filesystem::path& file) {
    try {
        m_impl = std::make_unique<Impl>(file);
    } catch (const Error& error) {
        throw Error(fmt::format("{0} 不是核查成果 results.gpkg / {0} is no results.gpkg of a check: {1}",
                                file.filename().string(), error.what()));
    }
}

ResultsFile::~ResultsFile() = default;

bool ResultsFile::isResults(const std::filesystem::path& file) {
    // A project that is being written to would be copied to be read: not for a look at what it is.
    constexpr std::size_t kHeaderBytes = 72;
    constexpr std::size_t kApplicationIdAt = 68;
    std::array<char, kHeaderBytes> header{};
    std::ifstream bytes(file, std::ios::binary);
    if (!bytes.read(header.data(), kHeaderBytes) ||
        std::string_view(header.data() + kApplicationIdAt, 4) != "GPKG") {
        return false;
    }
    try {
        sqlite::ReadOnlyFile opened(file);
        const auto rows = sqlite::prepare(
            opened.database(), "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN "
                               "('gpkg_contents', 'run_info', 'judgements')");
        constexpr int kAll = 3;
        return sqlite3_step(rows.get()) == SQLITE_ROW && sqlite3_column_int(rows.get(), 0) == kAll;
    } catch (const Error&) {
        return false; // who opens it as what it should be says why it cannot be read
    }
}

std::string ResultsFile::info(const std::string& key) const {
    const auto found = m_impl->infos.find(key);
    return found == m_impl->infos.end() ? std::string() : found->second;
}

void ResultsFile::eachRow(const TableSpec& table, const TakeRow& take) const {
    std::string sql = "SELECT ";
    const bool hasShape = table.geometry != GeometryKind::None;
    for (const Column& column : table.columns) {
        sql += sqlite::quoted(column.name) + ", ";
    }
    sql += hasShape ? "geom" : "NULL";
    sql += " FROM " + sqlite::quoted(table.name) + " ORDER BY fid";
    const auto rows = sqlite::prepare(m_impl->file.database(), sql);
    const auto shapeAt = static_cast<int>(table.columns.size());
    std::vector<Value> cells(table.columns.size());
    int status = SQLITE_ROW;
    while ((status = sqlite3_step(rows.get())) == SQLITE_ROW) {
        for (int c = 0; c < shapeAt; ++c) {
            cells[static_cast<std::size_t>(c)] = cellOf(rows.get(), c);
        }
        geo::Shape shape;
        if (const void* blob = sqlite3_column_blob(rows.get(), shapeAt); blob != nullptr) {
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(rows.get(), shapeAt));
            shape = shapeFromBlob({static_cast<const std::byte*>(blob), size});
        }
        take(cells, std::move(shape));
    }
    if (status != SQLITE_DONE) {
        throw Error(fmt::format("{0} 已损坏，无法读取表 {1} / {0} is damaged: table {1} cannot be read",
                                m_impl->name.string(), table.name));
    }
}

} // namespace layers
