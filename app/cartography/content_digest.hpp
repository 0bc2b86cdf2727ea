#pragma once

#include "geo/shape.hpp"

#include <bit>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace app {

/// One sha256 over values in a fixed order. Each value says its kind and length, so that no two rows of
/// values come to the same bytes.
class ContentDigest {
  public:
    void add(std::string_view text) {
        add(static_cast<std::int64_t>(text.size()));
        m_bytes += text;
    }
    template <std::floating_point Number>
    void add(Number number) {
        addWord(std::bit_cast<std::uint64_t>(static_cast<double>(number)));
    }
    template <std::integral Number>
    void add(Number number) {
        addWord(static_cast<std::uint64_t>(static_cast<std::int64_t>(number)));
    }
    void add(const geo::Path& path) {
        add(path.size());
        for (const geo::Coordinate& c : path) {
            add(c.x);
            add(c.y);
        }
    }
    void add(const geo::Shape& shape);

    /// Lower-case hexadecimal. Throws layers::Error.
    [[nodiscard]] std::string hex() const;

  private:
    void addWord(std::uint64_t word);

    std::string m_bytes;
};

} // namespace app
