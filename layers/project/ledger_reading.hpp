#pragma once

#include "layers/project/project_file.hpp"

#include <memory>

namespace layers {

/// The ledger as it is at one moment: all that is read of the project while this lives is of the same state,
/// whatever others write meanwhile. No LedgerChange of the same project may begin before it goes.
class LedgerReading {
  public:
    /// Throws layers::Error.
    explicit LedgerReading(const ProjectFile& project);
    ~LedgerReading();
    LedgerReading(const LedgerReading&) = delete;
    LedgerReading& operator=(const LedgerReading&) = delete;

  private:
    struct Transaction;
    std::unique_ptr<Transaction> m_transaction;
};

} // namespace layers
