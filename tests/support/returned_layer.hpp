#pragma once

#include "tests/support/project_story.hpp"

#include <cstdlib>

namespace tests {

/// A county's field Shapefile as it comes back: copied with its export.json into a folder of its own and made
/// a GeoPackage by ogr2ogr, in which a test then edits as a field app would.
class ReturnedLayer {
  public:
    ReturnedLayer(const std::filesystem::path& field, const std::filesystem::path& folder,
                  const std::string& county)
        : m_file(folder / "外业.gpkg") {
        std::filesystem::create_directories(folder);
        std::filesystem::copy_file(field / "export.json", folder / "export.json");
        const std::string command = "ogr2ogr -nln back '" + m_file.string() + "' '" +
                                    (field / (county + "_patches.shp")).string() + "'";
        EXPECT_EQ(std::system(command.c_str()), 0) << command;
        // The triggers of its R-tree call functions that plain SQLite lacks; no geometry is edited.
        SQLite::Database database(m_file.string(), SQLite::OPEN_READWRITE);
        std::vector<std::string> triggers;
        SQLite::Statement rows(database, "SELECT name FROM sqlite_master WHERE type = 'trigger'");
        while (rows.executeStep()) {
            triggers.push_back(rows.getColumn(0).getString());
        }
        for (const std::string& name : triggers) {
            database.exec("DROP TRIGGER \"" + name + "\"");
        }
    }
    void edit(const std::string& sql) const {
        SQLite::Database(m_file.string(), SQLite::OPEN_READWRITE).exec("UPDATE back SET " + sql);
    }
    [[nodiscard]] std::string file() const { return m_file.string(); }

  private:
    std::filesystem::path m_file;
};

} // namespace tests
