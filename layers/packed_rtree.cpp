#include "layers/packed_rtree.hpp"

#include "layers/error.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace layers {

namespace {

// The node format of SQLite's R*Tree (rtree.c): depth (of the root) and number of cells as 16-bit numbers,
// then cells of a 64-bit key and minX, maxX, minY, maxY as 32-bit floats, all big-endian. A node takes 51
// cells at most, and is as long as that on any page of 2048 bytes or more.
constexpr std::size_t kCellsMost = 51;
constexpr std::size_t kHeaderBytes = 4;
constexpr std::size_t kCellBytes = 24;
constexpr std::size_t kNodeBytes = kHeaderBytes + kCellsMost * kCellBytes;
constexpr std::uint32_t kRootNode = 1;

float roundedDown(double value) {
    const auto single = static_cast<float>(value);
    return static_cast<double>(single) > value
               ? std::nextafter(single, -std::numeric_limits<float>::infinity())
               : single;
}

float roundedUp(double value) {
    const auto single = static_cast<float>(value);
    return static_cast<double>(single) < value
               ? std::nextafter(single, std::numeric_limits<float>::infinity())
               : single;
}

template <typename Number>
char* putBigEndian(char* bytes, Number value) {
    constexpr unsigned int kByteBits = 8;
    for (std::size_t i = sizeof(Number); i-- > 0;) {
        *bytes++ = static_cast<char>(static_cast<unsigned char>(value >> (i * kByteBits)));
    }
    return bytes;
}

char* putFloat(char* bytes, float value) {
    return putBigEndian(bytes, std::bit_cast<std::uint32_t>(value));
}

/// Ends of `parts` nearly equal runs over [first, last).
void appendEvenEnds(std::vector<std::size_t>& ends, std::size_t first, std::size_t last, std::size_t parts) {
    for (std::size_t i = 1; i <= parts; ++i) {
        ends.push_back(first + (last - first) * i / parts);
    }
}

std::size_t nodesFor(std::size_t count) {
    return (count + kCellsMost - 1) / kCellsMost;
}

} // namespace

void PackedRtree::add(std::int64_t row, const geo::Box& box) {
    m_extent.add(box);
    ++m_size;
    m_entries.push_back({static_cast<std::uint32_t>(row), roundedDown(box.minX), roundedUp(box.maxX),
                         roundedDown(box.minY), roundedUp(box.maxY)});
}

/// Orders entries so that consecutive runs are compact, and returns where each run ends.
std::vector<std::size_t> PackedRtree::tile(std::vector<Entry>& entries) {
    const auto byX = [](const Entry& a, const Entry& b) {
        const float left = a.minX + a.maxX;
        const float right = b.minX + b.maxX;
        return left != right ? left < right : a.key < b.key;
    };
    const auto byY = [](const Entry& a, const Entry& b) {
        const float left = a.minY + a.maxY;
        const float right = b.minY + b.maxY;
        return left != right ? left < right : a.key < b.key;
    };
    const auto slices =
        static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(nodesFor(entries.size())))));
    std::vector<std::size_t> sliceEnds;
    appendEvenEnds(sliceEnds, 0, entries.size(), slices);
    std::sort(entries.begin(), entries.end(), byX);
    std::vector<std::size_t> ends;
    std::size_t first = 0;
    for (const std::size_t last : sliceEnds) {
        std::sort(entries.begin() + static_cast<std::ptrdiff_t>(first),
                  entries.begin() + static_cast<std::ptrdiff_t>(last), byY);
        appendEvenEnds(ends, first, last, nodesFor(last - first));
        first = last;
    }
    return ends;
}

void PackedRtree::writeNode(char* bytes, const Entry* entries, std::size_t count, std::size_t depth) {
    bytes = putBigEndian(bytes, static_cast<std::uint16_t>(depth));
    bytes = putBigEndian(bytes, static_cast<std::uint16_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
        bytes = putBigEndian(bytes, static_cast<std::uint64_t>(entries[i].key));
        bytes = putFloat(bytes, entries[i].minX);
        bytes = putFloat(bytes, entries[i].maxX);
        bytes = putFloat(bytes, entries[i].minY);
        bytes = putFloat(bytes, entries[i].maxY);
    }
}

PackedRtree::Nodes PackedRtree::pack() {
    Nodes nodes;
    std::vector<Entry> level = std::exchange(m_entries, {});
    if (level.empty()) {
        return nodes;
    }
    nodes.rows = level.size();
    nodes.nodeOfRow.resize(std::size_t{level.back().key} + 1, 0);
    nodes.bytes.resize(kNodeBytes); // the root comes last and stands first
    nodes.parentOf.resize(kRootNode + 1, 0);
    for (std::size_t depth = 0;; ++depth) {
        const bool isRoot = level.size() <= kCellsMost;
        const std::vector<std::size_t> ends = isRoot ? std::vector<std::size_t>{level.size()} : tile(level);
        std::vector<Entry> above;
        std::size_t first = 0;
        for (const std::size_t last : ends) {
            std::uint32_t node = kRootNode;
            if (!isRoot) {
                node = static_cast<std::uint32_t>(nodes.bytes.size() / kNodeBytes) + 1;
                nodes.bytes.resize(nodes.bytes.size() + kNodeBytes);
                nodes.parentOf.push_back(0);
            }
            writeNode(&nodes.bytes[(node - 1) * kNodeBytes], &level[first], last - first, isRoot ? depth : 0);
            Entry whole = level[first];
            whole.key = node;
            for (std::size_t i = first; i < last; ++i) {
                (depth == 0 ? nodes.nodeOfRow : nodes.parentOf)[level[i].key] = node;
                whole.minX = std::min(whole.minX, level[i].minX);
                whole.maxX = std::max(whole.maxX, level[i].maxX);
                whole.minY = std::min(whole.minY, level[i].minY);
                whole.maxY = std::max(whole.maxY, level[i].maxY);
            }
            above.push_back(whole);
            first = last;
        }
        if (isRoot) {
            return nodes;
        }
        level = std::move(above);
    }
}

void PackedRtree::Nodes::store(SQLite::Database& database, const std::string& name) const {
    if (rows == 0) {
        return;
    }
    const std::int64_t found =
        database.execAndGet(fmt::format(R"(SELECT length(data) FROM "{}_node" WHERE nodeno = 1)", name))
            .getInt64();
    if (found != static_cast<std::int64_t>(kNodeBytes)) {
        throw Error(fmt::format("this SQLite keeps spatial indexes in nodes of {} bytes instead of {}", found,
                                kNodeBytes));
    }
    SQLite::Statement putNode(database,
                              fmt::format(R"(INSERT OR REPLACE INTO "{}_node" VALUES (?, ?))", name));
    for (std::size_t node = 1; node <= bytes.size() / kNodeBytes; ++node) {
        putNode.bind(1, static_cast<std::int64_t>(node));
        putNode.bindNoCopy(2, bytes.data() + (node - 1) * kNodeBytes, static_cast<int>(kNodeBytes));
        putNode.exec();
        putNode.reset();
    }
    const auto putAll = [&](const char* table, const std::vector<std::uint32_t>& values) {
        SQLite::Statement put(database, fmt::format(R"(INSERT INTO "{}_{}" VALUES (?, ?))", name, table));
        for (std::size_t key = 1; key < values.size(); ++key) {
            if (values[key] != 0) {
                put.bind(1, static_cast<std::int64_t>(key));
                put.bind(2, static_cast<std::int64_t>(values[key]));
                put.exec();
                put.reset();
            }
        }
    };
    putAll("rowid", nodeOfRow);
    putAll("parent", parentOf);
}

} // namespace layers
