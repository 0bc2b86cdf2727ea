#include "tests/support/image_file.hpp"

#include "geo/transform.hpp"
#include "tests/support/pdf_text.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <cpl_string.h>
#include <ogr_srs_api.h>

namespace tests {

namespace {

constexpr double kMmPerInch = 25.4;

GDALDatasetH create(const std::filesystem::path& file, int width, int height, int bands, GDALDataType type,
                    const std::vector<std::string>& options) {
    GDALAllRegister();
    char** list = nullptr;
    for (const std::string& option : options) {
        list = CSLAddString(list, option.c_str());
    }
    GDALDatasetH dataset =
        GDALCreate(GDALGetDriverByName("GTiff"), file.c_str(), width, height, bands, type, list);
    CSLDestroy(list);
    if (dataset == nullptr) {
        throw std::runtime_error("cannot write " + file.string());
    }
    return dataset;
}

void place(GDALDatasetH dataset, int epsg, const geo::Coordinate& corner, double pixel) {
    std::array<double, 6> numbers{corner.x, pixel, 0, corner.y, 0, -pixel};
    GDALSetGeoTransform(dataset, numbers.data());
    if (epsg != 0) {
        OGRSpatialReferenceH system = OSRNewSpatialReference(nullptr);
        OSRImportFromEPSG(system, epsg);
        GDALSetSpatialRef(dataset, system);
        OSRDestroySpatialReference(system);
    }
}

void setPalette(GDALRasterBandH band, const std::vector<std::array<int, 4>>& palette) {
    GDALColorTableH table = GDALCreateColorTable(GPI_RGB);
    for (std::size_t i = 0; i < palette.size(); ++i) {
        const GDALColorEntry entry{static_cast<short>(palette[i][0]), static_cast<short>(palette[i][1]),
                                   static_cast<short>(palette[i][2]), static_cast<short>(palette[i][3])};
        GDALSetColorEntry(table, static_cast<int>(i), &entry);
    }
    GDALSetRasterColorTable(band, table);
    GDALDestroyColorTable(table);
}

} // namespace

void writeImage(const std::filesystem::path& file, const ImageFile& image) {
    std::vector<std::string> options = image.options;
    if (image.hasAlpha) {
        options.emplace_back("ALPHA=YES");
    }
    GDALDatasetH dataset = create(file, image.width, image.height, image.bands, image.type, options);
    place(dataset, image.epsg, image.corner, image.pixel);
    if (!image.dateTime.empty()) {
        GDALSetMetadataItem(dataset, "TIFFTAG_DATETIME", image.dateTime.c_str(), nullptr);
    }
    if (!image.palette.empty()) {
        setPalette(GDALGetRasterBand(dataset, 1), image.palette);
    }
    std::unique_ptr<geo::Transform> transform;
    constexpr int kXian = 4610; // places are taken as they are: no shift to CGCS2000 is known
    if (image.epsg != 0 && image.epsg != 4490 && image.epsg != kXian) {
        transform = std::make_unique<geo::Transform>("EPSG:" + std::to_string(image.epsg));
    }
    std::vector<std::vector<double>> rows(static_cast<std::size_t>(image.bands));
    for (int row = 0; row < image.height; ++row) {
        geo::Path places;
        for (int column = 0; column < image.width; ++column) {
            places.push_back(
                {image.corner.x + (column + 0.5) * image.pixel, image.corner.y - (row + 0.5) * image.pixel});
        }
        if (transform) {
            transform->apply(places);
        }
        for (std::size_t band = 0; band < rows.size(); ++band) {
            rows[band].clear();
            for (const geo::Coordinate& lonLat : places) {
                rows[band].push_back(image.at(lonLat).at(band));
            }
            GDALRasterBandH handle = GDALGetRasterBand(dataset, static_cast<int>(band) + 1);
            if (image.nodata && row == 0) {
                GDALSetRasterNoDataValue(handle, *image.nodata);
            }
            if (GDALRasterIO(handle, GF_Write, 0, row, image.width, 1, rows[band].data(), image.width, 1,
                             GDT_Float64, 0, 0) != CE_None) {
                throw std::runtime_error("cannot write " + file.string());
            }
        }
    }
    GDALClose(dataset);
}

void writeSparseImage(const std::filesystem::path& file, int side, int epsg, const geo::Coordinate& corner,
                      double pixel) {
    constexpr int kTile = 256;
    constexpr unsigned char kValue = 200;
    GDALDatasetH dataset = create(file, side, side, 3, GDT_Byte,
                                  {"TILED=YES", "SPARSE_OK=TRUE", "BIGTIFF=YES", "INTERLEAVE=PIXEL"});
    place(dataset, epsg, corner, pixel);
    std::vector<unsigned char> tile(std::size_t{3} * kTile * kTile, kValue);
    const int middle = side / 2 / kTile * kTile;
    if (GDALDatasetRasterIO(dataset, GF_Write, middle, middle, kTile, kTile, tile.data(), kTile, kTile,
                            GDT_Byte, 3, nullptr, 0, 0, 0) != CE_None) {
        throw std::runtime_error("cannot write " + file.string());
    }
    GDALClose(dataset);
}

std::array<int, 3> Picture::at(int x, int y) const {
    const std::size_t at =
        3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x));
    return {rgb.at(at), rgb.at(at + 1), rgb.at(at + 2)};
}

Picture pageOf(const std::filesystem::path& pdf, int page, int dpi, const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / ("page" + std::to_string(page));
    const std::string number = std::to_string(page);
    printedBy("pdftoppm -png -singlefile -r " + std::to_string(dpi) + " -f " + number + " -l " + number +
              " " + quoted(pdf) + " " + quoted(file) + " 2>&1");
    GDALAllRegister();
    GDALDatasetH dataset = GDALOpen((file.string() + ".png").c_str(), GA_ReadOnly);
    if (dataset == nullptr) {
        throw std::runtime_error("no picture of " + pdf.string());
    }
    Picture picture{GDALGetRasterXSize(dataset), GDALGetRasterYSize(dataset), {}};
    picture.rgb.resize(std::size_t{3} * static_cast<std::size_t>(picture.width) *
                       static_cast<std::size_t>(picture.height));
    const CPLErr read =
        GDALDatasetRasterIO(dataset, GF_Read, 0, 0, picture.width, picture.height, picture.rgb.data(),
                            picture.width, picture.height, GDT_Byte, 3, nullptr, 3, 3 * picture.width, 1);
    GDALClose(dataset);
    if (read != CE_None) {
        throw std::runtime_error("no picture of " + pdf.string());
    }
    return picture;
}

geo::Box boxOfPixels(const Picture& picture, int dpi, double firstMm, double lastMm,
                     const std::function<bool(const std::array<int, 3>&)>& test) {
    const double mm = kMmPerInch / dpi;
    geo::Box box;
    const int last = std::min(picture.width, static_cast<int>(lastMm / mm));
    for (int y = 0; y < picture.height; ++y) {
        for (int x = static_cast<int>(firstMm / mm); x < last; ++x) {
            if (test(picture.at(x, y))) {
                box.add(geo::Coordinate{x * mm, y * mm});
                box.add(geo::Coordinate{(x + 1) * mm, (y + 1) * mm});
            }
        }
    }
    return box;
}

} // namespace tests
