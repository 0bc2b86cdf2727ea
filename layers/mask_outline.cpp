#include "layers/mask_outline.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace layers {

namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

/// The left and the right side of each run are edges (2·run, 2·run + 1); an edge has an upper and a lower end
/// (2·edge, 2·edge + 1). Along each grid line the ends that meet there are linked, straight on or by a
/// horizontal piece of boundary; then the rings are walked.
class Outline {
  public:
    explicit Outline(std::vector<MaskRun> runs) : m_runs(std::move(runs)) {
        std::sort(m_runs.begin(), m_runs.end(), [](const MaskRun& a, const MaskRun& b) {
            return std::tie(a.row, a.first) < std::tie(b.row, b.first);
        });
        m_links.resize(m_runs.size() * kEndsOfRun, kNone);
        m_isPinch.resize(m_links.size());
        m_isWalked.resize(m_runs.size() * 2);
        m_groups.resize(m_runs.size());
        std::iota(m_groups.begin(), m_groups.end(), 0U);
    }

    std::vector<GridPolygon> run() {
        linkRows();
        m_polygonOf.resize(m_runs.size(), kNone);
        for (std::size_t run = 0; run < m_runs.size(); ++run) {
            const std::uint32_t group = groupOf(static_cast<std::uint32_t>(run));
            if (m_polygonOf[group] == kNone) {
                m_polygonOf[group] = static_cast<std::uint32_t>(m_polygons.size());
                m_polygons.emplace_back();
            }
            for (const std::size_t edge : {2 * run, 2 * run + 1}) {
                if (!m_isWalked[edge]) {
                    walk(edge, m_polygons[m_polygonOf[group]]);
                }
            }
        }
        return std::move(m_polygons);
    }

  private:
    static constexpr std::size_t kEndsOfRun = 4;
    enum Side : std::uint8_t { Left, Right };
    struct Event {
        std::int32_t column;
        Side side;
        std::uint32_t end;
    };

    [[nodiscard]] std::int32_t columnOf(std::size_t edge) const {
        const MaskRun& run = m_runs[edge / 2];
        return edge % 2 == Left ? run.first : run.end;
    }
    [[nodiscard]] std::int32_t lineOf(std::size_t end) const {
        return m_runs[end / kEndsOfRun].row + static_cast<std::int32_t>(end % 2);
    }

    std::uint32_t groupOf(std::uint32_t run) {
        while (m_groups[run] != run) {
            m_groups[run] = m_groups[m_groups[run]];
            run = m_groups[run];
        }
        return run;
    }
    void unite(std::uint32_t a, std::uint32_t b) {
        const std::uint32_t one = groupOf(a);
        const std::uint32_t other = groupOf(b);
        m_groups[std::max(one, other)] = std::min(one, other);
    }

    void linkRows() {
        std::size_t above = 0; // [above, first) is the row before, where it is the one right above
        std::size_t first = 0;
        while (first < m_runs.size()) {
            const std::int32_t row = m_runs[first].row;
            std::size_t end = first;
            while (end < m_runs.size() && m_runs[end].row == row) {
                ++end;
            }
            if (above < first && m_runs[above].row + 1 < row) {
                linkLine(above, first, first, first);
                above = first;
            }
            linkLine(above, first, first, end);
            uniteRows(above, first, end);
            above = first;
            first = end;
        }
        linkLine(above, first, first, first);
    }

    void uniteRows(std::size_t above, std::size_t first, std::size_t end) {
        std::size_t i = above;
        std::size_t j = first;
        while (i < first && j < end) {
            if (m_runs[i].first < m_runs[j].end && m_runs[j].first < m_runs[i].end) {
                unite(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j));
            }
            m_runs[i].end < m_runs[j].end ? ++i : ++j;
        }
    }

    /// The n-th end of a row of runs at the grid line below it (lower ends) or above it (upper ends).
    [[nodiscard]] Event eventOf(std::size_t firstRun, std::size_t n, std::size_t isLower) const {
        const std::size_t edge = 2 * firstRun + n;
        return {columnOf(edge), n % 2 == 0 ? Left : Right, static_cast<std::uint32_t>(2 * edge + isLower)};
    }

    /// Links the ends at one grid line: those of the runs above it and of the runs below it. A horizontal
    /// piece of boundary lies where only one of the two rows is covered. Where two pixels touch in a corner,
    /// each side is linked to its own pixel's horizontal piece: right sides, which end a piece, go before
    /// left sides, which start one.
    void linkLine(std::size_t above, std::size_t aboveEnd, std::size_t below, std::size_t belowEnd) {
        const std::size_t countAbove = 2 * (aboveEnd - above);
        const std::size_t countBelow = 2 * (belowEnd - below);
        std::size_t i = 0;
        std::size_t j = 0;
        std::uint32_t open = kNone;
        const auto take = [&](const Event& event) {
            if (open == kNone) {
                open = event.end;
            } else {
                link(open, event.end);
                open = kNone;
            }
        };
        while (i < countAbove || j < countBelow) {
            if (j == countBelow) {
                take(eventOf(above, i++, 1));
                continue;
            }
            if (i == countAbove) {
                take(eventOf(below, j++, 0));
                continue;
            }
            const Event a = eventOf(above, i, 1);
            const Event b = eventOf(below, j, 0);
            if (a.column != b.column) {
                a.column < b.column ? (take(a), ++i) : (take(b), ++j);
                continue;
            }
            ++i;
            ++j;
            if (a.side == b.side) {
                link(a.end, b.end);
                continue;
            }
            m_isPinch[a.end] = true;
            m_isPinch[b.end] = true;
            take(a.side == Right ? a : b);
            take(a.side == Right ? b : a);
        }
    }

    void link(std::uint32_t a, std::uint32_t b) {
        m_links[a] = b;
        m_links[b] = a;
    }

    /// One ring from its topmost edge on; left sides are walked down and right sides up, so that the pixels
    /// lie on the left hand.
    void walk(std::size_t start, GridPolygon& polygon) {
        m_path.clear();
        m_pinches.clear();
        m_pinchAt.clear();
        std::size_t edge = start;
        do {
            m_isWalked[edge] = true;
            const std::size_t end = 2 * edge + (edge % 2 == Left ? 1 : 0);
            const std::size_t next = m_links[end];
            const std::size_t nextEdge = next / 2;
            if (columnOf(edge) != columnOf(nextEdge)) {
                addCorner({columnOf(edge), lineOf(end)}, m_isPinch[end], polygon);
                addCorner({columnOf(nextEdge), lineOf(next)}, m_isPinch[next], polygon);
            }
            edge = nextEdge;
        } while (edge != start);
        if (!m_path.empty()) {
            emit(std::move(m_path), polygon);
            m_path = {};
        }
    }

    static std::uint64_t keyOf(const GridPoint& point) {
        constexpr unsigned kHalf = 32;
        return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(point.row)) << kHalf) |
               static_cast<std::uint32_t>(point.column);
    }

    /// A ring that comes back to a corner is cut there into two.
    void addCorner(const GridPoint& point, bool isPinch, GridPolygon& polygon) {
        if (!isPinch) {
            m_path.push_back(point);
            return;
        }
        const std::uint64_t key = keyOf(point);
        const auto seen = m_pinchAt.find(key);
        if (seen == m_pinchAt.end()) {
            m_pinchAt.emplace(key, m_path.size());
            m_pinches.push_back(key);
            m_path.push_back(point);
            return;
        }
        const std::size_t from = seen->second;
        emit({m_path.begin() + static_cast<std::ptrdiff_t>(from), m_path.end()}, polygon);
        m_path.resize(from + 1);
        while (m_pinches.back() != key) {
            m_pinchAt.erase(m_pinches.back());
            m_pinches.pop_back();
        }
    }

    static void emit(GridRing ring, GridPolygon& polygon) {
        std::int64_t area = 0; // rows grow downwards; positive where the pixels lie inside
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const GridPoint& next = ring[(i + 1) % ring.size()];
            area += std::int64_t{ring[i].column} * (ring[i].row - next.row);
        }
        ring.push_back(ring.front());
        if (area < 0) {
            polygon.holes.push_back(std::move(ring));
        } else {
            polygon.shell = std::move(ring);
        }
    }

    std::vector<MaskRun> m_runs;
    std::vector<std::uint32_t> m_links; ///< end to end
    std::vector<bool> m_isPinch;        ///< ends at a corner where two pixels touch
    std::vector<bool> m_isWalked;       ///< edges
    std::vector<std::uint32_t> m_groups;
    std::vector<std::uint32_t> m_polygonOf; ///< of a group
    std::vector<GridPolygon> m_polygons;
    GridRing m_path;
    std::vector<std::uint64_t> m_pinches; ///< those of the path, in its order
    std::unordered_map<std::uint64_t, std::size_t> m_pinchAt;
};

} // namespace

std::vector<GridPolygon> outlineOfRuns(std::vector<MaskRun> runs) {
    return Outline(std::move(runs)).run();
}

} // namespace layers
