#pragma once

#include "layers/encoding.hpp"
#include "layers/feature_source.hpp"
#include "layers/file_bytes.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace layers {

/// The attribute table of a shapefile, read row by row as text: numbers keep the digits of the file, ids
/// their zeros.
class DbfFile {
  public:
    /// Checks the header against the file. A header that cannot be used leaves a table without columns (and
    /// says so).
    DbfFile(const std::filesystem::path& dbf, ProblemLog& log);

    /// Decides the encoding (--encoding, else .cpg or language driver where the bytes do not disprove them,
    /// else the bytes) and reads the column names with it.
    void decideEncoding(const std::filesystem::path& cpg, const std::string& given, ProblemLog& log);

    [[nodiscard]] const std::vector<SourceField>& fields() const { return m_fields; }
    [[nodiscard]] const EncodingDecision& encoding() const { return m_encoding; }
    /// Up to five different names and values that are not ASCII, as they come out.
    [[nodiscard]] const std::vector<std::string>& encodingSamples() const { return m_samples; }
    /// Rows that stand in the file whole, and rows that the header promises.
    [[nodiscard]] std::uint64_t rows() const { return m_rows; }
    [[nodiscard]] std::uint64_t claimedRows() const { return m_claimedRows; }
    [[nodiscard]] bool isDeleted(std::uint64_t number);
    /// Values of a row as UTF-8, trimmed; empty ones when the row is not there.
    [[nodiscard]] std::vector<std::string> values(std::uint64_t number, ProblemLog& log);

  private:
    struct Column {
        std::string rawName;
        char type = 'C';
        std::size_t offset = 0;
        std::size_t width = 0;
    };
    void readColumns(std::size_t headerBytes, ProblemLog& log);
    [[nodiscard]] std::span<const std::byte> row(std::uint64_t number);
    [[nodiscard]] std::vector<std::string> sampleTexts();
    [[nodiscard]] EncodingDecision decided(const std::filesystem::path& cpg, const std::string& given,
                                           const std::vector<std::string>& samples, ProblemLog& log) const;
    void nameColumns(ProblemLog& log);

    FileBytes m_bytes;
    std::size_t m_headerBytes = 0;
    std::size_t m_rowBytes = 0;
    std::uint64_t m_rows = 0;
    std::uint64_t m_claimedRows = 0;
    std::uint8_t m_languageDriver = 0;
    std::vector<Column> m_columns;
    std::vector<SourceField> m_fields;
    EncodingDecision m_encoding;
    std::vector<std::string> m_samples;
};

} // namespace layers
