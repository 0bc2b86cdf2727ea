#pragma once

#include "geo/progress.hpp"
#include "geo/shape.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace layers {

/// What a photograph says of itself (EXIF).
struct PhotoFacts {
    std::filesystem::path file;
    std::string sha256;
    std::string takenAt;                  ///< "2026-11-20T10:12:05", the camera's clock; empty: not said
    std::optional<geo::Coordinate> place; ///< longitude, latitude in degrees, WGS 84 as EXIF has it
    std::optional<double> directionDeg;   ///< where the camera looked, clockwise from true north
    std::string fault;                    ///< why it cannot be read, both languages; empty: it can
};

/// Reads a photograph. A damaged one comes back with its fault; throws layers::Error only when the file
/// cannot be opened.
[[nodiscard]] PhotoFacts readPhoto(const std::filesystem::path& file);

/// The photographs below a folder (.jpg .jpeg .tif .tiff .png .heic .webp, any case), by path. Throws
/// layers::Error when it is no folder or cannot be read.
[[nodiscard]] std::vector<std::filesystem::path> photoFiles(const std::filesystem::path& folder);

} // namespace layers
