#include "layers/file_bytes.hpp"

#include "layers/error.hpp"
#include "layers/text.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <string_view>

namespace layers {

namespace {

constexpr std::size_t kWindowBytes = std::size_t{1} << 20U;

template <typename T>
T plainValue(std::span<const std::byte> bytes, std::size_t at) {
    T value{};
    std::memcpy(&value, bytes.data() + at, sizeof(T));
    return value;
}

} // namespace

static_assert(std::endian::native == std::endian::little,
              "the readers copy little-endian numbers as they are");

FileBytes::FileBytes(std::filesystem::path file) : m_file(std::move(file)) {
    std::error_code fault;
    m_size = std::filesystem::file_size(m_file, fault);
    m_stream.open(m_file, std::ios::binary);
    if (fault || !m_stream) {
        throw Error("无法打开文件 " + m_file.string() +
                    "：请检查路径和读取权限 / cannot open the file: check the path and that it may be read");
    }
}

std::span<const std::byte> FileBytes::at(std::uint64_t offset, std::size_t count) {
    if (offset > m_size || count > m_size - offset) {
        return {};
    }
    if (offset < m_windowStart || offset + count > m_windowStart + m_windowSize) {
        const std::uint64_t wanted = std::max<std::uint64_t>(count, kWindowBytes);
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, m_size - offset));
        if (m_window.size() < size) {
            m_window.resize(size);
        }
        m_stream.clear();
        m_stream.seekg(static_cast<std::streamoff>(offset));
        m_stream.read(reinterpret_cast<char*>(m_window.data()), static_cast<std::streamsize>(size));
        if (m_stream.gcount() != static_cast<std::streamsize>(size)) {
            throw Error("读取文件 " + m_file.string() + " 时出错，字节 " + std::to_string(offset) +
                        " / reading the file failed at this byte");
        }
        m_windowStart = offset;
        m_windowSize = size;
    }
    return std::span<const std::byte>(m_window).subspan(static_cast<std::size_t>(offset - m_windowStart),
                                                        count);
}

std::uint16_t littleU16(std::span<const std::byte> bytes, std::size_t at) {
    return plainValue<std::uint16_t>(bytes, at);
}

std::uint32_t littleU32(std::span<const std::byte> bytes, std::size_t at) {
    return plainValue<std::uint32_t>(bytes, at);
}

double littleDouble(std::span<const std::byte> bytes, std::size_t at) {
    return plainValue<double>(bytes, at);
}

std::uint32_t bigU32(std::span<const std::byte> bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < sizeof(value); ++i) {
        value = (value << 8U) | std::to_integer<std::uint32_t>(bytes[at + i]);
    }
    return value;
}

std::string lowerExtension(const std::filesystem::path& file) {
    return lowerAscii(file.extension().string());
}

bool isSqliteFile(const std::filesystem::path& file) {
    constexpr std::string_view kMagic = "SQLite format 3";
    FileBytes bytes(file);
    const auto start = bytes.at(0, kMagic.size());
    return std::string_view(reinterpret_cast<const char*>(start.data()), start.size()) == kMagic;
}

std::filesystem::path siblingFile(const std::filesystem::path& file, const std::string& extension) {
    std::filesystem::path exact = file;
    exact.replace_extension(extension);
    std::error_code fault;
    if (std::filesystem::exists(exact, fault)) {
        return exact;
    }
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
        const std::filesystem::path& path = entry.path();
        if (lowerExtension(path) == extension && path.stem() == file.stem()) {
            found.push_back(path);
        }
    }
    return found.empty() ? std::filesystem::path() : *std::min_element(found.begin(), found.end());
}

} // namespace layers
