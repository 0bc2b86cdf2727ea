#pragma once

#include "app/check/check_result.hpp"
#include "app/report/export_policy.hpp"
#include "app/report/qgis_project.hpp"
#include "geo/progress.hpp"
#include "layers/problem.hpp"
#include "layers/vector_writer.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// The field pack: one ZIP archive a county or team that opens on field apps without a server.
namespace app {

/// A case in a pack.
struct PackCase {
    std::size_t listed = 0; ///< position in CheckResult::listed
    std::string status;
    std::string team;
};

/// What one pack holds.
struct FieldPack {
    std::string name;  ///< of the archive without extension: pack_2026B1_513301
    std::string stem;  ///< of the files in it: 513301
    std::string code;  ///< of the county; empty for teams
    std::string title; ///< county or team, for people
    std::vector<PackCase> cases;
    std::vector<const layers::Zone*> zones; ///< context, with their shapes; only where asked for
    const layers::County* county = nullptr; ///< whose outline is drawn; nullptr: none
    std::string exportKey;
    geo::Box extent; ///< of the map on opening
    /// PDF files that go into the folder sheets/ of the pack, under their own (ASCII) names: the task sheets
    /// of its cases, one by one and bound.
    std::vector<std::filesystem::path> sheets;
};

/// Positions of the pack's cases in CheckResult::listed.
[[nodiscard]] std::vector<std::size_t> listedOf(const FieldPack& pack);

/// What all packs of an export share.
struct PackOrigin {
    std::string project;
    std::string batchCode;
    std::string batch; ///< its name
    std::int64_t run = 0;
    std::string by; ///< "county" or "team"
    ExportPolicy policy;
    /// Words of the answers, and which fields the field may fill in (life of cases).
    std::map<std::string, std::vector<std::string>> vocabularies;
    std::vector<std::string> answerable;
};

/// A pack as it was written.
struct WrittenPack {
    std::int64_t areas = 0; ///< cases by kind of shape
    std::int64_t lines = 0;
    std::int64_t points = 0;
    std::int64_t zones = 0;
    std::uintmax_t bytes = 0;
    std::string sha256;
    std::vector<layers::Problem> problems; ///< what writing had to change
};

/// Writes the archive `file`; its members are made in the empty folder `work`, which is emptied again.
/// Deterministic. Throws layers::Error, geo::Cancelled.
[[nodiscard]] WrittenPack writeFieldPack(const std::filesystem::path& file, const std::filesystem::path& work,
                                         const CheckResult& result, const PackOrigin& origin,
                                         const FieldPack& pack, geo::Progress& progress);

/// The GeoPackage of a pack and what a project shows of it.
struct PackLayers {
    QgisProject project;
    std::vector<std::pair<std::string, std::int64_t>> tables; ///< name and rows
};
/// Writes cases (one layer a kind of shape), value lists, the table of photographs and, where the pack has
/// them, context zones. @param rows of the pack's cases, slot by slot
[[nodiscard]] PackLayers writePackGeoPackage(const std::filesystem::path& file, const CheckResult& result,
                                             const PackOrigin& origin, const FieldPack& pack,
                                             const std::vector<layers::VectorRow>& rows);

} // namespace app
