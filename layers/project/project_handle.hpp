#pragma once

// The project file's SQLite connection; included by layers/project/*.cpp only.

#include "layers/private_folder.hpp"
#include "layers/project/project_file.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace layers {

struct ProjectFile::Connection {
    std::filesystem::path file;
    Access access = Access::Read;
    std::string journal;
    int schema = 0;
    std::optional<PrivateFolder> copy; ///< where read-only media hold a change not yet written back
    std::unique_ptr<SQLite::Database> database;

    /// A prepared statement. Throws layers::Error.
    [[nodiscard]] SQLite::Statement statement(const std::string& sql) const;
    /// Runs SQL that gives nothing back.
    void execute(const std::string& sql) const;
};

namespace project {

/// "QGIS", "a scanner": SQLite's error as one that says what to do. Call inside a catch block.
[[noreturn]] void rethrow(const std::filesystem::path& file, const SQLite::Exception& error);
/// A stored text that is no JSON, or not of the shape that we write: the file was altered.
[[noreturn]] void rethrow(const std::filesystem::path& file, const nlohmann::json::exception& error);

/// Runs `work`, turning errors of SQLite and of stored JSON into layers::Error that names the file.
template <typename Work>
auto guarded(const ProjectFile& project, Work&& work) {
    try {
        return work(*project.connection().database);
    } catch (const SQLite::Exception& error) {
        rethrow(project.path(), error);
    } catch (const nlohmann::json::exception& error) {
        rethrow(project.path(), error);
    }
}

/// Runs a script statement by statement; a SELECT that gives 0 or NULL has failed (SpatiaLite's functions
/// tell it so). Throws layers::Error.
void runScript(SQLite::Database& database, std::string_view sql);

} // namespace project

} // namespace layers
