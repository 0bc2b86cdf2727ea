#include "layers/project/return_store.hpp"

#include "layers/error.hpp"
#include "layers/output_folder.hpp"
#include "layers/project/binding_handle.hpp"
#include "layers/project/project_handle.hpp"
#include "layers/sha256.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>

namespace layers {

namespace {

constexpr std::uintmax_t kMostBytes = 900'000'000; ///< SQLite holds a little more in one value
constexpr const char* kReturns =
    "SELECT id, at, who, file, sha256, export, prefer, photos, rows, cases, "
    "unchanged, changed, conflicting, refused, doubtful, unmatched FROM returns ";

ReturnRecord recordFrom(SQLite::Statement& row) {
    int column = 0;
    const auto number = [&] { return row.getColumn(column++).getInt64(); };
    const auto text = [&] { return row.getColumn(column++).getString(); };
    ReturnRecord record;
    record.id = number();
    record.made.at = text();
    record.made.who = text();
    record.file = text();
    record.sha256 = text();
    if (!row.getColumn(column).isNull()) {
        record.exportId = row.getColumn(column).getInt64();
    }
    ++column;
    record.prefer = text();
    record.photos = number();
    ReturnCounts& counts = record.counts;
    for (std::int64_t* count : {&counts.rows, &counts.cases, &counts.unchanged, &counts.changed,
                                &counts.conflicting, &counts.refused, &counts.doubtful, &counts.unmatched}) {
        *count = number();
    }
    return record;
}

std::string bytesOf(const std::filesystem::path& file) {
    std::error_code fault;
    if (std::filesystem::file_size(file, fault) > kMostBytes || fault) {
        throw Error(fmt::format("{0}：无法读取或超过 900 MB，不能存入项目 / {0} cannot be read, or has more "
                                "than 900 MB and cannot "
                                "be kept in the project",
                                file.string()));
    }
    std::ifstream stream(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (!stream) {
        throw Error(fmt::format("{0}：读取失败 / {0}: reading failed", file.string()));
    }
    return bytes;
}

void addFiles(SQLite::Database& database, std::int64_t id, const std::vector<std::filesystem::path>& files) {
    SQLite::Statement insert(
        database, "INSERT INTO return_files (return_id, place, name, sha256, bytes) VALUES (?, ?, ?, ?, ?)");
    std::int64_t number = 0;
    for (const std::filesystem::path& file : files) {
        const std::string bytes = bytesOf(file);
        int place = 0;
        insert.bind(++place, id);
        insert.bind(++place, ++number);
        insert.bind(++place, file.filename().string());
        insert.bind(++place, sha256OfText(bytes));
        insert.bindNoCopy(++place, bytes.data(), static_cast<int>(bytes.size()));
        project::insertRow(insert);
    }
}

void addFields(SQLite::Database& database, std::int64_t id, const std::vector<ReturnedField>& fields) {
    SQLite::Statement insert(database,
                             "INSERT INTO return_fields (return_id, case_id, field, place, base, ours, "
                             "theirs, fate, taken, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const ReturnedField& field : fields) {
        int place = 0;
        insert.bind(++place, id);
        insert.bind(++place, field.caseId);
        insert.bind(++place, field.field);
        insert.bind(++place, field.place);
        project::bindValue(insert, ++place, project::valueOf(field.base));
        insert.bind(++place, field.ours);
        insert.bind(++place, field.theirs);
        insert.bind(++place, field.fate);
        insert.bind(++place, field.isTaken ? 1 : 0);
        insert.bind(++place, field.why);
        project::insertRow(insert);
    }
}

} // namespace

void addReturn(LedgerChange& change, ReturnRecord& record, const std::vector<std::filesystem::path>& files,
               const std::vector<ReturnedField>& fields, const std::vector<LeftRow>& left) {
    record.made = change.stamp();
    project::guarded(change.project(), [&](SQLite::Database& database) {
        SQLite::Statement insert(
            database, "INSERT INTO returns (at, who, file, sha256, export, prefer, photos, rows, cases, "
                      "unchanged, changed, conflicting, refused, doubtful, unmatched) VALUES (?, ?, ?, ?, ?, "
                      "?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        int place = 0;
        for (const std::string* text : {&record.made.at, &record.made.who, &record.file, &record.sha256}) {
            insert.bind(++place, *text);
        }
        project::bindValue(insert, ++place, project::valueOf(record.exportId));
        insert.bind(++place, record.prefer);
        insert.bind(++place, record.photos);
        const ReturnCounts& counts = record.counts;
        for (const std::int64_t count :
             {counts.rows, counts.cases, counts.unchanged, counts.changed, counts.conflicting, counts.refused,
              counts.doubtful, counts.unmatched}) {
            insert.bind(++place, count);
        }
        insert.exec();
        record.id = database.getLastInsertRowid();
        addFiles(database, record.id, files);
        addFields(database, record.id, fields);
        SQLite::Statement row(
            database, "INSERT INTO return_left (return_id, row, place, number, why) VALUES (?, ?, ?, ?, ?)");
        std::int64_t number = 0;
        for (const LeftRow& each : left) {
            place = 0;
            row.bind(++place, record.id);
            row.bind(++place, ++number);
            row.bind(++place, each.place);
            row.bind(++place, each.number);
            row.bind(++place, each.why);
            project::insertRow(row);
        }
        return 0;
    });
}

std::vector<ReturnRecord> returns(const ProjectFile& project) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(database, std::string(kReturns) + "ORDER BY id");
        std::vector<ReturnRecord> all;
        while (rows.executeStep()) {
            all.push_back(recordFrom(rows));
        }
        return all;
    });
}

ReturnRecord readReturn(const ProjectFile& project, std::int64_t id) {
    std::string known;
    for (ReturnRecord& record : returns(project)) {
        if (record.id == id) {
            return std::move(record);
        }
        known += (known.empty() ? "" : ", ") + std::to_string(record.id);
    }
    throw Error(fmt::format("项目中没有第 {0} 次回传；已有 / the project has no return {0}; it has: {1}", id,
                            known.empty() ? "-" : known));
}

std::optional<ReturnRecord> returnOf(const ProjectFile& project, const std::string& sha256) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement row(database, std::string(kReturns) + "WHERE sha256 = ? ORDER BY id LIMIT 1");
        row.bind(1, sha256);
        return row.executeStep() ? std::optional(recordFrom(row)) : std::nullopt;
    });
}

std::vector<ReturnedField> fieldsOf(const ProjectFile& project, std::int64_t returnId) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(
            database, "SELECT f.case_id, c.number, f.field, f.place, f.base, f.ours, f.theirs, f.fate, "
                      "f.taken, f.why FROM return_fields f JOIN cases c ON c.id = f.case_id WHERE "
                      "f.return_id = ? ORDER BY c.scheme, c.serial, f.field");
        rows.bind(1, returnId);
        std::vector<ReturnedField> fields;
        while (rows.executeStep()) {
            int column = 0;
            const auto text = [&] { return rows.getColumn(column++).getString(); };
            ReturnedField field;
            field.caseId = rows.getColumn(column++).getInt64();
            field.number = text();
            field.field = text();
            field.place = text();
            if (!rows.getColumn(column).isNull()) {
                field.base = rows.getColumn(column).getString();
            }
            ++column;
            field.ours = text();
            field.theirs = text();
            field.fate = text();
            field.isTaken = rows.getColumn(column++).getInt() != 0;
            field.why = text();
            fields.push_back(std::move(field));
        }
        return fields;
    });
}

std::vector<LeftRow> leftRowsOf(const ProjectFile& project, std::int64_t returnId) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(database,
                               "SELECT place, number, why FROM return_left WHERE return_id = ? ORDER BY row");
        rows.bind(1, returnId);
        std::vector<LeftRow> left;
        while (rows.executeStep()) {
            left.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString(),
                            rows.getColumn(2).getString()});
        }
        return left;
    });
}

std::vector<std::filesystem::path> extractReturn(const ProjectFile& project, std::int64_t returnId,
                                                 const std::filesystem::path& folder) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(database,
                               "SELECT name, bytes FROM return_files WHERE return_id = ? ORDER BY place");
        rows.bind(1, returnId);
        std::vector<std::string> names;
        while (rows.executeStep()) {
            names.push_back(rows.getColumn(0).getString());
        }
        OutputFolder output(folder, names, Existing::Refuse);
        std::vector<std::filesystem::path> files;
        rows.reset();
        output.write([&] {
            while (rows.executeStep()) {
                const SQLite::Column bytes = rows.getColumn(1);
                const std::string name = rows.getColumn(0).getString();
                std::ofstream out(output.temporary(name), std::ios::binary);
                out.write(static_cast<const char*>(bytes.getBlob()), bytes.getBytes());
                out.close();
                if (!out) {
                    throw Error(fmt::format("无法写入 {0} / cannot write {0}", (folder / name).string()));
                }
                files.push_back(folder / name);
            }
        });
        output.publish();
        return files;
    });
}

} // namespace layers
