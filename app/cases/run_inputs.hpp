#pragma once

#include "app/check/check_run.hpp"
#include "layers/project/run_store.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// What stands for the shipped rules where a file is asked for.
inline constexpr const char* kShippedRules = "default";
/// A rule set whole, as a run keeps it: of a file, or kShippedRules. Throws layers::Error that lists every
/// fault of the file.
[[nodiscard]] layers::StoredRules storedRules(const std::filesystem::path& file);

/// What somebody asks of a run over a batch of a project.
struct RunRequest {
    std::string batch;               ///< code or name
    std::optional<layers::Day> date; ///< --date: 判定基准日 of patches without a later image date
    layers::Day today = 0;           ///< whose law is today's
    std::optional<std::filesystem::path> rules;
    std::optional<std::filesystem::path> settings;
    std::map<std::string, int> zoneVersions; ///< layer -> version, in place of the one in force
    std::optional<layers::Day> zonesAt;      ///< the versions in force on this day, for all patches
    int threads = 0;
};

/// What the request comes to: the batch, the rules whole, and for each zone layer the versions in force on
/// the days of judgement of the batch's patches. Throws layers::Error.
[[nodiscard]] layers::RunSetup setupOf(const layers::ProjectFile& project, const RunRequest& request);

/// A setup's inputs out of the project, and the project's ids of what is in them.
struct RunInputs {
    CheckInput check;
    std::vector<std::int64_t> patches; ///< project ids, slot by slot with check.patches
    std::vector<std::int64_t> zones;   ///< project ids, slot by slot with check.zones
    std::size_t readingProblems = 0;   ///< of check.problems the first ones, which the project keeps already
};
/// Reads all that the setup names; the same for the first run and every repetition. Throws layers::Error.
[[nodiscard]] RunInputs inputsOf(const layers::ProjectFile& project, const layers::RunSetup& setup);

} // namespace app
