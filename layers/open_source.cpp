#include "layers/error.hpp"
#include "layers/feature_source.hpp"
#include "layers/file_bytes.hpp"
#include "layers/mask_source.hpp"
#include "layers/ogr_source.hpp"
#include "layers/table_reader.hpp"

#include <algorithm>

namespace layers {

namespace {

constexpr const char* kSupported =
    "支持 Shapefile (.shp)、GeoPackage (.gpkg)、GeoJSON (.geojson, .json)、KML (.kml, .kmz, .ovkml)、FileGDB "
    "(.gdb)、FlatGeobuf (.fgb)、SpatiaLite (.sqlite)、DXF (.dxf)、以上的 ZIP 压缩包 (.zip, "
    ".shz)、带坐标的表格 "
    "(.csv, .txt, .xlsx, .xls)、变化掩膜 GeoTIFF (.tif) / supported are Shapefile (.shp), GeoPackage "
    "(.gpkg), "
    "GeoJSON (.geojson, .json), KML (.kml, .kmz, .ovkml), FileGDB (.gdb), FlatGeobuf (.fgb), SpatiaLite "
    "(.sqlite), DXF (.dxf), these in a ZIP archive (.zip, .shz), tables with coordinates (.csv, .txt, .xlsx, "
    ".xls) and change masks (GeoTIFF, .tif)";

/// An address or a path of GDAL's virtual file systems: inputs are files, so that a run can be repeated.
void refuseAddress(const LayerRef& ref) {
    const std::string file = ref.file.string();
    if (!file.starts_with("/vsi") && file.find("://") == std::string::npos && !ref.layer.starts_with("//")) {
        return;
    }
    throw Error(
        file + (ref.layer.empty() ? "" : ":" + ref.layer) +
        "：只读取本机文件，不打开网络地址和 GDAL 的 /vsi 路径；请先下载或解压 / only files are read, no "
        "addresses and none of GDAL's /vsi paths: download or unpack it first");
}

} // namespace

LayerRef parseLayerRef(const std::string& text) {
    std::error_code fault;
    const std::size_t last = text.rfind(':');
    if (last == std::string::npos || std::filesystem::exists(text, fault)) {
        return {text, {}};
    }
    // The longest file that is there: in "a.zip:b.gpkg:zones" the layer is "b.gpkg:zones".
    for (std::size_t colon = last; colon != std::string::npos && colon > 0;
         colon = text.rfind(':', colon - 1)) {
        if (std::filesystem::exists(text.substr(0, colon), fault)) {
            return {text.substr(0, colon), text.substr(colon + 1)};
        }
    }
    return {text.substr(0, last), text.substr(last + 1)};
}

std::string chooseLayer(const LayerRef& ref, const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) {
        list += (list.empty() ? "" : ", ") + name;
    }
    const std::string file = ref.file.filename().string();
    if (names.empty()) {
        throw Error(file + "：文件中没有空间图层 / the file holds no spatial layer");
    }
    if (ref.layer.empty()) {
        if (names.size() > 1) {
            throw Error(file + "：文件中有多个图层（" + list + "），请写成 " + file +
                        ":图层名 指明一个 / several layers (" + list + "): name one as " + file + ":LAYER");
        }
        return names.front();
    }
    if (std::find(names.begin(), names.end(), ref.layer) == names.end()) {
        throw Error(file + "：没有图层“" + ref.layer + "”，现有：" + list + " / no layer \"" + ref.layer +
                    "\"; there are: " + list);
    }
    return ref.layer;
}

std::unique_ptr<FeatureSource> openSource(const LayerRef& ref, const ReadOptions& options, ProblemLog& log) {
    std::error_code fault;
    if (!std::filesystem::exists(ref.file, fault)) {
        refuseAddress(ref);
        throw Error(ref.file.string() + "：文件不存在，请检查路径 / no such file: check the path");
    }
    if (std::filesystem::is_directory(ref.file, fault)) {
        const OgrFormat* format = ogrFormatOf(ref.file);
        return format != nullptr ? openOgr(ref, *format, options, log) : openFolder(ref, options, log);
    }
    if (!std::filesystem::is_regular_file(ref.file, fault)) {
        throw Error(ref.file.string() + "：不是文件；" + kSupported);
    }
    const std::string extension = lowerExtension(ref.file);
    if (extension == ".shp") {
        return openShapefile(ref, options.encoding, log);
    }
    if (extension == ".zip" || extension == ".shz" || extension == ".kmz" || extension == ".ovkmz") {
        return openArchive(ref, options, log);
    }
    if (const OgrFormat* format = extension == ".gpkg" ? nullptr : ogrFormatOf(ref.file)) {
        return openOgr(ref, *format, options, log);
    }
    if (extension == ".gpkg" || isSqliteFile(ref.file)) {
        return openGeoPackage(ref, log);
    }
    if (extension == ".geojson" || extension == ".json") {
        return openGeoJson(ref, log);
    }
    if (extension == ".kml" || extension == ".ovkml") {
        return openKml(ref, log);
    }
    if (extension == ".tif" || extension == ".tiff") {
        return openMask(ref, options, log);
    }
    if (isTableFile(ref.file)) {
        return openTableSource(ref, options, log);
    }
    return openAllowed(ref, options, kSupported, log);
}

} // namespace layers
