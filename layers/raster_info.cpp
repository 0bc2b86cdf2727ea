#include "geo/error.hpp"
#include "geo/transform.hpp"
#include "layers/error.hpp"
#include "layers/raster_handle.hpp"
#include "layers/sha256.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>

#include <cpl_string.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>

namespace layers {

namespace {

constexpr std::uintmax_t kMostHashedBytes = std::uintmax_t{256} << 20U;
constexpr std::int64_t kMostBlockBytes = std::int64_t{256} << 20U;
constexpr int kColours = 3;

/// The file and those that it refers to.
std::vector<std::filesystem::path> membersOf(GDALDatasetH dataset, const std::filesystem::path& file) {
    std::vector<std::filesystem::path> members;
    char** files = GDALGetFileList(dataset);
    for (char** name = files; name != nullptr && *name != nullptr; ++name) {
        members.emplace_back(*name);
    }
    CSLDestroy(files);
    if (members.empty()) {
        members.push_back(file);
    }
    std::sort(members.begin(), members.end());
    return members;
}

std::string identityOf(const std::vector<std::filesystem::path>& members) {
    std::uintmax_t bytes = 0;
    std::time_t latest = 0;
    for (const std::filesystem::path& member : members) {
        struct stat found {};
        if (stat(member.c_str(), &found) == 0) {
            bytes += static_cast<std::uintmax_t>(found.st_size);
            latest = std::max(latest, found.st_mtim.tv_sec);
        }
    }
    if (bytes <= kMostHashedBytes) {
        return "sha256:" + sha256Of(members);
    }
    return fmt::format("bytes:{};mtime:{:%Y-%m-%dT%H:%M:%SZ}", bytes, fmt::gmtime(latest));
}

RasterLabel labelOf(GDALDatasetH dataset, const std::filesystem::path& file) {
    return rasterLabel(file.stem().string(), [dataset](const char* domain, const char* name) {
        const char* text = GDALGetMetadataItem(dataset, name, domain);
        return std::string(text == nullptr ? "" : text);
    });
}

/// Red, green and blue as the file says; none where it does not.
std::vector<int> statedColours(GDALDatasetH dataset) {
    std::vector<int> colours(kColours);
    for (int number = 1; number <= GDALGetRasterCount(dataset); ++number) {
        const GDALColorInterp what = GDALGetRasterColorInterpretation(GDALGetRasterBand(dataset, number));
        if (what == GCI_RedBand) {
            colours[0] = number;
        } else if (what == GCI_GreenBand) {
            colours[1] = number;
        } else if (what == GCI_BlueBand) {
            colours[2] = number;
        }
    }
    return std::find(colours.begin(), colours.end(), 0) == colours.end() ? colours : std::vector<int>();
}

void chooseBands(GDALDatasetH dataset, const RasterOptions& options, RasterInfo& info) {
    const int count = GDALGetRasterCount(dataset);
    if (count == 0) {
        ogr::refuseImage(info.name, "没有波段", "there are no bands");
    }
    info.hasPalette = count == 1 && GDALGetRasterColorTable(GDALGetRasterBand(dataset, 1)) != nullptr;
    if (count < kColours) {
        info.bands = {1};
        return;
    }
    const std::vector<int> stated = statedColours(dataset);
    info.bands = stated.empty() ? std::vector<int>{1, 2, 3} : stated;
    if (!options.bands.empty()) {
        info.bands = options.bands;
    }
    for (const int number : info.bands) {
        if (number < 1 || number > count) {
            ogr::refuseImage(info.name,
                             fmt::format("没有第 {} 波段（共 {} 个），请改 --bands", number, count),
                             fmt::format("there is no band {} among its {}: change --bands", number, count));
        }
    }
    if (stated.empty() || info.bands != stated) {
        info.look = fmt::format("波段{}", fmt::join(info.bands, ","));
    }
}

void checkBands(GDALDatasetH dataset, RasterInfo& info) {
    for (const int number : info.bands) {
        GDALRasterBandH band = GDALGetRasterBand(dataset, number);
        const GDALDataType type = GDALGetRasterDataType(band);
        if (GDALDataTypeIsComplex(type) != 0) {
            ogr::refuseImage(
                info.name, "像元为复数（雷达原始数据），请先转为强度影像",
                "its pixels are complex numbers (raw radar): make an intensity image of it first");
        }
        int width = 0;
        int height = 0;
        GDALGetBlockSize(band, &width, &height);
        const std::int64_t bytes = std::int64_t{width} * height * GDALGetDataTypeSizeBytes(type);
        if (bytes > kMostBlockBytes) {
            ogr::refuseImage(
                info.name,
                fmt::format("压缩块达 {} MB，无法在有限内存中读取；请用 gdal_translate -co TILED=YES 重写",
                            bytes >> 20),
                fmt::format("a compressed block takes {} MB: rewrite it with gdal_translate -co TILED=YES",
                            bytes >> 20));
        }
        info.isStretched = info.isStretched || (type != GDT_Byte && !info.hasPalette);
    }
    if (info.isStretched) {
        const int bits =
            GDALGetDataTypeSizeBits(GDALGetRasterDataType(GDALGetRasterBand(dataset, info.bands.front())));
        info.look += fmt::format("{}{}位 0.5%–99.5%拉伸", info.look.empty() ? "" : " ", bits);
    }
}

/// A sample of small windows spread over the file: as many blocks are read, however large it is.
std::vector<RasterStretch> sampledStretch(GDALDatasetH dataset, const RasterInfo& info) {
    constexpr int kWindows = 12;
    constexpr int kSide = 64;
    const int width = GDALGetRasterXSize(dataset);
    const int height = GDALGetRasterYSize(dataset);
    ogr::RasterValues all;
    all.bands.resize(info.bands.size());
    for (int row = 0; row < kWindows; ++row) {
        for (int column = 0; column < kWindows; ++column) {
            ogr::RasterWindow window;
            window.columns = window.width = std::min(kSide, width);
            window.rows = window.height = std::min(kSide, height);
            window.x = static_cast<int>(std::int64_t{width - window.width} * column / (kWindows - 1));
            window.y = static_cast<int>(std::int64_t{height - window.height} * row / (kWindows - 1));
            const ogr::RasterValues values = ogr::readValues(dataset, info, window, ogr::Resampling::Nearest);
            for (std::size_t band = 0; band < values.bands.size(); ++band) {
                all.bands[band].insert(all.bands[band].end(), values.bands[band].begin(),
                                       values.bands[band].end());
            }
            all.isValid.insert(all.isValid.end(), values.isValid.begin(), values.isValid.end());
        }
    }
    constexpr std::size_t kLeastValues = 256;
    return ogr::stretchOf(std::move(all), kLeastValues);
}

/// Longitude and latitude that the raster reaches.
geo::Box boxOf(GDALDatasetH dataset, const ogr::RasterPlace& place, const std::string& name) {
    constexpr int kSteps = 16;
    geo::Path border;
    const auto at = [&](double column, double row) {
        border.push_back({place.numbers[0] + column * place.numbers[1] + row * place.numbers[2],
                          place.numbers[3] + column * place.numbers[4] + row * place.numbers[5]});
    };
    const double width = GDALGetRasterXSize(dataset);
    const double height = GDALGetRasterYSize(dataset);
    for (int i = 0; i <= kSteps; ++i) {
        const double share = static_cast<double>(i) / kSteps;
        at(share * width, 0);
        at(share * width, height);
        at(0, share * height);
        at(width, share * height);
    }
    try {
        geo::Transform(place.crs).apply(border);
    } catch (const geo::Error& error) {
        ogr::refuseImage(
            name,
            fmt::format("影像的坐标系无法换算到 CGCS2000，请先用 gdalwarp -t_srs EPSG:4490 转换："
                        "{}",
                        error.what()),
            "its coordinate system cannot be brought to CGCS2000: convert the image first "
            "(gdalwarp -t_srs EPSG:4490)");
    }
    geo::Box box;
    for (const geo::Coordinate& c : border) {
        if (std::isfinite(c.x) && std::isfinite(c.y)) {
            box.add(c);
        }
    }
    return box;
}

} // namespace

RasterInfo inspectRaster(const std::filesystem::path& file, const RasterOptions& options) {
    const ogr::ConfigScope noSideFiles("GDAL_PAM_ENABLED", "NO");
    RasterInfo info;
    info.file = file;
    info.name = file.filename().string();
    const ogr::DatasetPtr dataset = ogr::openImagery(file, ogr::knownRasterDrivers(options.allowDrivers));
    info.driver = GDALGetDriverShortName(GDALGetDatasetDriver(dataset.get()));
    info.box = boxOf(dataset.get(), ogr::placeOf(dataset.get(), info.name), info.name);
    chooseBands(dataset.get(), options, info);
    checkBands(dataset.get(), info);
    info.label = labelOf(dataset.get(), file);
    info.members = membersOf(dataset.get(), file);
    info.identity = identityOf(info.members);
    if (info.isStretched) {
        info.stretch = sampledStretch(dataset.get(), info);
    }
    return info;
}

} // namespace layers
