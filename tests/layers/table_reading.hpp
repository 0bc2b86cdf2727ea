#pragma once

#include "tests/support/reading.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace tests {

using Patches = layers::ReadResult<layers::Patch>;

/// Texts of tables, each read as CHANGES with the generic profile in EPSG:4490.
class Tables : public testing::Test {
  protected:
    std::filesystem::path write(const std::string& text, const std::string& name = "点位.csv") {
        std::filesystem::path file = m_folder.path() / name;
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }

    static layers::ReadOptions options() {
        layers::ReadOptions options = genericOptions(layers::Role::Changes);
        options.crs = "EPSG:4490";
        return options;
    }

    Patches read(const std::string& text, const layers::ReadOptions& options) {
        return patchesOf(write(text), options);
    }
    Patches read(const std::string& text) { return read(text, options()); }

    std::string refusal(const std::string& text, const layers::ReadOptions& options) {
        return errorOf([&] { static_cast<void>(read(text, options)); });
    }
    std::string refusal(const std::string& text) { return refusal(text, options()); }

  private:
    TemporaryFolder m_folder;
};

inline void expectPoint(const Patches& result, std::size_t n, double x, double y) {
    ASSERT_LT(n, result.records.size());
    const geo::Shape& shape = result.records[n].shape;
    ASSERT_EQ(shape.points.size(), 1U);
    EXPECT_NEAR(shape.points.front().x, x, 1e-9);
    EXPECT_NEAR(shape.points.front().y, y, 1e-9);
}

} // namespace tests
