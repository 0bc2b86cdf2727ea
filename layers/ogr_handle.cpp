#include "layers/ogr_handle.hpp"

#include <cpl_error.h>

#include <mutex>
#include <utility>

namespace layers::ogr {

namespace {

void keepMessage(CPLErr level, CPLErrorNum /*number*/, const char* text) {
    auto* const messages = static_cast<std::vector<std::string>*>(CPLGetErrorHandlerUserData());
    if (level >= CE_Warning && text != nullptr) {
        messages->emplace_back(text);
    }
}

DatasetPtr openAs(unsigned kind, const std::string& file, const std::vector<const char*>& drivers) {
    static std::once_flag once;
    std::call_once(once, [] { GDALAllRegister(); });
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

DatasetPtr openReadOnly(const std::string& file, const std::vector<const char*>& drivers) {
    return openAs(GDAL_OF_VECTOR, file, drivers);
}

DatasetPtr openRasterReadOnly(const std::string& file, const std::vector<const char*>& drivers) {
    return openAs(GDAL_OF_RASTER, file, drivers);
}

std::vector<std::byte> linearWkb(OGRGeometryH geometry) {
    GeometryPtr linear;
    const OGRwkbGeometryType type = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry));
    if (OGR_GT_IsSubClassOf(type, wkbPolyhedralSurface) != 0 || type == wkbTriangle) {
        linear.reset(OGR_G_ForceToMultiPolygon(OGR_G_Clone(geometry)));
    } else {
        linear.reset(OGR_G_GetLinearGeometry(geometry, 0, nullptr));
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
