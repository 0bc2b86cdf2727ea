#pragma once

#include "geo/shape.hpp"
#include "layers/project/ledger_change.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace layers {

/// A photograph that came back, as the ledger keeps it: facts and hash, not the picture.
struct StoredPhoto {
    std::int64_t returnId = 0;
    std::optional<std::int64_t> caseId; ///< nothing: it met no case
    std::string number;                 ///< of the case
    std::string file;                   ///< path below the folder that was given
    std::string sha256;
    std::string matchedBy; ///< "name", "place", or empty
    std::string takenAt;
    std::optional<double> longitude;
    std::optional<double> latitude;
    std::optional<double> directionDeg;
    std::optional<double> distanceM; ///< from the case's patch; 0: in it
    std::vector<std::string> faults; ///< what does not fit, both languages
};

void addPhotos(LedgerChange& change, std::int64_t returnId, const std::vector<StoredPhoto>& photos);
/// All photographs that the project knows, in the order in which they came; or those of one return.
[[nodiscard]] std::vector<StoredPhoto> photos(const ProjectFile& project,
                                              std::optional<std::int64_t> returnId = std::nullopt);

/// A case with its patch, for what is matched by place.
struct CasePlace {
    std::int64_t caseId = 0;
    std::string number;
    std::string issuedAt; ///< when the number was issued
    geo::Shape shape;     ///< degrees, EPSG:4490; empty where it cannot be read
};
/// Cases whose patches' boxes meet a box of degrees (a few too many), by number. Throws layers::Error.
[[nodiscard]] std::vector<CasePlace> casesNear(const ProjectFile& project, const geo::Box& box);
/// The case of this number; nothing when there is none.
[[nodiscard]] std::optional<CasePlace> casePlace(const ProjectFile& project, const std::string& number);
/// Numbers of cases that have a conclusion and no photograph, in their order.
[[nodiscard]] std::vector<std::string> casesWithoutPhotos(const ProjectFile& project);

} // namespace layers
