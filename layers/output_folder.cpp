#include "layers/output_folder.hpp"

#include "layers/error.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <set>
#include <system_error>

namespace fs = std::filesystem;

namespace layers {

namespace {

constexpr std::string_view kPrefix = ".ecoredline-";
constexpr const char* kNewFolder = "new";
constexpr const char* kOldFolder = "old";
constexpr std::size_t kBlockBytes = std::size_t{1} << 20U;

std::string reason(int error) {
    return std::generic_category().message(error);
}

/// Closes a file descriptor on leaving the block.
class Descriptor {
  public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor() {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return m_number; }

  private:
    int m_number;
};

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

} // namespace

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

OutputFolder::OutputFolder(fs::path folder, std::vector<std::string> names, Existing existing)
    : m_folder(std::move(folder)), m_names(std::move(names)), m_existing(existing) {
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

namespace {

/// One running sha256.
class Sha256 {
  public:
    Sha256() : m_context(EVP_MD_CTX_new()) {
        if (!m_context || EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr) != 1) {
            throw Error("OpenSSL offers no sha256 on this machine; install libssl3");
        }
    }
    void add(const char* bytes, std::size_t count) {
        if (EVP_DigestUpdate(m_context.get(), bytes, count) != 1) {
            throw Error("OpenSSL failed to compute a sha256");
        }
    }
    [[nodiscard]] std::string hex() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int length = 0;
        if (EVP_DigestFinal_ex(m_context.get(), digest.data(), &length) != 1) {
            throw Error("OpenSSL failed to compute a sha256");
        }
        std::string text;
        for (unsigned int i = 0; i < length; ++i) {
            text += fmt::format("{:02x}", digest[i]);
        }
        return text;
    }

  private:
    struct Deleter {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Deleter> m_context;
};

} // namespace

std::string sha256Of(const std::vector<fs::path>& files) {
    Sha256 sum;
    std::vector<char> block(kBlockBytes);
    for (const fs::path& path : files) {
        const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (file.number() < 0) {
            throw Error(
                fmt::format("无法读取 {0}：{1} / cannot read {0}: {1}", path.string(), reason(errno)));
        }
        for (;;) {
            const ssize_t count = ::read(file.number(), block.data(), block.size());
            if (count < 0 && errno == EINTR) {
                continue;
            }
            if (count < 0) {
                throw Error(
                    fmt::format("无法读取 {0}：{1} / cannot read {0}: {1}", path.string(), reason(errno)));
            }
            if (count == 0) {
                break;
            }
            sum.add(block.data(), static_cast<std::size_t>(count));
        }
    }
    return sum.hex();
}

std::string sha256OfText(std::string_view text) {
    Sha256 sum;
    sum.add(text.data(), text.size());
    return sum.hex();
}

} // namespace layers
