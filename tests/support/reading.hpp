#pragma once

#include "layers/error.hpp"
#include "layers/reader.hpp"

#include <algorithm>
#include <string>

namespace tests {

/// A layer read with the generic profile unless others are set.
inline layers::ReadOptions genericOptions(layers::Role role) {
    static const layers::ImportProfile kGeneric = layers::loadProfile("generic");
    layers::ReadOptions options;
    options.role = role;
    options.profiles = {&kGeneric};
    return options;
}

inline layers::ReadResult<layers::Patch> patchesOf(const std::filesystem::path& file,
                                                   const layers::ReadOptions& options,
                                                   const std::string& layer = {}) {
    geo::Progress progress;
    return layers::readPatches({file, layer}, options, progress);
}

inline layers::ReadResult<layers::Zone> zonesOf(const std::filesystem::path& file,
                                                const layers::ReadOptions& options,
                                                const std::string& layer = {}) {
    geo::Progress progress;
    return layers::readZones({file, layer}, options, progress);
}

inline layers::ReadResult<layers::County> countiesOf(const std::filesystem::path& file,
                                                     const layers::ReadOptions& options) {
    geo::Progress progress;
    return layers::readCounties({file, {}}, options, progress);
}

/// The first problem of a kind, or null.
inline const layers::Problem* problemOf(const std::vector<layers::Problem>& problems,
                                        layers::ProblemKind kind) {
    const auto found =
        std::find_if(problems.begin(), problems.end(), [&](const auto& p) { return p.kind == kind; });
    return found == problems.end() ? nullptr : &*found;
}

/// The message of the layers::Error that `work` throws; empty when it throws none.
template <typename Work>
std::string errorOf(Work&& work) {
    try {
        work();
    } catch (const layers::Error& e) {
        return e.what();
    }
    return {};
}

} // namespace tests
