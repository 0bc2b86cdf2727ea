#pragma once

#include "geo/shape.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tests {

/// A feature's geometry as it stands in the file: unclosed and broken rings included.
struct OgrShape {
    long long id = 0;
    geo::Shape shape;
};

/// All features with a geometry of the first layer of a file. Throws std::runtime_error when it cannot be
/// opened.
[[nodiscard]] std::vector<OgrShape> shapesOfFile(const std::filesystem::path& file);

} // namespace tests
