#include "layers/geopackage_layout.hpp"

#include "layers/error.hpp"

#include <array>
#include <cpl_conv.h>
#include <cpl_error.h>

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <string>

namespace layers {

namespace {

/// A configuration option of GDAL for this thread, as long as the object lives.
class LocalOption {
  public:
    LocalOption(std::string key, const std::string& value) : m_key(std::move(key)) {
        if (const char* before = CPLGetThreadLocalConfigOption(m_key.c_str(), nullptr)) {
            m_before = before;
            m_hadValue = true;
        }
        CPLSetThreadLocalConfigOption(m_key.c_str(), value.c_str());
    }
    ~LocalOption() { CPLSetThreadLocalConfigOption(m_key.c_str(), m_hadValue ? m_before.c_str() : nullptr); }
    LocalOption(const LocalOption&) = delete;
    LocalOption& operator=(const LocalOption&) = delete;

  private:
    std::string m_key;
    std::string m_before;
    bool m_hadValue = false;
};

OGRwkbGeometryType geometryType(GeometryKind kind) {
    switch (kind) {
    case GeometryKind::None:
        return wkbNone;
    case GeometryKind::Point:
        return wkbPoint;
    case GeometryKind::Line:
        return wkbMultiLineString;
    case GeometryKind::Area:
        return wkbMultiPolygon;
    case GeometryKind::Any:
        break;
    }
    return wkbUnknown;
}

OGRFieldType fieldType(ColumnType type) {
    switch (type) {
    case ColumnType::Integer:
        return OFTInteger64;
    case ColumnType::Real:
        return OFTReal;
    case ColumnType::Text:
        break;
    }
    return OFTString;
}

} // namespace

struct GeoPackageLayout::Impl {
    std::filesystem::path file;
    LocalOption date;
    LocalOption pages{"OGR_SQLITE_PRAGMA", "page_size=16384"}; ///< a tenth smaller and faster than with 4096
    GDALDatasetUniquePtr dataset;
    OGRSpatialReference china2000;

    Impl(std::filesystem::path path, const std::string& day)
        : file(std::move(path)), date("OGR_CURRENT_DATE", day + "T00:00:00.000Z") {}

    [[noreturn]] void fail(const std::string& what) const {
        const char* why = CPLGetLastErrorMsg();
        throw Error(fmt::format("cannot {} in {}: {}", what, file.string(),
                                why != nullptr && *why != '\0' ? why : "GDAL gives no reason"));
    }

    OGRLayer& createLayer(const std::string& name, OGRwkbGeometryType type, CPLStringList options) {
        OGRLayer* layer =
            dataset->CreateLayer(name.c_str(), type == wkbNone ? nullptr : &china2000, type, options.List());
        if (layer == nullptr) {
            fail(fmt::format("create the table {}", name));
        }
        return *layer;
    }

    void createField(OGRLayer& layer, const std::string& name, OGRFieldType type,
                     OGRFieldSubType subtype = OFSTNone) const {
        OGRFieldDefn field(name.c_str(), type);
        field.SetSubType(subtype);
        if (layer.CreateField(&field) != OGRERR_NONE) {
            fail(fmt::format("create the column {}.{}", layer.GetName(), name));
        }
    }
};

GeoPackageLayout::GeoPackageLayout(const std::filesystem::path& file, const std::string& date, Open how)
    : m_impl(std::make_unique<Impl>(file, date)) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    if (GDALGetDriverByName("GPKG") == nullptr) {
        RegisterOGRGeoPackage();
    }
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    if (driver == nullptr) {
        throw Error("GDAL has no GeoPackage driver; install libgdal32 with SQLite support");
    }
    if (how == Open::Create) {
        if (std::filesystem::exists(file)) {
            throw Error(fmt::format("{} exists already", file.string()));
        }
        m_impl->dataset.reset(driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    } else {
        const std::array<const char*, 2> allowed{"GPKG", nullptr};
        m_impl->dataset.reset(
            GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, allowed.data()));
    }
    if (!m_impl->dataset) {
        m_impl->fail("create the GeoPackage");
    }
    if (m_impl->china2000.importFromEPSG(kChina2000) != OGRERR_NONE) {
        m_impl->fail("describe EPSG:4490");
    }
}

GeoPackageLayout::~GeoPackageLayout() = default;

void GeoPackageLayout::addTable(const TableSpec& spec) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    CPLStringList options;
    options.SetNameValue("FID", "fid");
    options.SetNameValue("GEOMETRY_NAME", kGeometryColumn);
    options.SetNameValue("DESCRIPTION", spec.title.c_str());
    options.SetNameValue("SPATIAL_INDEX", "YES");
    OGRLayer& layer = m_impl->createLayer(spec.name, geometryType(spec.geometry), options);
    for (const Column& column : spec.columns) {
        m_impl->createField(layer, column.name, fieldType(column.type));
    }
    // Some drivers delay the layout until a row comes; here none will come.
    layer.ResetReading();
    if (layer.SyncToDisk() != OGRERR_NONE) {
        m_impl->fail(fmt::format("create the table {}", spec.name));
    }
}

void GeoPackageLayout::addStyleTable() {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    CPLStringList options;
    options.SetNameValue("FID", "id");
    OGRLayer& layer = m_impl->createLayer("layer_styles", wkbNone, options);
    for (const char* name : {"f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column",
                             "styleName", "styleQML", "styleSLD"}) {
        m_impl->createField(layer, name, OFTString);
    }
    m_impl->createField(layer, "useAsDefault", OFTInteger, OFSTBoolean);
    for (const char* name : {"description", "owner", "ui"}) {
        m_impl->createField(layer, name, OFTString);
    }
    m_impl->createField(layer, "update_time", OFTDateTime);
    if (layer.SyncToDisk() != OGRERR_NONE) {
        m_impl->fail("create the table layer_styles");
    }
}

void GeoPackageLayout::addValueList(const ValueList& list) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    std::vector<OGRCodedValue> words;
    words.reserve(list.words.size());
    for (const std::string& word : list.words) {
        words.push_back({CPLStrdup(word.c_str()), CPLStrdup(word.c_str())}); // the domain frees them
    }
    std::string why;
    if (!m_impl->dataset->AddFieldDomain(std::make_unique<OGRCodedFieldDomain>(
                                             list.name, list.title, OFTString, OFSTNone, std::move(words)),
                                         why)) {
        throw Error(fmt::format("cannot add the list {} to {}: {}", list.name, m_impl->file.string(), why));
    }
}

void GeoPackageLayout::close() {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    m_impl->dataset.reset();
    if (CPLGetLastErrorType() >= CE_Failure) {
        m_impl->fail("write the layout");
    }
}

} // namespace layers
