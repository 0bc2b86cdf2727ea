#include "layers/problem.hpp"

#include <utility>

namespace layers {

std::string_view problemKindKey(ProblemKind kind) {
    // A switch without default: the compiler names a kind that was added and not given a key.
    switch (kind) {
    case ProblemKind::FileDamaged:
        return "file_damaged";
    case ProblemKind::FeaturesLost:
        return "features_lost";
    case ProblemKind::MemberMissing:
        return "member_missing";
    case ProblemKind::EncodingGuessed:
        return "encoding_guessed";
    case ProblemKind::EncodingDoubtful:
        return "encoding_doubtful";
    case ProblemKind::CrsAssumed:
        return "crs_assumed";
    case ProblemKind::CrsSuspicious:
        return "crs_suspicious";
    case ProblemKind::FieldMissing:
        return "field_missing";
    case ProblemKind::FieldAmbiguous:
        return "field_ambiguous";
    case ProblemKind::ValueUnknown:
        return "value_unknown";
    case ProblemKind::ValueUnreadable:
        return "value_unreadable";
    case ProblemKind::ValueSubstituted:
        return "value_substituted";
    case ProblemKind::GeometryMissing:
        return "geometry_missing";
    case ProblemKind::GeometryRepaired:
        return "geometry_repaired";
    case ProblemKind::GeometryRejected:
        return "geometry_rejected";
    case ProblemKind::GeometryPartDropped:
        return "geometry_part_dropped";
    case ProblemKind::GeometryConverted:
        return "geometry_converted";
    case ProblemKind::DuplicateId:
        return "duplicate_id";
    case ProblemKind::DuplicatePatch:
        return "duplicate_patch";
    case ProblemKind::PatchesOverlap:
        return "patches_overlap";
    case ProblemKind::ZonesOverlap:
        return "zones_overlap";
    case ProblemKind::ZoneLeftOut:
        return "zone_left_out";
    case ProblemKind::OutsideAdmin:
        return "outside_admin";
    case ProblemKind::CountyWithoutZones:
        return "county_without_zones";
    case ProblemKind::AreaDiffers:
        return "area_differs";
    case ProblemKind::ClassConverted:
        return "class_converted";
    case ProblemKind::RuleFallback:
        return "rule_fallback";
    case ProblemKind::EngineFallback:
        return "engine_fallback";
    case ProblemKind::CharacterReplaced:
        return "character_replaced";
    case ProblemKind::TableJoined:
        return "table_joined";
    case ProblemKind::JoinUnmatched:
        return "join_unmatched";
    case ProblemKind::JoinAmbiguous:
        return "join_ambiguous";
    case ProblemKind::MaskVectorised:
        return "mask_vectorised";
    case ProblemKind::BelowLeastArea:
        return "below_least_area";
    case ProblemKind::DateSuspicious:
        return "date_suspicious";
    case ProblemKind::ZoneOutOfForce:
        return "zone_out_of_force";
    case ProblemKind::DriverAllowed:
        return "driver_allowed";
    case ProblemKind::FarFromAdmin:
        return "far_from_admin";
    case ProblemKind::DateMissing:
        break;
    }
    return "date_missing";
}

Problem makeProblem(ProblemKind kind, Severity severity, BothLanguages what, BothLanguages done) {
    Problem problem;
    problem.kind = kind;
    problem.severity = severity;
    problem.textZh = std::move(what.zh);
    problem.textEn = std::move(what.en);
    problem.doneZh = std::move(done.zh);
    problem.doneEn = std::move(done.en);
    return problem;
}

std::string_view severityKey(Severity severity) {
    switch (severity) {
    case Severity::Info:
        return "info";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        break;
    }
    return "error";
}

std::optional<ProblemKind> problemKindFromKey(std::string_view key) {
    for (int kind = 0; kind <= static_cast<int>(ProblemKind::ZoneOutOfForce); ++kind) {
        if (problemKindKey(static_cast<ProblemKind>(kind)) == key) {
            return static_cast<ProblemKind>(kind);
        }
    }
    return std::nullopt;
}

std::optional<Severity> severityFromKey(std::string_view key) {
    for (const Severity severity : {Severity::Info, Severity::Warning, Severity::Error}) {
        if (severityKey(severity) == key) {
            return severity;
        }
    }
    return std::nullopt;
}

} // namespace layers
