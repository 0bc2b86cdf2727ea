#pragma once

#include "layers/archive.hpp"
#include "tests/support/project_story.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tests {

/// A project whose second batch (areas, lines and points) is sent out, and its field packs.
class PackStory : public ProjectStory {
  public:
    static constexpr int kCases = 109;
    static constexpr const char* kBatch = "2026B2";

    PackStory() = default;
    void sendOut() const {
        addZones();
        addBatch2();
        newRun(kBatch);
        run({"judge"}, "case", {"--batch", kBatch, "--verdict", "1"});
        run({"step"}, "case", {"--status", "待下发", "--to", "已下发"});
    }
    [[nodiscard]] Json pack(const std::filesystem::path& out, const std::vector<std::string>& more = {},
                            int status = 0) const {
        std::vector<std::string> arguments{"--batch", kBatch, "--out", out.string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run({"pack"}, "export", arguments, {status});
    }
    /// Unpacks an archive into a folder of its own beside it, and returns the folder.
    static std::filesystem::path unpack(const std::filesystem::path& archive) {
        std::filesystem::path folder = archive;
        folder.replace_extension();
        std::filesystem::create_directories(folder);
        layers::unpackMembers(archive, folder, [](const layers::ArchiveMember& member) {
            return std::filesystem::path(member.name);
        });
        return folder;
    }
    static Json manifest(const std::filesystem::path& folder) {
        return Json::parse(fileText(folder / "manifest.json"));
    }
};

/// Changes a GeoPackage's rows as plain SQLite can: the triggers of its R-tree call functions that it lacks.
inline void editGeoPackage(const std::filesystem::path& file, const std::vector<std::string>& statements) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    std::vector<std::string> triggers;
    SQLite::Statement rows(database, "SELECT name FROM sqlite_master WHERE type = 'trigger'");
    while (rows.executeStep()) {
        triggers.push_back(rows.getColumn(0).getString());
    }
    rows.reset();
    for (const std::string& name : triggers) {
        database.exec("DROP TRIGGER \"" + name + "\"");
    }
    for (const std::string& statement : statements) {
        database.exec(statement);
    }
}

} // namespace tests
