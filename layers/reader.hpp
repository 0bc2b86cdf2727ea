#pragma once

#include "geo/progress.hpp"
#include "layers/datum_shift.hpp"
#include "layers/problem.hpp"
#include "layers/profile.hpp"
#include "layers/records.hpp"
#include "layers/settings.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace layers {

class KnownPlaces;

/// A file, and the layer in it ("file:layer" on the command line); empty layer: the only one.
struct LayerRef {
    std::filesystem::path file;
    std::string layer;
};
/// Splits "F" or "F:LAYER"; a file that exists under the whole text wins, so that a colon in a path does no
/// harm.
[[nodiscard]] LayerRef parseLayerRef(const std::string& text);

/// --join TABLE --on LEFT=RIGHT: attributes that came in a table of their own.
struct TableJoin {
    LayerRef table;       ///< CSV, text, workbook (sheet in `layer`) or .dbf
    std::string left;     ///< field of the layer
    std::string right;    ///< column of the table
    std::string encoding; ///< --encoding join=NAME, or empty
};

/// What the user said about inputs.
struct ReadOptions {
    Role role = Role::Changes;
    std::string crs;           ///< "EPSG:n" of --crs for this role, or empty
    std::string encoding;      ///< --encoding for this role, or empty
    std::string encodingFrom;  ///< who gave `encoding` when not --encoding: "profile NAME"
    PositionOptions positions; ///< --datum, --plane, --crs-as-is, --gcj02, --bd09
    const std::vector<County>* counties = nullptr; ///< names places in messages, when there is a layer
    std::map<std::string, std::string> mapping;    ///< --map: our field -> source field or "const:value"
    std::vector<const ImportProfile*> profiles;    ///< tried in this order; the first that fits is used
    std::optional<TableJoin> join;
    const KnownPlaces* known = nullptr; ///< --known: what the positions of patches are compared with
    std::string batch;                  ///< --batch: wins over the data's own
    bool allowIncompleteZones = false;
    std::vector<std::string> allowDrivers; ///< --allow-driver: GDAL drivers beyond the reader's own
    int maskNeighbours = 4;                ///< --connect: how pixels of a change mask hang together, 4 or 8
    Settings settings;
    int threads = 0;
};

/// Features of one input as records in EPSG:4490, checked and repaired, with what was decided and what is
/// wrong. Read = records + rejects; nothing else vanishes.
template <typename Record>
struct ReadResult {
    std::vector<Record> records;
    std::vector<Reject> rejects;
    std::vector<Problem> problems;
    InputReport report;
};

/// Opens a file read-only with the allowed OGR drivers (Shapefile, GeoPackage, GeoJSON, KML, tables), decides
/// encoding and CRS, matches a profile, reads, validates and repairs. Throws layers::Error when the file as a
/// whole cannot be used (not there, damaged, unknown CRS, ambiguous fields, unknown class words: the message
/// lists candidates and the option that settles it), geo::Cancelled.
[[nodiscard]] ReadResult<Patch> readPatches(const LayerRef& ref, const ReadOptions& options,
                                            geo::Progress& progress);
/// A zone that cannot be used throws, unless options.allowIncompleteZones (then a ZoneLeftOut problem).
[[nodiscard]] ReadResult<Zone> readZones(const LayerRef& ref, const ReadOptions& options,
                                         geo::Progress& progress);
/// The places of --known: any layer, whatever its fields. Throws as readPatches does.
/// @param crs --known-crs, or empty: the layer names its own
[[nodiscard]] KnownPlaces readKnownPlaces(const LayerRef& ref, const std::string& crs,
                                          const ReadOptions& options, geo::Progress& progress);
[[nodiscard]] ReadResult<County> readCounties(const LayerRef& ref, const ReadOptions& options,
                                              geo::Progress& progress);

} // namespace layers
