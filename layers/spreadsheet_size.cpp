#include "layers/spreadsheet_size.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

namespace layers {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{256} << 10U;
constexpr std::size_t kTagMost = 4096;

struct FileCloser {
    void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};
using FilePtr = std::unique_ptr<VSILFILE, FileCloser>;

/// Column of a cell reference ("C12": 3); 0 where there is none.
std::uint64_t columnOf(std::string_view tag) {
    constexpr std::uint64_t kLetters = 26;
    constexpr std::size_t kMostLetters = 3;
    constexpr std::string_view kReference = " r=\"";
    const std::size_t at = tag.find(kReference);
    std::uint64_t column = 0;
    if (at == std::string_view::npos) {
        return column;
    }
    const std::string_view reference = tag.substr(at + kReference.size(), kMostLetters);
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') {
            break;
        }
        column = column * kLetters + static_cast<std::uint64_t>(c - 'A') + 1;
    }
    return column;
}

/// Rows, cells and the rightmost column of one sheet.
class SheetCount {
  public:
    void add(std::string_view piece) {
        m_text += piece;
        std::size_t at = m_text.find('<');
        while (at != std::string::npos) {
            const std::size_t end = m_text.find('>', at);
            if (end == std::string::npos) {
                break;
            }
            addTag(std::string_view(m_text).substr(at + 1, end - at - 1));
            at = m_text.find('<', end);
        }
        m_text.erase(0, std::min(at, m_text.size()));
        if (m_text.size() > kTagMost) {
            m_text.clear(); // no tag that counts is as long
        }
    }

    [[nodiscard]] std::uint64_t memoryBytes() const {
        constexpr std::uint64_t kRow = 200; // a feature of OGR's, its fields and the text of a cell, measured
        constexpr std::uint64_t kField = 24;
        constexpr std::uint64_t kCell = 50;
        constexpr std::uint64_t kColumnsMost = 2000; // the driver's limit
        return m_rows * (kRow + std::min(m_columns, kColumnsMost) * kField) + m_cells * kCell;
    }

  private:
    void addTag(std::string_view tag) {
        if (tag.starts_with("row") && (tag.size() == 3 || tag[3] == ' ' || tag[3] == '/')) {
            ++m_rows;
            m_column = 0;
        } else if (tag.starts_with("c") && (tag.size() == 1 || tag[1] == ' ' || tag[1] == '/')) {
            ++m_cells;
            m_column = std::max(m_column + 1, columnOf(tag));
            m_columns = std::max(m_columns, m_column);
        }
    }

    std::string m_text; ///< from the last tag that is not complete
    std::uint64_t m_rows = 0;
    std::uint64_t m_cells = 0;
    std::uint64_t m_column = 0;
    std::uint64_t m_columns = 0;
};

std::uint64_t memoryOfSheet(const std::string& member) {
    const FilePtr file(VSIFOpenL(member.c_str(), "rb"));
    if (!file) {
        return 0;
    }
    SheetCount count;
    std::string piece(kPieceBytes, '\0');
    for (std::size_t got = piece.size(); got == piece.size();) {
        got = VSIFReadL(piece.data(), 1, piece.size(), file.get());
        count.add(std::string_view(piece).substr(0, got));
    }
    return count.memoryBytes();
}

} // namespace

SpreadsheetSize spreadsheetSize(const std::filesystem::path& file) {
    constexpr std::uint64_t kScannedMost = std::uint64_t{2}
                                           << 30U; // beyond that the archive's word is enough
    struct Freer {
        void operator()(char** list) const { CSLDestroy(list); }
    };
    const std::string root = "/vsizip/{" + file.string() + "}";
    const std::unique_ptr<char*, Freer> names(VSIReadDirRecursive(root.c_str()));
    SpreadsheetSize size;
    for (int n = 0; n < CSLCount(names.get()); ++n) {
        VSIStatBufL status{};
        const std::string member = root + "/" + names.get()[n];
        if (VSIStatL(member.c_str(), &status) == 0) {
            size.unpackedBytes += static_cast<std::uint64_t>(status.st_size);
        }
    }
    for (int n = 0; n < CSLCount(names.get()) && size.unpackedBytes < kScannedMost; ++n) {
        const std::string_view name = names.get()[n];
        if (name.find("worksheets/") != std::string_view::npos && name.ends_with(".xml")) {
            size.memoryBytes += memoryOfSheet(root + "/" + std::string(name));
        }
    }
    return size;
}

} // namespace layers
