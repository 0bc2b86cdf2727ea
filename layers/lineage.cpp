#include "layers/lineage.hpp"

#include <algorithm>
#include <array>

namespace layers {

namespace {

struct RelationName {
    Relation relation;
    std::string_view key;
    std::string_view nameZh;
};
constexpr std::array kNames{
    RelationName{Relation::Repeated, "repeated", "重复"},
    RelationName{Relation::Grown, "grown", "扩大"},
    RelationName{Relation::Merged, "merged", "合并"},
    RelationName{Relation::Split, "split", "分裂"},
    RelationName{Relation::Within, "within", "包含"},
    RelationName{Relation::Partial, "partial", "部分重叠"},
    RelationName{Relation::SameId, "same_id", "同号异地"},
};

const RelationName& nameOf(Relation relation) {
    return *std::find_if(std::begin(kNames), std::end(kNames),
                         [&](const RelationName& name) { return name.relation == relation; });
}

} // namespace

std::string_view relationKey(Relation relation) {
    return nameOf(relation).key;
}

std::optional<Relation> relationFromKey(std::string_view key) {
    const auto* const found = std::find_if(std::begin(kNames), std::end(kNames),
                                           [&](const RelationName& name) { return name.key == key; });
    return found == std::end(kNames) ? std::nullopt : std::optional(found->relation);
}

std::string_view relationNameZh(Relation relation) {
    return nameOf(relation).nameZh;
}

const std::vector<Relation>& relations() {
    static const std::vector<Relation> kAll = [] {
        std::vector<Relation> all;
        for (const RelationName& name : kNames) {
            all.push_back(name.relation);
        }
        return all;
    }();
    return kAll;
}

} // namespace layers
