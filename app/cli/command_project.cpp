#include "app/cases/project_configuration.hpp"
#include "app/cases/project_styles.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/project_arguments.hpp"
#include "app/cli/stamp.hpp"
#include "layers/project/project_check.hpp"
#include "layers/project/project_counts.hpp"

#include <CLI/CLI.hpp>

namespace app {

namespace {

struct ProjectArguments {
    ProjectOptions project;
    std::string name;
    std::string journal = "auto";
    bool upgrade = false;
    bool life = false;
    bool offices = false;
    std::string lifeFile;
    std::string officesFile;
};

int runNew(const ProjectArguments& arguments) {
    const layers::Journal journal = arguments.journal == "wal"      ? layers::Journal::WriteAhead
                                    : arguments.journal == "delete" ? layers::Journal::Rollback
                                                                    : layers::Journal::Automatic;
    const std::filesystem::path file = arguments.project.file;
    const std::string name = arguments.name.empty() ? file.stem().string() : arguments.name;
    const layers::Stamp stamp = stampOf(arguments.project.who);
    layers::ProjectFile::create(file, name, stamp, journal);
    layers::ProjectFile made(file, layers::Access::Write);
    layers::LedgerChange change(made, stamp);
    layers::setStyles(change, projectStyles());
    change.commit();
    if (arguments.project.isJson()) {
        printJson(Json{{"project", file.string()}, {"name", name}, {"schema", made.schemaVersion()}});
    } else if (!arguments.project.quiet) {
        fmt::print("项目已建立 / project made: {} ({})\n", file.string(), name);
    }
    return kDone;
}

int runInfo(const ProjectArguments& arguments) {
    const layers::ProjectFile project(arguments.project.file,
                                      arguments.upgrade ? layers::Access::Write : layers::Access::Read);
    if (arguments.life || arguments.offices) {
        fmt::print("{}", arguments.life ? projectCaseLifeText(project) : projectOfficesText(project));
        return kDone;
    }
    const std::vector<layers::ProjectCount> counts = layers::projectCounts(project);
    if (arguments.project.isJson()) {
        Json json{{"project", arguments.project.file},        {"name", project.info("name")},
                  {"created_at", project.info("created_at")}, {"created_by", project.info("created_by")},
                  {"schema", project.schemaVersion()},        {"journal", project.journalName()}};
        for (const layers::ProjectCount& count : counts) {
            json[count.key] = count.value;
        }
        printJson(json);
        return kDone;
    }
    fmt::print("项目 project: {}\n建立 made: {}  {}\n结构 schema: {}  日志 journal: {}\n",
               project.info("name"), project.info("created_at"), project.info("created_by"),
               project.schemaVersion(), project.journalName());
    for (const layers::ProjectCount& count : counts) {
        fmt::print("{} {}: {}\n", count.nameZh, count.key, count.value);
    }
    return kDone;
}

int runSet(const ProjectArguments& arguments) {
    ProjectConfiguration configuration;
    if (!arguments.lifeFile.empty()) {
        configuration.life = arguments.lifeFile;
    }
    if (!arguments.officesFile.empty()) {
        configuration.offices = arguments.officesFile;
    }
    if (!configuration.life && !configuration.offices) {
        throw CLI::ValidationError("请写 --life 或 --offices / write --life or --offices");
    }
    layers::ProjectFile project(arguments.project.file, layers::Access::Write);
    configureProject(project, stampOf(arguments.project.who), configuration);
    if (arguments.project.isJson()) {
        printJson(
            Json{{"case_life", projectCaseLife(project).name}, {"offices", projectOffices(project).name}});
    } else if (!arguments.project.quiet) {
        fmt::print("案件流程 life of cases: {}\n单位 offices: {}（下次运行起用 from the next run on）\n",
                   projectCaseLife(project).name, projectOffices(project).name);
    }
    return kDone;
}

int runCheckProject(const ProjectArguments& arguments) {
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    const std::vector<layers::ProjectFault> faults = layers::checkProject(project);
    if (arguments.project.isJson()) {
        Json list = Json::array();
        for (const layers::ProjectFault& fault : faults) {
            list.push_back(Json{{"part", fault.part}, {"text_zh", fault.textZh}, {"text_en", fault.textEn}});
        }
        printJson(Json{{"sound", faults.empty()}, {"faults", list}});
    } else {
        for (const layers::ProjectFault& fault : faults) {
            fmt::print("{}: {} / {}\n", fault.part, fault.textZh, fault.textEn);
        }
        if (faults.empty() && !arguments.project.quiet) {
            fmt::print(
                "项目完好：数据库、外键、事件链、案件与编号、合计均相符 / sound: database, foreign keys, "
                "chain of events, cases and numbers, sums\n");
        }
    }
    return faults.empty() ? kDone : kFailed;
}

} // namespace

void addProjectCommand(CLI::App& program, int& status) {
    CLI::App* project =
        program.add_subcommand("project", "项目（台账） the project (ledger): new, info, set, check");
    project->require_subcommand(1);
    const auto add = [&](const char* verb, const char* text, int (*run)(const ProjectArguments&)) {
        auto arguments = std::make_shared<ProjectArguments>();
        CLI::App* command = project->add_subcommand(verb, text);
        addProjectOptions(*command, arguments->project);
        command->callback([arguments, run, &status] { status = run(*arguments); });
        return std::pair(command, arguments);
    };
    const auto [made, newArguments] =
        add("new", "建立空项目 / make an empty project (FILE.ecoredline)", runNew);
    made->add_option("--name", newArguments->name, "项目名称 name, e.g. 甘孜州绿盾2026");
    made->add_option("--journal", newArguments->journal,
                     "auto, wal, 或 delete（网络盘） or delete (for a network share)")
        ->check(CLI::IsMember({"auto", "wal", "delete"}));
    addWho(*made, newArguments->project);
    const auto [info, infoArguments] = add("info", "项目概况 / what the project holds", runInfo);
    info->add_flag("--upgrade", infoArguments->upgrade,
                   "旧版结构升级 bring a file of an older schema up to date");
    CLI::Option* life =
        info->add_flag("--life", infoArguments->life,
                       "打印案件流程（YAML），可修改后用 project set the life of cases as YAML");
    info->add_flag("--offices", infoArguments->offices, "打印责任单位配置（YAML） offices as YAML")
        ->excludes(life);
    const auto [set, setArguments] =
        add("set", "更换案件流程、责任单位配置 / the life of cases, the offices", runSet);
    set->add_option("--life", setArguments->lifeFile,
                    "案件流程文件 life of cases (YAML); default: the shipped one");
    set->add_option("--offices", setArguments->officesFile,
                    "责任单位文件 offices (YAML); default: the shipped ones");
    addWho(*set, setArguments->project);
    add("check", "检查项目是否完好 / look the project through: database, chain of events, cases, sums",
        runCheckProject);
}

} // namespace app
