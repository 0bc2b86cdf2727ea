// The floors of the house (docs/architecture.md): reads the includes of every file and names file and line of
// a breach.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>

namespace {

namespace fs = std::filesystem;

struct Floor {
    const char* folder;
    std::vector<std::string> own;       ///< prefixes of our own headers that may be included
    std::vector<std::string> forbidden; ///< outside libraries that have no home here
};

const std::vector<std::string> kQt{"Q[A-Z]", "Qt"};
const std::vector<std::string> kSql{"sqlite", "SQLiteCpp", "spatialite"};
const std::vector<std::string> kOgr{"gdal", "ogr", "cpl_"};
const std::vector<std::string> kEngine{"geos", "proj", "tbb", "oneapi"};
const std::vector<std::string> kPaper{"cairo", "pango", "glib", "qrencode", "qpdf", "hb", "ft2build"};

std::vector<std::string> all(std::initializer_list<std::vector<std::string>> lists) {
    std::vector<std::string> joined;
    for (const auto& list : lists) {
        joined.insert(joined.end(), list.begin(), list.end());
    }
    return joined;
}

const std::vector<Floor>& floors() {
    static const std::vector<Floor> kFloors{
        {"geo", {"geo/"}, all({kQt, kSql, kOgr, kPaper, {"nlohmann", "yaml", "xlsxwriter", "CLI", "fmt"}})},
        {"layers", {"geo/", "layers/"}, all({kQt, kEngine, kPaper, {"xlsxwriter", "CLI"}})},
        {"app/check",
         {"geo/", "layers/", "app/check/"},
         all({kQt, kSql, kOgr, kEngine, kPaper, {"xlsxwriter", "CLI"}})},
        {"app/report",
         {"geo/", "layers/", "app/check/", "app/report/"},
         all({kQt, kSql, kOgr, kEngine, kPaper, {"CLI"}})},
        {"app/cartography",
         {"geo/", "layers/", "app/check/", "app/report/", "app/cartography/"},
         all({kQt, kSql, kOgr, kEngine, {"CLI", "xlsxwriter"}})},
        {"app/cases",
         {"geo/", "layers/", "app/check/", "app/report/", "app/cartography/", "app/cases/"},
         all({kQt, kSql, kOgr, kEngine, kPaper, {"CLI", "xlsxwriter"}})},
        {"app/cli", {"geo/", "layers/", "app/"}, all({kQt, kSql, kOgr, kEngine, kPaper, {"xlsxwriter"}})},
    };
    return kFloors;
}

bool startsWithOneOf(const std::string& header, const std::vector<std::string>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(), [&](const std::string& prefix) {
        return std::regex_search(header, std::regex("^" + prefix));
    });
}

/// Breaches of one file as "file:line: why".
std::vector<std::string> breachesOf(const fs::path& file, const Floor& floor) {
    static const std::regex kInclude(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::vector<std::string> breaches;
    std::ifstream in(file);
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        std::smatch match;
        if (!std::regex_search(line, match, kInclude)) {
            continue;
        }
        const std::string header = match[2];
        const bool isOurs = match[1] == "\"";
        const bool allowed =
            isOurs ? startsWithOneOf(header, floor.own) : !startsWithOneOf(header, floor.forbidden);
        if (!allowed) {
            breaches.push_back(file.string() + ":" + std::to_string(number) + ": " + floor.folder +
                               " may not include " + header);
        }
    }
    return breaches;
}

std::vector<fs::path> sourcesOf(const Floor& floor) {
    std::vector<fs::path> sources;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOURCE_ROOT) / floor.folder)) {
        const std::string extension = entry.path().extension().string();
        if (extension == ".hpp" || extension == ".cpp") {
            sources.push_back(entry.path());
        }
    }
    return sources;
}

TEST(Floors, NothingPointsBack) {
    for (const Floor& floor : floors()) {
        const std::vector<fs::path> sources = sourcesOf(floor);
        EXPECT_FALSE(sources.empty()) << floor.folder;
        for (const fs::path& source : sources) {
            for (const std::string& breach : breachesOf(source, floor)) {
                ADD_FAILURE() << breach;
            }
        }
    }
}

TEST(Floors, PublicHeadersShowNoOutsideLibrary) {
    const std::vector<std::string> outside =
        all({kSql, kOgr, kEngine, kPaper, {"nlohmann", "yaml", "xlsxwriter", "fmt", "spdlog", "CLI"}});
    for (const Floor& floor : floors()) {
        for (const fs::path& source : sourcesOf(floor)) {
            const bool isHandle =
                source.string().ends_with("_handle.hpp"); // included by one floor's sources only
            if (source.extension() != ".hpp" || isHandle) {
                continue;
            }
            for (const std::string& breach :
                 breachesOf(source, {floor.folder, {"geo/", "layers/", "app/"}, outside})) {
                ADD_FAILURE() << breach;
            }
        }
    }
}

TEST(Floors, ABreachIsSeen) {
    const fs::path file = fs::temp_directory_path() / "ecoredline_floor_breach.hpp";
    std::ofstream(file) << "#pragma once\n#include \"app/check/rules.hpp\"\n#include <gdal.h>\n";
    const std::vector<std::string> breaches = breachesOf(file, floors().front());
    fs::remove(file);
    ASSERT_EQ(breaches.size(), 2U);
    EXPECT_NE(breaches[0].find(":2:"), std::string::npos);
    EXPECT_NE(breaches[1].find(":3:"), std::string::npos);
}

} // namespace
