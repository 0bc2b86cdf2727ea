#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace app {

/// Where a sheet of an export came from.
enum class SheetOrigin {
    Made,    ///< 新制: drawn
    Reused,  ///< 沿用: of the export that this one replaces
    Resumed, ///< 续用: of an export that was stopped
};

/// A sheet that an earlier export wrote.
struct KeptSheet {
    std::string file; ///< relative to the folder of the sheets, with /
    std::string key;
    std::string sha256;
};
/// The list 单张目录.csv of a folder of sheets; nothing where there is none or it is not to be understood.
[[nodiscard]] std::map<std::string, KeptSheet> keptSheets(const std::filesystem::path& folder);

/// Finished sheets by what they show (sheetKey): those of the export that is replaced and those of one that
/// was stopped. While an export runs, its finished sheets stand in a hidden folder beside the outputs
/// (kUnfinishedFolder): whole files only, named by content hash and sha256, so that the next run with any
/// project may take them over. finish() removes the folder; an export that was stopped or killed leaves it,
/// one that fails does not: what fills a disk must not stay there. Thread-safe but for guard() and finish().
class SheetStore {
  public:
    static constexpr const char* kUnfinishedFolder = ".unfinished-sheets";

    /// @param published folder of the sheets of an earlier export; need not exist; empty: there is none
    /// @param outputs the folder that results are written to; it exists
    SheetStore(std::filesystem::path published, const std::filesystem::path& outputs);
    ~SheetStore();
    SheetStore(const SheetStore&) = delete;
    SheetStore& operator=(const SheetStore&) = delete;

    struct Taken {
        SheetOrigin origin = SheetOrigin::Made;
        std::string sha256;
    };
    /// Puts the sheet with this key at `file`; draws it where there is none, or where it is no longer the
    /// file that was written. Throws layers::Error and what draw throws.
    Taken take(const std::string& key, const std::filesystem::path& file,
               const std::function<void(const std::filesystem::path&)>& draw) const;

    /// Runs what takes sheets; a layers::Error of it removes the folder and comes out.
    void guard(const std::function<void()>& work);
    /// The export is done: nothing is left to go on from.
    void finish() noexcept;

  private:
    void open(const std::filesystem::path& folder);

    std::filesystem::path m_published;
    std::map<std::string, KeptSheet> m_kept;      ///< by key
    std::filesystem::path m_unfinished;           ///< empty: another run uses it
    std::map<std::string, std::string> m_stopped; ///< sha256 by key, of files in m_unfinished
    int m_lock = -1;
};

} // namespace app
