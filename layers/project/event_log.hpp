#pragma once

#include "layers/project/ledger_change.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace layers {

/// A row of the event log. Its hash is the sha256 of all that stands in it and of the hash before it, so that
/// no row can be changed, taken out or put in without a trace.
struct Event {
    std::int64_t number = 0; ///< 1, 2, 3 … without a gap
    Stamp stamp;
    EventText text;
    std::string previous;
    std::string hash;
};

/// The hash that an event must have.
[[nodiscard]] std::string hashOf(const Event& event);

/// What an event log is asked for.
struct EventFilter {
    std::string caseNumber;             ///< empty: all
    std::optional<std::int64_t> number; ///< one event alone
    std::string kind = {};              ///< empty: all
};
/// Events in their order. Throws layers::Error.
[[nodiscard]] std::vector<Event> readEvents(const ProjectFile& project, const EventFilter& filter = {});

/// A row of the log that is not as it was written.
struct ChainFault {
    std::int64_t event = 0;
    std::string textZh;
    std::string textEn;
};
/// Every row that was edited, left out or put in.
[[nodiscard]] std::vector<ChainFault> checkChain(const ProjectFile& project);

} // namespace layers
