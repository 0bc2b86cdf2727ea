#pragma once

#include "geo/shape.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The records that all floors above geo share (docs/architecture.md lists them). Geometry is EPSG:4490.
namespace layers {

/// The place of an input on the command line.
enum class Role { Changes, RedLine, Reserve, Water, Admin };
[[nodiscard]] std::string_view roleKey(Role role); ///< "changes", "redline", ...
[[nodiscard]] std::optional<Role> roleFromKey(std::string_view key);
[[nodiscard]] std::string_view roleNameZh(Role role);

/// The rules' kind of a zone (domain.md 2.2), in the order of precedence NP > NR > FJ > ZG > ECR; DWS by
/// class.
enum class ZoneKind { NationalPark, NatureReserve, ScenicArea, NaturePark, RedLine, WaterSource };
[[nodiscard]] std::string_view zoneKindCode(ZoneKind kind); ///< "NP", "NR", "FJ", "ZG", "ECR", "DWS"
[[nodiscard]] std::optional<ZoneKind> zoneKindFromCode(std::string_view code);
[[nodiscard]] std::string_view
zoneKindNameZh(ZoneKind kind); ///< 国家公园, 自然保护区, 风景名胜区, 自然公园, 生态保护红线, 饮用水水源保护区

/// Days since 1970-01-01; comparisons and arithmetic only.
using Day = std::int32_t;
/// A date as it came and the days it may mean: 202403 is the whole of March 2024.
struct DateText {
    std::string raw;
    std::optional<Day> first;
    std::optional<Day> last;
};
[[nodiscard]] std::optional<Day> dayFromIso(std::string_view iso); ///< "2024-03-15"; nothing when no such day
[[nodiscard]] std::string isoFromDay(Day day);
/// The notations of domain.md 3.3 (20240315, 2024-03-15, 2024/3/15, 2024.3, 202403, 2024年3月15日,
/// 2024年上半年, 2024Q2, Excel serials); raw text is kept, and first/last stay empty when nothing fits.
[[nodiscard]] DateText parseDate(std::string_view text);
/// True for 2024.1, which a spreadsheet also makes of 2024.10: January or October. parseDate reads no date
/// there.
[[nodiscard]] bool isMonthInDoubt(std::string_view text);

/// Change of a patch between the two images.
enum class Change { Unknown, New, Grown, Reduced, Unchanged };
[[nodiscard]] std::string_view changeNameZh(Change change); ///< "", 新增, 规模扩大, 减少/恢复, 无变化
[[nodiscard]] std::string_view
changeKey(Change change); ///< "unknown", "new", "grown", "reduced", "unchanged"
[[nodiscard]] std::optional<Change> changeFromKey(std::string_view key);

/// A satellite-flagged patch, line or point (疑似问题图斑、点位).
struct Patch {
    std::int32_t input = 0;   ///< which input file (InputReport)
    std::int64_t feature = 0; ///< feature id there
    std::string id;           ///< 原图斑编号, as received
    std::string batch;        ///< 监测批次
    std::string activityText; ///< 人类活动类型 as received
    std::string activity;     ///< our code A01 … A14, A99
    std::string changeText;
    Change change = Change::Unknown;
    DateText earlier;       ///< 前时相
    DateText later;         ///< 后时相
    std::string statedArea; ///< MJ as received
    std::optional<double> statedAreaM2;
    std::string note;
    std::vector<std::string> raw; ///< all attributes as received (UTF-8), in the order of InputReport::fields
    geo::Shape shape;
};

/// A zone feature (管控区). `shape` moves into the engine's index once the run starts.
struct Zone {
    Role role = Role::RedLine;
    ZoneKind kind = ZoneKind::RedLine;
    std::int32_t input = 0;
    std::int64_t feature = 0;
    std::string id;    ///< code in the source
    std::string name;  ///< 名称
    std::string level; ///< 国家级, 省级, 市级, 县级
    std::string zoneClass; ///< canonical: 红线, 核心保护区, 一般控制区, 核心区, 缓冲区, 实验区, 未分区, 一级,
                           ///< 二级, 准, 核心景区, …
    std::string originalClass; ///< as received
    std::string version;       ///< version or edition text
    std::string approval;      ///< 批复文号
    DateText approved;         ///< 批复日期
    DateText validFrom;
    DateText validTo;
    geo::Shape shape;
};

/// A county outline.
struct County {
    std::string code; ///< 513301
    std::string name; ///< 康定市
    std::string city; ///< 甘孜州, when the layer says
    geo::Shape shape;
};

/// What was decided about one input and what came of it; `inputs` of run.json.
struct InputReport {
    Role role = Role::Changes;
    std::string file; ///< file name without folders
    std::string layer;
    std::string sha256;    ///< over all member files, in name order
    std::string crs;       ///< "EPSG:4490", or the name where no code is known
    std::string crsReason; ///< "from .prj", "given by --crs", ...
    std::string encoding;  ///< "UTF-8", "GB18030", ...
    std::string encodingReason;
    std::vector<std::string>
        encodingSamples; ///< up to five names and values that are not ASCII, as they came out
    std::string profile; ///< name of the import profile used
    std::vector<std::string> fields;
    std::vector<std::pair<std::string, std::string>> mapping; ///< our field <- source field or const:value
    std::int64_t features = 0;
    std::int64_t invalid = 0;
    std::int64_t repaired = 0;
    std::int64_t rejected = 0;
};

/// A feature that cannot be used, kept for the `rejects` layer; geometry as far as it could be read.
struct Reject {
    std::int32_t input = 0;
    std::int64_t feature = 0;
    std::string id;
    std::string reasonZh;
    std::string reasonEn;
    std::vector<std::string> raw;
    geo::Shape shape;
};

/// What the overlap of a patch and a zone could be under the positional error (design 3).
enum class Certainty { Certain, Doubtful, Edge, Near }; // 确定占压, 疑似压边, 擦边, 临界
[[nodiscard]] std::string_view certaintyNameZh(Certainty certainty);
[[nodiscard]] std::string_view certaintyKey(Certainty certainty);

enum class Verdict { Prohibited, NeedsCheck, Restricted, NeedsPermit, RecoveryCheck };
[[nodiscard]] std::string_view verdictNameZh(Verdict verdict); ///< 禁止, 需核实, 限制, 允许需手续, 恢复核实
[[nodiscard]] std::optional<Verdict> verdictFromNameZh(std::string_view name);

/// How sure the rule's text is (domain.md 2.2): C prints 依据待核.
enum class Confidence { Solid, Likely, Expert };
[[nodiscard]] char confidenceLetter(Confidence confidence); ///< A, B, C

/// One rule's answer for one zone and one day. A run holds each different one once (CheckResult::judgements).
struct Judgement {
    Verdict verdict = Verdict::NeedsCheck;
    int priority = 2; ///< 1 high … 3 low, after the modifiers
    std::string ruleId;
    std::string basis; ///< clause text for paper; says 依据待核 and 按原功能区换算 where it applies
    Confidence confidence = Confidence::Expert;
    std::string judgedClass; ///< the class the rule was looked up with
    bool converted = false;  ///< 按换算: crosswalk of functional zones used
    bool fallback = false;   ///< only XX-97 … XX-99 answered
    friend bool operator==(const Judgement&, const Judgement&) = default;
};

/// 问题线索: a patch in a zone, judged at 判定基准日 and by today's law. Kept small: a run has many.
struct Finding {
    std::uint32_t zone = 0;    ///< number of the zone in the run
    std::uint32_t overlap = 0; ///< which of the patch's overlaps
    std::uint32_t atDate = 0;  ///< judgement at 判定基准日 (index into the run's judgements)
    std::uint32_t today = 0;   ///< judgement by today's law
    Certainty certainty = Certainty::Certain;
};

/// One bucket per input feature, the first that applies (design 3).
enum class Bucket { Rejected, Duplicate, Listed, Near, Clear };
[[nodiscard]] std::string_view
bucketKey(Bucket bucket); ///< "rejected", "duplicate", "listed", "near", "clear"
[[nodiscard]] std::string_view bucketNameZh(Bucket bucket);

} // namespace layers
