#include "app/cartography/sheet_store.hpp"

#include "app/cartography/sheet_files.hpp"
#include "layers/error.hpp"
#include "layers/sha256.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <system_error>
#include <vector>

namespace app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHexDigits = 64;
constexpr std::string_view kPdf = ".pdf";

bool isSha256(std::string_view text) {
    return text.size() == kHexDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// Cells of a line that no cell of ours quotes.
std::vector<std::string> cellsOf(const std::string& line) {
    std::vector<std::string> cells{""};
    for (const char c : line) {
        if (c == ',') {
            cells.emplace_back();
        } else if (c != '\r') {
            cells.back() += c;
        }
    }
    return cells;
}

/// A path that stays in its folder.
bool isInside(const fs::path& path) {
    return path.is_relative() &&
           std::none_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".."; });
}

/// Copies what is still the file that was written; false: it is not, or cannot be read.
bool copyTrue(const fs::path& from, const fs::path& to, const std::string& sha256) {
    std::error_code error;
    if (!fs::is_regular_file(fs::symlink_status(from, error)) || !fs::copy_file(from, to, error) || error) {
        fs::remove(to, error);
        return false;
    }
    if (layers::sha256Of({to}) != sha256) {
        fs::remove(to, error);
        return false;
    }
    return true;
}

} // namespace

std::map<std::string, KeptSheet> keptSheets(const fs::path& folder) {
    std::map<std::string, KeptSheet> kept;
    if (folder.empty()) {
        return kept;
    }
    std::ifstream list(folder / kSingleIndexName, std::ios::binary);
    std::string line;
    while (std::getline(list, line)) {
        const std::vector<std::string> cells = cellsOf(line);
        constexpr std::size_t kCells = 6;
        if (cells.size() == kCells && isSha256(cells[4]) && isSha256(cells[5]) && isInside(cells[1])) {
            kept[cells[4]] = {cells[1], cells[4], cells[5]};
        }
    }
    return kept;
}

SheetStore::SheetStore(fs::path published, const fs::path& outputs)
    : m_published(std::move(published)), m_kept(keptSheets(m_published)) {
    open(outputs / kUnfinishedFolder);
}

void SheetStore::open(const fs::path& folder) {
    std::error_code error;
    fs::create_directory(folder, error);
    m_lock = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    struct stat held {};
    struct stat named {};
    // Another run that works here has it, or has just removed it: then this one does without.
    if (m_lock < 0 || ::flock(m_lock, LOCK_EX | LOCK_NB) != 0 || ::fstat(m_lock, &held) != 0 ||
        ::lstat(folder.c_str(), &named) != 0 || held.st_ino != named.st_ino) {
        return;
    }
    m_unfinished = folder;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        const std::string key = name.substr(0, std::min(name.size(), kHexDigits));
        const std::string sha256 = name.size() > kHexDigits ? name.substr(kHexDigits + 1, kHexDigits) : "";
        if (name.ends_with(kPdf) && isSha256(key) && isSha256(sha256)) {
            m_stopped[key] = sha256;
        } else {
            fs::remove_all(entry.path(), error); // a file that was being written
        }
    }
}

SheetStore::~SheetStore() {
    std::error_code ignored;
    if (!m_unfinished.empty()) {
        fs::remove(m_unfinished, ignored); // only when empty
    }
    if (m_lock >= 0) {
        ::close(m_lock);
    }
}

void SheetStore::guard(const std::function<void()>& work) {
    try {
        work();
    } catch (const layers::Error&) {
        finish();
        throw;
    }
}

void SheetStore::finish() noexcept {
    std::error_code ignored;
    if (!m_unfinished.empty()) {
        fs::remove_all(m_unfinished, ignored);
        m_unfinished.clear();
    }
}

SheetStore::Taken SheetStore::take(const std::string& key, const fs::path& file,
                                   const std::function<void(const fs::path&)>& draw) const {
    const auto nameOf = [&](const std::string& sha256) {
        return m_unfinished / (key + "_" + sha256 + ".pdf");
    };
    if (const auto kept = m_kept.find(key);
        kept != m_kept.end() && copyTrue(m_published / kept->second.file, file, kept->second.sha256)) {
        return {SheetOrigin::Reused, kept->second.sha256};
    }
    if (const auto stopped = m_stopped.find(key);
        stopped != m_stopped.end() && copyTrue(nameOf(stopped->second), file, stopped->second)) {
        return {SheetOrigin::Resumed, stopped->second};
    }
    draw(file);
    Taken taken{SheetOrigin::Made, layers::sha256Of({file})};
    if (!m_unfinished.empty()) {
        // A help and no more: where it cannot be kept, the next run draws it again.
        std::error_code error;
        const fs::path part = m_unfinished / (key + ".part");
        fs::create_hard_link(file, part, error);
        if (error) { // a disk that has no links
            fs::copy_file(file, part, error);
        }
        if (!error) {
            fs::rename(part, nameOf(taken.sha256), error);
        }
    }
    return taken;
}

} // namespace app
