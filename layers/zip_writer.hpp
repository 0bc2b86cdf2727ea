#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace layers {

/// Writes a ZIP archive member by member, in the order given. Deterministic: no clock and no owner stand in
/// it (every member is of 1980-01-01, the first day that the format knows, in any time zone). Throws
/// layers::Error.
class ZipWriter {
  public:
    /// Creates `file`, or replaces it.
    explicit ZipWriter(const std::filesystem::path& file);
    ~ZipWriter(); ///< only cleans up; what was not close()d is no archive
    ZipWriter(const ZipWriter&) = delete;
    ZipWriter& operator=(const ZipWriter&) = delete;

    /// @param name in the archive: ASCII, relative, "/" between folders
    void addFile(const std::string& name, const std::filesystem::path& file);
    void addText(const std::string& name, std::string_view bytes);
    void close();

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace layers
