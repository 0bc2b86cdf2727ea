#pragma once

// The only door to GDAL/OGR for reading. Included by layers/*.cpp only.

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

/// Opens read-only with these drivers and no others; null when they refuse.
[[nodiscard]] DatasetPtr openReadOnly(const std::string& file, const std::vector<const char*>& drivers);

/// The same for rasters.
[[nodiscard]] DatasetPtr openRasterReadOnly(const std::string& file, const std::vector<const char*>& drivers);

/// The geometry as ISO WKB, curves and surfaces made linear.
[[nodiscard]] std::vector<std::byte> linearWkb(OGRGeometryH geometry);

} // namespace layers::ogr
