#pragma once

#include "layers/project/ledger_change.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace layers {

/// Whether events of this kind name many cases and change none: such an event stands in the history of each
/// case, and neither its fields nor its revision follow from it.
[[nodiscard]] bool isNote(std::string_view kind); ///< "sample_drawn"

/// Records such an event and says of which cases (rows of the project) it tells: those that its content's
/// `cases` names, no more and no less. Returns its number. Throws layers::Error.
std::int64_t noteCases(LedgerChange& change, const EventText& text, const std::vector<std::int64_t>& cases);

} // namespace layers
