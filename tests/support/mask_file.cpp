#include "tests/support/mask_file.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>

#include <cpl_string.h>
#include <ogr_srs_api.h>

namespace tests {

namespace {

GDALDatasetH createTiff(const std::filesystem::path& file, int width, int height, int bands,
                        GDALDataType type) {
    GDALAllRegister();
    GDALDatasetH dataset =
        GDALCreate(GDALGetDriverByName("GTiff"), file.c_str(), width, height, bands, type, nullptr);
    if (dataset == nullptr) {
        throw std::runtime_error("cannot write " + file.string());
    }
    return dataset;
}

void place(GDALDatasetH dataset, const MaskFile& mask) {
    if (mask.isPlaced) {
        std::array<double, 6> numbers{mask.x, mask.pixel, mask.turn, mask.y, mask.turn, -mask.pixel};
        GDALSetGeoTransform(dataset, numbers.data());
    }
    if (mask.epsg != 0) {
        OGRSpatialReferenceH system = OSRNewSpatialReference(nullptr);
        OSRImportFromEPSG(system, mask.epsg);
        GDALSetSpatialRef(dataset, system);
        OSRDestroySpatialReference(system);
    }
}

} // namespace

void writeMask(const std::filesystem::path& file, const MaskFile& mask) {
    GDALDatasetH dataset = createTiff(file, mask.width, mask.height, mask.bands, mask.type);
    place(dataset, mask);
    for (int number = 1; number <= mask.bands; ++number) {
        GDALRasterBandH band = GDALGetRasterBand(dataset, number);
        if (mask.nodata) {
            GDALSetRasterNoDataValue(band, *mask.nodata);
        }
        if (!mask.categories.empty()) {
            char** names = nullptr;
            for (const std::string& name : mask.categories) {
                names = CSLAddString(names, name.c_str());
            }
            GDALSetRasterCategoryNames(band, names);
            CSLDestroy(names);
        }
        std::vector<std::uint16_t> pixels = mask.pixels;
        if (GDALRasterIO(band, GF_Write, 0, 0, mask.width, mask.height, pixels.data(), mask.width,
                         mask.height, GDT_UInt16, 0, 0) != CE_None) {
            throw std::runtime_error("cannot write " + file.string());
        }
    }
    GDALClose(dataset);
}

std::int64_t writeLargeMask(const std::filesystem::path& file, int side, int blobs) {
    constexpr int kSquare = 20;
    constexpr int kBand = 64; // rows written at once; squares lie in the middle of such a band
    GDALAllRegister();
    // What this process holds counts in the peak of the ones that it starts (getrusage).
    GDALSetCacheMax64(GIntBig{32} << 20U);
    char** list = CSLSetNameValue(nullptr, "COMPRESS", "LZW");
    list = CSLSetNameValue(list, "BLOCKYSIZE", std::to_string(kBand).c_str());
    GDALDatasetH dataset =
        GDALCreate(GDALGetDriverByName("GTiff"), file.c_str(), side, side, 1, GDT_Byte, list);
    CSLDestroy(list);
    if (dataset == nullptr) {
        throw std::runtime_error("cannot write " + file.string());
    }
    place(dataset, MaskFile{.width = side, .height = side, .x = 34480000, .y = 3340000});
    std::int64_t single = 0;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * kBand);
    const int bands = (side + kBand - 1) / kBand;
    for (int band = 0; band < bands; ++band) {
        for (std::size_t i = 0; i < pixels.size(); ++i) {
            const std::size_t row = i / static_cast<std::size_t>(side);
            pixels[i] = static_cast<std::uint8_t>((i % static_cast<std::size_t>(side) + row) % 2);
        }
        const int rows = std::min(kBand, side - band * kBand);
        const int here = rows < kBand ? 0 : blobs / (bands - 1) + (band < blobs % (bands - 1) ? 1 : 0);
        for (int n = 0; n < here; ++n) {
            const int left = (n + 1) * (side / (here + 1));
            for (int y = -1; y <= kSquare; ++y) {
                for (int x = -1; x <= kSquare; ++x) {
                    const bool isEdge = y < 0 || x < 0 || y == kSquare || x == kSquare;
                    pixels[static_cast<std::size_t>(kBand / 4 + y) * static_cast<std::size_t>(side) +
                           static_cast<std::size_t>(left + x)] = isEdge ? 0 : 2;
                }
            }
        }
        single += std::count(pixels.begin(), pixels.begin() + std::int64_t{side} * rows, 1);
        if (GDALRasterIO(GDALGetRasterBand(dataset, 1), GF_Write, 0, band * kBand, side, rows, pixels.data(),
                         side, rows, GDT_Byte, 0, 0) != CE_None) {
            throw std::runtime_error("cannot write " + file.string());
        }
    }
    GDALClose(dataset);
    return single;
}

void writeHeights(const std::filesystem::path& file, int width, int height) {
    GDALDatasetH dataset = createTiff(file, width, height, 1, GDT_Int32);
    place(dataset, MaskFile{.width = width, .height = height});
    std::vector<std::int32_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    std::iota(pixels.begin(), pixels.end(), 0);
    if (GDALRasterIO(GDALGetRasterBand(dataset, 1), GF_Write, 0, 0, width, height, pixels.data(), width,
                     height, GDT_Int32, 0, 0) != CE_None) {
        throw std::runtime_error("cannot write " + file.string());
    }
    GDALClose(dataset);
}

} // namespace tests
