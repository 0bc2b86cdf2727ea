#include "app/check/list_words.hpp"
#include "app/report/named_cells.hpp"
#include "app/report/results_columns.hpp"
#include "app/report/results_restore.hpp"
#include "app/report/results_tables.hpp"
#include "layers/error.hpp"
#include "layers/results_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

// results.gpkg read back into the result that it was written from.
namespace app {

namespace {

using Json = nlohmann::ordered_json;
using layers::Value;

class Reading {
  public:
    explicit Reading(const std::filesystem::path& file) : m_file(file) {
        const std::string run = m_file.info("run_json");
        const std::string restore = m_file.info("restore");
        if (run.empty() || restore.empty()) {
            throw layers::Error(fmt::format(
                "{0} 由较早的版本写出，所存不足以重做清单以外的成果，请用本版本重新核查（check） / {0} was "
                "written by an earlier version and does not keep enough: run check again",
                file.filename().string()));
        }
        m_run = Json::parse(run);
        m_restore = Json::parse(restore);
    }

    CheckResult take() {
        readRun();
        readZones();
        readJudgements();
        readPatches();
        readOverlaps();
        readAtoms();
        readNear();
        readRejects();
        restoreFacts();
        orderListed();
        return std::move(m_result);
    }

  private:
    template <typename Take>
    void each(const layers::TableSpec& table, Take&& take) const {
        m_file.eachRow(table, [&](const std::vector<Value>& cells, geo::Shape&& shape) {
            take(NamedCells(table, cells), std::move(shape));
        });
    }

    void readRun() {
        for (const Json& entry : m_run.at("inputs")) {
            const std::optional<layers::Role> role = layers::roleFromKey(entry.at("role").get<std::string>());
            if (!role) {
                continue; // --known: compared with, and not checked
            }
            layers::InputReport input;
            input.role = *role;
            input.file = entry.at("file");
            input.layer = entry.at("layer");
            input.sha256 = entry.at("sha256");
            input.crs = entry.at("crs");
            input.profile = entry.at("profile");
            input.features = entry.at("features");
            input.rejected = entry.at("rejected");
            input.fields = {"JCSJ"}; // the one attribute that is kept
            m_result.inputs.push_back(std::move(input));
        }
        const Json& settings = m_run.at("settings");
        for (const layers::SettingInfo& info : layers::settingInfos()) {
            if (settings.contains(info.name)) {
                m_result.settings.*info.member = settings.at(info.name).get<double>();
            }
        }
        m_result.batch = settings.at("batch");
        m_result.today = layers::dayFromIso(settings.at("today").get<std::string>()).value_or(0);
        if (settings.at("date").is_string()) {
            m_result.date = layers::dayFromIso(settings.at("date").get<std::string>());
        }
        m_result.zonesIncomplete = settings.at("zones_incomplete");
        const Json& rules = settings.at("rules");
        m_result.rules.name = rules.at("name");
        m_result.rules.version = rules.at("version");
        m_result.rules.fileName = rules.at("file");
        m_result.rules.sha256 = rules.at("sha256");
        m_result.rules.activities = m_restore.at("activities").get<std::map<std::string, std::string>>();
        for (const Json& fault : m_run.at("closing_faults")) {
            m_result.faults.push_back({fault.at("what"), fault.at("expected"), fault.at("found")});
        }
        for (const Json& county : m_restore.at("counties")) {
            m_result.counties.push_back({county.at(0), county.at(1), county.at(2), {}});
        }
    }

    [[nodiscard]] std::int32_t inputOf(const NamedCells& cells, layers::Role role) const {
        const std::string file = cells.text("source_file");
        const std::string layer = cells.text("source_layer");
        const auto found = std::find_if(m_result.inputs.begin(), m_result.inputs.end(), [&](const auto& i) {
            return i.role == role && i.file == file && i.layer == layer;
        });
        if (found == m_result.inputs.end()) {
            refuseResults("source_file " + file);
        }
        return static_cast<std::int32_t>(found - m_result.inputs.begin());
    }

    void readZones() {
        each(zonesTable(), [&](const NamedCells& cells, geo::Shape&& /*shape*/) {
            layers::Zone zone;
            const std::optional<layers::Role> role = layers::roleFromKey(cells.text("role"));
            const std::optional<layers::ZoneKind> kind = layers::zoneKindFromCode(cells.text("kind"));
            if (!role || !kind) {
                refuseResults("zones " + cells.text("role") + " " + cells.text("kind"));
            }
            zone.role = *role;
            zone.kind = *kind;
            zone.input = inputOf(cells, *role);
            zone.feature = cells.integer("source_fid");
            zone.id = cells.text("id");
            zone.name = cells.text("name");
            zone.level = cells.text("level");
            zone.zoneClass = cells.text("zone_class");
            zone.originalClass = cells.text("original_class");
            zone.version = cells.text("version");
            zone.approval = cells.text("approval");
            zone.approved = layers::parseDate(cells.text("approved"));
            zone.validFrom = layers::parseDate(cells.text("valid_from"));
            zone.validTo = layers::parseDate(cells.text("valid_to"));
            m_result.zones.push_back(std::move(zone));
        });
    }

    void readJudgements() {
        each(judgementsTable(), [&](const NamedCells& cells, geo::Shape&& /*shape*/) {
            layers::Judgement judgement;
            const std::optional<layers::Verdict> verdict = suspectedVerdictFrom(cells.text("verdict"));
            if (!verdict) {
                refuseResults("verdict " + cells.text("verdict"));
            }
            judgement.verdict = *verdict;
            judgement.priority = static_cast<int>(cells.integer("priority"));
            judgement.ruleId = cells.text("rule");
            judgement.basis = cells.text("basis");
            const std::string letter = cells.text("confidence");
            judgement.confidence = fromKey<layers::Confidence, 3>(
                letter, [](layers::Confidence c) { return std::string(1, layers::confidenceLetter(c)); },
                "confidence");
            judgement.judgedClass = cells.text("judged_class");
            judgement.converted = cells.integer("converted") != 0;
            judgement.fallback = cells.integer("fallback") != 0;
            m_result.judgements.push_back(std::move(judgement));
        });
    }

    void readPatches() {
        each(patchesTable(layers::GeometryKind::Any), [&](const NamedCells& cells, geo::Shape&& shape) {
            layers::Patch patch;
            patch.input = inputOf(cells, layers::Role::Changes);
            patch.feature = cells.integer("source_fid");
            patch.id = cells.text("patch_id");
            patch.batch = cells.text("batch");
            patch.activity = cells.text("activity_code");
            patch.activityText = cells.text("activity");
            patch.changeText = cells.text("change");
            for (const layers::Change change : {layers::Change::New, layers::Change::Grown,
                                                layers::Change::Reduced, layers::Change::Unchanged}) {
                patch.change = layers::changeNameZh(change) == patch.changeText ? change : patch.change;
            }
            patch.earlier = layers::parseDate(cells.text("earlier"));
            patch.later = layers::parseDate(cells.text("later"));
            patch.statedAreaM2 = cells.optionalReal("stated_area_m2");
            patch.shape = std::move(shape);
            PatchResult found;
            found.bucket = fromKey<layers::Bucket, 5>(cells.text("bucket"), layers::bucketKey, "bucket");
            found.overlay.measure = cells.measure("area_m2", "length_m");
            found.overlay.perimeterM = cells.real("perimeter_m");
            found.overlay.uncovered = cells.real("uncovered_m2");
            found.overlay.residual = cells.real("residual");
            found.covered = cells.measure("covered_m2", "covered_m");
            found.place = {cells.real("longitude"), cells.real("latitude")};
            found.date = layers::dayFromIso(cells.text("judged_on"));
            if (found.bucket == layers::Bucket::Duplicate) {
                found.duplicateOf = static_cast<std::int32_t>(cells.integer("duplicate_of") - 1);
                found.duplicateShare = cells.real("duplicate_share");
            }
            if (patch.shape.isEmpty() || !found.date) {
                refuseResults("patches " + patch.id);
            }
            if (found.bucket == layers::Bucket::Listed) {
                m_listed[cells.integer("number")] = {static_cast<std::int32_t>(m_result.patches.size()),
                                                     cells.text("task_number")};
            }
            m_result.patches.push_back(std::move(patch));
            m_result.results.push_back(std::move(found));
        });
    }

    /// A fid of another table as its slot.
    [[nodiscard]] static std::size_t slotOf(std::int64_t fid, std::size_t size, const char* what) {
        if (fid < 1 || static_cast<std::size_t>(fid) > size) {
            refuseResults(fmt::format("{} {}", what, fid));
        }
        return static_cast<std::size_t>(fid - 1);
    }
    [[nodiscard]] PatchResult& patchOf(const NamedCells& cells) {
        return m_result.results[slotOf(cells.integer("patch"), m_result.results.size(), "patch")];
    }
    [[nodiscard]] std::uint32_t zoneOf(std::int64_t fid) const {
        return static_cast<std::uint32_t>(slotOf(fid, m_result.zones.size(), "zone"));
    }

    void readOverlaps() {
        each(overlapsTable(layers::GeometryKind::Any), [&](const NamedCells& cells, geo::Shape&& shape) {
            PatchResult& found = patchOf(cells);
            geo::ZoneOverlap overlap;
            overlap.zone = zoneOf(cells.integer("zone"));
            overlap.path = fromKey<geo::OverlayPath, 3>(
                cells.text("path"),
                [](geo::OverlayPath path) -> std::string_view {
                    return path == geo::OverlayPath::Inside      ? "inside"
                           : path == geo::OverlayPath::Localised ? "localised"
                                                                 : "full";
                },
                "path");
            overlap.shape = std::move(shape);
            overlap.measure = cells.measure("area_m2", "length_m");
            const double width = cells.real("width_m");
            overlap.perimeterM = width > 0 ? 2 * overlap.measure / width : 0;
            overlap.boundaryLengthM = cells.real("boundary_m");
            const auto certainty =
                fromKey<layers::Certainty, 4>(cells.text("certainty"), layers::certaintyKey, "certainty");
            if (const std::int64_t fid = cells.integer("judgement"); fid != 0) {
                layers::Finding finding;
                finding.zone = overlap.zone;
                finding.overlap = static_cast<std::uint32_t>(found.overlay.overlaps.size());
                finding.certainty = certainty;
                const std::size_t count = m_result.judgements.size();
                finding.atDate = static_cast<std::uint32_t>(slotOf(fid, count, "judgement"));
                finding.today = static_cast<std::uint32_t>(
                    slotOf(cells.integer("judgement_today"), count, "judgement_today"));
                found.findings.push_back(finding);
            }
            found.certainty.push_back(certainty);
            found.overlay.overlaps.push_back(std::move(overlap));
        });
    }

    void readAtoms() {
        each(atomsTable(layers::GeometryKind::Any), [&](const NamedCells& cells, geo::Shape&& shape) {
            geo::Atom atom;
            const std::string zones = cells.text("zones");
            for (std::size_t start = 0; start < zones.size();) {
                const std::size_t end = std::min(zones.find(kListSeparator, start), zones.size());
                atom.zones.push_back(zoneOf(fidFrom(std::string_view(zones).substr(start, end - start))));
                start = end + kListSeparator.size();
            }
            atom.shape = std::move(shape);
            atom.measure = cells.measure("area_m2", "length_m");
            PatchResult& found = patchOf(cells);
            if (atom.zones.empty()) {
                found.overlay.uncovered = atom.measure;
            }
            found.overlay.atoms.push_back(std::move(atom));
        });
    }

    void readNear() {
        each(nearTable(), [&](const NamedCells& cells, geo::Shape&& shape) {
            geo::NearZone near;
            near.zone = zoneOf(cells.integer("zone"));
            near.distanceM = cells.real("distance_m");
            near.azimuthDeg = cells.real("azimuth_deg");
            near.onZone = {cells.real("zone_longitude"), cells.real("zone_latitude")};
            near.onShape = shape.lines.empty() || shape.lines.front().empty() ? near.onZone
                                                                              : shape.lines.front().front();
            patchOf(cells).overlay.near.push_back(near);
        });
    }

    void readRejects() {
        each(rejectsTable(), [&](const NamedCells& cells, geo::Shape&& shape) {
            const std::optional<layers::Role> role = layers::roleFromKey(cells.text("role"));
            if (!role) {
                refuseResults("rejects " + cells.text("role"));
            }
            layers::Reject reject;
            reject.input = inputOf(cells, *role);
            reject.feature = cells.integer("source_fid");
            reject.id = cells.text("id");
            reject.reasonZh = cells.text("reason_zh");
            reject.reasonEn = cells.text("reason_en");
            reject.shape = std::move(shape);
            m_result.rejects.push_back(std::move(reject));
        });
    }

    void restoreFacts() {
        for (const Json& entry : m_restore.at("patches")) {
            const std::size_t slot = slotOf(entry.at(0), m_result.patches.size(), "restore");
            const Json& facts = entry.at(1);
            PatchResult& found = m_result.results[slot];
            m_result.patches[slot].statedArea = facts.value("stated_area", std::string());
            if (facts.contains("built")) {
                m_result.patches[slot].raw = {facts.at("built").get<std::string>()};
            }
            if (facts.contains("counties")) {
                readCounties(facts.at("counties"), found);
            }
            if (facts.contains("findings")) {
                putInOrder(found, facts.at("findings").get<std::vector<std::uint32_t>>());
            }
        }
        for (const Json& words : m_restore.at("ledger")) {
            m_result.ledger.push_back({words.at(0), words.at(1), words.at(2), words.at(3), words.at(4),
                                       words.at(5).get<std::vector<std::string>>()});
        }
    }

    /// The number of the one county alone, or each part.
    void readCounties(const Json& counties, PatchResult& found) const {
        if (counties.is_number()) {
            found.counties.push_back({counties, found.overlay.measure, found.covered});
        } else {
            for (const Json& part : counties) {
                found.counties.push_back(
                    {part.at(0), part.at(1), part.at(2), part.at(3).get<std::vector<double>>()});
            }
        }
        for (const CountyPart& part : found.counties) {
            if (part.county < -1 || part.county >= static_cast<std::int32_t>(m_result.counties.size())) {
                refuseResults("counties");
            }
        }
    }

    /// Findings in the order of their overlaps' numbers.
    static void putInOrder(PatchResult& found, const std::vector<std::uint32_t>& overlaps) {
        std::vector<layers::Finding> ordered;
        for (const std::uint32_t overlap : overlaps) {
            const auto finding = std::find_if(found.findings.begin(), found.findings.end(),
                                              [&](const layers::Finding& f) { return f.overlap == overlap; });
            if (finding == found.findings.end()) {
                refuseResults("findings");
            }
            ordered.push_back(*finding);
        }
        if (ordered.size() != found.findings.size()) {
            refuseResults("findings");
        }
        found.findings = std::move(ordered);
    }

    void orderListed() {
        for (const auto& [number, listed] : m_listed) {
            m_result.listed.push_back(listed.first);
            m_result.taskNumbers.push_back(listed.second);
        }
        const auto listed = static_cast<std::int64_t>(m_result.listed.size());
        if (listed != m_result.countOf(layers::Bucket::Listed)) {
            refuseResults("number");
        }
        constexpr std::size_t kAnswers = 10;
        const bool isTooLong = std::any_of(m_result.ledger.begin(), m_result.ledger.end(),
                                           [](const LedgerWords& w) { return w.answers.size() > kAnswers; });
        if (isTooLong || (!m_result.ledger.empty() && m_result.ledger.size() != m_result.listed.size())) {
            refuseResults("ledger");
        }
    }

    layers::ResultsFile m_file;
    Json m_run;
    Json m_restore;
    CheckResult m_result;
    std::map<std::int64_t, std::pair<std::int32_t, std::string>> m_listed; ///< by 序号
};

} // namespace

CheckResult readResults(const std::filesystem::path& file) {
    try {
        return Reading(file).take();
    } catch (const Json::exception& error) {
        throw layers::Error(fmt::format("{0} 已损坏，请重新核查（check）/ {0} is damaged, check again: {1}",
                                        file.filename().string(), error.what()));
    }
}

} // namespace app
