#include "layers/raster_source.hpp"

#include "geo/transform.hpp"
#include "layers/error.hpp"
#include "layers/raster_handle.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace layers {

namespace {

/// As many blocks of a band as are read for one image at most.
constexpr std::int64_t kMostBlocks = 4096;
constexpr int kMostSide = 4096;
/// Pixels on a side that are averaged into one; beyond, one of them stands for all.
constexpr double kMostAveraged = 4;
constexpr std::int64_t kCacheBytes = std::int64_t{64} << 20U;

/// Blocks of a band that a window touches at the overview that would be read.
std::int64_t blocksIn(GDALRasterBandH band, const ogr::RasterWindow& window, double overview) {
    int width = 1;
    int height = 1;
    GDALGetBlockSize(band, &width, &height);
    const auto along = [overview](int pixels, int block) {
        return static_cast<std::int64_t>(pixels / overview / block) + 2;
    };
    return along(window.width, width) * along(window.height, height);
}

/// How many pixels a side one pixel of the overview stands for that GDAL would take for a factor.
double overviewFor(GDALRasterBandH band, double factor) {
    constexpr double kTolerance = 1.2; // as GDAL chooses
    double best = 1;
    for (int i = 0; i < GDALGetOverviewCount(band); ++i) {
        GDALRasterBandH overview = GDALGetOverview(band, i);
        const double stands =
            static_cast<double>(GDALGetRasterBandXSize(band)) / std::max(1, GDALGetRasterBandXSize(overview));
        if (stands <= factor * kTolerance) {
            best = std::max(best, stands);
        }
    }
    return best;
}

} // namespace

using Colours = std::array<std::uint8_t, 3>;

struct RasterSource::Impl {
    RasterInfo info;
    ogr::DatasetPtr dataset;
    std::optional<geo::Transform> transform;
    std::array<double, 6> toPixel{};
    std::vector<std::array<std::uint8_t, 4>> palette;

    void open();
    void readPalette();
    /// Column and row of the raster at each node; NaN where it has none.
    [[nodiscard]] geo::Path pixelsOf(const RasterNet& net) const;
    /// What of the raster the nodes reach, and how many of its pixels are one of the image's.
    [[nodiscard]] std::optional<ogr::RasterWindow> windowOf(const geo::Path& pixels) const;
    void chooseSize(ogr::RasterWindow& window, double factor, ogr::Resampling& resampling,
                    bool& isCoarse) const;
    /// The colours at a place of the window as it was read; none where there is no data.
    [[nodiscard]] std::optional<Colours> shownAt(const ogr::RasterValues& values,
                                                 const ogr::RasterWindow& window,
                                                 const std::vector<RasterStretch>& stretch, double column,
                                                 double row) const;
};

void RasterSource::Impl::open() {
    dataset = ogr::openImagery(info.file, {info.driver});
    const ogr::RasterPlace place = ogr::placeOf(dataset.get(), info.name);
    transform.emplace(place.crs);
    std::array<double, 6> numbers = place.numbers;
    if (GDALInvGeoTransform(numbers.data(), toPixel.data()) == 0) {
        ogr::refuseImage(info.name, "仿射变换参数不可逆", "its geotransform cannot be inverted");
    }
    // By itself GDAL keeps a twentieth of the machine's memory of blocks.
    GDALSetCacheMax64(kCacheBytes);
    if (info.hasPalette) {
        readPalette();
    }
}

void RasterSource::Impl::readPalette() {
    GDALColorTableH table = GDALGetRasterColorTable(GDALGetRasterBand(dataset.get(), 1));
    for (int i = 0; table != nullptr && i < GDALGetColorEntryCount(table); ++i) {
        GDALColorEntry entry{};
        GDALGetColorEntryAsRGB(table, i, &entry);
        palette.push_back({static_cast<std::uint8_t>(entry.c1), static_cast<std::uint8_t>(entry.c2),
                           static_cast<std::uint8_t>(entry.c3), static_cast<std::uint8_t>(entry.c4)});
    }
}

geo::Path RasterSource::Impl::pixelsOf(const RasterNet& net) const {
    geo::Path pixels = transform->applyInverse(net.nodes);
    for (geo::Coordinate& c : pixels) {
        c = {toPixel[0] + c.x * toPixel[1] + c.y * toPixel[2],
             toPixel[3] + c.x * toPixel[4] + c.y * toPixel[5]};
    }
    return pixels;
}

std::optional<ogr::RasterWindow> RasterSource::Impl::windowOf(const geo::Path& pixels) const {
    geo::Box box;
    for (const geo::Coordinate& c : pixels) {
        if (std::isfinite(c.x) && std::isfinite(c.y)) {
            box.add(c);
        }
    }
    constexpr double kAround = 2; // for what is interpolated
    const double left = std::max(std::floor(box.minX - kAround), 0.0);
    const double top = std::max(std::floor(box.minY - kAround), 0.0);
    const double right = std::min(std::ceil(box.maxX + kAround), double(GDALGetRasterXSize(dataset.get())));
    const double bottom = std::min(std::ceil(box.maxY + kAround), double(GDALGetRasterYSize(dataset.get())));
    if (box.isEmpty() || right <= left || bottom <= top) {
        return std::nullopt;
    }
    ogr::RasterWindow window;
    window.x = static_cast<int>(left);
    window.y = static_cast<int>(top);
    window.width = static_cast<int>(right - left);
    window.height = static_cast<int>(bottom - top);
    return window;
}

namespace {

/// Pixels of the raster along one pixel of the image, in the direction in which they are fewer.
double factorOf(const geo::Path& pixels, const RasterNet& net) {
    const auto meanStep = [&](std::size_t stride, bool isAlongRow) {
        double sum = 0;
        std::size_t count = 0;
        const auto across = static_cast<std::size_t>(net.columns) + 1;
        for (std::size_t i = 0; i + stride < pixels.size(); ++i) {
            const bool isLast = isAlongRow && i % across == across - 1;
            const double length =
                std::hypot(pixels[i + stride].x - pixels[i].x, pixels[i + stride].y - pixels[i].y);
            if (!isLast && std::isfinite(length)) {
                sum += length;
                ++count;
            }
        }
        return count == 0 ? 1 : sum / static_cast<double>(count) / RasterNet::kStep;
    };
    return std::max(1.0,
                    std::min(meanStep(1, true), meanStep(static_cast<std::size_t>(net.columns) + 1, false)));
}

} // namespace

void RasterSource::Impl::chooseSize(ogr::RasterWindow& window, double factor, ogr::Resampling& resampling,
                                    bool& isCoarse) const {
    const auto sized = [](int pixels, double by, int most) {
        return std::clamp(static_cast<int>(std::lround(pixels / by)), 1, std::min(most, pixels));
    };
    GDALRasterBandH band = GDALGetRasterBand(dataset.get(), info.bands.front());
    const double overview = overviewFor(band, factor);
    isCoarse = blocksIn(band, window, overview) > kMostBlocks;
    constexpr int kCoarseSide = 64; // one block for each of its pixels
    const int most = isCoarse ? kCoarseSide : kMostSide;
    window.columns = sized(window.width, factor, most);
    window.rows = sized(window.height, factor, most);
    const bool isAveraged = !info.hasPalette && !isCoarse && factor > 1 && factor / overview <= kMostAveraged;
    resampling = isAveraged ? ogr::Resampling::Average : ogr::Resampling::Nearest;
}

namespace {

/// The mean between the middles of four pixels, by those of them that count.
Colours blended(const ogr::RasterValues& values, const ogr::RasterWindow& window,
                const std::vector<RasterStretch>& stretch, double column, double row) {
    constexpr double kHalf = 0.5;
    const double x = std::floor(column - kHalf);
    const double y = std::floor(row - kHalf);
    std::array<double, 3> sums{};
    double weights = 0;
    for (int i = 0; i < 4; ++i) {
        const int dx = i % 2;
        const int dy = i / 2;
        const int c = std::clamp(static_cast<int>(x + dx), 0, window.columns - 1);
        const int r = std::clamp(static_cast<int>(y + dy), 0, window.rows - 1);
        const std::size_t at = static_cast<std::size_t>(r) * static_cast<std::size_t>(window.columns) +
                               static_cast<std::size_t>(c);
        const double weight = (1 - std::abs(column - kHalf - x - dx)) * (1 - std::abs(row - kHalf - y - dy));
        if (values.isValid[at] == 0) {
            continue;
        }
        weights += weight;
        for (std::size_t band = 0; band < values.bands.size(); ++band) {
            sums[band] += weight * static_cast<double>(values.bands[band][at]);
        }
    }
    Colours colour{};
    for (std::size_t band = 0; band < colour.size(); ++band) {
        constexpr double kWhite = 255;
        const std::size_t from = std::min(band, values.bands.size() - 1);
        double value = weights > 0 ? sums[from] / weights : 0;
        if (from < stretch.size()) {
            value = (value - stretch[from].low) / (stretch[from].high - stretch[from].low) * kWhite;
        }
        colour[band] = static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, kWhite)));
    }
    return colour;
}

} // namespace

std::optional<Colours> RasterSource::Impl::shownAt(const ogr::RasterValues& values,
                                                   const ogr::RasterWindow& window,
                                                   const std::vector<RasterStretch>& stretch, double column,
                                                   double row) const {
    const std::size_t at = static_cast<std::size_t>(row) * static_cast<std::size_t>(window.columns) +
                           static_cast<std::size_t>(column);
    if (values.isValid[at] == 0) {
        return std::nullopt;
    }
    if (!info.hasPalette) {
        return blended(values, window, stretch, column, row);
    }
    const auto entry = static_cast<std::size_t>(std::max(0.0F, values.bands.front()[at]));
    if (entry >= palette.size() || palette[entry][3] == 0) {
        return std::nullopt;
    }
    return Colours{palette[entry][0], palette[entry][1], palette[entry][2]};
}

RasterSource::RasterSource(const RasterInfo& info) : m_impl(std::make_unique<Impl>()) {
    const ogr::ConfigScope noSideFiles("GDAL_PAM_ENABLED", "NO");
    m_impl->info = info;
    m_impl->open();
}

RasterSource::~RasterSource() {
    const ogr::ConfigScope noSideFiles("GDAL_PAM_ENABLED", "NO");
    m_impl.reset();
}

namespace {

/// The place of a pixel's middle between the nodes of its cell.
geo::Coordinate placeIn(const geo::Path& pixels, const RasterNet& net, int column, int row) {
    constexpr double kHalf = 0.5;
    const auto across = static_cast<std::size_t>(net.columns) + 1;
    const std::size_t at = static_cast<std::size_t>(row / RasterNet::kStep) * across +
                           static_cast<std::size_t>(column / RasterNet::kStep);
    const double x = (column % RasterNet::kStep + kHalf) / RasterNet::kStep;
    const double y = (row % RasterNet::kStep + kHalf) / RasterNet::kStep;
    const auto between = [&](double geo::Coordinate::*part) {
        return (1 - y) * ((1 - x) * pixels[at].*part + x * pixels[at + 1].*part) +
               y * ((1 - x) * pixels[at + across].*part + x * pixels[at + across + 1].*part);
    };
    return {between(&geo::Coordinate::x), between(&geo::Coordinate::y)};
}

} // namespace

RasterSource::Painted RasterSource::paint(const RasterNet& net, RasterImage& image) {
    const ogr::ConfigScope noSideFiles("GDAL_PAM_ENABLED", "NO");
    Impl& impl = *m_impl;
    Painted painted;
    const geo::Path pixels = impl.pixelsOf(net);
    std::optional<ogr::RasterWindow> window = impl.windowOf(pixels);
    if (!window) {
        return painted;
    }
    ogr::Resampling resampling = ogr::Resampling::Nearest;
    impl.chooseSize(*window, factorOf(pixels, net), resampling, painted.isCoarse);
    const ogr::RasterValues values = ogr::readValues(impl.dataset.get(), impl.info, *window, resampling);
    std::vector<RasterStretch> stretch = impl.info.stretch;
    if (impl.info.isStretched && stretch.empty()) {
        stretch = ogr::stretchOf(values, 1);
    }
    const double columnsPerPixel = static_cast<double>(window->columns) / window->width;
    const double rowsPerPixel = static_cast<double>(window->rows) / window->height;
    for (int row = 0; row < image.height; ++row) {
        for (int column = 0; column < image.width; ++column) {
            std::uint8_t* pixel = image.at(column, row);
            const geo::Coordinate place = placeIn(pixels, net, column, row);
            const double x = (place.x - window->x) * columnsPerPixel;
            const double y = (place.y - window->y) * rowsPerPixel;
            if (pixel[3] != 0 || !(x >= 0 && x < window->columns && y >= 0 && y < window->rows)) {
                continue;
            }
            const std::optional<Colours> colours = impl.shownAt(values, *window, stretch, x, y);
            if (!colours) {
                continue;
            }
            constexpr std::uint8_t kOpaque = 255;
            std::copy(colours->begin(), colours->end(), pixel);
            pixel[3] = kOpaque;
            ++painted.pixels;
        }
    }
    return painted;
}

} // namespace layers
