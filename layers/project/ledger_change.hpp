#pragma once

#include "layers/project/project_file.hpp"

#include <memory>
#include <string>

namespace layers {

/// What an event says; `content` is a JSON object.
struct EventText {
    std::string kind;       ///< "zones_added", "case_set", ...
    std::string caseNumber; ///< empty where it concerns no single case
    std::string content;
};

/// One change of the ledger: a transaction that holds the write lock from its first line, so that what was
/// read in it is still true when it is written. All that happens in it, and the events that tell of it, are
/// there after commit() or not at all.
class LedgerChange {
  public:
    /// Waits for other writers, at most 10 seconds. Throws layers::Error.
    LedgerChange(ProjectFile& project, Stamp stamp);
    ~LedgerChange(); ///< takes back what was not committed
    LedgerChange(const LedgerChange&) = delete;
    LedgerChange& operator=(const LedgerChange&) = delete;

    /// Appends an event to the chain; returns its number.
    std::int64_t record(const EventText& text);
    /// A row of project_info.
    void setInfo(const std::string& key, const std::string& value);
    /// Throws layers::Error when no event was recorded: what changes the ledger stands in the log.
    void commit();

    [[nodiscard]] ProjectFile& project() const { return m_project; }
    [[nodiscard]] const Stamp& stamp() const { return m_stamp; }

  private:
    struct Transaction;

    ProjectFile& m_project;
    Stamp m_stamp;
    std::unique_ptr<Transaction> m_transaction;
    int m_events = 0;
};

} // namespace layers
