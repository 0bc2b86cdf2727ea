#include "layers/inspection.hpp"

#include "layers/column_names.hpp"
#include "layers/crs_decision.hpp"
#include "layers/feature_source.hpp"
#include "layers/joined_source.hpp"
#include "layers/stored_geometry.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace layers {

namespace {

constexpr std::size_t kBatchBytes = std::size_t{8} << 20U;
constexpr std::size_t kSamples = 5;
constexpr std::array kRoles{Role::Changes, Role::RedLine, Role::Reserve, Role::Water, Role::Admin};

std::string_view kindWord(FieldKind kind) {
    return kind == FieldKind::Number ? "number" : kind == FieldKind::Date ? "date" : "text";
}

/// @param stored the feature's shape, decoded
std::string_view geometryWord(const RawFeature& feature, const geo::Shape& stored) {
    if (feature.geometry == RawFeature::Geometry::Damaged) {
        return "damaged";
    }
    switch (stored.dimension()) {
    case geo::Dimension::Area:
        return "area";
    case geo::Dimension::Line:
        return "line";
    case geo::Dimension::Point:
        return "point";
    case geo::Dimension::Empty:
        break;
    }
    return feature.geometry == RawFeature::Geometry::Wkb ? "damaged" : "none";
}

/// The values of one column, each counted.
struct Column {
    std::unordered_map<std::string, std::int64_t> counts;
    std::vector<std::string> order; ///< as they came
    std::int64_t filled = 0;

    void add(const std::string& value) {
        if (trimmed(value).empty()) {
            return;
        }
        ++filled;
        const auto seen = counts.find(value);
        if (seen != counts.end()) {
            ++seen->second;
        } else if (counts.size() < FieldInspection::kMostDifferent) {
            counts.emplace(value, 1);
            order.push_back(value);
        }
    }
};

/// Role whose shipped profiles fit the fields with the longest signature.
std::optional<Role> roleOfFields(const std::vector<SourceField>& fields) {
    const std::vector<std::string> names = fieldNames(fields);
    const std::vector<std::string> cut = cutFieldNames(fields);
    std::optional<Role> best;
    std::size_t longest = 0;
    for (const Role role : kRoles) {
        for (const ImportProfile& profile : shippedProfiles()) {
            if (!profile.takesAnything && profile.signature.size() > longest &&
                profileFits(profile, role, names, cut)) {
                longest = profile.signature.size();
                best = role;
            }
        }
    }
    return best;
}

/// The first look: everything of the file, whatever a check would say to it.
class FirstReading {
  public:
    FirstReading(LayerInspection& found, std::optional<Role> role, const ReadOptions& options,
                 const LayerRef& ref, geo::Progress& progress)
        : m_found(found), m_log(std::string(roleKey(options.role)), found.file),
          m_source(joinedSource(openSource(ref, options, m_log), options, m_log)) {
        m_source->watch(progress);
        progress.begin("体检 inspect " + found.file, 0);
        for (std::vector<RawFeature> batch = m_source->read(kBatchBytes); !batch.empty();
             batch = m_source->read(kBatchBytes)) {
            take(batch, progress);
        }
        const SourceInfo& info = m_source->info();
        m_found.layer = info.layer;
        m_found.report.encoding = info.encoding;
        m_found.report.encodingReason = info.encodingReason;
        m_found.report.encodingSamples = info.encodingSamples;
        m_found.report.crs = crsName(info.crs);
        m_found.report.crsReason = info.crsReason;
        m_found.role = role.value_or(roleOfFields(info.fields).value_or(Role::Changes));
        m_found.roleGuessed = !role;
        fillFields();
    }

    [[nodiscard]] std::vector<Problem> takeProblems() { return m_log.take(); }

  private:
    void take(const std::vector<RawFeature>& batch, geo::Progress& progress) {
        for (const RawFeature& feature : batch) {
            progress.checkCancelled();
            ++m_found.features;
            const geo::Shape stored = storedShape(feature);
            ++m_found.geometries[std::string(geometryWord(feature, stored))];
            m_found.stored.add(stored.box());
            m_columns.resize(std::max(m_columns.size(), feature.values.size()));
            for (std::size_t i = 0; i < feature.values.size(); ++i) {
                m_columns[i].add(feature.values[i]);
            }
        }
    }

    void fillFields() {
        const std::vector<SourceField>& fields = m_source->info().fields;
        m_columns.resize(fields.size());
        for (std::size_t i = 0; i < fields.size(); ++i) {
            FieldInspection field;
            field.name = fields[i].name;
            field.kind = kindWord(fields[i].kind);
            field.filled = m_columns[i].filled;
            field.different = static_cast<std::int64_t>(m_columns[i].counts.size());
            const std::vector<std::string>& order = m_columns[i].order;
            field.samples.assign(
                order.begin(), order.begin() + static_cast<std::ptrdiff_t>(std::min(kSamples, order.size())));
            const ProfileField* guess = shippedFieldFor(m_found.role, field.name);
            field.target = guess == nullptr ? std::string() : guess->target;
            field.isGuess = guess != nullptr;
            noteUnknown(field, defaultField(m_found.role, field.target), m_columns[i]);
            m_found.fields.push_back(std::move(field));
        }
    }

    static void noteUnknown(FieldInspection& field, const ProfileField& rule, const Column& column) {
        if (field.target.empty() || (rule.words.empty() && rule.contains.empty())) {
            return;
        }
        for (const std::string& word : column.order) {
            if (!translate(rule, word)) {
                field.unknown.emplace_back(word, column.counts.at(word));
            }
        }
        std::stable_sort(field.unknown.begin(), field.unknown.end(),
                         [](const WordCount& a, const WordCount& b) { return a.second > b.second; });
    }

    LayerInspection& m_found;
    ProblemLog m_log;
    std::unique_ptr<FeatureSource> m_source;
    std::vector<Column> m_columns;
};

template <typename Record>
void takeReading(LayerInspection& found, ReadResult<Record>&& read) {
    found.report = std::move(read.report);
    found.problems = std::move(read.problems);
    found.usable = static_cast<std::int64_t>(read.records.size());
    found.rejected = static_cast<std::int64_t>(read.rejects.size());
    for (const Record& record : read.records) {
        found.place.add(record.shape.box());
        if constexpr (std::is_same_v<Record, Patch>) {
            found.undated += record.later.last ? 0 : 1;
        }
    }
    for (FieldInspection& field : found.fields) {
        const auto mapped = std::find_if(found.report.mapping.begin(), found.report.mapping.end(),
                                         [&](const auto& pair) { return pair.second == field.name; });
        field.isGuess = false;
        field.target = mapped == found.report.mapping.end() ? std::string() : mapped->first;
        if (field.target.empty()) {
            field.unknown.clear();
        }
    }
}

/// The second look: what a check makes of it.
void readAsCheck(LayerInspection& found, const LayerRef& ref, ReadOptions options, geo::Progress& progress) {
    options.role = found.role;
    options.allowIncompleteZones = true; // one zone that cannot be used is listed, the page goes on
    if (found.role == Role::Changes) {
        takeReading(found, readPatches(ref, options, progress));
    } else if (found.role == Role::Admin) {
        takeReading(found, readCounties(ref, options, progress));
    } else {
        takeReading(found, readZones(ref, options, progress));
    }
}

} // namespace

LayerInspection inspectLayer(const LayerRef& ref, ReadOptions options, std::optional<Role> role,
                             geo::Progress& progress) {
    LayerInspection found;
    found.file = ref.file.filename().string();
    found.layer = ref.layer;
    options.role = role.value_or(Role::Changes);
    std::vector<Problem> ofFile;
    try {
        FirstReading reading(found, role, options, ref, progress);
        ofFile = reading.takeProblems();
        readAsCheck(found, ref, options, progress);
    } catch (const geo::Cancelled&) {
        throw;
    } catch (const std::exception& error) {
        found.refusal = error.what();
        found.problems = std::move(ofFile);
    }
    found.report.role = found.role;
    return found;
}

} // namespace layers
