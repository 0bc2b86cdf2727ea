#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

/// ZIP archives (.zip, .shz, .kmz): their members, and unpacking some of them into a folder of ours.
namespace layers {

/// What an archive may hold; the message of a refusal names the limit.
struct ArchiveLimits {
    std::size_t members = 20'000;
    std::uint64_t bytes = std::uint64_t{4} << 30U;       ///< of all members that are unpacked
    std::uint64_t freeBytes = std::uint64_t{256} << 20U; ///< up to here the ratio does not matter
    std::uint64_t ratio = 200;                           ///< unpacked to packed
};

struct ArchiveMember {
    std::string name;       ///< "folder/file.shp", UTF-8, relative, without "..", as it may be written
    std::size_t number = 0; ///< which one of the archive's entries
};

/// The files in a ZIP archive, in the archive's order; folders, and what macOS adds (__MACOSX, ._x), are left
/// out. Names are UTF-8 where the archive says so or they read as such, else GB18030. Throws layers::Error:
/// no ZIP archive, damaged, too many members, two of one name, a member that would lie outside the archive's
/// folder, a link.
[[nodiscard]] std::vector<ArchiveMember> archiveMembers(const std::filesystem::path& archive,
                                                        const ArchiveLimits& limits = {});

/// Writes the members that `target` gives a path (relative to `folder`; empty: not wanted) and returns the
/// paths written. Bytes are counted as they come out, whatever the headers claim. Throws layers::Error:
/// encrypted, damaged, too large, no room.
std::vector<std::filesystem::path>
unpackMembers(const std::filesystem::path& archive, const std::filesystem::path& folder,
              const std::function<std::filesystem::path(const ArchiveMember&)>& target,
              const ArchiveLimits& limits = {});

} // namespace layers
