#include "app/cli/commands.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/layer_arguments.hpp"
#include "app/cli/long_work.hpp"
#include "app/cli/project_arguments.hpp"
#include "app/cli/stamp.hpp"
#include "layers/error.hpp"
#include "layers/project/zone_store.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace app {

namespace {

using layers::ZoneVersion;

struct ZonesArguments {
    ProjectOptions project;
    ProgressOptions progress;
    LayerArguments reading;
    std::string file;
    std::string role;
    std::string layer;
    std::string approval;
    std::string approved;
    std::string validFrom;
    std::string validTo;
    bool allowIncomplete = false;
    std::string version; ///< LAYER=NUMBER
};

Json toJson(const ZoneVersion& version) {
    return Json{{"layer", version.layer},
                {"version", version.number},
                {"role", layers::roleKey(version.role)},
                {"file", version.file},
                {"sha256", version.sha256},
                {"approval", version.approval},
                {"approved", version.approved},
                {"valid_from", version.validFrom},
                {"valid_to", version.validTo},
                {"features", version.features},
                {"complete", version.isComplete},
                {"added_at", version.added.at},
                {"added_by", version.added.who},
                {"withdrawn_at", version.withdrawnAt}};
}

void print(const ZoneVersion& version) {
    const auto orDots = [](const std::string& text) { return text.empty() ? std::string("…") : text; };
    fmt::print("{}={}  {}  {} 个要素 features  有效 in force {} – {}{}{}  {}\n", version.layer,
               version.number, layers::roleNameZh(version.role), version.features, orDots(version.validFrom),
               orDots(version.validTo), version.approval.empty() ? "" : "  " + version.approval,
               version.withdrawnAt.empty() ? "" : "  已撤回 withdrawn " + version.withdrawnAt, version.file);
}

/// A date of the command line: ISO, or nothing.
std::string isoOf(const char* option, const std::string& text) {
    if (!text.empty() && !layers::dayFromIso(text)) {
        wrongUsage(std::string(option) + " “" + text +
                   "”: 应为存在的日期 / should be a real date, YYYY-MM-DD");
    }
    return text;
}

/// One date for all zones of a layer, where the data agree on it and the command line says none.
std::string commonDay(const std::vector<layers::Zone>& zones, layers::DateText layers::Zone::*member) {
    std::string common;
    for (const layers::Zone& zone : zones) {
        const layers::DateText& date = zone.*member;
        const std::string day = date.first ? layers::isoFromDay(*date.first) : std::string();
        if (day.empty() || (!common.empty() && common != day)) {
            return {};
        }
        common = day;
    }
    return common;
}

std::string commonText(const std::vector<layers::Zone>& zones, std::string layers::Zone::*member) {
    const bool isCommon =
        !zones.empty() && std::all_of(zones.begin(), zones.end(), [&](const layers::Zone& zone) {
            return zone.*member == zones.front().*member;
        });
    return isCommon ? zones.front().*member : std::string();
}

template <typename Record>
layers::StoredSource sourceOf(layers::ReadResult<Record>& read) {
    return {std::move(read.report), std::move(read.problems), std::move(read.rejects)};
}

void printReading(const ZonesArguments& arguments, const ZoneVersion& version,
                  const layers::StoredSource& source) {
    if (arguments.project.isJson()) {
        Json json = toJson(version);
        json["problems"] = source.problems.size();
        printJson(json);
        return;
    }
    if (!arguments.project.quiet) {
        print(version);
        fmt::print("坐标系 {} ({})，编码 {} ({})，方案 {}；无效 {}，修复 {}，问题 {}\n", source.report.crs,
                   source.report.crsReason, source.report.encoding, source.report.encodingReason,
                   source.report.profile, source.report.invalid, source.report.repaired,
                   source.problems.size());
    }
}

int runAdd(const ZonesArguments& arguments) {
    const layers::Role role = *layers::roleFromKey(arguments.role);
    refuseOtherRoles(arguments.reading, role, "--role");
    const layers::LayerRef ref = layers::parseLayerRef(arguments.file);
    ZoneVersion version;
    version.role = role;
    version.layer = arguments.layer.empty() ? (ref.layer.empty() ? ref.file.stem().string() : ref.layer)
                                            : arguments.layer;
    version.approval = arguments.approval;
    version.approved = isoOf("--approved", arguments.approved);
    version.validFrom = isoOf("--valid-from", arguments.validFrom);
    version.validTo = isoOf("--valid-to", arguments.validTo);
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    LayerReading reading(arguments.reading, role, work.progress());
    reading.options().allowIncompleteZones = arguments.allowIncomplete;
    const layers::Stamp stamp = stampOf(arguments.project.who);
    layers::StoredSource source;
    if (role == layers::Role::Admin) {
        auto read = layers::readCounties(ref, reading.options(), work.progress());
        source = sourceOf(read);
        layers::LedgerChange change(project, stamp);
        layers::addCountyVersion(change, version, source, read.records);
        change.commit();
    } else {
        auto read = layers::readZones(ref, reading.options(), work.progress());
        const auto isLeftOut = [](const layers::Problem& p) {
            return p.kind == layers::ProblemKind::ZoneLeftOut;
        };
        version.isComplete = std::none_of(read.problems.begin(), read.problems.end(), isLeftOut);
        version.approval =
            version.approval.empty() ? commonText(read.records, &layers::Zone::approval) : version.approval;
        version.approved =
            version.approved.empty() ? commonDay(read.records, &layers::Zone::approved) : version.approved;
        for (const auto& [text, day] :
             {std::pair{&version.validFrom, commonDay(read.records, &layers::Zone::validFrom)},
              std::pair{&version.validTo, commonDay(read.records, &layers::Zone::validTo)}}) {
            *text = text->empty() ? day : *text;
        }
        version.validFrom = version.validFrom.empty() ? version.approved : version.validFrom;
        source = sourceOf(read);
        layers::LedgerChange change(project, stamp);
        layers::addZoneVersion(change, version, source, read.records);
        change.commit();
    }
    printReading(arguments, version, source);
    return kDone;
}

int runList(const ZonesArguments& arguments) {
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    Json list = Json::array();
    for (const ZoneVersion& version : layers::zoneVersions(project)) {
        if (arguments.project.isJson()) {
            list.push_back(toJson(version));
        } else {
            print(version);
        }
    }
    if (arguments.project.isJson()) {
        printJson(list);
    }
    return kDone;
}

ZoneVersion versionOf(const layers::ProjectFile& project, const std::string& text) {
    std::string known;
    for (ZoneVersion& version : layers::zoneVersions(project)) {
        const std::string name = fmt::format("{}={}", version.layer, version.number);
        if (name == text) {
            return std::move(version);
        }
        known += (known.empty() ? "" : ", ") + name;
    }
    throw layers::Error(
        "项目中没有管控区版本 “" + text +
        "”；已有 / the project has no such version; it has: " + (known.empty() ? "-" : known));
}

int runShow(const ZonesArguments& arguments) {
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    const ZoneVersion version = versionOf(project, arguments.version);
    const layers::StoredSource source = layers::readSource(project, version.source);
    Json json = toJson(version);
    Json zones = Json::array();
    if (version.role != layers::Role::Admin) {
        for (const layers::StoredZone& stored : layers::zonesOf(project, version.id)) {
            const layers::Zone& zone = stored.zone;
            zones.push_back(Json{{"name", zone.name},
                                 {"kind", layers::zoneKindCode(zone.kind)},
                                 {"class", zone.zoneClass},
                                 {"level", zone.level},
                                 {"vertices", zone.shape.vertexCount()}});
        }
    } else {
        for (const layers::County& county : layers::countiesOf(project, version.id)) {
            zones.push_back(
                Json{{"name", county.name}, {"code", county.code}, {"vertices", county.shape.vertexCount()}});
        }
    }
    if (arguments.project.isJson()) {
        json["zones"] = zones;
        printJson(json);
        return kDone;
    }
    print(version);
    for (const Json& zone : zones) {
        std::string line;
        for (const auto& [key, value] : zone.items()) {
            const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
            line += "  " + text;
        }
        fmt::print("{}\n", line);
    }
    for (const layers::Problem& problem : source.problems) {
        fmt::print("  {}: {} / {}\n", layers::severityKey(problem.severity), problem.textZh, problem.textEn);
    }
    return kDone;
}

int runRemove(const ZonesArguments& arguments) {
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    const ZoneVersion version = versionOf(project, arguments.version);
    layers::LedgerChange change(project, stampOf(arguments.project.who));
    const bool isGone = layers::removeZoneVersion(change, version);
    change.commit();
    if (arguments.project.isJson()) {
        printJson(Json{{"layer", version.layer},
                       {"version", version.number},
                       {"removed", isGone},
                       {"withdrawn", !isGone}});
    } else if (!arguments.project.quiet) {
        fmt::print("{}={} {}\n", version.layer, version.number,
                   isGone
                       ? "已删除 removed"
                       : "已撤回：有运行用过，数据保留供复算 / withdrawn: runs used it, it is kept for them");
    }
    return kDone;
}

} // namespace

void addZonesCommand(CLI::App& program, int& status) {
    CLI::App* zones = program.add_subcommand(
        "zones", "管控区及其版本 zone layers and their versions: add, list, show, remove");
    zones->require_subcommand(1);
    const auto verb = [&](const char* name, const char* text, int (*run)(const ZonesArguments&)) {
        auto arguments = std::make_shared<ZonesArguments>();
        CLI::App* command = zones->add_subcommand(name, text);
        addProjectOptions(*command, arguments->project);
        command->callback([arguments, run, &status] { status = run(*arguments); });
        return std::pair(command, arguments);
    };
    const auto [add, given] = verb(
        "add", "导入图层；同名图层再次导入即为新版本 / read a layer; the same one again is its next version",
        runAdd);
    add->add_option("file", given->file, "图层 layer: FILE or FILE:LAYER")->required();
    add->add_option("--role", given->role, "redline, reserve, water or admin")
        ->required()
        ->check(CLI::IsMember({"redline", "reserve", "water", "admin"}));
    add->add_option("--layer", given->layer,
                    "在项目中的图层名 its name in the project (default: the file's)");
    add->add_option("--approval", given->approval, "批复文号 approval number");
    add->add_option("--approved", given->approved, "批复日期 approval date");
    add->add_option("--valid-from", given->validFrom,
                    "生效日期 first day in force (default: the data's, or the approval date)");
    add->add_option("--valid-to", given->validTo,
                    "失效日期 last day in force (default: until the next version)");
    add->add_flag("--allow-incomplete-zones", given->allowIncomplete,
                  "管控区要素不可用时继续 go on without zones that cannot be used (said on every output)");
    addLayerOptions(*add, given->reading, LayerKind::Zones);
    addProgress(*add, given->progress);
    addWho(*add, given->project);
    verb("list", "列出版本 / list the versions", runList);
    const auto [show, shown] =
        verb("show", "一个版本的要素与问题 / features and problems of a version", runShow);
    const auto [remove, removed] = verb(
        "remove", "删除版本；用过的只撤回 / remove a version; one that was used is withdrawn", runRemove);
    for (const auto& [command, arguments] : {std::pair{show, shown}, std::pair{remove, removed}}) {
        command->add_option("version", arguments->version, "LAYER=NUMBER, e.g. 生态保护红线=2")->required();
    }
    addWho(*remove, removed->project);
}

} // namespace app
