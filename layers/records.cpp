#include "layers/records.hpp"

#include <array>
#include <utility>

namespace layers {

namespace {

/// The names of an enumerator, one row each, so that both directions read the same table.
template <typename Enum>
struct Names {
    Enum value;
    std::string_view key;
    std::string_view zh;
};

constexpr std::array<Names<Role>, 5> kRoles{{
    {Role::Changes, "changes", "疑似问题图斑"},
    {Role::RedLine, "redline", "生态保护红线"},
    {Role::Reserve, "reserve", "自然保护地"},
    {Role::Water, "water", "饮用水水源保护区"},
    {Role::Admin, "admin", "行政区"},
}};

constexpr std::array<Names<ZoneKind>, 6> kZoneKinds{{
    {ZoneKind::NationalPark, "NP", "国家公园"},
    {ZoneKind::NatureReserve, "NR", "自然保护区"},
    {ZoneKind::ScenicArea, "FJ", "风景名胜区"},
    {ZoneKind::NaturePark, "ZG", "自然公园"},
    {ZoneKind::RedLine, "ECR", "生态保护红线"},
    {ZoneKind::WaterSource, "DWS", "饮用水水源保护区"},
}};

constexpr std::array<Names<Change>, 5> kChanges{{
    {Change::Unknown, "unknown", ""},
    {Change::New, "new", "新增"},
    {Change::Grown, "grown", "规模扩大"},
    {Change::Reduced, "reduced", "减少/恢复"},
    {Change::Unchanged, "unchanged", "无变化"},
}};

constexpr std::array<Names<Certainty>, 4> kCertainties{{
    {Certainty::Certain, "certain", "确定占压"},
    {Certainty::Doubtful, "doubtful", "疑似压边"},
    {Certainty::Edge, "edge", "擦边"},
    {Certainty::Near, "near", "临界"},
}};

constexpr std::array<Names<Verdict>, 5> kVerdicts{{
    {Verdict::Prohibited, "prohibited", "禁止"},
    {Verdict::NeedsCheck, "needs_check", "需核实"},
    {Verdict::Restricted, "restricted", "限制"},
    {Verdict::NeedsPermit, "needs_permit", "允许需手续"},
    {Verdict::RecoveryCheck, "recovery_check", "恢复核实"},
}};

constexpr std::array<Names<Bucket>, 5> kBuckets{{
    {Bucket::Rejected, "rejected", "数据错误"},
    {Bucket::Duplicate, "duplicate", "重复"},
    {Bucket::Listed, "listed", "核查清单"},
    {Bucket::Near, "near", "临界"},
    {Bucket::Clear, "clear", "不涉及"},
}};

template <typename Enum, std::size_t N>
const Names<Enum>& namesOf(const std::array<Names<Enum>, N>& table, Enum value) {
    for (const Names<Enum>& row : table) {
        if (row.value == value) {
            return row;
        }
    }
    return table.front(); // an enumerator outside its enumeration cannot come from data
}

template <typename Enum, std::size_t N>
std::optional<Enum> fromText(const std::array<Names<Enum>, N>& table, std::string_view Names<Enum>::*column,
                             std::string_view text) {
    for (const Names<Enum>& row : table) {
        if (row.*column == text) {
            return row.value;
        }
    }
    return std::nullopt;
}

} // namespace

std::string_view roleKey(Role role) {
    return namesOf(kRoles, role).key;
}
std::optional<Role> roleFromKey(std::string_view key) {
    return fromText(kRoles, &Names<Role>::key, key);
}
std::string_view roleNameZh(Role role) {
    return namesOf(kRoles, role).zh;
}

std::string_view zoneKindCode(ZoneKind kind) {
    return namesOf(kZoneKinds, kind).key;
}
std::optional<ZoneKind> zoneKindFromCode(std::string_view code) {
    return fromText(kZoneKinds, &Names<ZoneKind>::key, code);
}
std::string_view zoneKindNameZh(ZoneKind kind) {
    return namesOf(kZoneKinds, kind).zh;
}

std::string_view changeKey(Change change) {
    return namesOf(kChanges, change).key;
}
std::optional<Change> changeFromKey(std::string_view key) {
    return fromText(kChanges, &Names<Change>::key, key);
}
std::string_view changeNameZh(Change change) {
    return namesOf(kChanges, change).zh;
}

std::string_view certaintyNameZh(Certainty certainty) {
    return namesOf(kCertainties, certainty).zh;
}
std::string_view certaintyKey(Certainty certainty) {
    return namesOf(kCertainties, certainty).key;
}

std::string_view verdictNameZh(Verdict verdict) {
    return namesOf(kVerdicts, verdict).zh;
}
std::optional<Verdict> verdictFromNameZh(std::string_view name) {
    return fromText(kVerdicts, &Names<Verdict>::zh, name);
}

char confidenceLetter(Confidence confidence) {
    switch (confidence) {
    case Confidence::Solid:
        return 'A';
    case Confidence::Likely:
        return 'B';
    case Confidence::Expert:
        break;
    }
    return 'C';
}

std::string_view bucketKey(Bucket bucket) {
    return namesOf(kBuckets, bucket).key;
}
std::string_view bucketNameZh(Bucket bucket) {
    return namesOf(kBuckets, bucket).zh;
}

} // namespace layers
