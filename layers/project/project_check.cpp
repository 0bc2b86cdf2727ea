#include "layers/project/project_check.hpp"

#include "layers/project/case_check.hpp"
#include "layers/project/event_log.hpp"
#include "layers/project/project_handle.hpp"

#include <fmt/format.h>

#include <array>

namespace layers {

namespace {

using Faults = std::vector<ProjectFault>;

void checkIntegrity(SQLite::Database& database, Faults& faults) {
    SQLite::Statement check(database, "PRAGMA integrity_check(20)");
    while (check.executeStep()) {
        const std::string line = check.getColumn(0).getString();
        if (line != "ok") {
            faults.push_back({"integrity", "数据库文件损坏：" + line, "the database is damaged: " + line});
        }
    }
}

void checkForeignKeys(SQLite::Database& database, Faults& faults) {
    SQLite::Statement check(database, "PRAGMA foreign_key_check");
    while (check.executeStep()) {
        const std::string table = check.getColumn(0).getString();
        const std::string row = check.getColumn(1).isNull() ? "?" : check.getColumn(1).getString();
        const std::string parent = check.getColumn(2).getString();
        faults.push_back(
            {"foreign_keys", fmt::format("表 {} 第 {} 行指向 {} 中不存在的行", table, row, parent),
             fmt::format("row {} of {} points to a row of {} that is not there", row, table, parent)});
    }
}

/// A query whose every row is a fault: its first column names what, the others are numbers.
struct SumCheck {
    const char* sql;
    const char* zh;
    const char* en;
};

void checkSums(SQLite::Database& database, Faults& faults) {
    static constexpr auto kChecks = std::to_array<SumCheck>({
        {R"(SELECT b.code, b.patches, count(p.id) FROM batches b LEFT JOIN patches p ON p.batch_id = b.id
            GROUP BY b.id HAVING b.patches <> count(p.id))",
         "批次 {} 应有 {} 个图斑，现有 {}", "batch {} should hold {} patches, it holds {}"},
        {R"(SELECT 'run ' || r.id, b.patches + b.rejects,
                   r.listed + r.near + r.clear + r.duplicate + r.rejected AS sum
            FROM runs r JOIN batches b ON b.id = r.batch WHERE b.patches + b.rejects <> sum)",
         "{}：读入 {}，归类合计 {}", "{}: {} read, {} in buckets"},
        {R"(SELECT 'run ' || r.id, r.listed, count(p.patch)
            FROM runs r LEFT JOIN run_patches p ON p.run = r.id AND p.bucket = 'listed'
            GROUP BY r.id HAVING r.listed <> count(p.patch))",
         "{}：清单应有 {} 个，现有 {}", "{}: {} listed, {} kept"},
        {R"(SELECT v.id, v.features, count(z.id)
            FROM zone_versions v JOIN zone_layers l ON l.id = v.layer LEFT JOIN zones z ON z.zone_version = v.id
            WHERE l.role <> 'admin' GROUP BY v.id HAVING v.features <> count(z.id))",
         "管控区版本 {} 应有 {} 个要素，现有 {}", "zone version {} should hold {} features, it holds {}"},
    });
    for (const SumCheck& check : kChecks) {
        SQLite::Statement rows(database, check.sql);
        while (rows.executeStep()) {
            const std::string name = rows.getColumn(0).getString();
            const std::int64_t expected = rows.getColumn(1).getInt64();
            const std::int64_t found = rows.getColumn(2).getInt64();
            faults.push_back({"sums", fmt::format(fmt::runtime(check.zh), name, expected, found),
                              fmt::format(fmt::runtime(check.en), name, expected, found)});
        }
    }
}

} // namespace

std::vector<ProjectFault> checkProject(const ProjectFile& project) {
    return project::guarded(project, [&](SQLite::Database& database) {
        Faults faults;
        checkIntegrity(database, faults);
        checkForeignKeys(database, faults);
        for (const ChainFault& fault : checkChain(project)) {
            faults.push_back({"events", fault.textZh, fault.textEn});
        }
        const Faults ofCases = checkCases(project);
        faults.insert(faults.end(), ofCases.begin(), ofCases.end());
        checkSums(database, faults);
        return faults;
    });
}

} // namespace layers
