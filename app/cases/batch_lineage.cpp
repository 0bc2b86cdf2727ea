#include "app/cases/batch_lineage.hpp"

#include "app/cases/batch_places.hpp"
#include "app/cases/lineage.hpp"
#include "geo/geodesic.hpp"
#include "geo/parallel.hpp"
#include "geo/ring_tree.hpp"
#include "layers/project/patch_search.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace app {

namespace {

using geo::Dimension;
using layers::LineageCounts;
using layers::LineageRow;
using layers::PatchPlace;
using layers::PatchSearch;
using layers::Relation;
using layers::Settings;

/// New patches that are read, compared and forgotten together, and the earlier ones that may stand beside
/// them.
constexpr std::size_t kPiecePatches = 2000;
constexpr std::size_t kPieceEarlier = 20000;
/// Patches whose boxes lie together are looked up together while their common box is at most this much
/// larger.
constexpr double kClusterGrowth = 2.0;
/// Thousands of patches on one default place: the newest of so many are compared, and so many relations are
/// kept of a patch; the rest is counted.
constexpr std::size_t kMostCompared = 400;
constexpr std::size_t kMostKept = 50;
constexpr std::size_t kMostParts = 100;
constexpr std::size_t kGrain = 16;
/// From so many ids on that come again elsewhere (and more than at their place) they are running numbers.
constexpr std::int64_t kRunningIds = 10;
/// An earlier patch of the piece at hand.
struct Earlier {
    layers::EarlierPatch facts;
    Site site;
};

class BatchLineage {
  public:
    BatchLineage(const layers::ProjectFile& project, std::int64_t batch, const Settings& settings,
                 int threads, geo::Progress& progress)
        : m_search(project, batch), m_settings(settings), m_threads(threads), m_progress(progress),
          m_rows(m_search.patches().size()), m_isCounted(m_search.patches().size()) {}

    layers::LineageResult run() {
        m_counts.patches = static_cast<std::int64_t>(m_search.patches().size());
        m_progress.begin("批次间比对 comparing with earlier batches", m_counts.patches);
        if (m_search.hasEarlier()) {
            comparePlaces();
            tellSplits();
            tellIds();
        }
        return collected();
    }

  private:
    /// Positions of the batch's patches in the order in which they are worked on: neighbours together.
    [[nodiscard]] std::vector<std::size_t> workOrder() {
        const std::vector<PatchPlace>& patches = m_search.patches();
        std::vector<std::pair<std::uint64_t, std::size_t>> order;
        for (std::size_t i = 0; i < patches.size(); ++i) {
            if (patches[i].box.isEmpty()) {
                ++m_counts.withoutShape;
                m_progress.step();
            } else {
                order.emplace_back(mortonCode(middleOf(patches[i].box)), i);
            }
        }
        std::sort(order.begin(), order.end());
        std::vector<std::size_t> positions;
        positions.reserve(order.size());
        std::transform(order.begin(), order.end(), std::back_inserter(positions),
                       [](const auto& entry) { return entry.second; });
        return positions;
    }

    void comparePlaces() {
        const std::vector<std::size_t> order = workOrder();
        std::size_t next = 0;
        std::vector<std::size_t> piece;
        std::vector<std::int64_t> earlier;
        while (next < order.size()) {
            piece.clear();
            earlier.clear();
            while (next < order.size() && piece.size() < kPiecePatches && earlier.size() < kPieceEarlier) {
                const std::size_t count = clusterFrom(order, next);
                lookUp({order.data() + next, count}, earlier);
                piece.insert(piece.end(), order.begin() + static_cast<std::ptrdiff_t>(next),
                             order.begin() + static_cast<std::ptrdiff_t>(next + count));
                next += count;
            }
            std::sort(earlier.begin(), earlier.end());
            earlier.erase(std::unique(earlier.begin(), earlier.end()), earlier.end());
            comparePiece(piece, earlier);
        }
    }

    /// How many patches from `first` on lie so close together that one look-up serves them: their boxes fill
    /// a good part of the common one.
    [[nodiscard]] std::size_t clusterFrom(const std::vector<std::size_t>& order, std::size_t first) const {
        geo::Box box;
        double sum = 0;
        std::size_t count = 0;
        for (; first + count < order.size() && count < kPiecePatches; ++count) {
            const geo::Box other = reachOf(boxOf(order[first + count]), m_settings.lineageRadiusM);
            geo::Box both = box;
            both.add(other);
            sum += sizeOf(other);
            if (count > 0 && sizeOf(both) > kClusterGrowth * sum) {
                break;
            }
            box = both;
        }
        return count;
    }

    [[nodiscard]] const geo::Box& boxOf(std::size_t position) const {
        return m_search.patches()[position].box;
    }

    /// Adds the rows that may matter to the patches of a cluster.
    void lookUp(std::span<const std::size_t> cluster, std::vector<std::int64_t>& earlier) {
        m_progress.checkCancelled();
        geo::Box box;
        bool areAreas = true;
        for (const std::size_t position : cluster) {
            box.add(boxOf(position));
            areAreas = areAreas && m_search.patches()[position].dimension == Dimension::Area;
        }
        const geo::Box reach = reachOf(box, m_settings.lineageRadiusM);
        std::vector<std::int64_t> found;
        m_search.near(Dimension::Area, areAreas ? box : reach, found);
        m_search.near(Dimension::Line, reach, found);
        m_search.near(Dimension::Point, reach, found);
        if (cluster.size() > 1 && found.size() > kPieceEarlier) {
            lookUp(cluster.first(cluster.size() / 2), earlier);
            lookUp(cluster.subspan(cluster.size() / 2), earlier);
            return;
        }
        if (cluster.size() == 1 && found.size() > kMostCompared) {
            std::sort(found.begin(), found.end()); // rows only grow: those of later batches come last
            found.erase(std::lower_bound(found.begin(), found.end(), m_search.patches().front().id),
                        found.end());
            const std::size_t most = std::min(found.size(), kMostCompared);
            m_counts.notCompared += static_cast<std::int64_t>(found.size() - most);
            m_isCounted[cluster.front()] = true;
            found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(most));
        }
        earlier.insert(earlier.end(), found.begin(), found.end());
    }

    /// @param ids rows of earlier patches (and some of later ones) that may matter, ascending
    void comparePiece(const std::vector<std::size_t>& piece, const std::vector<std::int64_t>& ids) {
        std::vector<std::optional<layers::KnownPatch>> read;
        read.reserve(ids.size());
        for (const std::int64_t id : ids) {
            if (auto known = m_search.read(id)) {
                if (known->shape.isEmpty()) {
                    m_unreadable.insert(id);
                }
                read.push_back(std::move(known));
            }
        }
        std::vector<geo::Shape> shapes(piece.size());
        for (std::size_t i = 0; i < piece.size(); ++i) {
            shapes[i] = m_search.shapeOf(m_search.patches()[piece[i]].id);
        }
        geo::Progress silent;
        std::vector<std::unique_ptr<Earlier>> earlier(read.size());
        geo::parallelFor(read.size(), kGrain, m_threads, silent, [&](std::size_t i) {
            earlier[i] = std::make_unique<Earlier>(
                Earlier{std::move(read[i]->facts), Site(std::move(read[i]->shape))});
            read[i].reset();
        });
        std::vector<geo::Box> boxes;
        boxes.reserve(earlier.size());
        for (const auto& one : earlier) {
            boxes.push_back(one->site.box());
        }
        const geo::RingTree tree(boxes);
        std::vector<Compared> compared(piece.size());
        geo::parallelFor(piece.size(), kGrain, m_threads, m_progress, [&](std::size_t i) {
            const geo::Progress::Watched watched(m_progress);
            compared[i] = compareOne(m_search.patches()[piece[i]], Site(std::move(shapes[i])), earlier, tree);
        });
        for (std::size_t i = 0; i < piece.size(); ++i) {
            m_rows[piece[i]] = std::move(compared[i].rows);
            m_counts.notCompared += m_isCounted[piece[i]] ? 0 : compared[i].notCompared;
            m_counts.notKept += compared[i].notKept;
            m_counts.withoutShape += compared[i].isEmpty ? 1 : 0;
        }
    }

    /// What came of one new patch.
    struct Compared {
        std::vector<LineageRow> rows;
        std::int64_t notCompared = 0;
        std::int64_t notKept = 0;
        bool isEmpty = false;
    };

    [[nodiscard]] Compared compareOne(const PatchPlace& patch, const Site& now,
                                      const std::vector<std::unique_ptr<Earlier>>& earlier,
                                      const geo::RingTree& tree) const {
        Compared result;
        if (now.dimension() == Dimension::Empty) {
            result.isEmpty = true;
            return result;
        }
        std::vector<std::uint32_t> found;
        tree.query(reachOf(now.box(), m_settings.lineageRadiusM), found);
        if (found.size() > kMostCompared) { // ascending by row: the newest are the last
            result.notCompared = static_cast<std::int64_t>(found.size() - kMostCompared);
            found.erase(found.begin(), found.end() - kMostCompared);
        }
        std::vector<const Site*> grownOf;
        std::vector<double> shares;
        for (const std::uint32_t position : found) {
            const Earlier& then = *earlier[position];
            const std::optional<Common> common = commonOf(now, then.site, m_settings);
            const std::optional<Relation> relation = common ? relationOf(*common, m_settings) : std::nullopt;
            if (!relation) {
                continue;
            }
            LineageRow row;
            row.patch = patch.id;
            row.patchId = patch.patchId;
            row.earlier = then.facts;
            row.relation = *relation;
            row.sameId = !patch.patchId.empty() && patch.patchId == then.facts.patchId;
            row.iou = common->iou;
            row.shareNew = common->shareNew;
            row.shareOld = common->shareOld;
            row.distanceM = common->distanceM;
            row.rebound = isRebound(*relation, then.facts, layers::Change::Unknown);
            if (*relation == Relation::Grown && grownOf.size() < kMostParts) {
                grownOf.push_back(&then.site);
                shares.push_back(common->shareNew.value_or(0));
            }
            result.rows.push_back(std::move(row));
        }
        if (makesUp(grownOf, shares, m_settings)) {
            for (LineageRow& row : result.rows) {
                row.relation = row.relation == Relation::Grown ? Relation::Merged : row.relation;
            }
        }
        result.notKept = keepStrongest(result.rows);
        return result;
    }

    /// Drops what is beyond the most that are kept; returns how many.
    static std::int64_t keepStrongest(std::vector<LineageRow>& rows) {
        std::sort(rows.begin(), rows.end(), isStronger);
        const std::size_t before = rows.size();
        rows.resize(std::min(before, kMostKept));
        return static_cast<std::int64_t>(before - rows.size());
    }

    /// 包含 in one earlier patch, of several new ones: the earlier one was split.
    void tellSplits() {
        std::map<std::int64_t, std::vector<LineageRow*>> within; // by the earlier patch, in the order of rows
        for (std::vector<LineageRow>& rows : m_rows) {
            for (LineageRow& row : rows) {
                if (row.relation == Relation::Within) {
                    within[row.earlier.id].push_back(&row);
                }
            }
        }
        for (auto& [earlier, rows] : within) {
            m_progress.checkCancelled();
            const double sum =
                std::accumulate(rows.begin(), rows.end(), 0.0, [](double all, const LineageRow* row) {
                    return all + row->shareOld.value_or(0);
                });
            if (rows.size() < 2 || sum < m_settings.lineageIou) {
                continue;
            }
            std::vector<std::unique_ptr<Site>> sites;
            std::vector<const Site*> parts;
            std::vector<double> shares;
            for (std::size_t i = 0; i < std::min(rows.size(), kMostParts); ++i) {
                sites.push_back(std::make_unique<Site>(m_search.shapeOf(rows[i]->patch)));
                parts.push_back(sites.back().get());
                shares.push_back(rows[i]->shareOld.value_or(0));
            }
            if (makesUp(parts, shares, m_settings)) {
                for (LineageRow* row : rows) {
                    row->relation = Relation::Split;
                }
            }
        }
    }

    /// The same received id at another place, unless ids start anew in each batch.
    void tellIds() {
        const std::vector<PatchPlace>& patches = m_search.patches();
        std::unordered_map<std::string, int> uses; // an id that stands twice in the batch tells nothing
        for (const PatchPlace& patch : patches) {
            ++uses[patch.patchId];
        }
        std::int64_t atPlace = 0;
        std::vector<std::pair<std::size_t, std::int64_t>> elsewhere;
        for (std::size_t i = 0; i < patches.size(); ++i) {
            if (patches[i].patchId.empty() || uses[patches[i].patchId] > 1) {
                continue;
            }
            m_progress.checkCancelled();
            if (std::any_of(m_rows[i].begin(), m_rows[i].end(),
                            [](const LineageRow& row) { return row.sameId; })) {
                ++atPlace;
            } else if (const auto known = m_search.newestWithId(patches[i].patchId)) {
                elsewhere.emplace_back(i, *known);
            }
        }
        const auto count = static_cast<std::int64_t>(elsewhere.size());
        m_counts.runningIds = count >= kRunningIds && count > atPlace;
        if (m_counts.runningIds) {
            return;
        }
        for (const auto& [position, id] : elsewhere) {
            const std::optional<layers::KnownPatch> known = m_search.read(id);
            if (!known || known->shape.isEmpty() || patches[position].box.isEmpty()) {
                continue;
            }
            LineageRow row;
            row.patch = patches[position].id;
            row.patchId = patches[position].patchId;
            row.earlier = known->facts;
            row.relation = Relation::SameId;
            row.sameId = true;
            row.distanceM =
                geo::geodesicLine(middleOf(patches[position].box), middleOf(known->shape.box())).distanceM;
            m_rows[position].push_back(std::move(row));
        }
    }

    [[nodiscard]] layers::LineageResult collected() {
        layers::LineageResult result;
        for (std::vector<LineageRow>& rows : m_rows) {
            tellRebounds(rows);
            m_counts.notKept += keepStrongest(rows); // relations may have changed since
            const bool isRelated = !rows.empty() && rows.front().relation != Relation::SameId;
            m_counts.related += isRelated ? 1 : 0;
            m_counts.rebounds += !rows.empty() && rows.front().rebound ? 1 : 0;
            std::move(rows.begin(), rows.end(), std::back_inserter(result.rows));
            rows = {};
        }
        m_counts.withoutShape += static_cast<std::int64_t>(m_unreadable.size());
        m_counts.rows = static_cast<std::int64_t>(result.rows.size());
        result.counts = m_counts;
        return result;
    }

    void tellRebounds(std::vector<LineageRow>& rows) {
        const auto isMaybe = [](const LineageRow& row) { return row.rebound; };
        if (std::none_of(rows.begin(), rows.end(), isMaybe)) {
            return; // the patch's own word is read only where it matters
        }
        const layers::Change change = m_search.changeOf(rows.front().patch);
        for (LineageRow& row : rows) {
            row.rebound = isRebound(row.relation, row.earlier, change);
        }
    }

    PatchSearch m_search;
    const Settings& m_settings;
    int m_threads;
    geo::Progress& m_progress;
    std::vector<std::vector<LineageRow>> m_rows; ///< of each patch of the batch
    std::vector<bool> m_isCounted; ///< what was not compared with this patch stands in the counts already
    std::set<std::int64_t> m_unreadable; ///< earlier patches
    LineageCounts m_counts;
};

} // namespace

layers::LineageResult findLineage(const layers::ProjectFile& project, std::int64_t batch,
                                  const Settings& settings, int threads, geo::Progress& progress) {
    return BatchLineage(project, batch, settings, threads, progress).run();
}

} // namespace app
