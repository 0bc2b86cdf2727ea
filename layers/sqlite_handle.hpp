#pragma once

// SQLite files that are read as they are, and never written to. Included by layers/*.cpp only.

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace layers::sqlite {

struct StatementDeleter {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
/// A bare statement, for loops over many rows.
using StatementPtr = std::unique_ptr<sqlite3_stmt, StatementDeleter>;
/// Throws layers::Error with SQLite's own words.
[[nodiscard]] StatementPtr prepare(SQLite::Database& database, const std::string& sql);
/// A text column; empty for NULL.
[[nodiscard]] std::string textColumn(sqlite3_stmt* statement, int column);
/// "name" as SQL wants it.
[[nodiscard]] std::string quoted(const std::string& name);

/// The file as SQLite opens it where nothing may be written, not even a lock.
[[nodiscard]] std::string immutableUri(const std::filesystem::path& file);

/// A database file opened so that neither it nor its folder changes: immutable, or, where a journal of
/// changes not yet written back (-wal) stands beside it, as a copy in a temporary folder.
class ReadOnlyFile {
  public:
    /// Throws layers::Error: not SQLite, or shorter than its header says.
    explicit ReadOnlyFile(const std::filesystem::path& file);
    ~ReadOnlyFile();
    ReadOnlyFile(const ReadOnlyFile&) = delete;
    ReadOnlyFile& operator=(const ReadOnlyFile&) = delete;

    [[nodiscard]] SQLite::Database& database() { return *m_database; }
    [[nodiscard]] std::uint32_t applicationId() const { return m_applicationId; }
    /// What PRAGMA quick_check finds, its first lines; empty when all is well.
    [[nodiscard]] std::string integrityFaults();

  private:
    void checkHeader(const std::filesystem::path& file);

    std::filesystem::path m_temporary;
    std::unique_ptr<SQLite::Database> m_database;
    std::uint32_t m_applicationId = 0;
};

} // namespace layers::sqlite
