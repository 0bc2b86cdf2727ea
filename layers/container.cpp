#include "layers/container.hpp"

#include "layers/error.hpp"
#include "layers/file_bytes.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include <fmt/format.h>

namespace layers {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 9> kLayerExtensions{".shp", ".gpkg",   ".geojson", ".kml", ".ovkml",
                                                           ".fgb", ".sqlite", ".db",      ".dxf"};
constexpr std::array<std::string_view, 4> kTableExtensions{".json", ".csv", ".xlsx", ".xls"};
constexpr std::array<std::string_view, 8> kArchiveExtensions{".zip", ".kmz", ".shz", ".rar",
                                                             ".7z",  ".tar", ".gz",  ".tgz"};
constexpr std::string_view kCatalog = "a00000001.gdbtable"; ///< in every file geodatabase

template <std::size_t N>
bool isAmong(const std::string& extension, const std::array<std::string_view, N>& extensions) {
    return std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
}

bool isInside(const std::string& name, const std::string& folder) {
    return folder.empty() || name.starts_with(folder + "/");
}

std::string joined(const std::vector<std::string>& names) {
    constexpr std::size_t kShown = 12;
    const std::vector<std::string> shown(
        names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kShown)));
    return fmt::format("{}{}", fmt::join(shown, ", "), names.size() > kShown ? ", …" : "");
}

/// Every way in which a contained file may be named.
bool isNamed(const ContainedLayer& layer, const std::string& text) {
    const fs::path path(layer.path);
    return !text.empty() && (text == layer.path || text == path.filename() || text == path.stem() ||
                             text == (path.parent_path() / path.stem()).generic_string());
}

[[noreturn]] void refuseEmpty(const std::vector<std::string>& names, const std::string& container) {
    const bool isNested = std::any_of(names.begin(), names.end(), [](const std::string& name) {
        return isAmong(lowerExtension(name), kArchiveExtensions);
    });
    if (isNested) {
        throw Error(
            fmt::format("{0}：里面没有图层，只有压缩包（{1}）；不读取包中包，请先解压 / no layer in it but "
                        "archives ({1}): archives in archives are not read, unpack it first",
                        container, joined(names)));
    }
    throw Error(fmt::format("{0}：里面没有可以读取的图层（现有：{1}）；Shapefile 需要 .shp、.shx 和 .dbf / "
                            "no layer in it that can be "
                            "read (there are: {1}); a shapefile needs its .shp, .shx and .dbf",
                            container, names.empty() ? "-" : joined(names)));
}

} // namespace

std::vector<ContainedLayer> containedLayers(const std::vector<std::string>& names) {
    std::vector<ContainedLayer> found;
    for (const std::string& name : names) {
        if (fs::path(name).filename() == kCatalog) {
            found.push_back({fs::path(name).parent_path().generic_string(), true});
        }
    }
    const auto isInGeodatabase = [&](const std::string& name) {
        return std::any_of(found.begin(), found.end(), [&](const ContainedLayer& layer) {
            return layer.isFolder && isInside(name, layer.path);
        });
    };
    std::vector<ContainedLayer> tables;
    for (const std::string& name : names) {
        const std::string extension = lowerExtension(name);
        if (isInGeodatabase(name) || fs::path(name).filename() == "Thumbs.db") {
            continue;
        }
        if (isAmong(extension, kLayerExtensions)) {
            found.push_back({name, false});
        } else if (isAmong(extension, kTableExtensions)) {
            tables.push_back({name, false});
        }
    }
    std::vector<ContainedLayer>& result = found.empty() ? tables : found;
    std::sort(result.begin(), result.end(),
              [](const ContainedLayer& a, const ContainedLayer& b) { return a.path < b.path; });
    return result;
}

bool belongsTo(const std::string& name, const ContainedLayer& layer) {
    if (layer.isFolder) {
        return isInside(name, layer.path);
    }
    if (lowerExtension(layer.path) == ".shp") {
        const fs::path path(name);
        const fs::path shp(layer.path);
        return path.parent_path() == shp.parent_path() && path.stem() == shp.stem();
    }
    return name == layer.path || name == layer.path + "-wal";
}

ContainedChoice chooseContained(const std::vector<std::string>& names, const std::string& asked,
                                const std::string& container) {
    const std::vector<ContainedLayer> files = containedLayers(names);
    if (files.empty()) {
        refuseEmpty(names, container);
    }
    std::vector<ContainedChoice> fitting;
    for (const ContainedLayer& file : files) {
        if (isNamed(file, asked)) {
            fitting.push_back({file, {}});
        }
    }
    const std::size_t colon = asked.find(':');
    if (fitting.empty() && colon != std::string::npos) {
        for (const ContainedLayer& file : files) {
            if (isNamed(file, asked.substr(0, colon))) {
                fitting.push_back({file, asked.substr(colon + 1)});
            }
        }
    }
    if (fitting.empty() && files.size() == 1) {
        fitting.push_back({files.front(), asked}); // perhaps a layer of the only file
    }
    if (fitting.size() == 1) {
        return fitting.front();
    }
    std::vector<std::string> paths;
    paths.reserve(files.size());
    for (const ContainedLayer& file : files) {
        paths.push_back(file.path);
    }
    if (asked.empty() || fitting.size() > 1) {
        throw Error(fmt::format(
            "{0}：里面有多个图层（{1}），请写成 {0}:图层名 指明一个 / several layers in it ({1}): "
            "name one as {0}:LAYER",
            container, joined(paths)));
    }
    throw Error(fmt::format("{0}：里面没有图层“{1}”，现有：{2} / no layer \"{1}\" in it; there are: {2}",
                            container, asked, joined(paths)));
}

} // namespace layers
