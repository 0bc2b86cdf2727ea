#pragma once

#include "app/cases/results_export.hpp"
#include "app/cli/image_arguments.hpp"
#include "app/cli/long_work.hpp"
#include "app/cli/project_arguments.hpp"

namespace app {

/// Files of zones and counties for the maps of sheets out of results.gpkg.
struct OutlineArguments {
    std::map<layers::Role, std::vector<std::string>> files;
    std::vector<std::string> crs;
    std::vector<std::string> encodings;
    std::vector<std::string> mappings;
    std::vector<std::string> profiles;
    [[nodiscard]] bool isEmpty() const;
};
/// --redline, --reserve, --water, --admin, --crs, --encoding, --map, --profile.
void addOutlineOptions(CLI::App& command, OutlineArguments& outlines);

/// What `export sheets|area|summary` says of papers out of a results.gpkg in place of a project.
struct ResultsArguments {
    ProjectOptions project; ///< file: the results.gpkg
    ProgressOptions progress;
    OutlineArguments outlines;
    ImageArguments images; ///< of task sheets
    std::vector<std::string> cases;
    std::string folder;
    std::string sheet; ///< --template
    int threads = 0;
    bool overwrite = false;
};
/// --out, --template, --threads, --overwrite, --progress, --who.
void addTargetOptions(CLI::App& command, ResultsArguments& arguments);
int runResultsSheets(const ResultsArguments& arguments);
int runResultsAreas(const ResultsArguments& arguments);
int runResultsSummary(const ResultsArguments& arguments);

/// Gives a request for papers what is said of their folder and template.
template <typename Request>
void giveTarget(Request& request, const ResultsArguments& arguments) {
    request.folder = arguments.folder;
    request.threads = arguments.threads;
    request.existing = arguments.overwrite ? layers::Existing::Overwrite : layers::Existing::Refuse;
    request.sheet = loadSheetTemplate(arguments.sheet);
    if (!arguments.sheet.empty()) {
        request.inputs = {arguments.sheet};
    }
}

/// Gives a request for task sheets the images that they show. They must outlive it.
template <typename Request>
void giveImages(Request& request, const std::optional<Imagery>& imagery) {
    if (imagery) {
        request.imagery = &*imagery;
        request.sheet.showsImagery = true;
        const std::vector<std::filesystem::path> files = filesOf(*imagery);
        request.inputs.insert(request.inputs.end(), files.begin(), files.end());
    }
}

/// The statements of `export area`, as JSON or text.
void tellAreas(const AreaExport& exported, const ProjectOptions& options, const std::string& folder);
/// Characters that no font has, on stderr, also for those who want errors only.
void tellLost(const std::vector<std::string>& lost);
/// What `export sheets` wrote, drew and kept, as JSON.
[[nodiscard]] Json sheetsJson(const SheetExport& exported, const SheetTemplate& sheet);
/// How many sheets `export sheets` wrote, drew and kept, and its files.
void printSheetFiles(const SheetExport& exported, const std::string& folder);

} // namespace app
