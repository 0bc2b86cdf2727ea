#pragma once

#include "layers/error.hpp"
#include "layers/table.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// A row's cells by the names of its table's columns.
class NamedCells {
  public:
    NamedCells(const layers::TableSpec& table, const std::vector<layers::Value>& cells)
        : m_table(table), m_cells(cells) {}

    [[nodiscard]] std::string text(std::string_view name) const {
        const auto* text = std::get_if<std::string>(&at(name));
        return text == nullptr ? std::string() : *text;
    }
    [[nodiscard]] std::int64_t integer(std::string_view name) const {
        const auto* whole = std::get_if<std::int64_t>(&at(name));
        return whole == nullptr ? 0 : *whole;
    }
    [[nodiscard]] std::optional<double> optionalReal(std::string_view name) const {
        if (const auto* real = std::get_if<double>(&at(name))) {
            return *real;
        }
        const auto* whole = std::get_if<std::int64_t>(&at(name)); // 2.0, as SQLite keeps it
        return whole == nullptr ? std::nullopt : std::optional(static_cast<double>(*whole));
    }
    [[nodiscard]] double real(std::string_view name) const { return optionalReal(name).value_or(0); }
    /// The measure of an area or a line: whichever of both columns holds it.
    [[nodiscard]] double measure(std::string_view area, std::string_view length) const {
        const std::optional<double> areaM2 = optionalReal(area);
        return areaM2 ? *areaM2 : real(length);
    }

  private:
    [[nodiscard]] const layers::Value& at(std::string_view name) const {
        const auto column = std::find_if(m_table.columns.begin(), m_table.columns.end(),
                                         [&](const layers::Column& c) { return c.name == name; });
        if (column == m_table.columns.end()) {
            throw layers::Error("结果表没有列 " + std::string(name) + " / the results have no column " +
                                std::string(name));
        }
        return m_cells.at(static_cast<std::size_t>(column - m_table.columns.begin()));
    }

    const layers::TableSpec& m_table;
    const std::vector<layers::Value>& m_cells;
};

/// Says that a file of results is not as a check writes it.
[[noreturn]] inline void refuseResults(const std::string& what) {
    throw layers::Error("results.gpkg 内容不一致，请重新核查（check）：" + what +
                        " / the tables of results.gpkg contradict each other: check again (" + what + ")");
}

/// A fid as text; 0, which is none, where it is no number.
[[nodiscard]] inline std::int64_t fidFrom(std::string_view text) {
    std::int64_t fid = 0;
    std::from_chars(text.data(), text.data() + text.size(), fid);
    return fid;
}

/// The value whose key this is, of those of an enumeration from 0 on.
template <typename Enum, std::size_t Count, typename KeyOf>
[[nodiscard]] Enum fromKey(std::string_view key, KeyOf&& keyOf, const char* what) {
    for (std::size_t i = 0; i < Count; ++i) {
        if (keyOf(static_cast<Enum>(i)) == key) {
            return static_cast<Enum>(i);
        }
    }
    refuseResults(std::string(what) + " " + std::string(key));
}

} // namespace app
