#pragma once

#include "geo/shape.hpp"
#include "layers/feature_source.hpp"
#include "layers/file_bytes.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace layers {

/// Where one record of a .shp stands; a record that cannot be read keeps its place with a reason.
struct ShpRecord {
    std::uint64_t offset = 0; ///< of the content, behind the record header
    std::uint32_t length = 0; ///< bytes of content
    std::string faultZh;      ///< not empty: unreadable
    std::string faultEn;
};

/// The .shp and .shx of a shapefile. The structure is checked before anything is believed: the index is
/// followed where it is whole, completed or rebuilt from the .shp where it is not, and a record that does not
/// fit the file is named.
class ShpFile {
  public:
    /// Throws layers::Error when this is no shapefile, or none of the promised records is there.
    ShpFile(const std::filesystem::path& shp, const std::filesystem::path& shx, ProblemLog& log);

    [[nodiscard]] std::size_t size() const { return m_records.size(); }
    /// The bytes that record n takes.
    [[nodiscard]] std::size_t bytesOf(std::size_t n) const { return m_records[n].length; }
    /// Fills the geometry of record n (from 0): decoded, none or damaged.
    void readGeometry(std::size_t n, RawFeature& feature);

  private:
    void checkHeader(ProblemLog& log);
    void readIndex(const std::filesystem::path& shx, ProblemLog& log);
    void scanFrom(std::uint64_t offset, std::uint32_t number);
    void completeIndex(ProblemLog& log);
    void reportLost(ProblemLog& log) const;
    [[nodiscard]] std::uint64_t endOfRecords() const;
    [[nodiscard]] bool plausibleRecord(std::uint64_t offset, std::uint32_t number);

    FileBytes m_bytes;
    std::uint32_t m_shapeType = 0;
    std::vector<ShpRecord> m_records;
};

} // namespace layers
