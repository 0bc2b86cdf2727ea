#pragma once

#include "geo/zone_index.hpp"
#include "layers/lineage.hpp"
#include "layers/settings.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// What a new patch is to an earlier one: pure functions over shapes and facts. The rules, in their order
/// (thresholds are settings, defaults of domain.md 5 in brackets):
///
///   measure   two areas: common area. Two lines: what of each lies within `lineage_radius_m` (30 m) of the
///   other.
///             Points: how many lie within that radius. Different kinds: what of the line or the points lies
///             within the radius of the other, whose own share is not told.
///   same site common / (both together) >= `lineage_iou` (0.5), or common / smaller >= `lineage_share` (0.8)
///   1 重复    same site, smaller / larger >= `lineage_same_size` (0.8); also same site where a size cannot
///   be
///             compared: points, and shapes of different kinds
///   2 扩大    same site, the new one is larger
///   3 包含    same site, the new one is smaller
///   4 部分重叠 not the same site, common / smaller >= `lineage_partial_share` (0.05); less is registration
///   then, over all patches of the batch:
///   5 合并    扩大 of two or more earlier patches on different sites that together make up `lineage_iou` of
///   the new 6 分裂    包含 of two or more new patches on different sites in one earlier patch, together
///   `lineage_iou` of it 疑似反弹  any of these, where the earlier case is 已销号 or 回头看, was not closed
///   because there was nothing
///             wrong (不属实, 不在管控区, 手续齐全, 与历史图斑重复), and the new patch does not say 减少/恢复
///   同号异地  the received id of an earlier patch without any of these: told, but no relation of place
namespace app {

/// A patch's shape made ready for comparisons.
class Site {
  public:
    explicit Site(geo::Shape shape);
    [[nodiscard]] const geo::Shape& shape() const { return m_shape; }
    [[nodiscard]] geo::Dimension dimension() const { return m_dimension; }
    [[nodiscard]] double measure() const { return m_measure; } ///< m², m, or the number of points
    [[nodiscard]] const geo::Box& box() const { return m_box; }
    [[nodiscard]] std::uint64_t hash() const { return m_hash; } ///< geo::normalisedHash
    [[nodiscard]] const geo::ZoneIndex& index() const { return m_index; }

  private:
    geo::Shape m_shape;
    geo::Dimension m_dimension;
    double m_measure;
    geo::Box m_box;
    std::uint64_t m_hash;
    geo::ZoneIndex m_index; ///< of an area
};

/// What a new and an earlier shape have in common. Swapping them swaps the shares and changes nothing else,
/// but for rounding.
struct Common {
    std::optional<double> iou;      ///< none between different kinds of shape
    std::optional<double> shareNew; ///< none where the new one is of higher dimension
    std::optional<double> shareOld;
    double sizeRatio =
        1; ///< measure of the new over that of the earlier one; 1 where sizes cannot be compared
    double distanceM = 0;
    friend bool operator==(const Common&, const Common&) = default;
};

/// Nothing where they have nothing in common, or surely too little for any relation.
[[nodiscard]] std::optional<Common> commonOf(const Site& now, const Site& then,
                                             const layers::Settings& settings);

/// Rules 1 to 4.
[[nodiscard]] std::optional<layers::Relation> relationOf(const Common& common,
                                                         const layers::Settings& settings);

/// The sites that are different ones, the first of each in their order: another is a new one when it is not
/// the same site as any of those. Positions into `sites`.
[[nodiscard]] std::vector<std::size_t> differentSites(const std::vector<const Site*>& sites,
                                                      const layers::Settings& settings);
/// Rules 5 and 6: two or more different sites whose shares of the whole sum up to enough.
/// @param shares of each part in the whole
[[nodiscard]] bool makesUp(const std::vector<const Site*>& parts, const std::vector<double>& shares,
                           const layers::Settings& settings);

/// 疑似反弹 by status and conclusion of the earlier case (words of domain.md 1.2) and the new patch's
/// 变化情况.
[[nodiscard]] bool isRebound(layers::Relation relation, const layers::EarlierPatch& earlier,
                             layers::Change change);

/// Rows of one patch: 疑似反弹 first, then by relation, the larger common part, the newer patch.
[[nodiscard]] bool isStronger(const layers::LineageRow& a, const layers::LineageRow& b);

/// 历史比对 of the list (column 29) from the rows of one patch, the strongest first:
/// 与2025B1-513301-0033重复(已销号)-疑似反弹; with more rows …等3处. Empty without rows.
[[nodiscard]] std::string historyText(const std::vector<layers::LineageRow>& rows);

} // namespace app
