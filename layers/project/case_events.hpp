#pragma once

#include "layers/project/event_log.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace layers {

/// What a field was and what it became.
struct FieldChange {
    std::string field; ///< caseFields()' key
    std::string from;
    std::string to;
    friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

/// Runs of serials of each numbering scheme, first and last: how one event names fifty thousand cases.
using NumberRanges = std::map<std::string, std::vector<std::pair<std::int64_t, std::int64_t>>>;
/// Adds a serial; those of a scheme come in rising order or each begins a run.
void addNumber(NumberRanges& ranges, const std::string& scheme, std::int64_t serial);

/// What an event says of one case, or of all in `cases`.
struct CaseEventText {
    std::string kind; ///< "case_set", "cases_issued", ...
    std::vector<FieldChange> changes;
    std::string reason;
    std::int64_t undoes = 0; ///< the event that this one takes back
    std::string batch;       ///< of events that a run makes
    std::int64_t run = 0;
    NumberRanges cases;
};

/// The event's content as JSON, and back. Throws layers::Error when the text is no content of a case event.
[[nodiscard]] std::string contentOf(const CaseEventText& text);
[[nodiscard]] CaseEventText caseEventFrom(const EventText& event);

/// An event of a case, with what it says.
struct CaseEvent {
    std::int64_t number = 0;
    Stamp stamp;
    CaseEventText text;
    bool concernsMany = false; ///< told of many cases at once, by a run
};
/// All that was told of a case, in order. Throws layers::Error.
[[nodiscard]] std::vector<CaseEvent> caseHistory(const ProjectFile& project, const std::string& number);

} // namespace layers
