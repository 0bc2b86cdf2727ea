#include "layers/sqlite_handle.hpp"

#include "layers/error.hpp"
#include "layers/file_bytes.hpp"

#include <SQLiteCpp/Exception.h>

#include <array>
#include <cctype>
#include <cstdlib>
#include <string_view>

namespace layers::sqlite {

namespace {

constexpr std::string_view kMagic{"SQLite format 3\0", 16};
constexpr std::size_t kHeaderBytes = 100;
constexpr std::size_t kPageSizeAt = 16;
constexpr std::size_t kChangeCounterAt = 24;
constexpr std::size_t kPageCountAt = 28;
constexpr std::size_t kApplicationIdAt = 68;
constexpr std::size_t kVersionValidForAt = 92;
constexpr std::uint32_t kLargestPage = 65536;

std::filesystem::path makeTemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "ecoredline-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
        throw Error("无法在临时目录中建文件夹，请检查 TMPDIR 和磁盘空间 / cannot make a temporary folder: "
                    "check TMPDIR and disk space");
    }
    return pattern;
}

} // namespace

std::string immutableUri(const std::filesystem::path& file) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : std::filesystem::absolute(file).string()) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '/' || c == '.' || c == '_' || c == '-') {
            uri += c;
        } else {
            uri += '%';
            uri += kHex[byte / kHex.size()];
            uri += kHex[byte % kHex.size()];
        }
    }
    return uri + "?mode=ro&immutable=1";
}

StatementPtr prepare(SQLite::Database& database, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    const int status = sqlite3_prepare_v2(database.getHandle(), sql.c_str(), -1, &statement, nullptr);
    StatementPtr owned(statement);
    if (status != SQLITE_OK) {
        throw Error(std::string("SQLite: ") + sqlite3_errmsg(database.getHandle()));
    }
    return owned;
}

std::string textColumn(sqlite3_stmt* statement, int column) {
    const unsigned char* text = sqlite3_column_text(statement, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
    return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text), size);
}

std::string quoted(const std::string& name) {
    std::string result = "\"";
    for (const char c : name) {
        result += c;
        result += c == '"' ? "\"" : "";
    }
    return result + '"';
}

ReadOnlyFile::ReadOnlyFile(const std::filesystem::path& file) {
    checkHeader(file);
    std::filesystem::path wal = file;
    wal += "-wal";
    std::error_code fault;
    const bool hasWal = std::filesystem::exists(wal, fault) && std::filesystem::file_size(wal, fault) > 0;
    try {
        if (hasWal) {
            m_temporary = makeTemporaryFolder();
            std::filesystem::copy_file(file, m_temporary / "copy.gpkg");
            std::filesystem::copy_file(wal, m_temporary / "copy.gpkg-wal");
            m_database = std::make_unique<SQLite::Database>((m_temporary / "copy.gpkg").string(),
                                                            SQLite::OPEN_READWRITE);
        } else {
            m_database = std::make_unique<SQLite::Database>(immutableUri(file),
                                                            SQLite::OPEN_READONLY | SQLite::OPEN_URI);
        }
        static_cast<void>(m_database->execAndGet("SELECT count(*) FROM sqlite_master"));
    } catch (const SQLite::Exception& e) {
        m_database.reset();
        std::filesystem::remove_all(m_temporary, fault);
        throw Error(file.filename().string() + "：数据库无法打开或已损坏（" + e.what() +
                    "），请重新取得数据 / the database cannot be opened or is damaged: get the data again");
    }
}

ReadOnlyFile::~ReadOnlyFile() {
    m_database.reset();
    if (!m_temporary.empty()) {
        std::error_code fault;
        std::filesystem::remove_all(m_temporary, fault);
    }
}

void ReadOnlyFile::checkHeader(const std::filesystem::path& file) {
    FileBytes bytes(file);
    const auto header = bytes.at(0, kHeaderBytes);
    const std::string name = file.filename().string();
    if (header.empty() ||
        std::string_view(reinterpret_cast<const char*>(header.data()), kMagic.size()) != kMagic) {
        throw Error(name + "：不是 SQLite/GeoPackage 文件（文件头不符）/ not an SQLite or GeoPackage file "
                           "(its header does not fit)");
    }
    constexpr unsigned kByteBits = 8;
    std::uint32_t pageSize = (std::to_integer<std::uint32_t>(header[kPageSizeAt]) << kByteBits) |
                             std::to_integer<std::uint32_t>(header[kPageSizeAt + 1]);
    pageSize = pageSize == 1 ? kLargestPage : pageSize;
    const bool countIsValid = bigU32(header, kChangeCounterAt) == bigU32(header, kVersionValidForAt);
    const std::uint64_t claimed = std::uint64_t{pageSize} * bigU32(header, kPageCountAt);
    m_applicationId = bigU32(header, kApplicationIdAt);
    if (countIsValid && claimed > bytes.size()) {
        throw Error(
            name + "：数据库已损坏，文件只有 " + std::to_string(bytes.size()) + " 字节，而文件头记为 " +
            std::to_string(claimed) +
            " 字节，请重新取得数据 / the database is damaged: the file is shorter than its header says (" +
            std::to_string(bytes.size()) + " of " + std::to_string(claimed) + " bytes): get the data again");
    }
}

std::string ReadOnlyFile::integrityFaults() {
    std::string faults;
    try {
        const StatementPtr check = prepare(*m_database, "PRAGMA quick_check(5)");
        int status = sqlite3_step(check.get());
        for (; status == SQLITE_ROW; status = sqlite3_step(check.get())) {
            const std::string line = textColumn(check.get(), 0);
            if (line != "ok") {
                faults += (faults.empty() ? "" : "; ") + line;
            }
        }
        if (status != SQLITE_DONE) {
            faults += (faults.empty() ? "" : "; ") + std::string(sqlite3_errmsg(m_database->getHandle()));
        }
    } catch (const Error& e) {
        faults = e.what();
    }
    for (char& c : faults) {
        c = c == '\n' ? ' ' : c;
    }
    return faults;
}

} // namespace layers::sqlite
