#include "app/cli/command_sample.hpp"

#include "app/cases/project_configuration.hpp"
#include "app/cases/sample_draw.hpp"
#include "app/cases/sample_tables.hpp"
#include "app/cli/case_arguments.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/json_handle.hpp"
#include "app/cli/long_work.hpp"
#include "app/cli/stamp.hpp"
#include "app/cli/text_table.hpp"
#include "app/cli/today.hpp"
#include "app/report/cell_text.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace app {

namespace {

/// Seeds are whole numbers that every reader of JSON keeps exactly.
constexpr std::uint64_t kMostSeed = 9'007'199'254'740'991;

struct SampleArguments {
    CaseArguments cases;
    ProgressOptions progress;
    std::string share;
    std::int64_t count = 0;
    std::uint64_t seed = 0;
    std::string by = "county,zone_kind";
    std::int64_t leastEach = 1;
    std::string folder;
    bool overwrite = false;
    std::int64_t again = 0;
    bool list = false;
    // What stands on the command line.
    CLI::Option* shareOption = nullptr;
    CLI::Option* countOption = nullptr;
    CLI::Option* seedOption = nullptr;
};

/// "county,priority"; "none" for one stratum. Throws CLI::ValidationError that lists the fields.
std::vector<StratumField> fieldsAsked(const std::string& text) {
    std::vector<StratumField> asked;
    if (text == "none") {
        return asked;
    }
    const std::vector<StratumFieldName>& known = stratumFields();
    for (const std::string& part : CLI::detail::split(text, ',')) {
        const auto found = std::find_if(known.begin(), known.end(),
                                        [&part](const StratumFieldName& each) { return part == each.key; });
        if (found == known.end() || std::find(asked.begin(), asked.end(), found->field) != asked.end()) {
            std::string names;
            for (const StratumFieldName& each : known) {
                names += fmt::format("{}{}", names.empty() ? "" : ", ", each.key);
            }
            throw CLI::ValidationError(
                "--by",
                fmt::format("“{0}”: 应为以下字段，各写一次，或 none / should be some of these, each once, "
                            "or none: {1}",
                            part, names));
        }
        asked.push_back(found->field);
    }
    return asked;
}

SampleRequest requestOf(const SampleArguments& arguments, const CaseLife& life) {
    if ((arguments.shareOption->count() > 0) == (arguments.countOption->count() > 0)) {
        throw CLI::ValidationError("请写 --share 或 --count 之一 / write either --share or --count");
    }
    if (arguments.seedOption->count() == 0) {
        throw CLI::ValidationError("--seed",
                                   "请写随机种子，以便复核 / a seed is needed, so that the sample can be "
                                   "checked");
    }
    SampleRequest request;
    if (arguments.shareOption->count() > 0) {
        request.share = SampleShare::parse(arguments.share);
        if (!request.share) {
            throw CLI::ValidationError("--share", "“" + arguments.share +
                                                      "”: 应为大于 0、不大于 1 的小数，如 0.1 / should be "
                                                      "greater than 0 and at most 1, e.g. 0.1");
        }
    }
    request.count = arguments.count;
    request.seed = arguments.seed;
    request.by = fieldsAsked(arguments.by);
    request.leastEach = arguments.leastEach;
    request.filter = caseFilter(arguments.cases, life, today());
    return request;
}

Json sampleJson(const SampleRecord& sample) {
    Json by = Json::array();
    for (const StratumField field : sample.by) {
        by.push_back(nameOf(field).key);
    }
    Json filter = Json::object();
    for (const auto& [key, value] : sample.filter) {
        filter[key] = value;
    }
    Json strata = Json::array();
    for (const SampleStratum& stratum : sample.strata) {
        Json row = Json::object();
        for (std::size_t i = 0; i < sample.by.size(); ++i) {
            row[nameOf(sample.by[i]).key] = stratum.values[i];
        }
        row["population"] = stratum.population;
        row["drawn"] = stratum.drawn;
        strata.push_back(std::move(row));
    }
    return Json{{"event", sample.event},
                {"at", sample.stamp.at},
                {"who", sample.stamp.who},
                {"seed", sample.seed},
                {"by", by},
                {"share", sample.share.empty() ? Json(nullptr) : Json(sample.share)},
                {"asked", sample.asked},
                {"per_stratum_min", sample.leastEach},
                {"filter", filter},
                {"population", sample.population},
                {"drawn", sample.drawn},
                {"strata", strata},
                {"cases", numbersOf(sample.cases)}};
}

void printStrata(const SampleRecord& sample) {
    const BookTable strata = strataTable(sample);
    std::vector<TextTable::Column> columns;
    for (std::size_t i = 0; i < strata.table.headers.front().size(); ++i) {
        columns.push_back({strata.table.headers.front()[i],
                           strata.table.decimals[i] < 0 ? TextTable::Align::Left : TextTable::Align::Right});
    }
    const std::vector<layers::Column> printed = csvColumns(strata.table);
    TextTable table(std::move(columns));
    for (const std::vector<layers::Value>& row : strata.table.rows) {
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < row.size(); ++i) {
            cells.push_back(printedText(row[i], printed[i]));
        }
        table.add(std::move(cells));
    }
    table.finish();
}

void printSample(const DrawnSample& sample, const std::string& folder) {
    const SampleRecord& record = sample.record;
    fmt::print("抽样 sample：事件 event {}，{}，{}\n总体 population {}：{}\n抽取 drawn {}：{}\n分层 "
               "strata：{}；种子 "
               "seed {}\n",
               record.event, record.stamp.at, record.stamp.who, record.population, filterWords(record.filter),
               record.drawn, askedWords(record), strataWords(record), record.seed);
    printStrata(record);
    TextTable cases({{"编号", TextTable::Align::Left, 30},
                     {"县(市)", TextTable::Align::Left, 14},
                     {"管控区类型", TextTable::Align::Left, 24},
                     {"判定", TextTable::Align::Left, 14},
                     {"状态", TextTable::Align::Left, 12},
                     {"核查结论", TextTable::Align::Left, 30}});
    for (const layers::CaseRecord& one : sample.cases) {
        cases.add({one.number, one.county, one.zoneKind, one.verdictNow(), one.status, one.conclusion});
    }
    cases.finish();
    fmt::print("已写出到 {} / written there\n", folder);
    for (const std::filesystem::path& file : sample.files) {
        fmt::print("  {}\n", file.filename().string());
    }
}

int listSamples(const SampleArguments& arguments) {
    const layers::ProjectFile project(arguments.cases.project.file, layers::Access::Read);
    Json list = Json::array();
    for (const SampleRecord& sample : samplesOf(project)) {
        if (arguments.cases.project.isJson()) {
            list.push_back(sampleJson(sample));
        } else {
            fmt::print("{}  {} {}  种子 seed {}  {}  总体 population {} ({})  抽取 drawn {}\n", sample.event,
                       sample.stamp.at, sample.stamp.who, sample.seed, strataWords(sample), sample.population,
                       filterWords(sample.filter), sample.drawn);
        }
    }
    if (arguments.cases.project.isJson()) {
        printJson(list);
    }
    return kDone;
}

DrawnSample drawnSample(const SampleArguments& arguments) {
    const SampleTarget target{arguments.folder,
                              arguments.overwrite ? layers::Existing::Overwrite : layers::Existing::Refuse};
    if (arguments.again != 0) {
        return showCaseSample(layers::ProjectFile(arguments.cases.project.file, layers::Access::Read),
                              arguments.again, target);
    }
    LongWork work(arguments.progress, arguments.cases.project.quiet);
    layers::ProjectFile project(arguments.cases.project.file, layers::Access::Write);
    const SampleRequest request = requestOf(arguments, projectCaseLife(project));
    return drawCaseSample(project, stampOf(arguments.cases.project.who), request, target, work.progress());
}

int runSample(const SampleArguments& arguments) {
    if (arguments.list) {
        return listSamples(arguments);
    }
    if (arguments.folder.empty()) {
        throw CLI::ValidationError("--out", "请写结果文件夹 / a folder for the results is needed");
    }
    const DrawnSample sample = drawnSample(arguments);
    if (arguments.cases.project.isJson()) {
        Json json = sampleJson(sample.record);
        json["files"] = Json::array();
        for (const std::filesystem::path& file : sample.files) {
            json["files"].push_back(file.string());
        }
        printJson(json);
    } else if (!arguments.cases.project.quiet) {
        printSample(sample, arguments.folder);
    }
    return kDone;
}

} // namespace

void addSampleVerb(CLI::App& caseCommand, int& status) {
    auto arguments = std::make_shared<SampleArguments>();
    CLI::App* sample = caseCommand.add_subcommand(
        "sample", "抽检：按层随机抽取案件并记入台账 / draw cases for second-level inspection");
    addProjectOptions(*sample, arguments->cases.project);
    arguments->shareOption =
        sample->add_option("--share", arguments->share, "抽取比例 share of the cases, e.g. 0.1");
    arguments->countOption = sample->add_option("--count", arguments->count, "抽取数量 or so many cases")
                                 ->check(CLI::PositiveNumber)
                                 ->excludes(arguments->shareOption);
    arguments->seedOption =
        sample->add_option("--seed", arguments->seed, "随机种子 seed: the same gives the same sample")
            ->check(CLI::Range(std::uint64_t{0}, kMostSeed));
    sample->add_option("--by", arguments->by,
                       "分层字段 strata: county, zone_kind, priority, verdict, conclusion, status; or none "
                       "(default: county,zone_kind)");
    sample
        ->add_option("--per-stratum-min", arguments->leastEach, "每层至少 least of each stratum (default: 1)")
        ->check(CLI::NonNegativeNumber);
    sample->add_option("--out", arguments->folder, "结果文件夹 folder for the results");
    sample->add_flag("--overwrite", arguments->overwrite, "覆盖已有结果 replace existing results");
    CLI::Option* list =
        sample->add_flag("--list", arguments->list, "列出抽过的样本 list the samples that were drawn");
    sample
        ->add_option("--again", arguments->again,
                     "再次输出样本，写事件号 write an earlier sample again: the number of its event")
        ->check(CLI::PositiveNumber)
        ->excludes(arguments->shareOption)
        ->excludes(arguments->countOption)
        ->excludes(arguments->seedOption)
        ->excludes(list);
    addProgress(*sample, arguments->progress);
    addWho(*sample, arguments->cases.project);
    addCaseFilter(*sample, arguments->cases, {});
    sample->callback([arguments, &status] { status = runSample(*arguments); });
}

} // namespace app
