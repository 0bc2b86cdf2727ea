#include "layers/raster_handle.hpp"

#include "layers/error.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace layers::ogr {

namespace {

std::string joined(const std::vector<std::string>& messages) {
    return fmt::format("{}", fmt::join(messages, "; "));
}

/// Reads one band, or a mask, at the window's size.
void readInto(GDALRasterBandH band, const std::string& name, const RasterWindow& window, void* to,
              GDALDataType type, GDALRIOResampleAlg resampling) {
    MessageCatcher catcher;
    GDALRasterIOExtraArg extra;
    INIT_RASTERIO_EXTRA_ARG(extra);
    extra.eResampleAlg = resampling;
    if (GDALRasterIOEx(band, GF_Read, window.x, window.y, window.width, window.height, to, window.columns,
                       window.rows, type, 0, 0, &extra) != CE_None) {
        refuseImage(
            name,
            fmt::format("影像在第 {} 行附近无法读取，文件损坏或不完整（{}）；请换完好的文件，或从 "
                        "--before/--after 中去掉",
                        window.y, joined(catcher.take())),
            fmt::format("the image cannot be read near row {}, it is damaged or cut off: take a sound "
                        "copy, or leave it out of --before/--after",
                        window.y));
    }
}

/// Where a band counts by its mask; all of it where it has none.
void addValidity(GDALRasterBandH band, const std::string& name, const RasterWindow& window,
                 std::vector<unsigned char>& isValid) {
    if ((static_cast<unsigned>(GDALGetMaskFlags(band)) & GMF_ALL_VALID) != 0) {
        std::fill(isValid.begin(), isValid.end(), static_cast<unsigned char>(1));
        return;
    }
    constexpr unsigned char kHalf = 128;
    std::vector<unsigned char> mask(isValid.size());
    readInto(GDALGetMaskBand(band), name, window, mask.data(), GDT_Byte, GRIORA_NearestNeighbour);
    for (std::size_t i = 0; i < mask.size(); ++i) {
        if (mask[i] >= kHalf) {
            isValid[i] = 1;
        }
    }
}

} // namespace

void refuseImage(const std::string& name, const std::string& zh, const std::string& en) {
    throw Error(name + "：" + zh + " / " + en);
}

RasterValues readValues(GDALDatasetH dataset, const RasterInfo& info, const RasterWindow& window,
                        Resampling resampling) {
    const std::size_t pixels =
        static_cast<std::size_t>(window.columns) * static_cast<std::size_t>(window.rows);
    RasterValues values;
    values.isValid.resize(pixels);
    for (const int number : info.bands) {
        GDALRasterBandH band = GDALGetRasterBand(dataset, number);
        std::vector<float>& read = values.bands.emplace_back(pixels);
        readInto(band, info.name, window, read.data(), GDT_Float32,
                 resampling == Resampling::Average ? GRIORA_Average : GRIORA_NearestNeighbour);
        // A pixel counts when one of its bands does: 0 may be nodata, and a dark pixel's blue all the same.
        const bool isOneForAll = (static_cast<unsigned>(GDALGetMaskFlags(band)) & GMF_PER_DATASET) != 0;
        if (!isOneForAll || number == info.bands.front()) {
            addValidity(band, info.name, window, values.isValid);
        }
        for (std::size_t i = 0; i < pixels; ++i) {
            if (!std::isfinite(read[i])) {
                values.isValid[i] = 0;
                read[i] = 0;
            }
        }
    }
    return values;
}

std::vector<RasterStretch> stretchOf(RasterValues values, std::size_t least) {
    // What is new is often small and bright: it should not be white all over.
    constexpr double kLow = 0.005;
    constexpr double kHigh = 0.995;
    std::vector<RasterStretch> stretch;
    for (std::vector<float>& band : values.bands) {
        std::size_t count = 0;
        for (std::size_t i = 0; i < band.size(); ++i) {
            if (values.isValid[i] != 0) {
                band[count++] = band[i];
            }
        }
        if (count < least) {
            return {};
        }
        band.resize(count);
        const auto quantile = [&band](double share) {
            const auto at =
                band.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(band.size()));
            std::nth_element(band.begin(), at, band.end());
            return static_cast<double>(*at);
        };
        const double low = quantile(kLow);
        stretch.push_back({low, std::max(quantile(kHigh), low + 1)});
    }
    return stretch;
}

DatasetPtr openImagery(const std::filesystem::path& file, const std::vector<std::string>& drivers) {
    const std::string name = file.filename().string();
    std::error_code fault;
    if (!std::filesystem::is_regular_file(file, fault)) {
        throw Error(fmt::format(
            "{}：没有这个影像文件，请检查路径 / there is no such image file, check the path", file.string()));
    }
    MessageCatcher catcher;
    std::vector<const char*> allowed{"GTiff", "HFA"};
    for (const std::string& driver : drivers) {
        allowed.push_back(driver.c_str());
    }
    DatasetPtr dataset = openRasterReadOnly(file.string(), allowed);
    if (!dataset) {
        const std::string why = joined(catcher.take());
        refuseImage(
            name,
            fmt::format("不是可读的影像（GeoTIFF 或 ERDAS IMG）：{}。其他格式请先用 gdal_translate 转为 "
                        "GeoTIFF，或在确认可信后用 --allow-driver 指定 GDAL 驱动（如 VRT）",
                        why.empty() ? "格式不识别" : why),
            "no readable image (GeoTIFF or ERDAS IMG): convert others with gdal_translate, or name the "
            "GDAL driver with --allow-driver (VRT for one) if you trust the file");
    }
    return dataset;
}

RasterPlace placeOf(GDALDatasetH dataset, const std::string& name) {
    RasterPlace place;
    const bool isPlaced = GDALGetGeoTransform(dataset, place.numbers.data()) == CE_None;
    const bool isFinite = std::all_of(place.numbers.begin(), place.numbers.end(),
                                      [](double number) { return std::isfinite(number); });
    const double determinant = place.numbers[1] * place.numbers[5] - place.numbers[2] * place.numbers[4];
    if (!isPlaced || !isFinite || determinant == 0.0) {
        refuseImage(name, "影像没有地理配准（无仿射变换参数），请先正射校正（gdalwarp）或附上 .tfw 文件",
                    "the image is not georeferenced (no geotransform): rectify it (gdalwarp) or add a .tfw");
    }
    const char* wkt = GDALGetProjectionRef(dataset);
    place.crs = wkt == nullptr ? "" : wkt;
    if (place.crs.empty()) {
        refuseImage(
            name, "影像没有坐标系，请用 gdal_translate -a_srs EPSG:n 写一份带坐标系的副本",
            "the image has no coordinate system: write a copy that has one with gdal_translate -a_srs "
            "EPSG:n");
    }
    return place;
}

} // namespace layers::ogr
