#pragma once

#include "layers/records.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layers {

/// What a patch of a new batch is to a patch of an earlier one. app/cases/lineage.hpp says when which holds.
enum class Relation {
    Repeated, ///< 重复: the same site, of about the same size
    Grown,    ///< 扩大: the same site, larger than before
    Merged,   ///< 合并: larger, and made of several earlier sites
    Split,    ///< 分裂: one of several new parts of one earlier site
    Within,   ///< 包含: lies in the earlier one, which was larger
    Partial,  ///< 部分重叠
    SameId,   ///< 同号异地: the same received id at another place, no relation of place
};
/// "repeated", "grown", "merged", "split", "within", "partial", "same_id"
[[nodiscard]] std::string_view relationKey(Relation relation);
[[nodiscard]] std::optional<Relation> relationFromKey(std::string_view key);
/// 重复, 扩大, 合并, 分裂, 包含, 部分重叠, 同号异地
[[nodiscard]] std::string_view relationNameZh(Relation relation);
[[nodiscard]] const std::vector<Relation>& relations(); ///< all, the strongest first

/// A patch of an earlier batch, with what the ledger said of it when the new batch came.
struct EarlierPatch {
    std::int64_t id = 0;    ///< row of patches
    std::string batch;      ///< code of its batch
    std::string patchId;    ///< as received
    std::string caseNumber; ///< empty: no case
    std::string status;
    std::string conclusion;
    friend bool operator==(const EarlierPatch&, const EarlierPatch&) = default;
};

/// One line of a patch's history.
struct LineageRow {
    std::int64_t patch = 0; ///< row of patches
    std::string patchId;    ///< as received; filled when read
    EarlierPatch earlier;
    Relation relation = Relation::Repeated;
    bool rebound = false;           ///< 疑似反弹
    bool sameId = false;            ///< the received ids are equal
    std::optional<double> iou;      ///< common part of both together; none between different kinds of shape
    std::optional<double> shareNew; ///< share of the new patch that they have in common
    std::optional<double> shareOld; ///< share of the earlier one
    double distanceM = 0;           ///< least distance (0: they meet); of SameId: between the middles
    friend bool operator==(const LineageRow&, const LineageRow&) = default;
};

/// The comparison of one batch with all earlier ones, in numbers.
struct LineageCounts {
    std::int64_t patches = 0;  ///< of the batch
    std::int64_t related = 0;  ///< of these, with a relation of place to an earlier one
    std::int64_t rebounds = 0; ///< of these, 疑似反弹
    std::int64_t rows = 0;
    std::int64_t withoutShape = 0; ///< patches, new or earlier, whose geometry cannot be read: not compared
    std::int64_t notCompared = 0;  ///< pairs left out because too many earlier patches lie at one place
    std::int64_t notKept = 0;      ///< relations beyond the most that are kept for a patch
    bool runningIds = false;       ///< received ids are running numbers that start anew: SameId is not told
    friend bool operator==(const LineageCounts&, const LineageCounts&) = default;
};

/// Rows by patch in its order, the strongest relation of each first.
struct LineageResult {
    LineageCounts counts;
    std::vector<LineageRow> rows;
};

} // namespace layers
