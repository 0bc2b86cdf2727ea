#include "app/cli/image_arguments.hpp"

#include "app/cli/input_arguments.hpp"

#include <CLI/CLI.hpp>

namespace app {

void addImageOptions(CLI::App& command, ImageArguments& arguments) {
    command.add_option("--before", arguments.before,
                       "前时相影像 images of the earlier date: GeoTIFF or ERDAS IMG files, any system");
    command.add_option("--after", arguments.after, "后时相影像 images of the later date");
    command
        .add_option("--bands", arguments.bands,
                    "红绿蓝波段号，如 3,2,1 the bands for red, green and blue of images with three or more")
        ->delimiter(',')
        ->expected(3)
        ->check(CLI::PositiveNumber);
    command
        .add_option("--allow-driver", arguments.allowDrivers,
                    "影像另外允许的 GDAL 驱动，如 VRT a GDAL driver beyond GTiff and HFA for images")
        ->take_all();
}

std::optional<Imagery> imageryOf(const ImageArguments& arguments) {
    if (arguments.before.empty() && arguments.after.empty()) {
        if (!arguments.bands.empty() || !arguments.allowDrivers.empty()) {
            wrongUsage("--bands、--allow-driver 只用于 --before、--after 的影像 / are for the images of "
                       "--before and "
                       "--after only");
        }
        return std::nullopt;
    }
    return loadImagery({arguments.before.begin(), arguments.before.end()},
                       {arguments.after.begin(), arguments.after.end()},
                       {arguments.allowDrivers, arguments.bands});
}

std::vector<std::filesystem::path> filesOf(const Imagery& imagery) {
    std::vector<std::filesystem::path> files;
    for (const std::vector<layers::RasterInfo>* side : {&imagery.before, &imagery.after}) {
        for (const layers::RasterInfo& info : *side) {
            files.insert(files.end(), info.members.begin(), info.members.end());
        }
    }
    return files;
}

Json imageryJson(const Imagery& imagery) {
    const auto sideJson = [](const std::vector<layers::RasterInfo>& infos) {
        Json files = Json::array();
        for (const layers::RasterInfo& info : infos) {
            const layers::RasterLabel& label = info.label;
            files.push_back(Json{{"file", info.name},
                                 {"identity", info.identity},
                                 {"date", label.date ? Json(layers::isoFromDay(*label.date)) : Json(nullptr)},
                                 {"date_from", label.dateFrom},
                                 {"sensor", label.sensor},
                                 {"bands", info.bands},
                                 {"look", info.look}});
        }
        return files;
    };
    return Json{{"before", sideJson(imagery.before)}, {"after", sideJson(imagery.after)}};
}

} // namespace app
