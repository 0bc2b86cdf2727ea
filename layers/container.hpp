#pragma once

#include <string>
#include <vector>

/// Layers among the files of an archive or a folder, by their names alone.
namespace layers {

/// A file, or a .gdb folder, that the reader can open.
struct ContainedLayer {
    std::string path; ///< "folder/a.shp", "folder/b.gdb"; of a geodatabase packed bare: its folder, or ""
    bool isFolder = false; ///< a file geodatabase: all files below it belong to it
};

/// Where to look, and in it the layer of a file that holds several.
struct ContainedChoice {
    ContainedLayer file;
    std::string layer;
};

/// Those among `names` (relative paths with '/'), sorted. Tables and .json only where nothing else is.
[[nodiscard]] std::vector<ContainedLayer> containedLayers(const std::vector<std::string>& names);

/// Whether a file is needed to read a layer: itself, the members of its shapefile, all of its geodatabase.
[[nodiscard]] bool belongsTo(const std::string& name, const ContainedLayer& layer);

/// The layer that `asked` names (path, file name, name without extension, each also with ":LAYER" behind it),
/// or the only one. `container` stands in messages. Throws layers::Error listing what there is.
[[nodiscard]] ContainedChoice chooseContained(const std::vector<std::string>& names, const std::string& asked,
                                              const std::string& container);

} // namespace layers
