#pragma once

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

namespace tests {

/// The folder of real data and benchmarks that is not part of the project: $ECOREDLINE_SHARED, or ../shared
/// beside the checkout. Empty when it is not there; tests then skip with a message.
inline std::filesystem::path sharedFolder() {
    const char* given = std::getenv("ECOREDLINE_SHARED");
    std::filesystem::path folder =
        given != nullptr ? given : std::filesystem::path(SOURCE_ROOT) / ".." / "shared";
    return std::filesystem::exists(folder / "data") ? std::filesystem::weakly_canonical(folder)
                                                    : std::filesystem::path();
}

} // namespace tests

/// Skips the test with a message where the shared data are absent.
#define SKIP_WITHOUT_SHARED()                                                                                \
    if (tests::sharedFolder().empty()) {                                                                     \
        GTEST_SKIP() << "no ../shared beside the checkout (or in ECOREDLINE_SHARED): real data not tested";  \
    }
