#include "layers/raster_image.hpp"

#include "layers/error.hpp"
#include "layers/ogr_handle.hpp"

#include <atomic>
#include <cstring>
#include <memory>
#include <string>

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

namespace layers {

namespace {

constexpr int kColours = 3;

struct ListDestroyer {
    void operator()(char** list) const { CSLDestroy(list); }
};

/// The three colours side by side in memory, with white for nothing.
std::vector<std::uint8_t> planesOf(const RasterImage& image) {
    constexpr std::uint8_t kWhite = 255;
    const std::size_t pixels = image.rgba.size() / 4;
    std::vector<std::uint8_t> planes(kColours * pixels);
    for (std::size_t i = 0; i < pixels; ++i) {
        const std::uint8_t* pixel = image.rgba.data() + 4 * i;
        for (std::size_t colour = 0; colour < kColours; ++colour) {
            planes[colour * pixels + i] = pixel[3] == 0 ? kWhite : pixel[colour];
        }
    }
    return planes;
}

} // namespace

std::vector<std::byte> jpegOf(const RasterImage& image, int quality) {
    static_cast<void>(ogr::knownRasterDrivers({})); // registers them
    ogr::MessageCatcher catcher;
    const ogr::ConfigScope noSideFiles("GDAL_PAM_ENABLED", "NO");
    GDALDriverH memory = GDALGetDriverByName("MEM");
    GDALDriverH jpeg = GDALGetDriverByName("JPEG");
    if (memory == nullptr || jpeg == nullptr) {
        throw Error("GDAL 没有 JPEG 驱动，无法写影像，请安装完整的 GDAL / GDAL lacks its JPEG driver, images "
                    "cannot be written: install a complete GDAL");
    }
    const ogr::DatasetPtr dataset(
        GDALCreate(memory, "", image.width, image.height, kColours, GDT_Byte, nullptr));
    std::vector<std::uint8_t> planes = planesOf(image);
    if (!dataset ||
        GDALDatasetRasterIO(dataset.get(), GF_Write, 0, 0, image.width, image.height, planes.data(),
                            image.width, image.height, GDT_Byte, kColours, nullptr, 0, 0, 0) != CE_None) {
        throw Error("内存不足，无法生成影像 / no memory to make an image");
    }
    static std::atomic<std::uint64_t> number{0};
    const std::string name = fmt::format("/vsimem/ecoredline_{}.jpg", number++);
    const std::unique_ptr<char*, ListDestroyer> options(
        CSLSetNameValue(nullptr, "QUALITY", std::to_string(quality).c_str()));
    ogr::DatasetPtr written(
        GDALCreateCopy(jpeg, name.c_str(), dataset.get(), FALSE, options.get(), nullptr, nullptr));
    const bool isWritten = written != nullptr;
    written.reset();
    vsi_l_offset size = 0;
    const GByte* bytes = isWritten ? VSIGetMemFileBuffer(name.c_str(), &size, FALSE) : nullptr;
    std::vector<std::byte> file(bytes == nullptr ? 0 : static_cast<std::size_t>(size));
    if (!file.empty()) {
        std::memcpy(file.data(), bytes, file.size());
    }
    VSIUnlink(name.c_str());
    if (file.empty()) {
        throw Error("无法压缩影像 / an image could not be compressed (JPEG)");
    }
    return file;
}

} // namespace layers
