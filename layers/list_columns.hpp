#pragma once

#include "layers/table.hpp"

#include <cstddef>
#include <vector>

namespace layers {

/// Names of the 43 columns of 实地核查清单 (domain.md 4.1), in order; values index listColumns().
enum class ListColumn : std::size_t {
    Number,
    TaskNumber,
    PatchId,
    Batch,
    City,
    County,
    CountyCode,
    Township,
    ZoneKind,
    ZoneName,
    Level,
    ZoneClass,
    OriginalClass,
    Activity,
    Change,
    Earlier,
    Later,
    Longitude,
    Latitude,
    Dms,
    AreaHa,
    CoveredHa,
    CoveredShare,
    StrictestHa,
    Verdict,
    Priority,
    Basis,
    OtherZones,
    History,
    Hints,
    Responsible,
    Partners,
    Deadline,
    Conclusion,
    Situation,
    Builder,
    BuiltWhen,
    Permits,
    Illegal,
    Measures,
    Inspector,
    InspectedOn,
    Remarks,
    Count
};

/// The columns as one data table, which the workbook, CSV, Shapefile, GeoPackage and PDF all read. Columns
/// from Conclusion on are left blank for the field.
[[nodiscard]] const std::vector<Column>& listColumns();
[[nodiscard]] inline const Column& listColumn(ListColumn c) {
    return listColumns()[static_cast<std::size_t>(c)];
}
[[nodiscard]] inline bool filledByField(ListColumn c) {
    return c >= ListColumn::Conclusion;
}

/// One row: values in the order of listColumns().
using ListRow = std::vector<Value>;

} // namespace layers
