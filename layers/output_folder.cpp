#include "layers/output_folder.hpp"

#include "layers/descriptor_handle.hpp"
#include "layers/encoding.hpp"
#include "layers/error.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <set>
#include <system_error>

namespace fs = std::filesystem;

namespace layers {

namespace {

constexpr std::string_view kPrefix = ".ecoredline-";
constexpr const char* kNewFolder = "new";
constexpr const char* kOldFolder = "old";

std::string reason(int error) {
    return std::generic_category().message(error);
}

/// What is written must be on the disk before its name says that it is.
void syncToDisk(const fs::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) {
        throw Error(
            fmt::format("无法打开 {0} 以确保写入磁盘：{1} / cannot open {0} to secure it on the disk: {1}",
                        path.string(), reason(errno)));
    }
    // Some network shares know no fsync for folders or files (EINVAL); there the server decides.
    if (::fsync(file.number()) != 0 && errno != EINVAL && errno != ENOTSUP) {
        throw Error(fmt::format(
            "无法确保 {0} 写入磁盘：{1}；磁盘已满？ / cannot secure {0} on the disk: {1}; is the disk full?",
            path.string(), reason(errno)));
    }
}

void syncTree(const fs::path& path) {
    if (fs::is_directory(path)) {
        for (const fs::directory_entry& entry : fs::directory_iterator(path)) {
            syncTree(entry.path());
        }
    }
    syncToDisk(path);
}

/// Removes what killed runs left: a living run holds the lock of its folder.
void removeLeftovers(const fs::path& folder) {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        if (!entry.path().filename().string().starts_with(kPrefix) || !entry.is_directory(error)) {
            continue;
        }
        const Descriptor left(::open(entry.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (left.number() >= 0 && ::flock(left.number(), LOCK_EX | LOCK_NB) == 0) {
            fs::remove_all(entry.path(), error);
        }
    }
}

void refuseExisting(const fs::path& folder, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        const fs::path target = folder / name;
        if (fs::exists(fs::symlink_status(target))) {
            throw Error(fmt::format("结果 {0} 已存在，不覆盖；请换一个 --out，或加 --overwrite / output {0} "
                                    "exists already and is not overwritten; choose another --out, or add "
                                    "--overwrite to replace it",
                                    target.string()));
        }
    }
}

/// Names that a folder's manifest.csv lists (first column), and the manifest itself.
std::set<std::string> namesInManifest(const fs::path& folder) {
    std::set<std::string> names{"manifest.csv"};
    std::ifstream manifest(folder / "manifest.csv", std::ios::binary);
    std::string line;
    while (std::getline(manifest, line)) {
        names.insert(line.substr(0, line.find(',')));
    }
    return names;
}

/// Whether one of the names stands in a folder that is called so.
bool hasBelow(const std::set<std::string>& names, const std::string& folder) {
    const auto first = names.lower_bound(folder + "/");
    return first != names.end() && first->starts_with(folder + "/");
}

/// What stands in a folder of outputs and was not written by a run (a field team's photos) is never removed.
void refuseForeignFiles(const fs::path& target) {
    const std::set<std::string> ours = namesInManifest(target);
    std::string foreign;
    int count = 0;
    constexpr int kShown = 5;
    for (auto entry = fs::recursive_directory_iterator(target); entry != fs::end(entry); ++entry) {
        const std::string name = entry->path().lexically_relative(target).generic_string();
        const bool isFolder = fs::is_directory(entry->symlink_status());
        if (isFolder ? hasBelow(ours, name) : ours.contains(name)) {
            continue;
        }
        if (isFolder) {
            entry.disable_recursion_pending();
        }
        if (++count <= kShown) {
            foreign += (foreign.empty() ? "" : ", ") + name;
        }
    }
    if (count > 0) {
        throw Error(fmt::format(
            "文件夹 {0} 中有 {1} 个不是本程序写入的文件或文件夹（{2}{3}），不覆盖；请先移走，或换一个 --out "
            "/ the folder {0} "
            "holds {1} files or folders that no run wrote ({2}{3}) and is not replaced: move them away, or "
            "choose another --out",
            target.string(), count, foreign, count > kShown ? ", …" : ""));
    }
}

/// A GeoPackage that another program has open (or left behind in a crash) keeps pages beside it; they would
/// spoil the new one.
void refuseOpenDatabase(const fs::path& target) {
    for (const char* suffix : {"-wal", "-shm", "-journal"}) {
        const fs::path beside = target.string() + suffix;
        if (fs::exists(beside)) {
            throw Error(fmt::format("{0} 正被其他程序（如 QGIS）打开，或上次未正常关闭（存在 "
                                    "{1}）；请关闭后重试，没有程序在用时可删除 {1} / {0} is open in "
                                    "another program (QGIS?) or was not closed well ({1} is there): close it "
                                    "and try again; where nothing "
                                    "uses it, delete {1}",
                                    target.string(), beside.filename().string()));
        }
    }
}

/// What a fault while writing means for the user. Libraries name their own reason, in English and by a path
/// that is gone.
Error writeFault(const fs::path& folder, const std::string& why) {
    constexpr std::uintmax_t kNothingLeft = std::uintmax_t{1} << 20U;
    constexpr double kMib = 1 << 20;
    std::error_code fault;
    const fs::space_info space = fs::space(folder, fault);
    const bool isFull = (!fault && space.available < kNothingLeft) ||
                        why.find("No space left") != std::string::npos ||
                        why.find("disk is full") != std::string::npos;
    if (isFull) {
        return Error(fmt::format(
            "无法写出结果：磁盘已满（{0} 所在磁盘剩余 {1:.1f} MiB），已写的部分已清除；请腾出空间，或换一个 "
            "--out / the results cannot be written: the disk is full ({1:.1f} MiB left at {0}), what was "
            "written is removed: make room, or choose another --out. ({2})",
            folder.string(), fault ? 0.0 : static_cast<double>(space.available) / kMib, why));
    }
    return Error(isAscii(why) ? "无法写出结果，请检查磁盘和权限 / the results cannot be written: " + why
                              : why);
}

/// Replacing an output must not remove what is read.
void refuseInputsAmongOutputs(const fs::path& folder, const std::vector<std::string>& names,
                              const std::vector<fs::path>& inputs) {
    std::error_code ignored;
    for (const std::string& name : names) {
        const fs::path target = fs::weakly_canonical(folder / name, ignored);
        for (const fs::path& input : inputs) {
            const fs::path source = fs::weakly_canonical(input, ignored);
            const auto [inTarget, inSource] =
                std::mismatch(target.begin(), target.end(), source.begin(), source.end());
            if (!target.empty() && inTarget == target.end()) {
                throw Error(fmt::format("输入 {0} 位于将被覆盖的结果 {1} 中，不能继续；请换一个 --out / the "
                                        "input {0} lies in the "
                                        "output {1}, which would be replaced: choose another --out",
                                        input.string(), (folder / name).string()));
            }
        }
    }
}

} // namespace

void OutputFolder::checkTargets() const {
    if (m_existing == Existing::Refuse) {
        refuseExisting(m_folder, m_names);
    }
    for (const std::string& name : m_names) {
        const fs::path target = m_folder / name;
        // A link is replaced itself, what it leads to is left alone.
        const fs::file_status status = fs::symlink_status(target);
        if (fs::is_directory(status)) {
            refuseForeignFiles(target);
        }
        if (target.extension() == ".gpkg") {
            refuseOpenDatabase(target);
        }
    }
}

OutputFolder::OutputFolder(fs::path folder, std::vector<std::string> names, Existing existing,
                           const std::vector<fs::path>& inputs)
    : m_folder(std::move(folder)), m_names(std::move(names)), m_existing(existing) {
    refuseInputsAmongOutputs(m_folder, m_names, inputs);
    try {
        if (fs::exists(m_folder) && !fs::is_directory(m_folder)) {
            throw Error(fmt::format("{0} 是文件，--out 应为文件夹 / {0} is a file; --out needs a folder",
                                    m_folder.string()));
        }
        checkTargets();
        m_madeFolder = fs::create_directories(m_folder);
    } catch (const fs::filesystem_error& error) {
        throw Error(
            fmt::format("无法建立结果文件夹 {0}：{1}；请检查权限，或换一个 --out / cannot make the output "
                        "folder {0}: {1}; check that it may be written, or choose another --out",
                        m_folder.string(), error.code().message()));
    }
    removeLeftovers(m_folder);
    std::string pattern = (m_folder / (std::string(kPrefix) + "XXXXXX")).string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        const std::string why = reason(errno);
        if (m_madeFolder) {
            std::error_code ignored;
            fs::remove(m_folder, ignored);
        }
        throw Error(fmt::format(
            "结果文件夹 {0} 不能写入：{1}；请检查权限和磁盘空间，或换一个 --out / cannot write in the output "
            "folder {0}: {1}; check permissions and free space, or choose another --out",
            m_folder.string(), why));
    }
    m_temporary = pattern;
    m_lock = ::open(m_temporary.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (m_lock >= 0) {
        ::flock(m_lock, LOCK_EX | LOCK_NB); // where a share has no locks, leftovers stay for people to remove
    }
    std::error_code error;
    fs::create_directory(m_temporary / kNewFolder, error);
    if (error) {
        removeTemporary();
        throw Error(fmt::format(
            "结果文件夹 {0} 不能写入：{1}；请检查权限和磁盘空间，或换一个 --out / cannot write in the output "
            "folder {0}: {1}; check permissions and free space, or choose another --out",
            m_folder.string(), error.message()));
    }
}

OutputFolder::~OutputFolder() {
    removeTemporary();
}

void OutputFolder::removeTemporary() noexcept {
    std::error_code ignored;
    if (!m_temporary.empty()) {
        fs::remove_all(m_temporary, ignored);
    }
    if (m_lock >= 0) {
        ::close(m_lock);
        m_lock = -1;
    }
    if (m_madeFolder && !m_published) {
        fs::remove(m_folder, ignored); // only when empty
    }
}

fs::path OutputFolder::temporary(const std::string& name) const {
    return m_temporary / kNewFolder / name;
}

void OutputFolder::write(const std::function<void()>& writing) const {
    try {
        writing();
    } catch (const Error& error) {
        throw writeFault(m_folder, error.what());
    }
}

void OutputFolder::publish() {
    const fs::path made = m_temporary / kNewFolder;
    const fs::path old = m_temporary / kOldFolder;
    std::vector<std::string> movedOut;
    std::vector<std::string> movedIn;
    // Whole or not at all: what stood there before comes back.
    const auto putBack = [&] {
        std::error_code ignored;
        for (const std::string& name : movedIn) {
            fs::rename(m_folder / name, made / name, ignored);
        }
        for (const std::string& name : movedOut) {
            fs::rename(old / name, m_folder / name, ignored);
        }
    };
    try {
        // Another run may have finished meanwhile, or somebody opened what stands there.
        const Descriptor whole(::open(m_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (whole.number() >= 0) {
            ::flock(whole.number(), LOCK_EX);
        }
        checkTargets();
        syncTree(made);
        fs::create_directory(old);
        for (const std::string& name : m_names) {
            const fs::path target = m_folder / name;
            if (fs::exists(fs::symlink_status(target))) {
                fs::create_directories((old / name).parent_path());
                fs::rename(target, old / name);
                movedOut.push_back(name);
            }
            if (fs::exists(made / name)) {
                fs::create_directories(target.parent_path());
                fs::rename(made / name, target);
                movedIn.push_back(name);
            }
        }
        syncToDisk(m_folder);
    } catch (const Error&) {
        putBack();
        throw;
    } catch (const fs::filesystem_error& error) {
        putBack();
        throw Error(fmt::format("无法将结果移入 {0}：{1}（{2}）；其中内容未改动 / cannot move the outputs "
                                "into {0}: {1} ({2}); nothing was changed there",
                                m_folder.string(), error.code().message(), error.path1().string()));
    }
    m_published = true;
    removeTemporary();
    m_temporary.clear();
}

} // namespace layers
