#pragma once

#include "app/cartography/sheet_singles.hpp"
#include "app/cartography/sheet_template.hpp"
#include "app/cases/pack_groups.hpp"
#include "geo/progress.hpp"
#include "layers/output_folder.hpp"
#include "layers/project/ledger_change.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// Which field packs are wanted of a batch.
struct PackExportRequest {
    std::string batch; ///< code or name
    std::filesystem::path folder;
    PackBy by = PackBy::County;
    PackCases which = PackCases::SentOut;
    enum class Zones { LeftOut, Included } zones = Zones::LeftOut;
    ExportPolicy policy;
    std::optional<SheetTemplate> sheets;       ///< task sheets go in where the policy lets them
    std::vector<std::filesystem::path> inputs; ///< that must not be replaced
    layers::Existing existing = layers::Existing::Refuse;
    int threads = 0;
};

struct ExportedPack {
    FieldPack pack; ///< without zones and county
    WrittenPack written;
};
struct PackExport {
    std::int64_t run = 0;
    std::int64_t listed = 0; ///< cases of the list: those in packs and those left out
    std::vector<ExportedPack> packs;
    std::map<std::string, std::int64_t> leftOut; ///< by status
    SheetCounts sheets;
    bool keepsSheetsBack = false; ///< asked for, and the policy says no
    std::int64_t lapsed = 0; ///< sent out, but the current run lists them no more: in no list and no pack
    std::vector<std::filesystem::path> files;
};

/// Writes the batch's field packs and packs.csv, which lists them, from the same rows as `export list`; the
/// ledger notes each pack as an export of its own, so that a return knows its base. Throws layers::Error (no
/// case is sent out, zones that the policy keeps back, packs of another export in the folder),
/// geo::Cancelled.
[[nodiscard]] PackExport exportPacks(layers::ProjectFile& project, const layers::Stamp& stamp,
                                     const PackExportRequest& request, geo::Progress& progress);

} // namespace app
