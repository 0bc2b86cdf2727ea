#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

namespace layers {

/// Reads a file piece by piece through one window, so that memory never follows a number claimed inside the
/// file. Throws layers::Error when the file cannot be opened or read.
class FileBytes {
  public:
    explicit FileBytes(std::filesystem::path file);

    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }
    /// The bytes [offset, offset + count), valid until the next call; empty when they are not all in the
    /// file.
    [[nodiscard]] std::span<const std::byte> at(std::uint64_t offset, std::size_t count);

  private:
    std::filesystem::path m_file;
    std::ifstream m_stream;
    std::uint64_t m_size = 0;
    std::uint64_t m_windowStart = 0;
    std::size_t m_windowSize = 0;
    std::vector<std::byte> m_window;
};

/// Little- and big-endian numbers out of bytes; the caller has checked that they are there.
[[nodiscard]] std::uint16_t littleU16(std::span<const std::byte> bytes, std::size_t at);
[[nodiscard]] std::uint32_t littleU32(std::span<const std::byte> bytes, std::size_t at);
[[nodiscard]] double littleDouble(std::span<const std::byte> bytes, std::size_t at);
[[nodiscard]] std::uint32_t bigU32(std::span<const std::byte> bytes, std::size_t at);

/// ".shp" of "A.SHP".
[[nodiscard]] std::string lowerExtension(const std::filesystem::path& file);
/// Whether the file begins as SQLite databases (GeoPackage, SpatiaLite) do. Throws layers::Error when it
/// cannot be read.
[[nodiscard]] bool isSqliteFile(const std::filesystem::path& file);

/// The file of the same stem whose extension matches without case (".dbf"), or an empty path.
[[nodiscard]] std::filesystem::path siblingFile(const std::filesystem::path& file,
                                                const std::string& extension);

} // namespace layers
