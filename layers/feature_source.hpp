#pragma once

#include "geo/shape.hpp"
#include "layers/problem_log.hpp"
#include "layers/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// How the formats hand their features to the reader: raw values as text, geometry as it stands in the file.
namespace layers {

enum class FieldKind { Text, Number, Date };

struct SourceField {
    std::string name; ///< UTF-8
    FieldKind kind = FieldKind::Text;
    bool isCut = false; ///< the name fills what the format allows: more may have followed
};

/// A feature as the file has it, not yet checked.
struct RawFeature {
    enum class Geometry {
        None,    ///< absent, or an empty geometry
        Wkb,     ///< in `wkb`, still to be decoded
        Decoded, ///< in `shape`
        Damaged, ///< faultZh, faultEn say why
    };
    std::int64_t id = 0;
    std::vector<std::string> values; ///< slot by slot with the fields, UTF-8
    Geometry geometry = Geometry::None;
    std::vector<std::byte> wkb;
    geo::Shape shape;
    /// What the geometry had beside longitude and latitude; of Wkb the reader sees Z, M and curves itself.
    bool hasZ = false;
    bool hasM = false;
    bool isCurved = false; ///< before the source made it linear
    std::string faultZh;
    std::string faultEn;
};

/// What a format says of the layer before its features are read.
struct SourceInfo {
    std::string layer;
    std::vector<SourceField> fields;
    std::string crs;         ///< definition for geo::Transform; empty: the file has none
    std::string crsReason;   ///< "from .prj", ...
    bool crsImplied = false; ///< the format's rule, not the file's word (GeoJSON, KML): --crs may overrule it
    std::string encoding;
    std::string encodingReason;
    std::vector<std::string> encodingSamples; ///< up to five values that are not ASCII, as decided
    std::int64_t features = 0;                ///< as promised; 0 when unknown
    /// Of a table: lon, lat, xy or wkt <- the column that it was taken from.
    std::vector<std::pair<std::string, std::string>> places;
    std::int64_t steps = 0; ///< read() steps the watching progress itself, so often; 0: features count
    std::vector<std::filesystem::path> members; ///< all files that were read
};

/// One open layer. Throws layers::Error when the layer as a whole cannot be used.
class FeatureSource {
  public:
    FeatureSource() = default;
    virtual ~FeatureSource() = default;
    FeatureSource(const FeatureSource&) = delete;
    FeatureSource& operator=(const FeatureSource&) = delete;

    /// The fields may grow while features are read (GeoJSON); read it again after the last batch.
    [[nodiscard]] virtual const SourceInfo& info() const = 0;
    /// The progress that long work within read() asks for cancellation, and steps where info().steps is set.
    virtual void watch(geo::Progress& /*progress*/) {}
    /// The next features: about `bytes` of them, none at the end.
    [[nodiscard]] virtual std::vector<RawFeature> read(std::size_t bytes) = 0;
};

/// Opens by content and extension. Problems of the file go to `log`, which must outlive the source.
[[nodiscard]] std::unique_ptr<FeatureSource> openSource(const LayerRef& ref, const ReadOptions& options,
                                                        ProblemLog& log);

[[nodiscard]] std::unique_ptr<FeatureSource> openShapefile(const LayerRef& ref, const std::string& encoding,
                                                           ProblemLog& log);
[[nodiscard]] std::unique_ptr<FeatureSource> openGeoPackage(const LayerRef& ref, ProblemLog& log);
[[nodiscard]] std::unique_ptr<FeatureSource> openGeoJson(const LayerRef& ref, ProblemLog& log);
[[nodiscard]] std::unique_ptr<FeatureSource> openKml(const LayerRef& ref, ProblemLog& log);
/// Says that a KML of 奥维 may have GCJ-02 coordinates when it was exported there.
void noteShiftedKml(ProblemLog& log);
/// A layer in a ZIP archive (.zip, .shz, .kmz), unpacked into a private folder while it is read.
[[nodiscard]] std::unique_ptr<FeatureSource> openArchive(const LayerRef& ref, const ReadOptions& options,
                                                         ProblemLog& log);
/// The only layer in a folder, or the one named.
[[nodiscard]] std::unique_ptr<FeatureSource> openFolder(const LayerRef& ref, const ReadOptions& options,
                                                        ProblemLog& log);
/// A CSV, text or spreadsheet table whose rows have coordinates.
[[nodiscard]] std::unique_ptr<FeatureSource> openTableSource(const LayerRef& ref, const ReadOptions& options,
                                                             ProblemLog& log);

/// The layer asked for among those of a file, or the only one; throws layers::Error listing them.
[[nodiscard]] std::string chooseLayer(const LayerRef& ref, const std::vector<std::string>& names);

} // namespace layers
