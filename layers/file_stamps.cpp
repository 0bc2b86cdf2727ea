#include "layers/file_stamps.hpp"

#include "layers/error.hpp"

#include <sys/stat.h>

namespace layers {

namespace fs = std::filesystem;

FileStamps::FileStamps(const fs::path& file) {
    add({file});
    std::error_code fault;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    for (fs::directory_iterator entry(folder, fault); !fault && entry != fs::directory_iterator();
         entry.increment(fault)) {
        if (entry->path().stem() == file.stem() && entry->is_regular_file(fault)) {
            add({file.parent_path() / entry->path().filename()});
        }
    }
}

void FileStamps::add(const std::vector<fs::path>& members) {
    for (const fs::path& member : members) {
        if (!m_stamps.contains(member)) {
            m_stamps.emplace(member, stampOf(member));
        }
    }
}

void FileStamps::demandUnchanged(const std::vector<fs::path>& members) const {
    for (const fs::path& member : members) {
        const auto before = m_stamps.find(member);
        if (before == m_stamps.end() || before->second == stampOf(member)) {
            continue;
        }
        throw Error(
            member.filename().string() +
            "：读取期间文件被改动（可能仍在复制，或正被其他程序编辑），未写出任何结果；请等写完、关闭其他"
            "程序后重新运行 / the file was changed while it was read (still being copied, or edited by "
            "another program), nothing has been written: wait until it is whole, then run again");
    }
}

FileStamps::Stamp FileStamps::stampOf(const fs::path& file) {
    struct stat found {};
    if (::stat(file.c_str(), &found) != 0) {
        return {};
    }
    return {static_cast<std::uint64_t>(found.st_size), static_cast<std::uint64_t>(found.st_ino),
            static_cast<std::int64_t>(found.st_mtim.tv_sec), static_cast<std::int64_t>(found.st_mtim.tv_nsec),
            true};
}

} // namespace layers
