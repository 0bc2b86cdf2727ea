#pragma once

#include "app/check/check_result.hpp"
#include "layers/table.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace app {

/// Columns of 涉及管控区明细 (domain.md 4.1), without 序号; values index detailColumns().
enum class DetailColumn : std::size_t {
    TaskNumber,
    PatchId,
    County,
    ZoneKind,
    ZoneName,
    Level,
    ZoneClass,
    OriginalClass,
    Version,
    Approval,
    Approved,
    AreaHa,
    LengthM,
    Share,
    WidthM,
    LeastHa,
    MostHa,
    Certainty,
    IsMain,
    JudgedOn,
    Rule,
    Verdict,
    Priority,
    Basis,
    Confidence,
    RuleToday,
    VerdictToday,
    BasisToday,
    Count
};
[[nodiscard]] const std::vector<layers::Column>& detailColumns();
/// By its name: "zone_kind"; nothing when there is none.
[[nodiscard]] std::optional<DetailColumn> detailColumnNamed(std::string_view name);

/// The rows of the n-th listed patch, one a zone: its findings, 主判定 first, then 擦边, which no rule
/// judges. What the workbook prints and what the task sheet prints.
[[nodiscard]] std::vector<std::vector<layers::Value>> detailRows(const CheckResult& result, std::size_t n);

} // namespace app
