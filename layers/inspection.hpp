#pragma once

#include "geo/progress.hpp"
#include "layers/reader.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace layers {

/// A word and how often it stands in a column.
using WordCount = std::pair<std::string, std::int64_t>;

/// A source field as an inspection (入库体检) found it.
struct FieldInspection {
    std::string name;
    std::string kind;                 ///< "text", "number", "date", as the file declares it
    std::int64_t filled = 0;          ///< features with a value
    std::int64_t different = 0;       ///< different values, counted up to kMostDifferent
    std::vector<std::string> samples; ///< the first five different values
    std::string target;               ///< our field that it fills, or empty
    bool isGuess = false;             ///< by the synonyms of shipped profiles, no profile fits
    std::vector<WordCount> unknown;   ///< words that its dictionary does not know, the most frequent first
    static constexpr std::size_t kMostDifferent = 10'000;
};

/// What a layer holds, what was decided about it and what a check would make of it.
struct LayerInspection {
    std::string file;
    Role role = Role::Changes;
    bool roleGuessed = false; ///< from the import profile that fits, not from the user
    std::string layer;
    std::int64_t features = 0;
    std::map<std::string, std::int64_t> geometries; ///< "area", "line", "point", "none", "damaged"
    geo::Box stored;                                ///< extent as stored in the file
    geo::Box place;                                 ///< extent in EPSG:4490, once it could be read
    std::vector<FieldInspection> fields;
    InputReport report; ///< decisions: encoding, CRS, profile, mapping; as far as the reading came
    std::int64_t usable = 0;
    std::int64_t rejected = 0;
    std::vector<Problem> problems;
    std::int64_t undated = 0; ///< usable changes without a later image date: a check needs --date for them
    /// Nothing of it can be used, although the layer as a whole is no reason to refuse.
    [[nodiscard]] bool isUnusable() const { return refusal.empty() && usable == 0 && rejected > 0; }
    std::string refusal; ///< why a check would refuse the layer as a whole; empty: it would take it
};

/// Looks at a layer as a check would read it, and goes on where a check would stop, so that one page tells
/// all. Throws geo::Cancelled only: what cannot be read stands in `refusal`.
/// @param role nothing: the role whose shipped profile fits best, else changes
[[nodiscard]] LayerInspection inspectLayer(const LayerRef& ref, ReadOptions options, std::optional<Role> role,
                                           geo::Progress& progress);

/// An import profile (YAML) for the layer, to be edited: what is mapped, what was guessed by name, and as
/// comments what is open (targets without a field, words without a meaning). What the user said of encoding
/// and datum is kept in it.
[[nodiscard]] std::string suggestedProfile(const LayerInspection& inspection, const ReadOptions& options);

} // namespace layers
