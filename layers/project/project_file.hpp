#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace layers {

/// Who does something, and when ("2026-11-24T18:05:00+08:00"): stands with every change of the ledger.
struct Stamp {
    std::string at;
    std::string who;
};

/// How the file guards a change that is under way. WAL lets others read meanwhile, but freezes clients of a
/// network share; Automatic looks where the file lies.
enum class Journal { Automatic, WriteAhead, Rollback };

enum class Access { Read, Write };

/// A project (*.ecoredline): one SpatiaLite file with the whole ledger, which QGIS opens as it is. Kill the
/// program at any moment: the last committed state is there.
class ProjectFile {
  public:
    /// Makes an empty project; the file appears whole or not at all. Throws layers::Error when `file` exists
    /// or cannot be written.
    static void create(const std::filesystem::path& file, const std::string& name, const Stamp& stamp,
                       Journal journal = Journal::Automatic);

    /// Opens a project. For writing, a file of an older schema is brought to today's (in one
    /// transaction). For reading nothing is written, and a file on read-only media is opened as it lies
    /// there. Throws layers::Error: not there, no project of ours, of a newer program, damaged, not to be
    /// written, or held by another program.
    ProjectFile(const std::filesystem::path& file, Access access);
    ~ProjectFile(); ///< what no LedgerChange committed is gone; no -wal or -shm stays behind
    ProjectFile(const ProjectFile&) = delete;
    ProjectFile& operator=(const ProjectFile&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const;
    [[nodiscard]] Access access() const;
    [[nodiscard]] int schemaVersion() const;
    /// "wal", "delete" (rollback journal) or "none" (read as it lies on read-only media).
    [[nodiscard]] const std::string& journalName() const;
    /// A row of project_info ("name", "created_at", "created_by"); empty when there is none.
    [[nodiscard]] std::string info(const std::string& key) const;

    struct Connection; ///< project_handle.hpp
    [[nodiscard]] Connection& connection() const { return *m_connection; }

  private:
    std::unique_ptr<Connection> m_connection;
};

} // namespace layers
