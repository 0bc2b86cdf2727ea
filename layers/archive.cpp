#include "layers/archive.hpp"

#include "layers/encoding.hpp"
#include "layers/error.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <clocale>
#include <locale.h> // NOLINT(modernize-deprecated-headers): POSIX newlocale

#include <algorithm>
#include <cctype>
#include <fstream>
#include <memory>
#include <set>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 16U;
constexpr double kMebibyte = 1024.0 * 1024.0;

/// libarchive turns names that are marked as UTF-8 into the locale's encoding; in the locale "C" they would
/// be lost.
class Utf8Names {
  public:
    Utf8Names() : m_locale(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
        if (m_locale != nullptr) {
            m_before = uselocale(m_locale);
        }
    }
    ~Utf8Names() {
        if (m_locale != nullptr) {
            uselocale(m_before);
            freelocale(m_locale);
        }
    }
    Utf8Names(const Utf8Names&) = delete;
    Utf8Names& operator=(const Utf8Names&) = delete;

  private:
    locale_t m_locale = nullptr;
    locale_t m_before = nullptr;
};

struct ArchiveCloser {
    void operator()(archive* reader) const { archive_read_free(reader); }
};

bool isNoise(const std::string& name) {
    const std::string base = name.substr(name.rfind('/') + 1);
    return name.starts_with("__MACOSX/") || base.starts_with("._") || base == ".DS_Store" ||
           base == "Thumbs.db";
}

/// Whether a name stays inside the folder that it is unpacked into, on any system.
bool staysInside(const std::string& name) {
    const bool isAbsolute = name.starts_with('/') || (name.size() > 1 && name[1] == ':' &&
                                                      std::isalpha(static_cast<unsigned char>(name[0])) != 0);
    if (name.empty() || isAbsolute) {
        return false;
    }
    const std::filesystem::path path(name);
    return std::none_of(path.begin(), path.end(), [](const auto& part) { return part == ".."; });
}

/// One pass over an archive's entries.
class ArchivePass {
  public:
    ArchivePass(const std::filesystem::path& file, const ArchiveLimits& limits)
        : m_name(file.filename().string()), m_limits(limits), m_archive(archive_read_new()) {
        // Only the reader that goes by the archive's own directory: nothing hides between the members.
        archive_read_support_format_zip_seekable(m_archive.get());
        if (archive_read_open_filename(m_archive.get(), file.c_str(), kBlockBytes) != ARCHIVE_OK) {
            throw Error(
                fmt::format("{}：不是 ZIP 压缩包或已损坏（{}），请重新取得或重新压缩为 ZIP / not a ZIP "
                            "archive, or damaged: get it again, or pack it anew as ZIP",
                            m_name, reason()));
        }
    }

    /// The next file; false at the end.
    bool next(ArchiveMember& member) {
        for (;;) {
            archive_entry* entry = nullptr;
            const int status = archive_read_next_header(m_archive.get(), &entry);
            if (status == ARCHIVE_EOF) {
                return false;
            }
            if (status == ARCHIVE_FATAL || status == ARCHIVE_FAILED || status == ARCHIVE_RETRY) {
                throw Error(fmt::format(
                    "{}：不是 ZIP 压缩包或已损坏（{}），请重新取得或重新压缩为 ZIP / not a ZIP archive, or "
                    "damaged: get it again, or pack it anew as ZIP",
                    m_name, reason()));
            }
            if (++m_count > m_limits.members) {
                throw Error(
                    fmt::format("{}：压缩包成员超过 {} 个，拒绝读取；请只打包需要的图层 / more than {} "
                                "members in the archive, refused: pack only the layers that are needed",
                                m_name, m_limits.members, m_limits.members));
            }
            m_entry = entry;
            if (take(member)) {
                return true;
            }
        }
    }

    [[nodiscard]] archive* reader() const { return m_archive.get(); }
    [[nodiscard]] archive_entry* entry() const { return m_entry; }
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] std::string reason() const {
        const char* text = archive_error_string(m_archive.get());
        return text == nullptr ? "?" : text;
    }

  private:
    bool take(ArchiveMember& member) {
        const char* raw = archive_entry_pathname(m_entry);
        std::string name = raw == nullptr ? std::string() : raw;
        if (!isUtf8(name)) {
            name = recoded(name, "GB18030").text;
        }
        std::replace(name.begin(), name.end(), '\\', '/'); // as some Windows programs write them
        const bool isLink =
            archive_entry_filetype(m_entry) == AE_IFLNK || archive_entry_hardlink(m_entry) != nullptr;
        const bool isFolder = archive_entry_filetype(m_entry) == AE_IFDIR || name.ends_with('/');
        if (!staysInside(name) || isLink || (!isFolder && archive_entry_filetype(m_entry) != AE_IFREG)) {
            throw Error(fmt::format("{0}：压缩包成员“{1}”{2}，可能是恶意文件，拒绝读取 / the archive's "
                                    "member \"{1}\" {3}: it may "
                                    "be malicious, refused",
                                    m_name, name, isLink ? "是链接" : "指向压缩包之外或不是普通文件",
                                    isLink ? "is a link"
                                           : "would lie outside the archive's folder, or is no plain file"));
        }
        if (isFolder || isNoise(name)) {
            return false;
        }
        if (!m_seen.insert(name).second) {
            throw Error(
                fmt::format("{0}：压缩包中有两个成员同名“{1}”，无法确定用哪个；请重新压缩 / two members "
                            "of the archive are named \"{1}\": pack it anew",
                            m_name, name));
        }
        member = {std::move(name), m_count};
        return true;
    }

    Utf8Names m_names;
    std::string m_name;
    ArchiveLimits m_limits;
    std::unique_ptr<archive, ArchiveCloser> m_archive;
    archive_entry* m_entry = nullptr;
    std::size_t m_count = 0;
    std::set<std::string> m_seen;
};

/// Unpacked bytes of all members so far, against the limits.
class Meter {
  public:
    Meter(const std::filesystem::path& archive, const ArchiveLimits& limits)
        : m_name(archive.filename().string()), m_limits(limits),
          m_packed(std::filesystem::file_size(archive)) {}

    void add(std::uint64_t bytes) {
        m_bytes += bytes;
        const auto mebibytes = [](std::uint64_t b) {
            return fmt::format("{:.0f} MiB", static_cast<double>(b) / kMebibyte);
        };
        if (m_bytes > m_limits.bytes) {
            throw Error(fmt::format("{0}：解压后超过 {1}，拒绝读取；请先自行解压 / the archive unpacks to "
                                    "more than {1}, refused: "
                                    "unpack it first",
                                    m_name, mebibytes(m_limits.bytes)));
        }
        if (m_bytes > m_limits.freeBytes && m_bytes / m_limits.ratio > m_packed) {
            throw Error(fmt::format("{0}：解压后超过 {1} 且为压缩包的 {2} "
                                    "倍以上，疑似压缩炸弹，拒绝读取；若确实可信，请先自行解压 / "
                                    "the archive unpacks to more than {1} and {2} times its size, like a zip "
                                    "bomb, refused: if you "
                                    "trust it, unpack it first",
                                    m_name, mebibytes(m_limits.freeBytes), m_limits.ratio));
        }
    }

  private:
    std::string m_name;
    ArchiveLimits m_limits;
    std::uint64_t m_packed = 0;
    std::uint64_t m_bytes = 0;
};

void writeMember(const ArchivePass& pass, const ArchiveMember& member, const std::filesystem::path& file,
                 Meter& meter) {
    if (archive_entry_is_encrypted(pass.entry()) != 0) {
        throw Error(
            fmt::format("{0}：压缩包成员“{1}”已加密，请先用密码解压，再读取其中的文件 / the archive's "
                        "member \"{1}\" is encrypted: unpack it with its password first",
                        pass.name(), member.name));
    }
    std::filesystem::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary);
    std::vector<char> block(kBlockBytes);
    for (;;) {
        const la_ssize_t count = archive_read_data(pass.reader(), block.data(), block.size());
        if (count < 0) {
            throw Error(fmt::format("{0}：压缩包成员“{1}”无法解压（{2}），请重新取得或重新压缩为 ZIP / the "
                                    "archive's member \"{1}\" "
                                    "cannot be unpacked: get it again, or pack it anew as ZIP",
                                    pass.name(), member.name, pass.reason()));
        }
        if (count == 0) {
            break;
        }
        meter.add(static_cast<std::uint64_t>(count));
        out.write(block.data(), count);
    }
    out.close();
    if (!out) {
        throw Error(
            fmt::format("{0}：无法把成员“{1}”解压到临时目录（磁盘已满？），请检查 TMPDIR 和磁盘空间 / cannot "
                        "write the member \"{1}\" to the temporary folder: check TMPDIR and disk space",
                        pass.name(), member.name));
    }
}

} // namespace

std::vector<ArchiveMember> archiveMembers(const std::filesystem::path& archive, const ArchiveLimits& limits) {
    ArchivePass pass(archive, limits);
    std::vector<ArchiveMember> members;
    for (ArchiveMember member; pass.next(member);) {
        members.push_back(member);
    }
    return members;
}

std::vector<std::filesystem::path>
unpackMembers(const std::filesystem::path& archive, const std::filesystem::path& folder,
              const std::function<std::filesystem::path(const ArchiveMember&)>& target,
              const ArchiveLimits& limits) {
    ArchivePass pass(archive, limits);
    Meter meter(archive, limits);
    std::vector<std::filesystem::path> written;
    for (ArchiveMember member; pass.next(member);) {
        const std::filesystem::path relative = target(member);
        if (!relative.empty()) {
            written.push_back(folder / relative);
            writeMember(pass, member, written.back(), meter);
        }
    }
    return written;
}

} // namespace layers
