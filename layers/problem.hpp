#pragma once

#include "geo/shape.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layers {

enum class Severity { Info, Warning, Error };

/// What is wrong; the key (problemKindKey) is stable and stands in run.json, the workbook and results.gpkg.
enum class ProblemKind {
    FileDamaged,   ///< a file or record that cannot be read as its format says
    FeaturesLost,  ///< the file promised more features than it holds
    MemberMissing, ///< .shx, .dbf, .prj or .cpg absent
    EncodingGuessed,
    EncodingDoubtful,
    CrsAssumed, ///< given by the user, or a datum counted as equal
    CrsSuspicious,
    FieldMissing,
    FieldAmbiguous,
    ValueUnknown,     ///< a word that no dictionary knows (activity, class, level, kind, ...)
    ValueUnreadable,  ///< a number or date that cannot be read
    ValueSubstituted, ///< a default of the profile was used (generic)
    GeometryMissing,
    GeometryRepaired,
    GeometryRejected,
    GeometryPartDropped, ///< parts of a lower dimension, Z or M
    GeometryConverted,   ///< curves made of straight pieces, closed lines taken as areas
    DuplicateId,
    DuplicatePatch,
    PatchesOverlap,
    ZonesOverlap, ///< classes of one layer overlap: the stricter one counts
    ZoneLeftOut,  ///< a zone that cannot be used (only with --allow-incomplete-zones)
    OutsideAdmin, ///< patch (partly) outside the administrative layer
    CountyWithoutZones,
    AreaDiffers,       ///< stated area against the computed one
    ClassConverted,    ///< 按原功能区换算
    RuleFallback,      ///< only a fallback rule answered
    EngineFallback,    ///< the full overlay was needed
    CharacterReplaced, ///< GBK lacks a character: 〓 written
    TableJoined,       ///< --join: what was joined to what, and how many
    JoinUnmatched,     ///< keys of one side only
    JoinAmbiguous,     ///< a key that several different rows of the table have
    MaskVectorised,    ///< patches made from a change mask, and how
    BelowLeastArea,    ///< pieces of a mask below the minimum mapping unit
    DriverAllowed,     ///< opened by --allow-driver
    FarFromAdmin,      ///< so far outside the administrative layer that the coordinates must be wrong
    DateMissing,
    DateSuspicious, ///< an image of the future, or the earlier one later
    ZoneOutOfForce, ///< by its own dates; the last kind (problemKindFromKey counts up to it)
};

[[nodiscard]] std::string_view problemKindKey(ProblemKind kind); ///< "geometry_repaired"
[[nodiscard]] std::string_view severityKey(Severity severity);   ///< "info", "warning", "error"

[[nodiscard]] std::optional<ProblemKind> problemKindFromKey(std::string_view key);
[[nodiscard]] std::optional<Severity> severityFromKey(std::string_view key);

/// A defect in the data, told to people in both languages and never dropped.
struct Problem {
    ProblemKind kind = ProblemKind::FileDamaged;
    Severity severity = Severity::Warning;
    std::string role; ///< role key of the input ("changes", "redline", ...)
    std::string file; ///< file name as given, without folders
    std::string layer;
    std::optional<std::int64_t> feature; ///< feature id in the source
    std::string field;
    std::optional<geo::Coordinate> place; ///< EPSG:4490
    std::string textZh;
    std::string textEn;
    std::string doneZh; ///< what the program did about it
    std::string doneEn;
    std::int64_t count = 1;
    std::optional<double> areaBeforeM2;
    std::optional<double> areaAfterM2;
};

/// A text in both languages.
struct BothLanguages {
    std::string zh;
    std::string en;
};
/// A problem with its texts; where it is (feature, field, place) and how often is the caller's to add.
[[nodiscard]] Problem makeProblem(ProblemKind kind, Severity severity, BothLanguages what,
                                  BothLanguages done = {});

} // namespace layers
