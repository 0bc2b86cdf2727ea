#pragma once

#include "layers/private_folder.hpp"

#include <filesystem>
#include <memory>
#include <optional>

namespace SQLite {
class Database;
}

/// Where a project lies, and what that allows.
namespace layers {

/// The file and its folder can be written (a journal needs room beside the file).
[[nodiscard]] bool isWritable(const std::filesystem::path& file);

/// On NFS, SMB/CIFS, AFS, Ceph or a 9p share, where WAL's shared memory does not work.
[[nodiscard]] bool isOnNetworkShare(const std::filesystem::path& file);

/// Opens a file that cannot be written as it lies there (immutable); where the journal of a killed program
/// stands beside it, a copy in `copy` is opened instead. Throws SQLite::Exception, layers::Error.
[[nodiscard]] std::unique_ptr<SQLite::Database> openAsItLies(const std::filesystem::path& file,
                                                             std::optional<PrivateFolder>& copy);

/// Gives a finished file its name, on the disk for good; throws layers::Error when that name is taken
/// meanwhile.
void publishNew(const std::filesystem::path& temporary, const std::filesystem::path& file);

} // namespace layers
