#include "layers/ogr_handle.hpp"

#include "layers/error.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <cpl_vsi.h>

#include <array>
#include <map>
#include <mutex>
#include <set>
#include <utility>

namespace layers::ogr {

namespace {

void keepMessage(CPLErr level, CPLErrorNum /*number*/, const char* text) {
    auto* const messages = static_cast<std::vector<std::string>*>(CPLGetErrorHandlerUserData());
    if (level >= CE_Warning && text != nullptr) {
        messages->emplace_back(text);
    }
}

/// Drivers that go to a server by themselves, even from inside another file: out of GDAL's list unless asked
/// for.
constexpr std::array<const char*, 22> kNetworkDrivers{
    "WFS",   "OAPIF",    "CSW",    "HTTP",  "Carto",        "AmigoCloud", "Elasticsearch", "NGW",
    "EEDA",  "PLSCENES", "OGCAPI", "MySQL", "MSSQLSpatial", "PostgreSQL", "ODBC",          "PGeo",
    "EEDAI", "PLMosaic", "WMS",    "WMTS",  "WCS",          "DAAS"};

/// The drivers taken out, by name; they stay valid for the life of the process.
std::map<std::string, GDALDriverH>& shutDrivers() {
    static std::map<std::string, GDALDriverH> drivers;
    return drivers;
}

/// Those of them that the user asked for.
std::set<std::string>& openedDrivers() {
    static std::set<std::string> names;
    return names;
}

/// What a network file system of GDAL's opens for us: nothing.
void* openNothing(void* /*user*/, const char* /*file*/, const char* /*access*/) {
    return nullptr;
}

/// Some file drivers (GeoJSON) fetch a URL named inside another file: they get nothing.
CPLHTTPResult* fetchNothing(const char* /*url*/, CSLConstList /*options*/, GDALProgressFunc /*progress*/,
                            void* /*progressArgument*/, CPLHTTPFetchWriteFunc /*write*/,
                            void* /*writeArgument*/, void* /*user*/) {
    auto* const result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
    result->nStatus = 1; // nullptr would let GDAL's own fetching have its turn
    result->pszErrBuf = CPLStrdup("not fetched: inputs are files");
    return result;
}

/// Paths of GDAL's network file systems, also those inside files, lead nowhere.
void shutNetworkPaths() {
    VSIFilesystemPluginCallbacksStruct* callbacks = VSIAllocFilesystemPluginCallbacksStruct();
    callbacks->open = openNothing;
    for (const char* prefix :
         {"/vsicurl/", "/vsicurl_streaming/", "/vsis3/", "/vsis3_streaming/", "/vsigs/", "/vsigs_streaming/",
          "/vsiaz/", "/vsiaz_streaming/", "/vsiadls/", "/vsioss/", "/vsioss_streaming/", "/vsiswift/",
          "/vsiswift_streaming/", "/vsihdfs/", "/vsiwebhdfs/"}) {
        VSIInstallPluginHandler(prefix, callbacks);
    }
    VSIFreeFilesystemPluginCallbacksStruct(callbacks);
}

/// Registers GDAL's drivers once; whoever registers them again, those of the network go out again.
void registerDrivers() {
    static std::mutex mutex;
    static bool isDone = false;
    const std::lock_guard lock(mutex);
    if (!isDone) {
        GDALAllRegister();
        shutNetworkPaths();
        CPLHTTPSetFetchCallback(fetchNothing, nullptr);
        isDone = true;
    }
    for (const char* name : kNetworkDrivers) {
        GDALDriverH driver = GDALGetDriverByName(name);
        if (driver != nullptr && !openedDrivers().contains(name)) {
            GDALDeregisterDriver(driver);
            shutDrivers()[name] = driver;
        }
    }
}

DatasetPtr openAs(unsigned kind, const std::string& file, const std::vector<const char*>& drivers) {
    registerDrivers();
    std::vector<const char*> allowed = drivers;
    allowed.push_back(nullptr);
    return DatasetPtr(GDALOpenEx(file.c_str(), kind | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                 allowed.data(), nullptr, nullptr));
}

} // namespace

MessageCatcher::MessageCatcher() {
    CPLPushErrorHandlerEx(keepMessage, &m_messages);
}

MessageCatcher::~MessageCatcher() {
    CPLPopErrorHandler();
}

std::vector<std::string> MessageCatcher::take() {
    return std::exchange(m_messages, {});
}

ConfigScope::ConfigScope(const char* key, const std::string& value) : m_key(key), m_isSet(!value.empty()) {
    if (m_isSet) {
        CPLSetThreadLocalConfigOption(m_key, value.c_str());
    }
}

ConfigScope::~ConfigScope() {
    if (m_isSet) {
        CPLSetThreadLocalConfigOption(m_key, nullptr);
    }
}

namespace {

/// The driver of a name, switched on where it uses the network; null when GDAL has none that can do it.
GDALDriverH driverAskedFor(const std::string& wanted, const char* capability) {
    const auto shut = shutDrivers().find(wanted);
    if (shut != shutDrivers().end()) {
        openedDrivers().insert(wanted);
        CPLHTTPSetFetchCallback(nullptr, nullptr);
        GDALRegisterDriver(shut->second);
    }
    GDALDriverH driver = GDALGetDriverByName(wanted.c_str());
    return driver == nullptr || GDALGetMetadataItem(driver, capability, nullptr) == nullptr ? nullptr
                                                                                            : driver;
}

} // namespace

std::vector<std::string> knownDrivers(const std::vector<std::string>& asked) {
    registerDrivers();
    std::vector<std::string> names;
    for (const std::string& name : asked) {
        GDALDriverH driver = driverAskedFor(name == "VRT" ? "OGR_VRT" : name, GDAL_DCAP_VECTOR);
        if (driver == nullptr) {
            throw Error(
                "--allow-driver " + name +
                "：GDAL 没有这个矢量驱动，名称见 ogrinfo --formats / GDAL has no vector driver of this "
                "name, see ogrinfo --formats");
        }
        names.emplace_back(GDALGetDriverShortName(driver));
    }
    return names;
}

std::vector<std::string> knownRasterDrivers(const std::vector<std::string>& asked) {
    registerDrivers();
    std::vector<std::string> names;
    for (const std::string& name : asked) {
        GDALDriverH driver = driverAskedFor(name, GDAL_DCAP_RASTER);
        if (driver == nullptr) {
            throw Error("--allow-driver " + name +
                        "：GDAL 没有这个栅格驱动，名称见 gdalinfo --formats / GDAL has no raster driver of "
                        "this name, see gdalinfo --formats");
        }
        names.emplace_back(GDALGetDriverShortName(driver));
    }
    return names;
}

std::string driverOf(const std::string& file) {
    registerDrivers();
    // Drivers that know their files by the first bytes; others would have to open them.
    const std::array<const char*, 9> candidates{"OGR_VRT", "GML", "GPX",      "MapInfo File", "GeoRSS",
                                                "OSM",     "DGN", "TopoJSON", nullptr};
    GDALDriverH driver = GDALIdentifyDriverEx(file.c_str(), GDAL_OF_VECTOR, candidates.data(), nullptr);
    return driver == nullptr ? std::string() : GDALGetDriverShortName(driver);
}

FieldKind fieldKind(OGRFieldType type) {
    switch (type) {
    case OFTInteger:
    case OFTInteger64:
    case OFTReal:
        return FieldKind::Number;
    case OFTDate:
    case OFTDateTime:
        return FieldKind::Date;
    default:
        return FieldKind::Text;
    }
}

DatasetPtr openReadOnly(const std::string& file, const std::vector<const char*>& drivers) {
    return openAs(GDAL_OF_VECTOR, file, drivers);
}

DatasetPtr openRasterReadOnly(const std::string& file, const std::vector<const char*>& drivers) {
    return openAs(GDAL_OF_RASTER, file, drivers);
}

void dropEmptyHeights(OGRGeometryH geometry) {
    if (OGR_G_Is3D(geometry) == 0 || OGR_G_IsMeasured(geometry) != 0) {
        return;
    }
    OGREnvelope3D box;
    OGR_G_GetEnvelope3D(geometry, &box);
    if (box.MinZ == 0 && box.MaxZ == 0) {
        OGR_G_FlattenTo2D(geometry);
    }
}

std::vector<std::byte> linearWkb(OGRGeometryH geometry) {
    GeometryPtr linear;
    const OGRwkbGeometryType type = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry));
    if (OGR_GT_IsSubClassOf(type, wkbPolyhedralSurface) != 0 || type == wkbTriangle) {
        linear.reset(OGR_G_ForceToMultiPolygon(OGR_G_Clone(geometry)));
    } else {
        linear.reset(OGR_G_GetLinearGeometry(geometry, kArcStep, nullptr));
    }
    if (!linear) {
        return {};
    }
    std::vector<std::byte> wkb(
        static_cast<std::size_t>(OGR_G_WkbSize(static_cast<OGRGeometryH>(linear.get()))));
    if (OGR_G_ExportToIsoWkb(static_cast<OGRGeometryH>(linear.get()), wkbNDR,
                             reinterpret_cast<unsigned char*>(wkb.data())) != OGRERR_NONE) {
        wkb.clear();
    }
    return wkb;
}

} // namespace layers::ogr
