#pragma once

#include "app/cases/case_life.hpp"
#include "app/cases/list_export.hpp"
#include "app/report/field_pack.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace app {

/// Who gets a pack of their own.
enum class PackBy { County, Team };
/// Which cases of the list go into packs.
enum class PackCases {
    SentOut, ///< in a status of the field that is not closed
    All,
};

/// The cases of a list in packs, without what is written of them yet.
struct PackGroups {
    std::vector<FieldPack> packs; ///< by county code, or by the team's name; cases in the list's order
    std::map<std::string, std::int64_t> leftOut; ///< cases of the list that no pack holds, by status
};
/// Every case of the list is in just one pack or counted as left out. @param suffix of the packs' names
[[nodiscard]] PackGroups packGroups(const CurrentList& list, const CaseLife& life, PackBy by, PackCases which,
                                    const std::string& batchCode, const std::string& suffix);

} // namespace app
