#pragma once

#include "layers/problem_log.hpp"
#include "layers/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace layers {

/// How keys are compared: trimmed, full-width letters and digits as half-width ones; case and zeros count.
[[nodiscard]] std::string joinKey(std::string_view text);
/// The key without leading zeros, for hints only.
[[nodiscard]] std::string_view withoutZeros(std::string_view key);

/// The table of --join in memory: rows by key.
class JoinTable {
  public:
    /// Reads it whole. Rows without key and keys that occur more than once are told. Throws layers::Error
    /// when it cannot be read or has no such column.
    JoinTable(const TableJoin& join, ProblemLog& log);

    /// Columns other than the key.
    [[nodiscard]] const std::vector<std::string>& columns() const { return m_columns; }
    [[nodiscard]] const std::string& sheet() const { return m_sheet; }
    [[nodiscard]] const std::vector<std::filesystem::path>& members() const { return m_members; }
    [[nodiscard]] std::int64_t rows() const { return m_rowCount; }

    enum class Found { None, One, Ambiguous };
    struct Match {
        Found found = Found::None;
        const std::vector<std::string>* values = nullptr; ///< slot by slot with columns(), when one
    };
    /// The row of a key; remembers that the key was asked for.
    [[nodiscard]] Match find(const std::string& key);
    /// True when a key of the table differs from this one by leading zeros only.
    [[nodiscard]] bool hasWithOtherZeros(const std::string& key) const;
    /// Keys nobody asked for, in the table's order, up to `most` of them, and how many there are.
    struct Unused {
        std::int64_t count = 0;
        std::vector<std::string> first;
    };
    [[nodiscard]] Unused unused(std::size_t most) const;

  private:
    struct Entry {
        std::vector<std::string> values;
        std::int64_t row = 0;
        std::int64_t again = 0; ///< more rows with the key
        bool differs = false;   ///< and other values
        bool isUsed = false;
    };
    void take(std::string key, std::vector<std::string> values, std::int64_t row);
    void tellTwins(ProblemLog& log) const;

    std::string m_file;
    std::string m_sheet;
    std::vector<std::filesystem::path> m_members;
    std::vector<std::string> m_columns;
    std::vector<std::string> m_keys; ///< in the table's order
    std::unordered_map<std::string, Entry> m_entries;
    std::unordered_map<std::string, std::int64_t> m_withoutZeros;
    std::int64_t m_rowCount = 0;
};

} // namespace layers
