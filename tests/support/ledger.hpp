#pragma once

#include "layers/project/case_store.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tests {

/// A project with batches, patches and runs as rows, without files to read them from.
class Ledger {
  public:
    /// Makes the project.
    explicit Ledger(std::filesystem::path file);

    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }

    /// A batch of patches with the received ids "P-<first>", "P-<first+1>" …; returns its row.
    [[nodiscard]] layers::CaseBatch addBatch(const std::string& code, int patches) const;
    /// A run of the batch that lists these of its patches (0, 1, 2 …) and holds their cases; returns the
    /// numbers.
    [[nodiscard]] std::vector<std::string> run(const layers::CaseBatch& batch,
                                               const std::vector<int>& listed) const;
    /// What such a run says of the patch in this place: county and kind by turns.
    [[nodiscard]] static layers::ListedPatch listedPatch(int place);

    [[nodiscard]] layers::CaseRecord readCase(const std::string& number) const;
    /// Edits the file behind the program's back.
    void edit(const std::string& sql) const;

  private:
    std::filesystem::path m_file;
};

inline const layers::Stamp kStamp{"2026-11-24T08:00:00+08:00", "核查员"};

} // namespace tests
