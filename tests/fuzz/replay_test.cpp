// Inputs that fuzzers kept, and seeds, once again: what was found stays found.

#include "tests/fuzz/targets.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace {

struct Target {
    const char* name;
    void (*run)(fuzz::Bytes);
};

class FuzzReplay : public ::testing::TestWithParam<Target> {};

TEST_P(FuzzReplay, KeptInputs) {
    const std::filesystem::path folder =
        std::filesystem::path(SOURCE_ROOT) / "tests/fuzz/corpus" / GetParam().name;
    int count = 0;
    for (const std::filesystem::directory_entry& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::vector<char> text{std::istreambuf_iterator<char>(file), {}};
        const std::vector<std::uint8_t> bytes(text.begin(), text.end());
        SCOPED_TRACE(entry.path().filename().string());
        GetParam().run(bytes);
        // Cut and bent in every place of the first kilobyte: a small fuzz of its own, the same in every run.
        constexpr std::size_t kMost = 1024;
        for (std::size_t i = 0; i < bytes.size() && i < kMost; ++i) {
            GetParam().run(fuzz::Bytes(bytes).first(i));
            std::vector<std::uint8_t> bent = bytes;
            bent[i] = static_cast<std::uint8_t>(bent[i] ^ (1U << (i % 8)));
            GetParam().run(bent);
        }
        ++count;
    }
    EXPECT_GT(count, 0) << "no inputs in " << folder;
}

INSTANTIATE_TEST_SUITE_P(Targets, FuzzReplay,
                         ::testing::Values(Target{"profile", fuzz::profile}, Target{"rules", fuzz::rules},
                                           Target{"form", fuzz::form}, Target{"coordinate", fuzz::coordinate},
                                           Target{"date", fuzz::date}, Target{"ring_index", fuzz::ringIndex},
                                           Target{"overlay", fuzz::overlay}),
                         [](const auto& param) { return std::string(param.param.name); });

} // namespace
