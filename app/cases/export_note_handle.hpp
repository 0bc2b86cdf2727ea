#pragma once

// The event that every export leaves; included by app/cases/*.cpp only.

#include "app/cartography/imagery.hpp"
#include "layers/project/ledger_change.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace app {

[[nodiscard]] inline std::vector<std::string> namesOf(const std::vector<std::filesystem::path>& files) {
    std::vector<std::string> names;
    names.reserve(files.size());
    for (const std::filesystem::path& file : files) {
        names.push_back(file.filename().string());
    }
    return names;
}

/// Who exported what: facts, and the names of the files. Throws layers::Error.
inline void noteExport(layers::LedgerChange& change, const std::string& kind, nlohmann::ordered_json facts,
                       const std::vector<std::filesystem::path>& files) {
    facts["files"] = namesOf(files);
    change.record({kind, "", facts.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)});
}

/// Which image files an export drew, by name and identity, where it was given any.
inline void addImagery(nlohmann::ordered_json& facts, const Imagery* imagery) {
    if (imagery == nullptr) {
        return;
    }
    for (const auto& [key, side] :
         {std::pair{"before", ImageSide::Before}, std::pair{"after", ImageSide::After}}) {
        nlohmann::ordered_json files = nlohmann::ordered_json::array();
        for (const layers::RasterInfo& info : imagery->of(side)) {
            files.push_back({{"file", info.name}, {"identity", info.identity}});
        }
        facts["imagery"][key] = std::move(files);
    }
}

} // namespace app
