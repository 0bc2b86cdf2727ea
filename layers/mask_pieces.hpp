#pragma once

#include "layers/mask_outline.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace layers {

/// Equal pixels that hang together.
struct MaskPiece {
    std::int64_t value = 0;
    std::int64_t pixels = 0;
    double areaM2 = 0;
    std::vector<MaskRun> runs; ///< any order
};

/// Finds the pieces of a mask row by row. Only pieces that reach the last row are held, so that memory does
/// not grow with the mask; a mask whose open pieces are too ragged to be held is refused. GDALPolygonize
/// keeps numbers for every piece and gives each one out before a least area can drop it: 17 bytes a pixel of
/// a checkerboard (323 MiB and 54 s for 4,000 × 4,000), so that it stays the oracle of the tests.
class MaskPieces {
  public:
    /// A row's runs of change, ascending and disjoint, equal neighbours joined.
    struct ValueRun {
        std::int64_t value = 0;
        std::int32_t first = 0;
        std::int32_t end = 0;
    };
    /// Hears of each piece that is complete, in the order in which they end; may take the runs away.
    using Done = std::function<void(MaskPiece&)>;

    static constexpr std::size_t kMostOpenRuns = std::size_t{8} << 20U;
    static constexpr std::size_t kMostRunsOfPiece = std::size_t{2} << 20U;

    /// @param file for messages
    /// @param neighbours 4 (edges) or 8 (edges and corners)
    MaskPieces(std::string file, int neighbours, Done done)
        : m_file(std::move(file)), m_reach(neighbours == 4 ? 0 : 1), m_done(std::move(done)) {}

    /// The next row; `pixelAreaM2` is the area of one of its pixels. Throws layers::Error above the limits.
    void addRow(std::int32_t row, std::span<const ValueRun> runs, double pixelAreaM2);
    /// After the last row.
    void finish();

  private:
    struct Open {
        MaskPiece piece;
        std::uint32_t parent = 0; ///< itself, or the piece that took this one in
        std::int32_t lastRow = -1;
    };
    struct Labelled {
        ValueRun run;
        std::uint32_t piece = 0;
    };

    std::uint32_t rootOf(std::uint32_t piece);
    std::uint32_t fresh(std::int64_t value);
    std::uint32_t united(std::uint32_t a, std::uint32_t b);
    void label(std::int32_t row, double pixelAreaM2);
    void endPieces(std::int32_t row);
    void release(std::uint32_t piece);

    std::string m_file;
    std::int32_t m_reach;
    Done m_done;
    std::vector<Open> m_open;
    std::vector<std::uint32_t> m_free;
    std::vector<std::uint32_t> m_taken; ///< pieces that went into others in this row
    std::vector<Labelled> m_above;
    std::vector<Labelled> m_row;
    std::size_t m_openRuns = 0;
};

} // namespace layers
