#pragma once

#include "geo/shape.hpp"
#include "layers/raster_image.hpp"
#include "layers/raster_label.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace layers {

struct RasterOptions {
    /// GDAL drivers beyond those of GeoTIFF and ERDAS Imagine (GTiff, HFA), which refer to no other files.
    std::vector<std::string> allowDrivers;
    /// Red, green and blue by the band's number; none: as the file says, else 1, 2, 3.
    std::vector<int> bands;
};

/// Values that become black and white; what lies between is linear.
struct RasterStretch {
    double low = 0;
    double high = 0;
};

/// An image file as it was found: what is said of it, and what reading it needs.
struct RasterInfo {
    std::filesystem::path file;
    std::string name; ///< without folders
    /// "sha256:…" over the file and those that it refers to, or "bytes:…;mtime:…" where they are larger than
    /// 256 MB together.
    std::string identity;
    std::vector<std::filesystem::path> members; ///< the file, and those that it refers to
    RasterLabel label;
    std::string driver;
    geo::Box box;           ///< longitude and latitude
    std::vector<int> bands; ///< one (grey, or of a palette) or red, green, blue
    bool hasPalette = false;
    bool isStretched = false; ///< more than 8 bits
    /// 0.5 % and 99.5 % of a sample over the whole file, by band; empty where it has too few values: then of
    /// what is shown.
    std::vector<RasterStretch> stretch;
    std::string look; ///< how values became colours, where that is not plain: "16位 0.5%–99.5%拉伸"
};
/// Looks at a file, without reading more than a sample of it. Throws layers::Error with file, reason and what
/// to do: no raster, no georeference, no coordinate system or one that cannot be brought to CGCS2000, complex
/// pixels, blocks too large for memory, bands that are not there.
[[nodiscard]] RasterInfo inspectRaster(const std::filesystem::path& file, const RasterOptions& options);

/// Where an image's pixels lie on earth: longitude and latitude at the nodes of a net over it, kStep pixels
/// apart; between them places are interpolated.
struct RasterNet {
    static constexpr int kStep = 16;
    int columns = 0; ///< cells; their right and lower edges may lie beyond the image
    int rows = 0;
    geo::Path nodes{}; ///< (columns + 1) × (rows + 1), row by row
};

/// An image file open for reading; not for several threads at once. The file is never changed, and nothing is
/// written beside it.
class RasterSource {
  public:
    /// Throws layers::Error.
    explicit RasterSource(const RasterInfo& info);
    ~RasterSource();
    RasterSource(const RasterSource&) = delete;
    RasterSource& operator=(const RasterSource&) = delete;

    /// Paints what it has into the pixels that have no data yet, read at the image's resolution, from
    /// overviews where there are any. Where a file without overviews would have to be read block by block
    /// over a very large area, samples of it are taken: Painted::isCoarse. Throws layers::Error where the
    /// file is damaged.
    struct Painted {
        std::int64_t pixels = 0;
        bool isCoarse = false;
    };
    Painted paint(const RasterNet& net, RasterImage& image);

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace layers
