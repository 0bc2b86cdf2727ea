#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace layers {

enum class Existing { Refuse, Overwrite };

/// A folder of results that appears whole or not at all: files are written to a hidden temporary folder in it
/// (so that both lie on one disk), and publish() renames them into place. The destructor removes what was not
/// published; what a killed run left is removed by the next one.
class OutputFolder {
  public:
    /// Throws layers::Error when one of `names` (files or folders, relative) exists in `folder` and
    /// Existing::Refuse, when replacing one would remove one of `inputs` or destroy what no run wrote (a
    /// folder's files beside those of its manifest.csv) or what another program holds open (a GeoPackage with
    /// a -wal or -journal file), and when nothing can be written there.
    OutputFolder(std::filesystem::path folder, std::vector<std::string> names, Existing existing,
                 const std::vector<std::filesystem::path>& inputs = {});
    ~OutputFolder();
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    /// Where to write an output for now.
    [[nodiscard]] std::filesystem::path temporary(const std::string& name) const;
    /// Runs what writes into temporary(): a layers::Error of it says whether the disk is full, how much is
    /// left, and what to do.
    void write(const std::function<void()>& writing) const;
    /// Secures everything on the disk and moves it into place; replaced outputs go, also those that were not
    /// written this time. Where a move fails, what stood there before is put back and layers::Error is
    /// thrown.
    void publish();

  private:
    void removeTemporary() noexcept;
    void checkTargets() const;

    std::filesystem::path m_folder;
    std::filesystem::path m_temporary;
    std::vector<std::string> m_names;
    Existing m_existing;
    int m_lock = -1; ///< held while the temporary folder is in use
    bool m_madeFolder = false;
    bool m_published = false;
};

} // namespace layers
