#pragma once

#include <cstdint>
#include <filesystem>

namespace layers {

/// What the sheets of an .xlsx hold, counted from its XML without unpacking it to memory.
struct SpreadsheetSize {
    std::uint64_t unpackedBytes = 0; ///< of all members, as the archive says
    std::uint64_t memoryBytes = 0;   ///< about what OGR takes for all sheets
};
/// Zeros for what is no readable archive: that is for the driver to say.
[[nodiscard]] SpreadsheetSize spreadsheetSize(const std::filesystem::path& file);

} // namespace layers
