#pragma once

#include "layers/field_mapping.hpp"
#include "layers/geometry_stage.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace layers {

/// A feature as a record, with what was wrong with its values.
template <typename Record>
struct MappedRecord {
    std::optional<Record> record;  ///< nothing: left out (not a zone)
    std::vector<Problem> problems; ///< grouped by the caller
};

/// Raw features as patches. learn() sees each batch first, map() is then called from many threads.
class PatchMapper {
  public:
    using Record = Patch;
    PatchMapper(const FieldMapping& mapping, const ReadOptions& options);
    void learn(const std::vector<RawFeature>& features);
    [[nodiscard]] MappedRecord<Patch> map(RawFeature&& feature, geo::Shape shape) const;
    /// Nothing to say at the end: unknown words of patches are problems, not errors.
    void finish(const std::string& /*file*/) const {}
    [[nodiscard]] static std::string comparedId(const Patch& patch) { return patch.id; }
    [[nodiscard]] static std::optional<std::int64_t> featureOf(const Patch& patch) { return patch.feature; }
    [[nodiscard]] std::string idOf(const RawFeature& feature) const;

  private:
    void mapActivity(const std::vector<std::string>& values, Patch& patch,
                     std::vector<Problem>& problems) const;
    void mapArea(const std::vector<std::string>& values, Patch& patch, std::vector<Problem>& problems) const;

    const FieldMapping& m_mapping;
    const ReadOptions& m_options;
    WordCache m_activity;
    WordCache m_detail;
    WordCache m_change;
    std::optional<double> m_areaUnitM2; ///< what 1 in the area field means
};

/// Raw features as zones.
class ZoneMapper {
  public:
    using Record = Zone;
    ZoneMapper(const FieldMapping& mapping, const ReadOptions& options);
    /// Counts words that no dictionary knows, too.
    void learn(const std::vector<RawFeature>& features);
    [[nodiscard]] MappedRecord<Zone> map(RawFeature&& feature, geo::Shape shape) const;
    /// Throws layers::Error listing unknown kinds and classes with their counts.
    void finish(const std::string& file) const;
    /// Zones of one reserve share its code, so ids are not compared.
    [[nodiscard]] static std::string comparedId(const Zone& /*zone*/) { return {}; }
    [[nodiscard]] static std::optional<std::int64_t> featureOf(const Zone& zone) { return zone.feature; }
    [[nodiscard]] std::string idOf(const RawFeature& feature) const;

  private:
    [[nodiscard]] std::optional<ZoneKind> kindOf(const std::vector<std::string>& values) const;
    [[nodiscard]] static std::string wordOf(const WordCache& words, const std::vector<std::string>& values);

    const FieldMapping& m_mapping;
    const ReadOptions& m_options;
    WordCache m_kind;
    WordCache m_type;
    WordCache m_class;
    WordCache m_level;
    std::map<std::string, std::int64_t> m_unknownKinds;
    std::map<std::string, std::int64_t> m_unknownClasses;
};

/// Raw features as counties.
class CountyMapper {
  public:
    using Record = County;
    CountyMapper(const FieldMapping& mapping, const ReadOptions& options);
    void learn(const std::vector<RawFeature>& /*features*/) {}
    [[nodiscard]] MappedRecord<County> map(RawFeature&& feature, geo::Shape shape) const;
    void finish(const std::string& /*file*/) const {}
    [[nodiscard]] static std::string comparedId(const County& county) { return county.code; }
    [[nodiscard]] static std::optional<std::int64_t> featureOf(const County& /*county*/) {
        return std::nullopt;
    }
    [[nodiscard]] std::string idOf(const RawFeature& feature) const;

  private:
    const FieldMapping& m_mapping;
};

/// Value of an id field: trimmed text; a whole number in a numeric column loses its ".0".
[[nodiscard]] std::string idText(const MappedField& field, const std::vector<std::string>& values);
/// Value of a date field; an unreadable one adds a problem.
[[nodiscard]] DateText dateOf(const MappedField& field, const RawFeature& feature,
                              std::vector<Problem>& problems);

} // namespace layers
