#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

namespace layers {

/// Size, time and identity of the files of an input, taken before it is opened: half a run on the old file
/// and half on the new one would be wrong in silence.
class FileStamps {
  public:
    /// @param file the file named by the user; its siblings of the same stem (.dbf, .shx, ...) are stamped
    /// with it
    explicit FileStamps(const std::filesystem::path& file);

    /// Throws layers::Error, naming the file, when one of those read has changed or gone since. Files that
    /// were not there at the start (a table of --join elsewhere) are stamped by add().
    void demandUnchanged(const std::vector<std::filesystem::path>& members) const;
    void add(const std::vector<std::filesystem::path>& members);

  private:
    struct Stamp {
        std::uint64_t bytes = 0;
        std::uint64_t inode = 0;
        std::int64_t seconds = 0;
        std::int64_t nanoseconds = 0;
        bool isThere = false;
        bool operator==(const Stamp&) const = default;
    };
    static Stamp stampOf(const std::filesystem::path& file);

    std::map<std::filesystem::path, Stamp> m_stamps;
};

} // namespace layers
