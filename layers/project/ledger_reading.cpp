#include "layers/project/ledger_reading.hpp"

#include "layers/project/project_handle.hpp"

namespace layers {

struct LedgerReading::Transaction {
    explicit Transaction(SQLite::Database& database)
        : transaction(database, SQLite::TransactionBehavior::DEFERRED) {
        // The state is that of the first row that is read.
        static_cast<void>(database.execAndGet("SELECT count(*) FROM project_info"));
    }
    SQLite::Transaction transaction;
};

LedgerReading::LedgerReading(const ProjectFile& project)
    : m_transaction(project::guarded(
          project, [](SQLite::Database& database) { return std::make_unique<Transaction>(database); })) {}

LedgerReading::~LedgerReading() = default;

} // namespace layers
