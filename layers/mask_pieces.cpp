#include "layers/mask_pieces.hpp"

#include "layers/error.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::size_t kKeptRuns = 256; ///< a released piece keeps room for this many runs

} // namespace

void MaskPieces::addRow(std::int32_t row, std::span<const ValueRun> runs, double pixelAreaM2) {
    m_row.clear();
    for (const ValueRun& run : runs) {
        m_row.push_back({run, 0});
    }
    label(row, pixelAreaM2);
    endPieces(row);
    for (Labelled& labelled : m_row) {
        labelled.piece = rootOf(labelled.piece);
    }
    for (const std::uint32_t piece : m_taken) {
        release(piece);
    }
    m_taken.clear();
    m_above.swap(m_row);
}

void MaskPieces::finish() {
    m_row.clear();
    endPieces(-1);
    m_above.clear();
}

void MaskPieces::label(std::int32_t row, double pixelAreaM2) {
    std::size_t from = 0; // runs above that end before this run's reach
    for (Labelled& labelled : m_row) {
        const ValueRun& run = labelled.run;
        while (from < m_above.size() && m_above[from].run.end + m_reach <= run.first) {
            ++from;
        }
        bool isNew = true;
        for (std::size_t i = from; i < m_above.size() && m_above[i].run.first < run.end + m_reach; ++i) {
            if (m_above[i].run.value == run.value) {
                const std::uint32_t above = rootOf(m_above[i].piece);
                labelled.piece = isNew ? above : united(rootOf(labelled.piece), above);
                isNew = false;
            }
        }
        if (isNew) {
            labelled.piece = fresh(run.value);
        }
        Open& open = m_open[labelled.piece];
        open.lastRow = row;
        open.piece.pixels += run.end - run.first;
        open.piece.areaM2 += (run.end - run.first) * pixelAreaM2;
        open.piece.runs.push_back({row, run.first, run.end});
        ++m_openRuns;
        if (open.piece.runs.size() > kMostRunsOfPiece || m_openRuns > kMostOpenRuns) {
            throw Error(fmt::format(
                "{0}：值为 {1} 的变化区连成一片且过于破碎（到第 {2} 行已超过 {3} "
                "段），不像变化掩膜；请先过滤（如 gdal_sieve）、分幅，或改用 --connect 4 / the change of "
                "value "
                "{1} hangs together in a piece too ragged to be held (over {3} runs at row {2}): filter the "
                "mask (gdal_sieve), cut it into sheets, or use --connect 4",
                m_file, run.value, row, std::min(open.piece.runs.size(), kMostRunsOfPiece)));
        }
    }
}

void MaskPieces::endPieces(std::int32_t row) {
    for (const Labelled& above : m_above) {
        const std::uint32_t root = rootOf(above.piece);
        Open& open = m_open[root];
        if (open.lastRow == row || open.piece.pixels == 0) {
            continue; // goes on, or ended with an earlier run
        }
        m_openRuns -= open.piece.runs.size();
        m_done(open.piece);
        open.piece.pixels = 0;
        m_taken.push_back(root);
    }
}

std::uint32_t MaskPieces::rootOf(std::uint32_t piece) {
    while (m_open[piece].parent != piece) {
        m_open[piece].parent = m_open[m_open[piece].parent].parent;
        piece = m_open[piece].parent;
    }
    return piece;
}

std::uint32_t MaskPieces::fresh(std::int64_t value) {
    if (m_free.empty()) {
        m_free.push_back(static_cast<std::uint32_t>(m_open.size()));
        m_open.emplace_back();
    }
    const std::uint32_t piece = m_free.back();
    m_free.pop_back();
    m_open[piece].parent = piece;
    m_open[piece].piece.value = value;
    return piece;
}

std::uint32_t MaskPieces::united(std::uint32_t a, std::uint32_t b) {
    if (a == b) {
        return a;
    }
    if (m_open[a].piece.runs.size() < m_open[b].piece.runs.size()) {
        std::swap(a, b);
    }
    MaskPiece& kept = m_open[a].piece;
    MaskPiece& taken = m_open[b].piece;
    kept.pixels += taken.pixels;
    kept.areaM2 += taken.areaM2;
    kept.runs.insert(kept.runs.end(), taken.runs.begin(), taken.runs.end());
    m_open[a].lastRow = std::max(m_open[a].lastRow, m_open[b].lastRow);
    m_open[b].parent = a;
    m_taken.push_back(b);
    return a;
}

void MaskPieces::release(std::uint32_t piece) {
    MaskPiece& released = m_open[piece].piece;
    released.pixels = 0;
    released.areaM2 = 0;
    if (released.runs.capacity() > kKeptRuns) {
        released.runs = {};
    }
    released.runs.clear();
    m_open[piece].lastRow = -1;
    m_free.push_back(piece);
}

} // namespace layers
