#include "layers/project/binding_handle.hpp"
#include "layers/project/project_handle.hpp"
#include "layers/project/run_store.hpp"

namespace layers {

namespace {

/// Statements for the rows of one run.
class Keeper {
  public:
    Keeper(SQLite::Database& database, const RunRecord& run)
        : m_run(run),
          m_patch(
              database,
              "INSERT INTO run_patches (run, patch, bucket, verdict, priority, rule, area_m2, covered_m2, "
              "judged_on, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
          m_finding(
              database,
              "INSERT INTO findings (key, batch, patch, zone_role, zone_kind, zone_name, zone_class, rule, "
              "first_run, last_run, obsolete_since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, NULL) ON "
              "CONFLICT (key) DO UPDATE SET last_run = excluded.last_run, obsolete_since = NULL"),
          m_measure(database,
                    "INSERT INTO run_findings (run, patch, place, zone, key, area_m2, length_m, certainty, "
                    "verdict, priority) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

    void keep(const RunConclusion& conclusion) {
        int place = 0;
        m_patch.bind(++place, m_run.id);
        m_patch.bind(++place, conclusion.patch);
        m_patch.bind(++place, conclusion.bucket);
        m_patch.bind(++place, conclusion.verdict);
        m_patch.bind(++place, conclusion.priority);
        m_patch.bind(++place, conclusion.rule);
        project::bindValue(m_patch, ++place, project::valueOf(conclusion.areaM2));
        project::bindValue(m_patch, ++place, project::valueOf(conclusion.coveredM2));
        m_patch.bind(++place, conclusion.judgedOn);
        m_patch.bind(++place, conclusion.digest);
        project::insertRow(m_patch);
        std::int64_t number = 0;
        for (const RunFinding& finding : conclusion.findings) {
            keepFinding(conclusion.patch, ++number, finding);
        }
    }

  private:
    void keepFinding(std::int64_t patch, std::int64_t number, const RunFinding& finding) {
        int place = 0;
        m_finding.bind(++place, finding.key);
        m_finding.bind(++place, m_run.setup.batch);
        m_finding.bind(++place, patch);
        for (const std::string* text :
             {&finding.zoneRole, &finding.zoneKind, &finding.zoneName, &finding.zoneClass, &finding.rule}) {
            m_finding.bind(++place, *text);
        }
        m_finding.bind(++place, m_run.id);
        project::insertRow(m_finding);
        place = 0;
        m_measure.bind(++place, m_run.id);
        m_measure.bind(++place, patch);
        m_measure.bind(++place, number);
        m_measure.bind(++place, finding.zone);
        m_measure.bind(++place, finding.key);
        project::bindValue(m_measure, ++place, project::valueOf(finding.areaM2));
        project::bindValue(m_measure, ++place, project::valueOf(finding.lengthM));
        m_measure.bind(++place, finding.certainty);
        m_measure.bind(++place, finding.verdict);
        m_measure.bind(++place, finding.priority);
        project::insertRow(m_measure);
    }

    const RunRecord& m_run;
    SQLite::Statement m_patch;
    SQLite::Statement m_finding;
    SQLite::Statement m_measure;
};

void readFindings(SQLite::Database& database, std::int64_t run, std::vector<RunConclusion>& conclusions) {
    SQLite::Statement rows(
        database,
        "SELECT r.patch, r.zone, r.key, f.zone_role, f.zone_kind, f.zone_name, f.zone_class, f.rule, "
        "r.area_m2, r.length_m, r.certainty, r.verdict, r.priority FROM run_findings r JOIN "
        "findings f ON f.key = r.key WHERE r.run = ? ORDER BY r.patch, r.place");
    rows.bind(1, run);
    std::size_t at = 0; // both are in the order of patches
    while (rows.executeStep()) {
        int column = 0;
        const std::int64_t patch = rows.getColumn(column++).getInt64();
        while (at < conclusions.size() && conclusions[at].patch < patch) {
            ++at;
        }
        if (at == conclusions.size() || conclusions[at].patch != patch) {
            continue;
        }
        RunFinding finding;
        finding.zone = rows.getColumn(column++).getInt64();
        for (std::string* text : {&finding.key, &finding.zoneRole, &finding.zoneKind, &finding.zoneName,
                                  &finding.zoneClass, &finding.rule}) {
            *text = rows.getColumn(column++).getString();
        }
        finding.areaM2 = project::realOf(rows.getColumn(column++));
        finding.lengthM = project::realOf(rows.getColumn(column++));
        finding.certainty = rows.getColumn(column++).getString();
        finding.verdict = rows.getColumn(column++).getString();
        finding.priority = rows.getColumn(column).getInt();
        conclusions[at].findings.push_back(std::move(finding));
    }
}

} // namespace

std::int64_t addConclusions(LedgerChange& change, const RunRecord& run,
                            const std::vector<RunConclusion>& conclusions) {
    return project::guarded(change.project(), [&](SQLite::Database& database) {
        Keeper keeper(database, run);
        for (const RunConclusion& conclusion : conclusions) {
            keeper.keep(conclusion);
        }
        SQLite::Statement obsolete(
            database, "UPDATE findings SET obsolete_since = ?1 WHERE batch = ?2 AND last_run <> ?1 "
                      "AND obsolete_since IS NULL");
        obsolete.bind(1, run.id);
        obsolete.bind(2, run.setup.batch);
        return std::int64_t{obsolete.exec()};
    });
}

std::vector<RunConclusion> conclusionsOf(const ProjectFile& project, std::int64_t run) {
    return project::guarded(project, [&](SQLite::Database& database) {
        SQLite::Statement rows(
            database, "SELECT patch, bucket, verdict, priority, rule, area_m2, covered_m2, judged_on, "
                      "digest FROM run_patches WHERE run = ? ORDER BY patch");
        rows.bind(1, run);
        std::vector<RunConclusion> conclusions;
        while (rows.executeStep()) {
            int column = 0;
            RunConclusion conclusion;
            conclusion.patch = rows.getColumn(column++).getInt64();
            conclusion.bucket = rows.getColumn(column++).getString();
            conclusion.verdict = rows.getColumn(column++).getString();
            conclusion.priority = rows.getColumn(column++).getInt();
            conclusion.rule = rows.getColumn(column++).getString();
            conclusion.areaM2 = project::realOf(rows.getColumn(column++));
            conclusion.coveredM2 = project::realOf(rows.getColumn(column++));
            conclusion.judgedOn = rows.getColumn(column++).getString();
            conclusion.digest = rows.getColumn(column).getString();
            conclusions.push_back(std::move(conclusion));
        }
        readFindings(database, run, conclusions);
        return conclusions;
    });
}

} // namespace layers
