#include "layers/mask_raster.hpp"

#include "layers/error.hpp"
#include "layers/feature_source.hpp"
#include "layers/ogr_handle.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_set>
#include <utility>

#include <cpl_string.h>
#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::size_t kMostValues = 65535;
constexpr std::int64_t kMostBlockBytes = std::int64_t{256} << 20U;
constexpr std::int32_t kMostSide = 1'000'000;

std::string joined(const std::vector<std::string>& messages) {
    std::string all;
    for (const std::string& message : messages) {
        all += (all.empty() ? "" : "; ") + message;
    }
    return all;
}

} // namespace

struct MaskRaster::Impl {
    std::string file;
    std::string layer;
    std::string crs;
    GridPlace place;
    std::int32_t width = 0;
    std::int32_t height = 0;
    ogr::DatasetPtr dataset;
    GDALRasterBandH band = nullptr;
    std::optional<std::int64_t> nodata;
    GDALRasterBandH valid = nullptr; ///< mask band of the file, where it has one: 0 is nodata
    std::vector<std::string> categories;
    bool isByte = false;
    std::vector<std::uint8_t> bytes;
    std::vector<std::int64_t> numbers;
    std::vector<std::uint8_t> validity;
    std::unordered_set<std::int64_t> values;

    [[noreturn]] void refuse(const std::string& zh, const std::string& en) const {
        throw Error(file + "：" + zh + " / " + en);
    }

    void open(const LayerRef& ref);
    void chooseBand(const LayerRef& ref);
    void readPlace();
    void readBand();
    void fetch(GDALRasterBandH from, std::int32_t row, void* to, GDALDataType type) const;
    void noteValue(std::int64_t value);

    template <typename Pixel>
    void findRuns(const std::vector<Pixel>& pixels, std::vector<MaskPieces::ValueRun>& runs);
};

void MaskRaster::Impl::open(const LayerRef& ref) {
    file = ref.file.filename().string();
    ogr::MessageCatcher catcher;
    dataset = ogr::openRasterReadOnly(ref.file.string(), {"GTiff"});
    if (!dataset) {
        refuse("不是可读的 GeoTIFF：" + joined(catcher.take()), "not a readable GeoTIFF");
    }
    chooseBand(ref);
    readPlace();
    readBand();
}

void MaskRaster::Impl::chooseBand(const LayerRef& ref) {
    std::vector<std::string> names;
    const int count = GDALGetRasterCount(dataset.get());
    for (int number = 1; number <= count; ++number) {
        names.push_back(std::to_string(number));
    }
    if (count > 1 && ref.layer.empty()) {
        refuse(fmt::format("有 {} 个波段，请写成 {}:1 指明掩膜所在的波段", count, file),
               fmt::format("{} bands: name the one that is the mask, as {}:1", count, file));
    }
    const std::string chosen = chooseLayer(ref, names);
    layer = ref.layer.empty() ? ref.file.stem().string() : chosen;
    band = GDALGetRasterBand(dataset.get(), std::stoi(chosen));
}

void MaskRaster::Impl::readPlace() {
    width = GDALGetRasterXSize(dataset.get());
    height = GDALGetRasterYSize(dataset.get());
    if (width > kMostSide || height > kMostSide) {
        refuse(
            fmt::format("掩膜 {} × {} 像元，超过每边 {} 的上限，请分幅", width, height, kMostSide),
            fmt::format("{} × {} pixels, more than {} a side: cut it into sheets", width, height, kMostSide));
    }
    const bool isPlaced = GDALGetGeoTransform(dataset.get(), place.numbers.data()) == CE_None;
    const bool isFinite = std::all_of(place.numbers.begin(), place.numbers.end(),
                                      [](double number) { return std::isfinite(number); });
    if (!isPlaced || !isFinite || place.determinant() == 0.0) {
        refuse(
            "栅格没有地理配准（无仿射变换参数），请先配准或附上 .tfw 和坐标系",
            "the raster is not georeferenced (no geotransform): register it, or add a .tfw and a coordinate "
            "system");
    }
    const char* wkt = GDALGetProjectionRef(dataset.get());
    crs = wkt == nullptr ? "" : wkt;
}

void MaskRaster::Impl::readBand() {
    const GDALDataType type = GDALGetRasterDataType(band);
    switch (type) {
    case GDT_Byte:
    case GDT_UInt16:
    case GDT_Int16:
    case GDT_UInt32:
    case GDT_Int32:
    case GDT_Int64:
        break;
    default:
        refuse(fmt::format("像元类型 {} 不是整数类别，不能作为变化掩膜；请先按阈值转为 0/1 或类别整数",
                           GDALGetDataTypeName(type)),
               fmt::format(
                   "pixels of type {} are no classes: make whole numbers (0/1, or classes) of them first",
                   GDALGetDataTypeName(type)));
    }
    int blockWidth = 0;
    int blockHeight = 0;
    GDALGetBlockSize(band, &blockWidth, &blockHeight);
    const std::int64_t blockBytes = std::int64_t{blockWidth} * blockHeight * GDALGetDataTypeSizeBytes(type);
    if (blockBytes > kMostBlockBytes) {
        refuse(
            fmt::format("压缩块达 {} MB，无法在有限内存中读取；请用 gdal_translate -co TILED=YES 重写",
                        blockBytes >> 20),
            fmt::format("a compressed block takes {} MB: rewrite the file with gdal_translate -co TILED=YES",
                        blockBytes >> 20));
    }
    // Blocks are read once. By itself GDAL keeps a twentieth of the machine's memory of them; too small a
    // cache reads a row of tiles once for each row of pixels. Flushing instead frees and takes blocks of a
    // megabyte between small pieces, and the heap grows with the mask all the same.
    constexpr std::int64_t kLeastCacheBytes = std::int64_t{16} << 20U;
    const std::int64_t rowOfBlocks = (width + blockWidth - 1) / blockWidth * blockBytes;
    GDALSetCacheMax64(kLeastCacheBytes + 2 * rowOfBlocks); // of the band, and of its mask
    int has = 0;
    if (type == GDT_Int64) {
        const std::int64_t value = GDALGetRasterNoDataValueAsInt64(band, &has);
        nodata = has != 0 ? std::optional(value) : std::nullopt;
    } else {
        const double value = GDALGetRasterNoDataValue(band, &has);
        // A nodata value that no pixel can have (NaN, -9999 in bytes) marks nothing.
        if (has != 0 && value == std::trunc(value) && std::abs(value) <= 4294967295.0) {
            nodata = static_cast<std::int64_t>(value);
        }
    }
    const int flags = GDALGetMaskFlags(band);
    if ((flags & (GMF_ALL_VALID | GMF_NODATA)) == 0) {
        valid = GDALGetMaskBand(band);
        validity.resize(static_cast<std::size_t>(width));
    }
    for (char** name = GDALGetRasterCategoryNames(band); name != nullptr && *name != nullptr; ++name) {
        categories.emplace_back(*name);
    }
    isByte = type == GDT_Byte;
    isByte ? bytes.resize(static_cast<std::size_t>(width)) : numbers.resize(static_cast<std::size_t>(width));
}

void MaskRaster::Impl::fetch(GDALRasterBandH from, std::int32_t row, void* to, GDALDataType type) const {
    ogr::MessageCatcher catcher;
    if (GDALRasterIO(from, GF_Read, 0, row, width, 1, to, width, 1, type, 0, 0) != CE_None) {
        const std::string why = joined(catcher.take());
        refuse(fmt::format("第 {} 行无法读取，文件损坏或不完整：{}", row, why),
               fmt::format("row {} cannot be read, the file is damaged or cut off", row));
    }
}

void MaskRaster::Impl::noteValue(std::int64_t value) {
    if (values.insert(value).second && values.size() > kMostValues) {
        refuse(fmt::format("不同的值超过 {} 个，不是变化掩膜（可能是影像或高程）", kMostValues),
               fmt::format("more than {} different values: not a change mask (an image, or heights?)",
                           kMostValues));
    }
}

template <typename Pixel>
void MaskRaster::Impl::findRuns(const std::vector<Pixel>& pixels, std::vector<MaskPieces::ValueRun>& runs) {
    const auto isChange = [&](std::size_t column) {
        const Pixel pixel = pixels[column];
        return pixel != 0 && (!nodata || static_cast<std::int64_t>(pixel) != *nodata) &&
               (valid == nullptr || validity[column] != 0);
    };
    std::size_t column = 0;
    while (column < pixels.size()) {
        if (!isChange(column)) {
            ++column;
            continue;
        }
        const std::size_t first = column;
        while (column < pixels.size() && pixels[column] == pixels[first] && isChange(column)) {
            ++column;
        }
        runs.push_back({static_cast<std::int64_t>(pixels[first]), static_cast<std::int32_t>(first),
                        static_cast<std::int32_t>(column)});
    }
}

MaskRaster::MaskRaster(const LayerRef& ref) : m_impl(std::make_unique<Impl>()) {
    m_impl->open(ref);
}

MaskRaster::~MaskRaster() = default;

const std::string& MaskRaster::file() const {
    return m_impl->file;
}
const std::string& MaskRaster::layer() const {
    return m_impl->layer;
}
const std::string& MaskRaster::crs() const {
    return m_impl->crs;
}
const GridPlace& MaskRaster::place() const {
    return m_impl->place;
}
std::int32_t MaskRaster::width() const {
    return m_impl->width;
}
std::int32_t MaskRaster::height() const {
    return m_impl->height;
}
bool MaskRaster::hasCategories() const {
    return !m_impl->categories.empty();
}

std::string MaskRaster::category(std::int64_t value) const {
    const bool isNamed = value >= 0 && value < static_cast<std::int64_t>(m_impl->categories.size());
    return isNamed ? m_impl->categories[static_cast<std::size_t>(value)] : std::string();
}

std::vector<std::filesystem::path> MaskRaster::members() const {
    std::vector<std::filesystem::path> members;
    char** files = GDALGetFileList(m_impl->dataset.get());
    for (char** name = files; name != nullptr && *name != nullptr; ++name) {
        members.emplace_back(*name);
    }
    CSLDestroy(files);
    return members;
}

void MaskRaster::readRow(std::int32_t row, std::vector<MaskPieces::ValueRun>& runs) {
    Impl& impl = *m_impl;
    runs.clear();
    if (impl.valid != nullptr) {
        impl.fetch(impl.valid, row, impl.validity.data(), GDT_Byte);
    }
    if (impl.isByte) {
        impl.fetch(impl.band, row, impl.bytes.data(), GDT_Byte);
        impl.findRuns(impl.bytes, runs);
        return;
    }
    impl.fetch(impl.band, row, impl.numbers.data(), GDT_Int64);
    impl.findRuns(impl.numbers, runs);
    for (const MaskPieces::ValueRun& run : runs) {
        impl.noteValue(run.value);
    }
}

} // namespace layers
