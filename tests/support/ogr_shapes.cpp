#include "ogr_shapes.hpp"

#include "geo/wkb.hpp"

#include <gdal.h>
#include <ogr_api.h>

#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>

namespace tests {

namespace {

struct DatasetDeleter {
    void operator()(void* dataset) const { GDALClose(dataset); }
};
struct FeatureDeleter {
    void operator()(void* feature) const { OGR_F_Destroy(feature); }
};

geo::Shape shapeOf(OGRGeometryH geometry) {
    std::vector<std::byte> wkb(static_cast<std::size_t>(OGR_G_WkbSize(geometry)));
    if (OGR_G_ExportToIsoWkb(geometry, wkbNDR, reinterpret_cast<unsigned char*>(wkb.data())) != OGRERR_NONE) {
        throw std::runtime_error("geometry not readable as WKB");
    }
    return geo::shapeFromWkb(wkb);
}

} // namespace

std::vector<OgrShape> shapesOfFile(const std::filesystem::path& file) {
    GDALAllRegister();
    const std::unique_ptr<void, DatasetDeleter> dataset(
        GDALOpenEx(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr));
    if (!dataset) {
        throw std::runtime_error("cannot open " + file.string());
    }
    OGRLayerH layer = GDALDatasetGetLayer(dataset.get(), 0);
    std::vector<OgrShape> shapes;
    OGR_L_ResetReading(layer);
    while (const std::unique_ptr<void, FeatureDeleter> feature{OGR_L_GetNextFeature(layer)}) {
        OGRGeometryH geometry = OGR_F_GetGeometryRef(feature.get());
        if (geometry != nullptr) {
            shapes.push_back({OGR_F_GetFID(feature.get()), shapeOf(geometry)});
        }
    }
    return shapes;
}

} // namespace tests
