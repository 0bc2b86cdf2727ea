#pragma once

#include "geo/shape.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace SQLite {
class Database;
}

namespace layers {

/// The entries of an SQLite R*Tree index, collected while rows are written and then put into the index's own
/// tables at once (sort-tile-recursive packing). Inserting one by one costs ten times as much and gives a
/// worse tree.
class PackedRtree {
  public:
    /// The contents of the index's three tables.
    struct Nodes {
        std::string bytes;                    ///< node after node, of one length; number 1 (the root) first
        std::vector<std::uint32_t> nodeOfRow; ///< by row number; 0: the row has no box
        std::vector<std::uint32_t> parentOf;  ///< by node number; 0: none
        std::size_t rows = 0;
        /// Fills the empty two-dimensional R*Tree table `name`, which must be unused on this connection.
        /// Throws layers::Error, SQLite::Exception.
        void store(SQLite::Database& database, const std::string& name) const;
    };

    /// Adds a row's box; rows come in ascending order.
    void add(std::int64_t row, const geo::Box& box);
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] const geo::Box& extent() const { return m_extent; }
    /// Packs what was added, and forgets it but for size and extent.
    [[nodiscard]] Nodes pack();

  private:
    /// A box as the index keeps it: single precision, rounded outwards.
    struct Entry {
        std::uint32_t key = 0; ///< row of a leaf's entry, else node
        float minX = 0;
        float maxX = 0;
        float minY = 0;
        float maxY = 0;
    };
    [[nodiscard]] static std::vector<std::size_t> tile(std::vector<Entry>& entries);
    static void writeNode(char* bytes, const Entry* entries, std::size_t count, std::size_t depth);

    std::vector<Entry> m_entries;
    std::size_t m_size = 0;
    geo::Box m_extent;
};

} // namespace layers
