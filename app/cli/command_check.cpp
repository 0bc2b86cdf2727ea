#include "app/cli/commands.hpp"
#include "app/cli/input_arguments.hpp"
#include "app/cli/long_work.hpp"
#include "app/cli/messages.hpp"
#include "app/cli/today.hpp"
#include "app/report/check_job.hpp"
#include "layers/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace app {

namespace {

using layers::Role;

/// The command line as it came; toOptions() turns it into a job.
struct CheckArguments {
    std::map<Role, std::vector<std::string>> files;
    std::vector<std::string> crs;
    std::vector<std::string> encodings;
    PositionArguments positions;
    std::vector<std::string> mappings;
    std::vector<std::string> profiles;
    JoinArguments join;
    MaskArguments mask;
    KnownArguments known;
    std::string batch;
    std::string date;
    std::string rules;
    std::string settings;
    std::string folder;
    ProgressOptions progress;
    std::string format = "text";
    std::vector<std::string> only;
    std::vector<std::string> allowDrivers;
    int threads = 0;
    bool overwrite = false;
    bool allowIncompleteZones = false;
    bool quiet = false;
};

/// An option for a role that has no input would be ignored, and somebody thinks that it was not.
template <typename Values>
void refuseIdle(const CheckArguments& arguments, const char* option, const Values& values) {
    for (const auto& [role, value] : values) {
        const auto files = arguments.files.find(role);
        if (files == arguments.files.end() || files->second.empty()) {
            wrongUsage(std::string(option) + " " + std::string(layers::roleKey(role)) +
                       ": 没有给出该角色的图层 / no layer of that role is given");
        }
    }
}

/// A layer given twice would count everything in it twice.
void refuseRepeated(const CheckArguments& arguments) {
    for (const auto& [role, files] : arguments.files) {
        std::set<std::string> seen;
        for (const std::string& file : files) {
            const layers::LayerRef ref = layers::parseLayerRef(file);
            std::error_code ignored;
            if (!seen.insert(std::filesystem::weakly_canonical(ref.file, ignored).string() + ":" + ref.layer)
                     .second) {
                wrongUsage("“" + file + "”: 同一图层给了两次 / the same layer is given twice");
            }
        }
    }
}

bool hasControls(const std::string& text) {
    constexpr unsigned char kFirstPrintable = 0x20;
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < kFirstPrintable; });
}

CheckJobOptions toOptions(const CheckArguments& arguments) {
    refuseRepeated(arguments);
    CheckJobOptions options;
    for (const auto& [role, files] : arguments.files) {
        for (const std::string& file : files) {
            options.inputs[role].push_back(layers::parseLayerRef(file));
        }
    }
    options.crs = byRole(arguments.crs);
    options.encodings = byRole(arguments.encodings);
    options.positions = positionsByRole(arguments.positions);
    options.mappings = mappingsOf(arguments.mappings);
    refuseIdle(arguments, "--crs", options.crs);
    refuseIdle(arguments, "--encoding", options.encodings);
    refuseIdle(arguments, "--map", options.mappings);
    refuseIdle(arguments, "--datum, --plane, --crs-as-is, --gcj02, --bd09", options.positions);
    options.profiles = arguments.profiles;
    options.join = joinOf(arguments.join);
    if (!arguments.known.layer.empty()) {
        options.known = layers::parseLayerRef(arguments.known.layer);
        options.knownCrs = arguments.known.crs;
    }
    if (hasControls(arguments.batch)) {
        wrongUsage("--batch: 含换行等控制字符 / holds control characters");
    }
    options.batch = arguments.batch;
    options.today = today();
    if (!arguments.date.empty()) {
        options.date = layers::dayFromIso(arguments.date);
        if (!options.date) {
            wrongUsage("--date “" + arguments.date + "”: 应为存在的日期 / should be a real date, YYYY-MM-DD");
        }
    }
    if (!arguments.rules.empty()) {
        options.rules = arguments.rules;
    }
    if (!arguments.settings.empty()) {
        options.settings = arguments.settings;
    }
    if (!arguments.only.empty()) {
        options.outputs = outputsOf(arguments.only);
    }
    options.folder = arguments.folder;
    options.existing = arguments.overwrite ? layers::Existing::Overwrite : layers::Existing::Refuse;
    options.allowIncompleteZones = arguments.allowIncompleteZones;
    options.allowDrivers = arguments.allowDrivers;
    options.threads = arguments.threads;
    options.maskNeighbours = arguments.mask.connect;
    options.maskLeastAreaM2 = arguments.mask.minArea;
    return options;
}

int runCheckCommand(const CheckArguments& arguments) {
    const CheckJobOptions options = toOptions(arguments);
    LongWork work(arguments.progress, arguments.quiet);
    // Kept until the process ends: the system takes a large run's memory back at once, destructors take
    // seconds.
    static const CheckJobResult* kept = nullptr;
    kept = std::make_unique<CheckJobResult>(runCheckJob(options, work.progress())).release();
    const CheckJobResult& job = *kept;
    if (arguments.format == "json") {
        fmt::print("{}", job.runJson);
    } else if (!arguments.quiet) {
        fmt::print("{}", checkSummary(job));
    }
    if (!job.check.faults.empty()) {
        return kSumsDoNotClose;
    }
    return job.check.countOf(layers::Bucket::Rejected) > 0 ? kSomeRejected : kDone;
}

void addFiles(CLI::App& command, CheckArguments& arguments) {
    command
        .add_option(
            "changes", arguments.files[Role::Changes],
            "疑似问题图斑 change patches: FILE or FILE:LAYER ...; 或变化掩膜 or a change mask (GeoTIFF, "
            "FILE.tif or FILE.tif:BAND)")
        ->required();
    const auto add = [&](const char* name, Role role, const char* text) {
        command.add_option(name, arguments.files[role], text)->expected(1, -1);
    };
    add("--redline", Role::RedLine, "生态保护红线 red lines");
    add("--reserve", Role::Reserve, "自然保护地 protected natural areas");
    add("--water", Role::Water, "饮用水水源保护区 drinking-water source zones");
    add("--admin", Role::Admin, "县界 county outlines");
}

} // namespace

void addCheckCommand(CLI::App& program, int& status) {
    auto arguments = std::make_shared<CheckArguments>();
    CLI::App* command = program.add_subcommand(
        "check",
        "套合核查: 图斑 × 管控区 -> 核查清单 / check patches against zones and write the verification list");
    addFiles(*command, *arguments);
    command->add_option("--date", arguments->date,
                        "判定基准日(图斑无后时相时) date judged at where patches have none");
    command->add_option("--batch", arguments->batch, "监测批次 name of the batch");
    command->add_option("--rules", arguments->rules, "规则文件 rule set (YAML)");
    command->add_option("--profile", arguments->profiles, "导入方案 import profiles: name or file")
        ->take_all();
    command->add_option("--map", arguments->mappings, "ROLE.FIELD=SOURCE or ROLE.FIELD=const:VALUE")
        ->take_all();
    addJoin(*command, arguments->join);
    command->add_option("--crs", arguments->crs, "ROLE=EPSG:n, where a file names no coordinate system")
        ->take_all();
    command->add_option("--encoding", arguments->encodings, "ROLE=NAME, where a file names none")->take_all();
    addPositionsByRole(*command, arguments->positions);
    addKnown(*command, arguments->known);
    command->add_option("--settings", arguments->settings, "容差等设置 settings (YAML)");
    addMask(*command, arguments->mask);
    command->add_option("--threads", arguments->threads, "线程数 threads, 0: all")->check(CLI::Range(0, 256));
    addOnly(*command, arguments->only);
    command->add_option("--format", arguments->format, "text, or json: run.json on stdout")
        ->check(CLI::IsMember({"text", "json"}));
    addProgress(*command, arguments->progress);
    command->add_flag("--overwrite", arguments->overwrite, "覆盖已有结果 replace existing results");
    command
        ->add_option("--allow-driver", arguments->allowDrivers,
                     "另外允许的 GDAL 驱动 further GDAL driver that may open inputs (VRT, GML, ...)")
        ->take_all();
    command->add_flag(
        "--allow-incomplete-zones", arguments->allowIncompleteZones,
        "管控区要素不可用时继续 go on without zones that cannot be used (said on every output)");
    command->add_flag("--quiet", arguments->quiet, "只输出错误 errors only");
    command->add_option("--out", arguments->folder, "结果文件夹 folder for the results")->required();
    command->callback([arguments, &status] {
        const auto& files = arguments->files;
        if (files.at(Role::RedLine).empty() && files.at(Role::Reserve).empty() &&
            files.at(Role::Water).empty()) {
            wrongUsage(
                "至少给出一个管控区图层 / give at least one zone layer: --redline, --reserve, --water");
        }
        status = runCheckCommand(*arguments);
    });
}

} // namespace app
