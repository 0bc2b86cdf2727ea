#include "geo/wkb.hpp"
#include "layers/error.hpp"
#include "layers/vector_writer.hpp"

#include <cpl_error.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

namespace layers {

namespace {

[[noreturn]] void fail(const std::filesystem::path& file) {
    throw Error(
        fmt::format("无法写入 {} / cannot write {}: {}", file.string(), file.string(), CPLGetLastErrorMsg()));
}

void setCell(OGRFeature& feature, int field, const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        feature.SetField(field, text->c_str());
    } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        feature.SetField(field, static_cast<GIntBig>(*integer));
    } else if (const auto* real = std::get_if<double>(&value)) {
        feature.SetField(field, *real);
    } else {
        feature.SetFieldNull(field);
    }
}

} // namespace

void writeGeoJson(const std::filesystem::path& file, const TableSpec& spec,
                  const std::vector<VectorRow>& rows) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    if (GDALGetDriverByName("GeoJSON") == nullptr) {
        RegisterOGRGeoJSON();
    }
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GeoJSON");
    GDALDatasetUniquePtr dataset(driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset) {
        fail(file);
    }
    // RFC 7946 knows no other system than WGS 84, with which CGCS2000 counts as equal (within 1 m,
    // docs/formats.md): no coordinate is changed.
    OGRSpatialReference wgs84;
    wgs84.importFromEPSG(4326); // NOLINT: the code is its name
    wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    CPLStringList options;
    options.SetNameValue("RFC7946", "YES");
    options.SetNameValue("COORDINATE_PRECISION", "9");
    OGRLayer* layer = dataset->CreateLayer(spec.name.c_str(), &wgs84, wkbUnknown, options.List());
    if (layer == nullptr) {
        fail(file);
    }
    for (const Column& column : spec.columns) {
        OGRFieldDefn field(column.name.c_str(), column.type == ColumnType::Text      ? OFTString
                                                : column.type == ColumnType::Integer ? OFTInteger64
                                                                                     : OFTReal);
        if (layer->CreateField(&field) != OGRERR_NONE) {
            fail(file);
        }
    }
    std::vector<std::byte> wkb;
    for (const VectorRow& row : rows) {
        OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
        for (std::size_t column = 0; column < spec.columns.size(); ++column) {
            setCell(*feature, static_cast<int>(column), row.values[column]);
        }
        if (!row.shape.isEmpty()) {
            geo::appendWkb(row.shape, wkb);
            OGRGeometry* geometry = nullptr;
            if (OGRGeometryFactory::createFromWkb(wkb.data(), nullptr, &geometry, wkb.size()) !=
                OGRERR_NONE) {
                fail(file);
            }
            feature->SetGeometryDirectly(geometry);
        }
        if (layer->CreateFeature(feature.get()) != OGRERR_NONE) {
            fail(file);
        }
    }
    CPLErrorReset();
    dataset.reset();
    if (CPLGetLastErrorType() >= CE_Failure) {
        fail(file);
    }
}

} // namespace layers
