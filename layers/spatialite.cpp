#include "layers/spatialite.hpp"

#include "layers/error.hpp"
#include "layers/file_bytes.hpp"
#include "layers/sqlite_handle.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include <fmt/format.h>

namespace layers {

namespace {

namespace fs = std::filesystem;

/// Modules of virtual tables that stay inside the database.
constexpr std::array<std::string_view, 11> kHarmlessModules{"VIRTUALSPATIALINDEX",
                                                            "VIRTUALELEMENTARY",
                                                            "VIRTUALKNN",
                                                            "VIRTUALKNN2",
                                                            "RTREE",
                                                            "RTREE_I32",
                                                            "FTS3",
                                                            "FTS4",
                                                            "FTS5",
                                                            "VIRTUALNETWORK",
                                                            "GEOPOLY"};

/// Whether "CREATE VIRTUAL TABLE x USING Module(...)" names a module that stays inside. A second USING (in a
/// name, an argument) is not worth the risk.
bool isHarmless(const std::string& sql) {
    constexpr std::string_view kUsing = "USING";
    const std::string upper = upperAscii(sql);
    const std::size_t at = upper.find(kUsing);
    if (at == std::string::npos || upper.find(kUsing, at + 1) != std::string::npos) {
        return false;
    }
    const std::size_t start =
        std::min(upper.find_first_not_of(" \t\r\n\"'`[", at + kUsing.size()), upper.size());
    const auto end = std::find_if(upper.begin() + static_cast<std::ptrdiff_t>(start), upper.end(),
                                  [](unsigned char c) { return std::isalnum(c) == 0 && c != '_'; });
    const std::string module(upper.begin() + static_cast<std::ptrdiff_t>(start), end);
    return std::find(kHarmlessModules.begin(), kHarmlessModules.end(), module) != kHarmlessModules.end();
}

void refuseOutsideTables(const fs::path& file) {
    sqlite::ReadOnlyFile database(file);
    const auto rows = sqlite::prepare(database.database(),
                                      "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE "
                                      "'CREATE VIRTUAL%'");
    while (sqlite3_step(rows.get()) == SQLITE_ROW) {
        if (!isHarmless(sqlite::textColumn(rows.get(), 1))) {
            const std::string table = sqlite::textColumn(rows.get(), 0);
            throw Error(fmt::format(
                "{0}：虚拟表“{1}”会读取其他文件，拒绝打开；请把图层另存为 GeoPackage / the virtual table "
                "\"{1}\" would read other files, refused: save the layer as a GeoPackage",
                file.filename().string(), table));
        }
    }
}

fs::path beside(const fs::path& file, const char* suffix) {
    fs::path path = file;
    path += suffix;
    return path;
}

} // namespace

bool isSpatialite(const fs::path& file) {
    if (!isSqliteFile(file)) {
        return false;
    }
    try {
        sqlite::ReadOnlyFile database(file);
        const auto rows = sqlite::prepare(
            database.database(), "SELECT sum(lower(name) = 'gpkg_contents'), sum(lower(name) = "
                                 "'geometry_columns') FROM sqlite_master WHERE type IN ('table', 'view')");
        return sqlite3_step(rows.get()) == SQLITE_ROW && sqlite3_column_int(rows.get(), 0) == 0 &&
               sqlite3_column_int(rows.get(), 1) > 0;
    } catch (const Error&) {
        return false; // the GeoPackage reader says what is wrong with it
    }
}

SpatialiteFile::SpatialiteFile(const fs::path& file) : m_path(file) {
    refuseOutsideTables(file);
    constexpr std::size_t kWriteVersionAt = 18; // 2: write-ahead log
    constexpr std::size_t kHeaderBytes = 100;
    FileBytes bytes(file);
    const auto header = bytes.at(0, kHeaderBytes);
    const bool isWal = !header.empty() && header[kWriteVersionAt] == std::byte{2};
    std::error_code fault;
    if (!isWal && !fs::exists(beside(file, "-wal"), fault) && !fs::exists(beside(file, "-journal"), fault)) {
        return;
    }
    m_copy.emplace();
    m_path = m_copy->path() / file.filename();
    for (const char* suffix : {"", "-wal", "-journal"}) {
        if (fs::exists(beside(file, suffix), fault)) {
            fs::copy_file(beside(file, suffix), beside(m_path, suffix), fault);
            if (fault) {
                throw Error(file.filename().string() + "：无法复制到临时目录（" + fault.message() +
                            "），请检查 TMPDIR 和磁盘空间 / cannot be copied to the temporary folder: check "
                            "TMPDIR and disk space");
            }
        }
    }
}

} // namespace layers
