#include "layers/spreadsheet_size.hpp"

#include "layers/xml_tags.hpp"
#include "layers/zip_member.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

namespace layers {

namespace {

/// Rows, cells and the rightmost column of one sheet.
class SheetCount {
  public:
    void add(std::string_view tag) {
        if (startsElement(tag, "row")) {
            ++m_rows;
            m_column = 0;
        } else if (startsElement(tag, "c")) {
            ++m_cells;
            m_column = std::max<std::uint64_t>(m_column + 1, columnOfReference(attributeOf(tag, "r")));
            m_columns = std::max(m_columns, m_column);
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
    std::uint64_t m_rows = 0;
    std::uint64_t m_cells = 0;
    std::uint64_t m_column = 0;
    std::uint64_t m_columns = 0;
};

std::uint64_t memoryOfSheet(const std::string& member) {
    SheetCount count;
    readXmlMember(member, [&](std::string_view tag, std::string_view /*text*/) { count.add(tag); });
    return count.memoryBytes();
}

} // namespace

SpreadsheetSize spreadsheetSize(const std::filesystem::path& file) {
    constexpr std::uint64_t kScannedMost = std::uint64_t{2}
                                           << 30U; // beyond that the archive's word is enough
    struct Freer {
        void operator()(char** list) const { CSLDestroy(list); }
    };
    const std::string root = zipRoot(file);
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
