#pragma once

#include "geo/progress.hpp"
#include "layers/photo_file.hpp"
#include "layers/project/photo_store.hpp"
#include "layers/records.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace app {

/// How far a photograph may be from its patch, and how far beside it the camera may look: proposals of ours,
/// 依据待核.
inline constexpr double kPhotoReachM = 100;
inline constexpr double kPhotoTurnDeg = 60;

/// What a folder of photographs brings.
struct PhotoPlan {
    std::vector<layers::StoredPhoto> photos; ///< by path
    std::string sha256;                      ///< over their hashes
    std::int64_t matched = 0;
    std::int64_t faulty = 0; ///< matched or not, with something that does not fit
};

/// Gives each photograph its case: by a number in its name or in its folder's, else by the nearest patch
/// within kPhotoReachM of where it was taken. Told of each: too far from the patch, looking another way,
/// taken before the case was issued or after `today`, no position, the same picture twice (in the folder, or
/// in an earlier return). Writes nothing. Throws layers::Error, geo::Cancelled.
[[nodiscard]] PhotoPlan planPhotos(const layers::ProjectFile& project, const std::filesystem::path& folder,
                                   layers::Day today, geo::Progress& progress);

/// Keeps what planPhotos found as a return of its own; returns its number. Throws layers::Error.
std::int64_t takePhotos(layers::ProjectFile& project, const layers::Stamp& stamp,
                        const std::filesystem::path& folder, const PhotoPlan& plan);

} // namespace app
