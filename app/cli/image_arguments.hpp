#pragma once

#include "app/cartography/imagery.hpp"
#include "app/cli/json_handle.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace app {

/// Before and after images, for what shows them.
struct ImageArguments {
    std::vector<std::string> before;
    std::vector<std::string> after;
    std::vector<int> bands;
    std::vector<std::string> allowDrivers;
};
/// --before, --after, --bands, --allow-driver.
void addImageOptions(CLI::App& command, ImageArguments& arguments);

/// The images given; none without --before and --after. Throws layers::Error for a file that is no image, and
/// as wrong usage where an option would be ignored.
[[nodiscard]] std::optional<Imagery> imageryOf(const ImageArguments& arguments);

/// Every file that the images are read from.
[[nodiscard]] std::vector<std::filesystem::path> filesOf(const Imagery& imagery);

/// What was found of each file: name, identity, date and where it is from, sensor, look.
[[nodiscard]] Json imageryJson(const Imagery& imagery);

} // namespace app
