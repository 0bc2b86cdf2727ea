#include "layers/project/project_file.hpp"

#include "layers/error.hpp"
#include "layers/file_bytes.hpp"
#include "layers/project/file_place.hpp"
#include "layers/project/ledger_change.hpp"
#include "layers/project/migration_texts.hpp"
#include "layers/project/project_handle.hpp"
#include "layers/sqlite_handle.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <unistd.h>

namespace layers {

namespace {

/// "EcRd": marks the file as ours (PRAGMA application_id).
constexpr int kApplicationId = 0x45635264;
constexpr int kWaitMs = 10'000;
constexpr const char* kSpatialite = "mod_spatialite";

int newestSchema() {
    return migrations().back().version;
}

int pragmaNumber(SQLite::Database& database, const char* name) {
    return database.execAndGet(std::string("PRAGMA ") + name).getInt();
}

void loadSpatialite(SQLite::Database& database) {
    try {
        database.loadExtension(kSpatialite, nullptr);
    } catch (const SQLite::Exception& error) {
        throw Error(
            std::string("无法装入 SpatiaLite 扩展，请安装 libsqlite3-mod-spatialite / cannot load the "
                        "SpatiaLite extension: install libsqlite3-mod-spatialite (") +
            error.what() + ")");
    }
}

/// The steps that are missing, in one transaction: a kill leaves the file before or after all of them.
void migrate(ProjectFile::Connection& connection) {
    SQLite::Database& database = *connection.database;
    if (connection.schema < newestSchema()) {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        for (const Migration& step : migrations()) {
            // Asked inside the transaction: another program may have done the step meanwhile.
            if (pragmaNumber(database, "user_version") < step.version) {
                project::runScript(database, step.sql);
                database.exec(fmt::format("PRAGMA user_version = {}", step.version));
            }
        }
        transaction.commit();
    }
    connection.schema = newestSchema();
}

/// @param name as the user knows the file; `database` may be a temporary copy
void checkIsOurs(SQLite::Database& database, const std::string& name) {
    if (pragmaNumber(database, "application_id") != kApplicationId) {
        throw Error(name + "：不是 EcoRedline 项目文件 / is no EcoRedline project");
    }
    const int schema = pragmaNumber(database, "user_version");
    if (schema > newestSchema()) {
        throw Error(fmt::format("{0}：由更新版本的程序写成（结构 {1}，本程序只认识到 {2}），请升级程序 / "
                                "written by a newer program (schema {1}, this one knows {2}): update it",
                                name, schema, newestSchema()));
    }
}

} // namespace

namespace project {

void rethrow(const std::filesystem::path& file, const SQLite::Exception& error) {
    const std::string name = file.filename().string();
    switch (error.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw Error(name +
                    "：项目正被另一程序写入，已等 10 秒；请稍后再试 / another program is writing to the "
                    "project, 10 s were waited: try again later");
    case SQLITE_FULL:
        throw Error(name + "：磁盘已满，更改没有保存 / the disk is full, the change is not saved");
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        throw Error(name + "：项目或所在文件夹不可写 / the project or its folder cannot be written (" +
                    error.what() + ")");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        throw Error(name + "：项目文件已损坏，请从备份恢复 / the project is damaged: restore a backup (" +
                    error.what() + ")");
    default:
        throw Error(name + "：数据库错误 / database error: " + error.what());
    }
}

void rethrow(const std::filesystem::path& file, const nlohmann::json::exception& error) {
    throw Error(
        file.filename().string() +
        "：项目中的记录已损坏，请从备份恢复 / a record in the project is damaged: restore a backup (" +
        error.what() + ")");
}

void runScript(SQLite::Database& database, std::string_view sql) {
    const std::string text(sql);
    const char* rest = text.c_str();
    while (*rest != '\0') {
        sqlite3_stmt* raw = nullptr;
        const char* const start = rest;
        if (sqlite3_prepare_v2(database.getHandle(), start, -1, &raw, &rest) != SQLITE_OK) {
            throw SQLite::Exception(database.getHandle());
        }
        const sqlite::StatementPtr statement(raw);
        if (raw == nullptr) {
            break; // blanks and comments are left
        }
        int status = sqlite3_step(raw);
        for (; status == SQLITE_ROW; status = sqlite3_step(raw)) {
            if (sqlite3_column_int(raw, 0) == 0) {
                throw Error("SpatiaLite: " + std::string(start, rest));
            }
        }
        if (status != SQLITE_DONE) {
            throw SQLite::Exception(database.getHandle());
        }
    }
}

} // namespace project

SQLite::Statement ProjectFile::Connection::statement(const std::string& sql) const {
    try {
        return {*database, sql};
    } catch (const SQLite::Exception& error) {
        project::rethrow(file, error);
    }
}

void ProjectFile::Connection::execute(const std::string& sql) const {
    try {
        database->exec(sql);
    } catch (const SQLite::Exception& error) {
        project::rethrow(file, error);
    }
}

void ProjectFile::create(const std::filesystem::path& file, const std::string& name, const Stamp& stamp,
                         Journal journal) {
    if (std::filesystem::exists(file)) {
        throw Error(file.filename().string() +
                    "：已存在，不会覆盖；请换一个名字 / exists and is not replaced: choose another name");
    }
    const bool rollback =
        journal == Journal::Rollback || (journal == Journal::Automatic && isOnNetworkShare(file));
    const std::filesystem::path temporary =
        file.parent_path() / fmt::format(".{}.{}", file.filename().string(), getpid());
    try {
        {
            SQLite::Database database(temporary.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            loadSpatialite(database);
            database.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
            project::runScript(database,
                               "SELECT InitSpatialMetaData(1, 'NONE'); SELECT InsertEpsgSrid(4490);");
        }
        {
            ProjectFile made(temporary, Access::Write);
            LedgerChange change(made, stamp);
            change.setInfo("name", name);
            change.setInfo("journal", rollback ? "delete" : "wal");
            change.setInfo("created_at", stamp.at);
            change.setInfo("created_by", stamp.who);
            change.record({"project_created", "", fmt::format(R"({{"schema": {}}})", made.schemaVersion())});
            change.commit();
        }
        publishNew(temporary, file);
    } catch (const SQLite::Exception& error) {
        std::error_code ignored;
        std::filesystem::remove(temporary, ignored);
        project::rethrow(file, error);
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(temporary, ignored);
        throw;
    }
}

ProjectFile::ProjectFile(const std::filesystem::path& file, Access access)
    : m_connection(std::make_unique<Connection>()) {
    const std::string name = file.filename().string();
    if (!std::filesystem::is_regular_file(file)) {
        throw Error(file.string() + "：没有这个项目文件 / no such project file");
    }
    if (!isSqliteFile(file)) {
        throw Error(name + "：不是 EcoRedline 项目文件 / is no EcoRedline project");
    }
    m_connection->file = file;
    m_connection->access = access;
    try {
        if (isWritable(file)) {
            // Opened for writing also where it is only read: a killed program's journal is rolled back so.
            m_connection->database =
                std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE, kWaitMs);
        } else if (access == Access::Write) {
            throw Error(name + "：项目或所在文件夹不可写 / the project or its folder cannot be written");
        } else {
            m_connection->database = openAsItLies(file, m_connection->copy);
        }
        SQLite::Database& database = *m_connection->database;
        checkIsOurs(database, name);
        m_connection->schema = pragmaNumber(database, "user_version");
        database.exec("PRAGMA foreign_keys = ON");
        loadSpatialite(database);
        if (access == Access::Read) {
            m_connection->journal =
                isWritable(file) ? database.execAndGet("PRAGMA journal_mode").getString() : "none";
            if (m_connection->schema < newestSchema()) {
                throw Error(fmt::format("{0}：旧版结构（{1}），请先用可写方式打开一次（如 project info "
                                        "--upgrade）/ of an older schema ({1}): open it once for writing "
                                        "(project info --upgrade)",
                                        name, m_connection->schema));
            }
            database.exec("PRAGMA query_only = ON");
            return;
        }
        migrate(*m_connection);
        const bool rollback = isOnNetworkShare(file) || info("journal") == "delete";
        m_connection->journal =
            database.execAndGet(rollback ? "PRAGMA journal_mode = DELETE" : "PRAGMA journal_mode = WAL")
                .getString();
        // A change that was reported as done is on the disk, also when the power goes.
        database.exec("PRAGMA synchronous = FULL");
    } catch (const SQLite::Exception& error) {
        project::rethrow(file, error);
    }
}

ProjectFile::~ProjectFile() {
    if (!m_connection || !m_connection->database || m_connection->access == Access::Read) {
        return;
    }
    try {
        // Alone, the file goes back to the rollback journal: then it can be read from read-only media. With
        // others at it, the last one does this.
        m_connection->database->setBusyTimeout(0);
        m_connection->database->exec("PRAGMA journal_mode = DELETE");
    } catch (const SQLite::Exception&) {
        return; // another program has the project open
    }
}

const std::filesystem::path& ProjectFile::path() const {
    return m_connection->file;
}

Access ProjectFile::access() const {
    return m_connection->access;
}

int ProjectFile::schemaVersion() const {
    return m_connection->schema;
}

const std::string& ProjectFile::journalName() const {
    return m_connection->journal;
}

std::string ProjectFile::info(const std::string& key) const {
    return project::guarded(*this, [&](SQLite::Database& database) {
        SQLite::Statement query(database, "SELECT value FROM project_info WHERE key = ?");
        query.bind(1, key);
        return query.executeStep() ? query.getColumn(0).getString() : std::string();
    });
}

} // namespace layers
