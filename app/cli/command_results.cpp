#include "app/cli/command_results.hpp"

#include "app/check/rounding.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/input_arguments.hpp"
#include "app/cli/json_handle.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <tuple>

namespace app {

namespace {

using layers::Role;

ResultsExportRequest requestOf(const ResultsArguments& arguments) {
    ResultsExportRequest request;
    request.results = arguments.project.file;
    request.cases = arguments.cases;
    for (const auto& [role, files] : arguments.outlines.files) {
        for (const std::string& file : files) {
            request.outlines.inputs[role].push_back(layers::parseLayerRef(file));
        }
    }
    request.outlines.crs = byRole(arguments.outlines.crs);
    request.outlines.encodings = byRole(arguments.outlines.encodings);
    request.outlines.mappings = mappingsOf(arguments.outlines.mappings);
    request.outlines.profiles = arguments.outlines.profiles;
    request.outlines.allowIncompleteZones = true; // outlines to draw: the check has judged them
    request.outlines.threads = arguments.threads;
    giveTarget(request, arguments);
    return request;
}

Json namesJson(const std::vector<std::filesystem::path>& files) {
    Json names = Json::array();
    for (const std::filesystem::path& file : files) {
        names.push_back(file.string());
    }
    return names;
}

} // namespace

bool OutlineArguments::isEmpty() const {
    return std::all_of(files.begin(), files.end(), [](const auto& role) { return role.second.empty(); }) &&
           crs.empty() && encodings.empty() && mappings.empty() && profiles.empty();
}

void addOutlineOptions(CLI::App& command, OutlineArguments& outlines) {
    const std::string what = "结果文件的套合图用的轮廓，可多个 outlines for maps out of results.gpkg: ";
    for (const auto& [name, role, layer] : {std::tuple{"--redline", Role::RedLine, "生态保护红线 red lines"},
                                            std::tuple{"--reserve", Role::Reserve, "自然保护地 reserves"},
                                            std::tuple{"--water", Role::Water, "水源保护区 water sources"},
                                            std::tuple{"--admin", Role::Admin, "县界 counties"}}) {
        command.add_option(name, outlines.files[role], what + layer + ", FILE[:LAYER]")
            ->allow_extra_args(false);
    }
    command.add_option("--crs", outlines.crs, "ROLE=EPSG:n, 轮廓文件没有坐标系时 as in check")
        ->allow_extra_args(false);
    command.add_option("--encoding", outlines.encodings, "ROLE=NAME, as in check")->allow_extra_args(false);
    command.add_option("--map", outlines.mappings, "ROLE.FIELD=SOURCE, as in check")->allow_extra_args(false);
    command.add_option("--profile", outlines.profiles, "导入方案 import profile, as in check")
        ->allow_extra_args(false);
}

void addTargetOptions(CLI::App& command, ResultsArguments& arguments) {
    command.add_option("--out", arguments.folder, "结果文件夹 folder for the results")->required();
    command.add_option("--template", arguments.sheet,
                       "任务单模板(YAML)，缺省用内置 the sheets' template, default: the shipped one");
    command.add_option("--threads", arguments.threads, "线程数 threads, 0: all")->check(CLI::Range(0, 256));
    command.add_flag("--overwrite", arguments.overwrite, "覆盖已有结果 replace existing results");
    addProgress(command, arguments.progress);
    addWho(command, arguments.project);
}

void tellLost(const std::vector<std::string>& lost) {
    if (!lost.empty()) { // told also to those who want errors only
        fmt::print(stderr, "字体缺字，印作“〓”：{} / the fonts lack these characters, printed as 〓\n",
                   fmt::join(lost, " "));
    }
}

Json sheetsJson(const SheetExport& exported, const SheetTemplate& sheet) {
    Json files = Json::array();
    for (std::size_t i = 0; i < exported.sheets.size(); ++i) {
        const SheetFile& file = exported.sheets[i];
        files.push_back(Json{{"file", exported.files[i].string()},
                             {"county", file.county},
                             {"sheets", file.sheets},
                             {"cover_pages", file.coverPages},
                             {"pages", file.pages}});
    }
    return Json{{"cases", exported.cases},
                {"pages", exported.pages},
                {"made", exported.counts.made},
                {"reused", exported.counts.reused},
                {"resumed", exported.counts.resumed},
                {"template", sheet.name},
                {"template_sha256", sheet.sha256},
                {"lost_characters", exported.lost},
                {"files", files}};
}

void printSheetFiles(const SheetExport& exported, const std::string& folder) {
    const SheetCounts& counts = exported.counts;
    fmt::print("任务单 {0} 单 {1} 页，已写出到 {2} / task sheets written there\n"
               "新制 {3} / 沿用 {4}{5} (drawn, kept from the last export{6})\n",
               exported.cases, exported.pages, folder, counts.made, counts.reused,
               counts.resumed > 0 ? fmt::format(" / 续用 {}", counts.resumed) : "",
               counts.resumed > 0 ? ", taken over from a stopped one" : "");
    for (const SheetFile& sheet : exported.sheets) {
        fmt::print("  {}\t{} 单\t{} 页\n", sheet.file, sheet.sheets, sheet.pages);
    }
}

void tellAreas(const AreaExport& exported, const ProjectOptions& options, const std::string& folder) {
    if (options.isJson()) {
        Json files = Json::array();
        for (const AreaFile& file : exported.files) {
            files.push_back(Json{{"case", file.number},
                                 {"file", file.file.string()},
                                 {"pages", file.pages},
                                 {"vertices", file.vertices},
                                 {"area_ha", hectaresOf(file.printedM2)}});
        }
        printJson(Json{{"files", files}, {"lost_characters", exported.lost}});
        return;
    }
    tellLost({exported.lost.begin(), exported.lost.end()});
    if (options.quiet) {
        return;
    }
    fmt::print("面积计算书 {} 份，已写出到 {} / area statements written there\n", exported.files.size(),
               folder);
    for (const AreaFile& file : exported.files) {
        fmt::print("  {}\t{} 页\t{} 点\t{:.4f} 公顷\n", file.file.filename().string(), file.pages,
                   file.vertices, hectaresOf(file.printedM2));
    }
}

int runResultsSheets(const ResultsArguments& arguments) {
    ResultsExportRequest request = requestOf(arguments);
    const std::optional<Imagery> imagery = imageryOf(arguments.images);
    giveImages(request, imagery);
    LongWork work(arguments.progress, arguments.project.quiet);
    const ResultsSheets exported = exportResultsSheets(request, work.progress());
    if (arguments.project.isJson()) {
        Json json{{"results", request.results.string()},
                  {"changed_outlines", exported.changed},
                  {"zones_without_outline", exported.zonesWithoutOutline}};
        json.update(sheetsJson(exported.sheets, request.sheet));
        if (imagery) {
            json["imagery"] = imageryJson(*imagery);
        }
        printJson(json);
    } else {
        tellLost(exported.sheets.lost);
        if (!arguments.project.quiet) {
            printSheetFiles(exported.sheets,
                            (std::filesystem::path(arguments.folder) / request.sheet.name).string());
        }
    }
    if (!exported.changed.empty()) {
        fmt::print(
            stderr,
            "轮廓文件与核查时的不是同一个(sha256 不同)，图上轮廓可能与所印数字不符：{} / not the bytes that "
            "the check read: outlines may differ from the figures\n",
            fmt::join(exported.changed, ", "));
    }
    if (exported.zonesWithoutOutline > 0 && !arguments.project.quiet) {
        fmt::print(stderr,
                   "{} 个管控区没有轮廓，图上仅示图斑内部分；用 --redline --reserve --water --admin "
                   "给出核查时的文件 / "
                   "zones without an outline: maps show the parts inside patches\n",
                   exported.zonesWithoutOutline);
    }
    return kDone;
}

int runResultsAreas(const ResultsArguments& arguments) {
    const ResultsExportRequest request = requestOf(arguments);
    LongWork work(arguments.progress, arguments.project.quiet);
    tellAreas(exportResultsAreas(request, work.progress()), arguments.project, arguments.folder);
    return kDone;
}

int runResultsSummary(const ResultsArguments& arguments) {
    const ResultsExportRequest request = requestOf(arguments);
    LongWork work(arguments.progress, arguments.project.quiet);
    const ResultsSummary exported = exportResultsSummary(request, work.progress());
    if (arguments.project.isJson()) {
        printJson(Json{{"results", request.results.string()},
                       {"pdf_pages", exported.pdf.pages},
                       {"pdf_faults", exported.faults},
                       {"lost_characters", exported.lost},
                       {"files", namesJson(exported.files)}});
    } else if (!arguments.project.quiet) {
        fmt::print("汇总表 {} 页，已写出到 {} / pages written there\n", exported.pdf.pages, arguments.folder);
    }
    tellLost({exported.lost.begin(), exported.lost.end()});
    for (const std::string& fault : exported.faults) {
        fmt::print(stderr, "汇总表.pdf：{} / the PDF is invalid\n", fault);
    }
    return exported.faults.empty() ? kDone : kSumsDoNotClose;
}

} // namespace app
