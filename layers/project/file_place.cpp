#include "layers/project/file_place.hpp"

#include "layers/error.hpp"
#include "layers/sqlite_handle.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <fcntl.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

namespace fs = std::filesystem;

namespace layers {

namespace {

fs::path folderOf(const fs::path& file) {
    return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

} // namespace

bool isWritable(const fs::path& file) {
    return ::access(file.c_str(), W_OK) == 0 && ::access(folderOf(file).c_str(), W_OK) == 0;
}

bool isOnNetworkShare(const fs::path& file) {
    // statfs(2): NFS, SMB, CIFS, SMB2, AFS (two), Coda, Ceph, 9p; FUSE, behind which sshfs and the shares
    // that a desktop mounts lie (and NTFS disks: there the other journal costs a little time).
    constexpr std::array<std::uint32_t, 10> kShares{0x6969,     0x517B,     0xFF534D42, 0xFE534D42,
                                                    0x5346414F, 0x6B414653, 0x73757245, 0x00C36400,
                                                    0x01021997, 0x65735546};
    struct statfs place {};
    if (::statfs(folderOf(file).c_str(), &place) != 0) {
        return false;
    }
    return std::find(kShares.begin(), kShares.end(), static_cast<std::uint32_t>(place.f_type)) !=
           kShares.end();
}

std::unique_ptr<SQLite::Database> openAsItLies(const fs::path& file, std::optional<PrivateFolder>& copy) {
    constexpr std::array kJournals{"-wal", "-journal"};
    const auto journalOf = [&file](const char* suffix) { return fs::path(file.string() + suffix); };
    const bool isLeftOpen = std::any_of(kJournals.begin(), kJournals.end(), [&](const char* suffix) {
        std::error_code fault;
        return fs::exists(journalOf(suffix), fault) && fs::file_size(journalOf(suffix), fault) > 0;
    });
    if (!isLeftOpen) {
        return std::make_unique<SQLite::Database>(sqlite::immutableUri(file),
                                                  SQLite::OPEN_READONLY | SQLite::OPEN_URI);
    }
    copy.emplace();
    const fs::path copied = copy->path() / "project.ecoredline";
    fs::copy_file(file, copied);
    fs::permissions(copied, fs::perms::owner_write, fs::perm_options::add);
    for (const char* suffix : kJournals) {
        if (fs::exists(journalOf(suffix))) {
            const fs::path journal(copied.string() + suffix);
            fs::copy_file(journalOf(suffix), journal);
            fs::permissions(journal, fs::perms::owner_write, fs::perm_options::add);
        }
    }
    return std::make_unique<SQLite::Database>(copied.string(), SQLite::OPEN_READWRITE);
}

void publishNew(const fs::path& temporary, const fs::path& file) {
    const auto failed = [&file](int error) {
        throw Error(fmt::format("{0}：不能建立（{1}）/ cannot be made ({1})", file.string(),
                                std::generic_category().message(error)));
    };
    // A hard link refuses a name that is taken, in one step; some shares have none.
    if (::link(temporary.c_str(), file.c_str()) == 0) {
        ::unlink(temporary.c_str());
    } else if (errno == EEXIST || fs::exists(file)) {
        failed(EEXIST);
    } else if (::rename(temporary.c_str(), file.c_str()) != 0) {
        failed(errno);
    }
    const int folder = ::open(folderOf(file).c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    if (folder >= 0) {
        ::fsync(folder); // some shares know none for folders
        ::close(folder);
    }
}

} // namespace layers
