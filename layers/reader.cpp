#include "layers/reader.hpp"

#include "geo/parallel.hpp"
#include "layers/crs_decision.hpp"
#include "layers/error.hpp"
#include "layers/file_stamps.hpp"
#include "layers/joined_source.hpp"
#include "layers/known_places.hpp"
#include "layers/lost_in_reading.hpp"
#include "layers/profile_settings.hpp"
#include "layers/record_mapping.hpp"
#include "layers/sha256.hpp"
#include "layers/shift_evidence.hpp"

#include <algorithm>
#include <future>
#include <optional>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::size_t kBatchBytes = std::size_t{8} << 20U;
constexpr std::size_t kManyFeatures = 256; ///< from here on several features make one chunk of work
constexpr std::size_t kGrain = 32;

/// A feature after the parallel work.
template <typename Record>
struct Outcome {
    CheckedGeometry geometry; ///< its shape has gone into the record, when usable
    MappedRecord<Record> mapped;
    RawFeature raw;                    ///< of a feature that is not usable
    std::optional<std::size_t> idHash; ///< of a record with an id to compare
};

bool needsArea(Role role) {
    return role != Role::Changes;
}

/// One layer on its way into records.
template <typename Mapper>
class LayerReading {
  public:
    using Record = typename Mapper::Record;

    LayerReading(const LayerRef& ref, const ReadOptions& options, geo::Progress& progress)
        : m_stamps(ref.file), m_options(withProfileSettings(ref, options)), m_progress(progress),
          m_file(ref.file.filename().string()), m_fileLog(std::string(roleKey(options.role)), m_file),
          m_log(std::string(roleKey(options.role)), m_file),
          m_source(joinedSource(openSource(ref, m_options, m_fileLog), m_options, m_fileLog)),
          m_hash(std::async(std::launch::async,
                            [members = m_source->info().members] { return sha256Of(members); })) {
        m_stamps.add(m_source->info().members);
        m_log.setLayer(m_source->info().layer);
        m_fileLog.setLayer(m_source->info().layer);
    }

    ReadResult<Record> run() {
        const std::int64_t steps = m_source->info().steps;
        m_progress.begin("读取 " + m_file, steps > 0 ? steps : m_source->info().features);
        m_source->watch(m_progress);
        std::vector<RawFeature> batch = m_source->read(kBatchBytes);
        if (batch.empty()) {
            throw Error(m_file + "（" + m_source->info().layer +
                        "）：图层中没有要素 / the layer has no features");
        }
        const CrsDecision crs = orJoinFault(
            [&] { return decideCrs(m_source->info(), m_options, firstLook(batch), m_file, m_log); });
        const FieldMapping mapping =
            orJoinFault([&] { return FieldMapping(m_source->info(), m_options, m_file, m_log); });
        const GeometryStage stage(crs.definition, stageSettings(), m_options.positions);
        m_evidence.emplace(m_source->info().fields, m_file);
        Mapper mapper(mapping, m_options);
        m_result.records.reserve(believableCount());
        while (!batch.empty()) {
            // The next features are read while these are worked on.
            auto next = std::async(std::launch::async, [this] { return m_source->read(kBatchBytes); });
            work(batch, stage, mapper);
            batch = next.get();
        }
        mapper.finish(m_file);
        noteDuplicates();
        m_outside.tell(m_log);
        m_evidence->tell(m_options.positions, m_log);
        compareWithKnown();
        fillReport(crs, mapping);
        return std::move(m_result);
    }

  private:
    static constexpr bool kIsZone = std::is_same_v<Record, Zone>;

    /// A patch without area cannot be judged; a sliver among the zones is left where it is, for a rejected
    /// zone ends the run.
    [[nodiscard]] Settings stageSettings() const {
        Settings settings = m_options.settings;
        settings.leastAreaM2 = m_options.role == Role::Changes ? settings.leastAreaM2 : 0.0;
        return settings;
    }

    /// What `decide` gives. Where it refuses the layer and a table is joined to it, the rest is read all the
    /// same: a join that fails too has the first word, for it is why fields or places are missing.
    template <typename Decide>
    auto orJoinFault(Decide decide) -> decltype(decide()) {
        try {
            return decide();
        } catch (const Error& error) {
            const std::string fault = m_options.join ? faultOfTheRest() : std::string();
            if (fault.empty()) {
                throw;
            }
            throw Error(fmt::format("{}\n{}", fault, error.what()));
        }
    }

    std::string faultOfTheRest() {
        try {
            while (!m_source->read(kBatchBytes).empty()) {
                m_progress.checkCancelled();
            }
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    }

    void work(std::vector<RawFeature>& batch, const GeometryStage& stage, Mapper& mapper) {
        mapper.learn(batch);
        std::vector<Outcome<Record>> outcomes(batch.size());
        const std::size_t grain = batch.size() < kManyFeatures ? 1 : kGrain;
        geo::Progress uncounted; // of a source that steps by itself
        geo::Progress& counted = m_source->info().steps > 0 ? uncounted : m_progress;
        geo::parallelFor(batch.size(), grain, m_options.threads, counted, [&](std::size_t n) {
            m_progress.checkCancelled();
            Outcome<Record>& outcome = outcomes[n];
            outcome.geometry = stage.check(batch[n]);
            CheckedGeometry& geometry = outcome.geometry;
            if (geometry.usable && needsArea(m_options.role) && geometry.shape.polygons.empty()) {
                geometry.usable = false;
                geometry.reasonZh = "不是面要素（管控区和行政区必须是面）";
                geometry.reasonEn = "not an area (zones and counties must be areas)";
            }
            if (geometry.usable) {
                outcome.mapped = mapper.map(std::move(batch[n]), std::move(geometry.shape));
                outcome.idHash = idHash(outcome.mapped.record);
            } else {
                outcome.raw = std::move(batch[n]);
            }
        });
        for (Outcome<Record>& outcome : outcomes) {
            take(std::move(outcome), mapper);
        }
    }

    /// Features as promised, but no more than the files can hold.
    [[nodiscard]] std::size_t believableCount() const {
        constexpr std::uintmax_t kLeastBytes = 32;
        std::uintmax_t bytes = 0;
        for (const std::filesystem::path& member : m_source->info().members) {
            std::error_code fault;
            const std::uintmax_t size = std::filesystem::file_size(member, fault);
            bytes += fault ? 0 : size;
        }
        const auto promised =
            static_cast<std::uintmax_t>(std::max<std::int64_t>(0, m_source->info().features));
        return static_cast<std::size_t>(std::min(promised, bytes / kLeastBytes));
    }

    static std::optional<std::size_t> idHash(const std::optional<Record>& record) {
        const std::string id = record ? Mapper::comparedId(*record) : std::string();
        return id.empty() ? std::nullopt : std::optional<std::size_t>(std::hash<std::string>()(id));
    }

    void take(Outcome<Record>&& outcome, const Mapper& mapper) {
        ++m_result.report.features;
        m_lost.count(outcome.geometry);
        m_result.report.invalid += outcome.geometry.invalid ? 1 : 0;
        if (!outcome.geometry.usable) {
            reject(std::move(outcome), mapper);
            return;
        }
        m_result.report.repaired += outcome.geometry.repaired ? 1 : 0;
        for (Problem& problem : outcome.geometry.problems) {
            m_log.add(std::move(problem));
        }
        for (Problem& problem : outcome.mapped.problems) {
            m_log.addGrouped(std::move(problem));
        }
        if (!outcome.mapped.record) {
            return;
        }
        Record& record = *outcome.mapped.record;
        m_outside.add(outcome.geometry.feature, record.shape.box());
        if constexpr (std::is_same_v<Record, Patch>) {
            m_evidence->add(record.raw, record.shape);
        }
        if (outcome.idHash) {
            m_ids.emplace_back(*outcome.idHash, static_cast<std::uint32_t>(m_result.records.size()));
        }
        m_result.records.push_back(std::move(record));
    }

    /// Equal ids, by sorting hashes at the end: half a million ids cost no set of strings.
    void noteDuplicates() {
        std::sort(m_ids.begin(), m_ids.end());
        std::vector<std::pair<std::uint32_t, std::uint32_t>> repeated; // record, which it repeats
        for (std::size_t first = 0, n = 1; n < m_ids.size(); ++n) {
            if (m_ids[n].first != m_ids[first].first) {
                first = n;
                continue;
            }
            const auto [earlier, later] = std::pair(m_ids[first].second, m_ids[n].second);
            if (Mapper::comparedId(m_result.records[earlier]) ==
                Mapper::comparedId(m_result.records[later])) {
                repeated.emplace_back(later, earlier);
            }
        }
        std::sort(repeated.begin(), repeated.end());
        for (const auto& [record, earlier] : repeated) {
            const std::string id = Mapper::comparedId(m_result.records[record]);
            Problem problem;
            problem.kind = ProblemKind::DuplicateId;
            problem.feature = Mapper::featureOf(m_result.records[record]);
            problem.textZh = fmt::format("编号“{}”重复", id);
            problem.textEn = fmt::format("the id \"{}\" occurs more than once", id);
            problem.doneZh = "各自保留";
            problem.doneEn = "all are kept";
            m_log.add(std::move(problem));
        }
    }

    void reject(Outcome<Record>&& outcome, const Mapper& mapper) {
        const CheckedGeometry& geometry = outcome.geometry;
        if (kIsZone && !m_options.allowIncompleteZones) {
            mapper.finish(m_file);
            throw Error(fmt::format(
                "{0}（{1}）：管控区要素 {2} 不能使用：{3}；缺少管控区会得出错误的“不涉及”。请修复数据，或用 "
                "--allow-incomplete-zones 继续 / zone feature "
                "{2} cannot be used: {4}; without it a patch could wrongly be clear. Mend the data, or go on "
                "with --allow-incomplete-zones",
                m_file, m_source->info().layer, outcome.raw.id, geometry.reasonZh, geometry.reasonEn));
        }
        ++m_result.report.rejected;
        Problem problem;
        problem.kind = kIsZone ? ProblemKind::ZoneLeftOut : geometry.kind;
        problem.severity = Severity::Error;
        problem.feature = outcome.raw.id;
        problem.textZh = geometry.reasonZh;
        problem.textEn = geometry.reasonEn;
        problem.doneZh = kIsZone ? "不作为管控区，结果标明管控区不完整" : "不参加核查，列入 rejects";
        problem.doneEn = kIsZone ? "left out; the results say that zones are incomplete"
                                 : "not checked, listed as a reject";
        m_log.add(std::move(problem));
        Reject rejected;
        rejected.feature = outcome.raw.id;
        rejected.reasonZh = geometry.reasonZh;
        rejected.reasonEn = geometry.reasonEn;
        rejected.shape = std::move(outcome.geometry.shape);
        rejected.id = mapper.idOf(outcome.raw);
        rejected.raw = std::move(outcome.raw.values);
        m_result.rejects.push_back(std::move(rejected));
    }

    void compareWithKnown() {
        if constexpr (std::is_same_v<Record, Patch>) {
            if (m_options.known == nullptr) {
                return;
            }
            std::vector<geo::Coordinate> centres;
            for (const Patch& patch : m_result.records) {
                if (const auto centre = centreOf(patch.shape)) {
                    centres.push_back(*centre);
                }
            }
            m_options.known->compare(centres, m_options.positions, m_log);
        }
    }

    void fillReport(const CrsDecision& crs, const FieldMapping& mapping) {
        const SourceInfo& info = m_source->info();
        InputReport& report = m_result.report;
        report.role = m_options.role;
        report.file = m_file;
        report.layer = info.layer;
        report.crs = crs.name;
        report.crsReason = crs.reason;
        report.encoding = info.encoding;
        report.encodingReason = info.encodingReason;
        constexpr std::string_view kByOption = "given by --encoding";
        if (!m_options.encodingFrom.empty() && report.encodingReason.starts_with(kByOption)) {
            report.encodingReason.replace(0, kByOption.size(), "given by " + m_options.encodingFrom);
        }
        report.encodingSamples = info.encodingSamples;
        report.profile = mapping.profile();
        report.mapping = mapping.report();
        report.mapping.insert(report.mapping.end(), info.places.begin(), info.places.end());
        for (const SourceField& field : info.fields) {
            report.fields.push_back(field.name);
        }
        report.sha256 = m_hash.get();
        m_stamps.demandUnchanged(info.members);
        m_lost.tell(m_log);
        m_result.problems = m_fileLog.take();
        std::vector<Problem> more = m_log.take();
        std::move(more.begin(), more.end(), std::back_inserter(m_result.problems));
        if (std::is_same_v<Record, Patch> && m_options.known != nullptr) {
            const std::vector<Problem>& known = m_options.known->problems();
            m_result.problems.insert(m_result.problems.end(), known.begin(), known.end());
        }
    }

    FileStamps m_stamps;         ///< taken before anything is opened
    const ReadOptions m_options; ///< with what the profile settles before the file is opened
    geo::Progress& m_progress;
    std::string m_file;
    ProblemLog m_fileLog; ///< the source's own, written while it reads ahead
    ProblemLog m_log;
    std::unique_ptr<FeatureSource> m_source;
    std::future<std::string> m_hash;
    ReadResult<Record> m_result;
    LostInReading m_lost;
    OutsideChina m_outside;
    std::optional<ShiftEvidence> m_evidence;
    std::vector<std::pair<std::size_t, std::uint32_t>> m_ids; ///< hash of the id, record
};

} // namespace

ReadResult<Patch> readPatches(const LayerRef& ref, const ReadOptions& options, geo::Progress& progress) {
    return LayerReading<PatchMapper>(ref, options, progress).run();
}

ReadResult<Zone> readZones(const LayerRef& ref, const ReadOptions& options, geo::Progress& progress) {
    return LayerReading<ZoneMapper>(ref, options, progress).run();
}

ReadResult<County> readCounties(const LayerRef& ref, const ReadOptions& options, geo::Progress& progress) {
    return LayerReading<CountyMapper>(ref, options, progress).run();
}

KnownPlaces readKnownPlaces(const LayerRef& ref, const std::string& crs, const ReadOptions& options,
                            geo::Progress& progress) {
    static const ImportProfile kAnything = loadProfile("generic");
    ReadOptions known;
    known.role = Role::Changes;
    known.crs = crs;
    known.profiles = {&kAnything};
    known.allowDrivers = options.allowDrivers;
    known.settings = options.settings;
    known.threads = options.threads;
    ReadResult<Patch> read;
    try {
        read = readPatches(ref, known, progress);
    } catch (const Error& error) {
        throw Error(fmt::format("--known（坐标系用 --known-crs 指明 / its system: --known-crs EPSG:n）: {}",
                                error.what()));
    }
    std::vector<geo::Coordinate> centres;
    for (const Patch& patch : read.records) {
        if (const auto centre = centreOf(patch.shape)) {
            centres.push_back(*centre);
        }
    }
    return {ref.file.filename().string(), std::move(centres), std::move(read.report), read.problems};
}

} // namespace layers
