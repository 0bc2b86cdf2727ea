#pragma once

#include "layers/mask_pieces.hpp"
#include "layers/reader.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace layers {

/// Where the corners of the pixel grid lie in the raster's system (GDAL's six numbers; may be turned).
struct GridPlace {
    std::array<double, 6> numbers{};
    [[nodiscard]] geo::Coordinate at(std::int32_t column, std::int32_t row) const {
        return {numbers[0] + column * numbers[1] + row * numbers[2],
                numbers[3] + column * numbers[4] + row * numbers[5]};
    }
    /// Area of a pixel in square units of the system, signed.
    [[nodiscard]] double determinant() const { return numbers[1] * numbers[5] - numbers[2] * numbers[4]; }
};

/// One band of a GeoTIFF, read row by row as runs of change. Not for several threads at once.
class MaskRaster {
  public:
    /// Throws layers::Error saying why it is no mask.
    explicit MaskRaster(const LayerRef& ref);
    ~MaskRaster();
    MaskRaster(const MaskRaster&) = delete;
    MaskRaster& operator=(const MaskRaster&) = delete;

    [[nodiscard]] const std::string& file() const;
    [[nodiscard]] const std::string& layer() const; ///< the band's number, or the file's name when it has one
    [[nodiscard]] const std::string& crs() const;   ///< WKT, empty when there is none
    [[nodiscard]] std::vector<std::filesystem::path> members() const;
    [[nodiscard]] const GridPlace& place() const;
    [[nodiscard]] std::int32_t width() const;
    [[nodiscard]] std::int32_t height() const;
    [[nodiscard]] bool hasCategories() const;
    [[nodiscard]] std::string category(std::int64_t value) const;

    /// The runs of one row whose value is neither 0 nor nodata. Throws layers::Error where the file is
    /// damaged, or once it has shown more than 65,535 values.
    void readRow(std::int32_t row, std::vector<MaskPieces::ValueRun>& runs);

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace layers
