#pragma once

#include "geo/shape.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace tests {

/// What a case of a made-up ledger says.
struct LedgerCase {
    std::string number;
    std::string status;
    std::string conclusion;
};

/// Writes batches, patches and cases straight into a project file, without readers, runs and events: for
/// tests and benchmarks of what reads them. All of one maker is one transaction, kept by finish().
class LedgerMaker {
  public:
    /// The project must be there (layers::ProjectFile::create).
    explicit LedgerMaker(const std::filesystem::path& project);
    ~LedgerMaker();
    LedgerMaker(const LedgerMaker&) = delete;
    LedgerMaker& operator=(const LedgerMaker&) = delete;

    /// Batches get the numbers 1, 2, 3 … of their order.
    std::int64_t addBatch(const std::string& code);
    /// A patch of the batch added last; returns its row. An empty shape gives a row without geometry.
    /// @param change as layers::changeKey has it
    std::int64_t addPatch(const std::string& patchId, const geo::Shape& shape,
                          const std::string& change = "new");
    /// A run of a batch that lists these patches (rows) and finds all others clear; returns its row.
    std::int64_t addRun(std::int64_t batch, std::span<const std::int64_t> listed);
    /// A case of the batch added last, as a run of it made it.
    void addCase(std::int64_t patch, const LedgerCase& facts);
    /// Any statement, to break things.
    void execute(const std::string& sql);
    void finish();

  private:
    struct Statements;
    std::unique_ptr<Statements> m_statements;
};

} // namespace tests
