#include "app/check/printed_areas.hpp"

#include "app/check/rounding.hpp"

#include <algorithm>
#include <array>

namespace app {

namespace {

/// Pieces of the atoms with zones, or of those without, rounded so that they add up to `total`.
void addPieces(const PatchResult& patch, bool wantCovered, double unitsPerOne, std::int64_t total,
               std::vector<PrintedPiece>& pieces) {
    const std::size_t first = pieces.size();
    std::vector<double> measures;
    const std::vector<geo::Atom>& atoms = patch.overlay.atoms;
    const bool isSplit = wantCovered && patch.counties.size() > 1; // nothing printed asks where the rest lies
    for (std::size_t i = 0; i < atoms.size(); ++i) {
        if (atoms[i].zones.empty() == wantCovered) {
            continue;
        }
        if (!isSplit) {
            pieces.push_back({mainCounty(patch), i, 0});
            measures.push_back(atoms[i].measure);
            continue;
        }
        for (const CountyPart& part : patch.counties) {
            const double measure = i < part.atoms.size() ? part.atoms[i] : 0.0;
            if (measure > 0) {
                pieces.push_back({part.county, i, 0});
                measures.push_back(measure);
            }
        }
    }
    const std::vector<std::int64_t> units = unitsToSum(measures, unitsPerOne, total);
    for (std::size_t i = 0; i < units.size(); ++i) {
        pieces[first + i].units = units[i];
    }
}

} // namespace

PrintedPatch printedPatch(const CheckResult& result, std::size_t patch) {
    PrintedPatch printed;
    const PatchResult& found = result.results[patch];
    const geo::Dimension dimension = result.patches[patch].shape.dimension();
    if (dimension == geo::Dimension::Point || dimension == geo::Dimension::Empty) {
        return printed;
    }
    const double unitsPerOne = dimension == geo::Dimension::Area ? kAreaUnitsPerM2 : kLengthUnitsPerM;
    printed.units = toUnits(found.overlay.measure, unitsPerOne);
    const std::array<double, 2> parts = {found.covered, found.overlay.uncovered};
    const std::vector<std::int64_t> split = unitsToSum(parts, unitsPerOne, printed.units);
    printed.covered = split.front();
    addPieces(found, true, unitsPerOne, split.front(), printed.pieces);
    addPieces(found, false, unitsPerOne, split.back(), printed.pieces);
    return printed;
}

std::int64_t unitsWhere(const CheckResult& result, std::size_t patch, const PrintedPatch& printed,
                        const std::function<bool(std::uint32_t zone)>& counts) {
    std::int64_t units = 0;
    for (const PrintedPiece& piece : printed.pieces) {
        const std::vector<std::uint32_t>& zones = result.results[patch].overlay.atoms[piece.atom].zones;
        if (std::any_of(zones.begin(), zones.end(), counts)) {
            units += piece.units;
        }
    }
    return units;
}

std::int32_t mainCounty(const PatchResult& patch) {
    return patch.counties.empty() ? -1 : patch.counties.front().county;
}

} // namespace app
