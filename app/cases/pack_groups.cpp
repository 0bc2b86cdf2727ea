#include "app/cases/pack_groups.hpp"

#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/report/county_folder.hpp"

#include <fmt/format.h>

namespace app {

namespace {

bool isSentOut(const CaseLife& life, const layers::CaseRecord& record) {
    const CaseStatus* status = life.status(record.status);
    return status != nullptr && status->phase == CasePhase::Field && !status->isClosed;
}

std::string countyTitle(const CheckResult& result, std::size_t patch) {
    const std::string name = countyWords(result, mainCounty(result.results[patch])).name;
    return name.empty() ? "县(市)未知" : name;
}

} // namespace

PackGroups packGroups(const CurrentList& list, const CaseLife& life, PackBy by, PackCases which,
                      const std::string& batchCode, const std::string& suffix) {
    PackGroups groups;
    std::map<std::string, FieldPack> packs; // by code or team
    for (std::size_t n = 0; n < list.cases.size(); ++n) {
        const layers::CaseRecord& record = list.cases[n];
        if (which == PackCases::SentOut && !isSentOut(life, record)) {
            ++groups.leftOut[record.status];
            continue;
        }
        const auto patch = static_cast<std::size_t>(list.result.listed[n]);
        const std::string code = countyFileCode(list.result, patch);
        FieldPack& pack = packs[by == PackBy::County ? code : record.team];
        if (pack.cases.empty() && by == PackBy::County) {
            pack.code = code;
            pack.stem = code;
            pack.title = countyTitle(list.result, patch);
        } else if (pack.cases.empty()) {
            pack.title = record.team.empty() ? "未分组" : record.team;
        }
        pack.cases.push_back({n, record.status, record.team});
    }
    // Names of teams are people's words and no names of files: teams are numbered in the order of their
    // names, 00 are the cases without one.
    int number = packs.contains("") ? 0 : 1;
    for (auto& [key, pack] : packs) {
        if (by == PackBy::Team) {
            pack.stem = fmt::format("team{:02}", number++);
        }
        pack.name = fmt::format("pack_{}_{}{}", batchCode, pack.stem, suffix);
        groups.packs.push_back(std::move(pack));
    }
    return groups;
}

} // namespace app
