#pragma once

#include "app/cases/list_export.hpp"
#include "layers/project/export_store.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace app {

/// The key of an export: over everything that its rows (positions in result.listed) say, so that the same
/// rows have the same key. @param what the batch's code, or another name of what went out
[[nodiscard]] std::string exportKeyOf(const std::string& what, const CheckResult& result,
                                      const std::vector<std::size_t>& rows);

/// What the ledger keeps of the rows: the base that a return is compared with.
[[nodiscard]] std::vector<layers::IssuedRow> issuedRows(const CurrentList& list,
                                                        const std::vector<std::size_t>& rows);

/// All rows of a list.
[[nodiscard]] std::vector<std::size_t> allRows(const CheckResult& result);

} // namespace app
