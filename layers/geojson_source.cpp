#include "layers/geojson_parser.hpp"

#include <string_view>
#include <utility>

namespace layers {

namespace {

constexpr std::size_t kPerFeatureBytes = 256; ///< reckoned beside the geometry, so that batches end
constexpr std::size_t kCoordinateBytes = sizeof(geo::Coordinate);

/// Definition for a name of the old "crs" member: OGC's names for longitude and latitude, and EPSG codes as
/// URN.
std::string crsOfName(const std::string& name) {
    constexpr std::string_view kEpsgUrn = "urn:ogc:def:crs:EPSG:";
    if (name.ends_with("CRS84") || name.ends_with("CRS84h")) {
        return "EPSG:4326";
    }
    if (name.starts_with(kEpsgUrn)) {
        return "EPSG:" + name.substr(name.rfind(':') + 1);
    }
    return name;
}

class GeoJsonSource final : public FeatureSource {
  public:
    GeoJsonSource(const LayerRef& ref, ProblemLog& log) : m_file(parseGeoJson(ref.file, log)) {
        m_info.layer = chooseLayer(ref, {ref.file.stem().string()});
        m_info.members = {ref.file};
        m_info.fields = m_file.fields;
        m_info.encoding = "UTF-8";
        m_info.encodingReason = "GeoJSON";
        m_info.features = static_cast<std::int64_t>(m_file.features.size());
        m_info.crsImplied = m_file.crs.empty();
        m_info.crs = m_info.crsImplied ? "EPSG:4326" : crsOfName(m_file.crs);
        m_info.crsReason = m_info.crsImplied ? "GeoJSON's rule (RFC 7946)" : "from the member \"crs\"";
    }

    [[nodiscard]] const SourceInfo& info() const override { return m_info; }

    [[nodiscard]] std::vector<RawFeature> read(std::size_t bytes) override {
        std::vector<RawFeature> batch;
        std::size_t taken = 0;
        for (; m_next < m_file.features.size() && taken < bytes; ++m_next) {
            batch.push_back(std::exchange(m_file.features[m_next], {}));
            taken += batch.back().shape.vertexCount() * kCoordinateBytes + kPerFeatureBytes;
        }
        return batch;
    }

  private:
    GeoJsonFile m_file;
    SourceInfo m_info;
    std::size_t m_next = 0;
};

} // namespace

std::unique_ptr<FeatureSource> openGeoJson(const LayerRef& ref, ProblemLog& log) {
    return std::make_unique<GeoJsonSource>(ref, log);
}

} // namespace layers
