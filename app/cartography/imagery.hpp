#pragma once

#include "app/cartography/map_description.hpp"
#include "layers/file_stamps.hpp"
#include "layers/raster_source.hpp"
#include "layers/records.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <vector>

namespace app {

/// Which of the two times of a patch an image is of: 前时相, 后时相.
enum class ImageSide { Before, After };

/// The image files of an export, as they were found. Read-only, shared by all threads.
struct Imagery {
    std::vector<layers::RasterInfo> before;
    std::vector<layers::RasterInfo> after;
    std::vector<layers::FileStamps> stamps;

    [[nodiscard]] const std::vector<layers::RasterInfo>& of(ImageSide side) const {
        return side == ImageSide::Before ? before : after;
    }
    /// Throws layers::Error when a file has changed since it was looked at.
    void demandUnchanged() const;
};
/// Looks at every file. Throws layers::Error for the first that is no image.
[[nodiscard]] Imagery loadImagery(const std::vector<std::filesystem::path>& before,
                                  const std::vector<std::filesystem::path>& after,
                                  const layers::RasterOptions& options);

/// Dots of an image on paper: 152 to the inch.
inline constexpr double kImageDotsPerMm = 6;

/// One side of a case's imagery, as it fills a frame.
struct Chip {
    layers::RasterImage image;
    bool isMissing = true;  ///< 影像缺失: nothing but black or no data in the patch's box
    bool isPartial = false; ///< part of the patch's box has no data
    bool isCoarse = false;  ///< samples of a file without overviews
    std::vector<const layers::RasterInfo*> files; ///< shown, the foremost first
};

/// Reads chips. Of several files the foremost is the one whose date is the patch's own; then the later dated,
/// undated ones last; then the one whose extent covers more of the frame; then the one named first. Where it
/// has no data the next one shows. Not thread-safe: one a thread.
class ImageReader {
  public:
    explicit ImageReader(const Imagery& imagery) : m_imagery(imagery) {}

    /// @param own the patch's date of this side
    /// Throws layers::Error.
    [[nodiscard]] Chip read(ImageSide side, const MapView& view, const PageBox& frame,
                            const geo::Shape& patch, const layers::DateText& own);

  private:
    [[nodiscard]] layers::RasterSource& sourceOf(const layers::RasterInfo& info);

    const Imagery& m_imagery;
    std::map<const layers::RasterInfo*, std::unique_ptr<layers::RasterSource>> m_open;
};

} // namespace app
