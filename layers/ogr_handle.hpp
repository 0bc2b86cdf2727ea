#pragma once

// The only door to GDAL/OGR for reading. Included by layers/*.cpp only.

#include "layers/feature_source.hpp"

#include <gdal.h>
#include <ogr_api.h>

#include <memory>
#include <string>
#include <vector>

namespace layers::ogr {

struct DatasetCloser {
    void operator()(void* dataset) const { GDALClose(dataset); }
};
using DatasetPtr = std::unique_ptr<void, DatasetCloser>;
struct FeatureDestroyer {
    void operator()(void* feature) const { OGR_F_Destroy(static_cast<OGRFeatureH>(feature)); }
};
using FeaturePtr = std::unique_ptr<void, FeatureDestroyer>;
struct GeometryDestroyer {
    void operator()(void* geometry) const { OGR_G_DestroyGeometry(static_cast<OGRGeometryH>(geometry)); }
};
using GeometryPtr = std::unique_ptr<void, GeometryDestroyer>;

/// While it lives, GDAL's messages on this thread are kept here and go nowhere else.
class MessageCatcher {
  public:
    MessageCatcher();
    ~MessageCatcher();
    MessageCatcher(const MessageCatcher&) = delete;
    MessageCatcher& operator=(const MessageCatcher&) = delete;
    /// Warnings and errors so far, and forgets them.
    [[nodiscard]] std::vector<std::string> take();

  private:
    std::vector<std::string> m_messages;
};

/// A GDAL option for this thread while it lives; an empty value leaves all as it is.
class ConfigScope {
  public:
    ConfigScope(const char* key, const std::string& value);
    ~ConfigScope();
    ConfigScope(const ConfigScope&) = delete;
    ConfigScope& operator=(const ConfigScope&) = delete;

  private:
    const char* m_key;
    bool m_isSet = false;
};

/// GDAL's own names of the drivers asked for ("VRT" is OGR_VRT), those that use the network switched on.
/// Throws layers::Error naming one that GDAL lacks.
[[nodiscard]] std::vector<std::string> knownDrivers(const std::vector<std::string>& asked);

/// The same for rasters, by their own names ("VRT" is VRT).
[[nodiscard]] std::vector<std::string> knownRasterDrivers(const std::vector<std::string>& asked);

/// Short name of the vector driver that a file looks like, by its first bytes; empty when none claims it.
[[nodiscard]] std::string driverOf(const std::string& file);

/// What a field of OGR is to the reader.
[[nodiscard]] FieldKind fieldKind(OGRFieldType type);

/// Opens read-only with these drivers and no others; null when they refuse.
[[nodiscard]] DatasetPtr openReadOnly(const std::string& file, const std::vector<const char*>& drivers);

/// The same for rasters.
[[nodiscard]] DatasetPtr openRasterReadOnly(const std::string& file, const std::vector<const char*>& drivers);

/// Degrees of arc in one straight piece of a curve: 0.004 % of the radius off at most.
inline constexpr double kArcStep = 1;

/// Makes it two-dimensional where all heights are 0 or absent, as in most KML.
void dropEmptyHeights(OGRGeometryH geometry);

/// The geometry as ISO WKB, curves (in steps of kArcStep) and surfaces made linear.
[[nodiscard]] std::vector<std::byte> linearWkb(OGRGeometryH geometry);

} // namespace layers::ogr
