#pragma once

#include <filesystem>

namespace layers {

/// A folder of temporary files that only this user can look into; it goes with its owner.
class PrivateFolder {
  public:
    /// Throws layers::Error when none can be made.
    PrivateFolder();
    ~PrivateFolder();
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

  private:
    std::filesystem::path m_path;
};

} // namespace layers
