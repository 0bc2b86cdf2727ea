#include "app/cases/photo_match.hpp"
#include "app/cases/project_configuration.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/long_work.hpp"
#include "app/cli/project_arguments.hpp"
#include "app/cli/return_output.hpp"
#include "app/cli/stamp.hpp"
#include "app/cli/today.hpp"

#include <CLI/CLI.hpp>
#include <fmt/ranges.h>

#include <set>

namespace app {

namespace {

struct ReturnArguments {
    ProjectOptions project;
    ProgressOptions progress;
    std::string file;
    std::string encoding;
    std::string prefer;
    std::string decisions;
    std::string to;
    bool apply = false;
    std::int64_t id = 0;
    std::string extract;
};

ReturnRequest requestOf(const ReturnArguments& arguments, const CaseLife& life) {
    ReturnRequest request;
    request.preferName = arguments.prefer;
    request.to = arguments.to;
    request.today = today();
    if (arguments.prefer == "ours") {
        request.prefer = Preference::Ours;
    } else if (arguments.prefer == "theirs") {
        request.prefer = Preference::Theirs;
    } else if (!arguments.prefer.empty()) {
        request.decisions = readDecisions(arguments.prefer);
        request.preferName = std::filesystem::path(arguments.prefer).filename().string();
    }
    if (!arguments.to.empty() && life.status(arguments.to) == nullptr) {
        std::string known;
        for (const CaseStatus& status : life.statuses) {
            known += (known.empty() ? "" : "、") + status.name;
        }
        throw CLI::ValidationError("--to", "没有状态 no status “" + arguments.to + "”；可用 known: " + known);
    }
    return request;
}

int runAdd(const ReturnArguments& arguments) {
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file,
                                arguments.apply ? layers::Access::Write : layers::Access::Read);
    const CaseLife life = projectCaseLife(project);
    const ReturnRequest request = requestOf(arguments, life);
    const layers::ReturnedFile file =
        layers::readReturnedFile(layers::parseLayerRef(arguments.file), arguments.encoding, work.progress());
    TakenReturn taken;
    if (arguments.apply) {
        taken = takeReturn(project, stampOf(arguments.project.who), life, file, request, work.progress());
    } else {
        taken.plan = planReturn(project, life, file, request, work.progress());
    }
    if (!arguments.decisions.empty()) {
        writeDecisions(arguments.decisions, taken.plan);
    }
    if (arguments.project.isJson()) {
        Json json = planJson(file, taken.plan);
        json["applied"] = arguments.apply;
        json["return"] = taken.record.id == 0 ? Json(nullptr) : Json(taken.record.id);
        json["fields_taken"] = taken.fields;
        printJson(json);
    } else if (!arguments.project.quiet) {
        printPlan(file, taken.plan);
        if (!arguments.apply) {
            fmt::print("试运行，未作任何更改；核对后加 --apply 入库 / a dry run, nothing was changed: add "
                       "--apply\n");
        } else if (taken.record.id == 0) {
            fmt::print("没有新内容，该文件此前已入库 / nothing new; this file was taken in before\n");
        } else {
            fmt::print(
                "回传 {0} 已入库，采用 {1} 个字段；原文件一并存档 / return {0} is taken in, {1} fields; the "
                "file is kept as it came\n",
                taken.record.id, taken.fields);
        }
    }
    const layers::ReturnCounts& counts = taken.plan.counts;
    const bool isWhole = counts.refused + counts.doubtful + counts.unmatched == 0;
    return arguments.apply && !isWhole ? kSomeRejected : kDone;
}

Json photoJson(const layers::StoredPhoto& photo) {
    const auto orNull = [](const std::optional<double>& number) {
        return number ? Json(*number) : Json(nullptr);
    };
    return Json{{"file", photo.file},
                {"sha256", photo.sha256},
                {"case", photo.number.empty() ? Json(nullptr) : Json(photo.number)},
                {"matched_by", photo.matchedBy},
                {"taken_at", photo.takenAt},
                {"longitude", orNull(photo.longitude)},
                {"latitude", orNull(photo.latitude)},
                {"direction_deg", orNull(photo.directionDeg)},
                {"distance_m", orNull(photo.distanceM)},
                {"faults", photo.faults}};
}

void printPhoto(const layers::StoredPhoto& photo) {
    fmt::print("  {}  {}{}\n", photo.file, photo.number.empty() ? "-" : photo.number,
               photo.matchedBy == "place" ? "（按位置 by place）" : "");
    for (const std::string& fault : photo.faults) {
        fmt::print("    {}\n", fault);
    }
}

int runPhotos(const ReturnArguments& arguments) {
    LongWork work(arguments.progress, arguments.project.quiet);
    layers::ProjectFile project(arguments.project.file,
                                arguments.apply ? layers::Access::Write : layers::Access::Read);
    const PhotoPlan plan = planPhotos(project, arguments.file, today(), work.progress());
    const std::int64_t id =
        arguments.apply ? takePhotos(project, stampOf(arguments.project.who), arguments.file, plan) : 0;
    // Before they are taken in, the cases of this folder still count as without.
    std::set<std::string> matched;
    for (const layers::StoredPhoto& photo : plan.photos) {
        matched.insert(photo.number);
    }
    std::vector<std::string> missing = layers::casesWithoutPhotos(project);
    std::erase_if(missing, [&matched](const std::string& number) { return matched.contains(number); });
    if (arguments.project.isJson()) {
        Json json{{"folder", arguments.file},
                  {"applied", arguments.apply},
                  {"return", id == 0 ? Json(nullptr) : Json(id)},
                  {"photos", Json::array()},
                  {"matched", plan.matched},
                  {"faulty", plan.faulty},
                  {"cases_without_photos", missing}};
        for (const layers::StoredPhoto& photo : plan.photos) {
            json["photos"].push_back(photoJson(photo));
        }
        printJson(json);
    } else if (!arguments.project.quiet) {
        fmt::print("照片 {} 张，对应案件 {} 张，有疑问 {} 张 / {} photographs, {} matched, {} with doubts\n",
                   plan.photos.size(), plan.matched, plan.faulty, plan.photos.size(), plan.matched,
                   plan.faulty);
        for (const layers::StoredPhoto& photo : plan.photos) {
            printPhoto(photo);
        }
        if (!missing.empty()) {
            fmt::print("有结论而无照片的案件 / with a conclusion and no photograph: {}\n",
                       fmt::join(missing, ", "));
        }
        fmt::print("{}\n", arguments.apply
                               ? fmt::format("回传 {0} 已入库 / taken in as return {0}", id)
                               : "试运行，未作任何更改；加 --apply 入库 / a dry run: add --apply");
    }
    return kDone;
}

Json recordJson(const layers::ReturnRecord& record) {
    return Json{{"return", record.id},     {"at", record.made.at},
                {"who", record.made.who},  {"file", record.file},
                {"sha256", record.sha256}, {"prefer", record.prefer},
                {"photos", record.photos}, {"counts", countsJson(record.counts)}};
}

void printRecord(const layers::ReturnRecord& record) {
    const layers::ReturnCounts& counts = record.counts;
    fmt::print("{}  {} {}  {}  案件 {}：未变 {}，更改 {}，冲突 {}，不能接受 {}，存疑 {}；无对应案件 {}\n",
               record.id, record.made.at, record.made.who, record.file, counts.cases, counts.unchanged,
               counts.changed, counts.conflicting, counts.refused, counts.doubtful, counts.unmatched);
}

int runList(const ReturnArguments& arguments) {
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    Json list = Json::array();
    for (const layers::ReturnRecord& record : layers::returns(project)) {
        if (arguments.project.isJson()) {
            list.push_back(recordJson(record));
        } else {
            printRecord(record);
        }
    }
    if (arguments.project.isJson()) {
        printJson(list);
    }
    return kDone;
}

int runShow(const ReturnArguments& arguments) {
    const layers::ProjectFile project(arguments.project.file, layers::Access::Read);
    const layers::ReturnRecord record = layers::readReturn(project, arguments.id);
    std::vector<std::filesystem::path> files;
    if (!arguments.extract.empty()) {
        files = layers::extractReturn(project, record.id, arguments.extract);
    }
    Json json = recordJson(record);
    json["fields"] = Json::array();
    json["left"] = Json::array();
    json["photo_list"] = Json::array();
    if (!arguments.project.isJson()) {
        printRecord(record);
    }
    for (const layers::ReturnedField& field : layers::fieldsOf(project, record.id)) {
        if (arguments.project.isJson()) {
            json["fields"].push_back(fieldJson(field));
        } else {
            fmt::print("{}  {}  {}\n", field.number, field.place, fieldInWords(field));
        }
    }
    for (const layers::LeftRow& row : layers::leftRowsOf(project, record.id)) {
        if (arguments.project.isJson()) {
            json["left"].push_back(Json{{"place", row.place}, {"case", row.number}, {"why", row.why}});
        } else {
            fmt::print("{}  {}  {}\n", row.place, row.number.empty() ? "-" : row.number, row.why);
        }
    }
    for (const layers::StoredPhoto& photo : layers::photos(project, record.id)) {
        if (arguments.project.isJson()) {
            json["photo_list"].push_back(photoJson(photo));
        } else {
            printPhoto(photo);
        }
    }
    for (const std::filesystem::path& file : files) {
        json["files"].push_back(file.string());
    }
    if (arguments.project.isJson()) {
        printJson(json);
    }
    return kDone;
}

} // namespace

void addReturnCommand(CLI::App& program, int& status) {
    CLI::App* returns = program.add_subcommand("return", "回传 what comes back from the field");
    returns->require_subcommand(1);
    auto arguments = std::make_shared<ReturnArguments>();

    CLI::App* add =
        returns->add_subcommand("add", "读入填好的工作簿、外业 Shapefile 或 GeoPackage；先试运行，--apply "
                                       "才入库 / compare a filled workbook, "
                                       "Shapefile or GeoPackage; a dry run until --apply");
    addProjectOptions(*add, arguments->project);
    add->add_option("file", arguments->file, "回传文件 FILE or FILE:LAYER")->required();
    add->add_flag("--apply", arguments->apply, "入库 take it in, in one transaction");
    add->add_option("--prefer", arguments->prefer,
                    "冲突以何为准 ours 台账, theirs 回传, or a FILE of decisions (see --decisions)");
    add->add_option("--decisions", arguments->decisions,
                    "把冲突写成表格逐条决定 write what is to be decided as a CSV");
    add->add_option("--to", arguments->to,
                    "有结论的案件同时流转到此状态 the status that cases with a conclusion step to");
    add->add_option("--encoding", arguments->encoding, "文字编码 encoding of a .dbf or .csv");
    addProgress(*add, arguments->progress);
    addWho(*add, arguments->project);
    add->callback([arguments, &status] { status = runAdd(*arguments); });

    CLI::App* photos = returns->add_subcommand(
        "photos",
        "按名称和定位把一文件夹照片对到案件，核对距离、朝向、时间和重复；--apply 才入库 / match a folder of "
        "photographs with cases by name and EXIF; a dry run until --apply");
    addProjectOptions(*photos, arguments->project);
    photos->add_option("folder", arguments->file, "照片文件夹 folder")->required();
    photos->add_flag("--apply", arguments->apply, "入库 keep facts and hashes in the ledger");
    addProgress(*photos, arguments->progress);
    addWho(*photos, arguments->project);
    photos->callback([arguments, &status] { status = runPhotos(*arguments); });

    CLI::App* list = returns->add_subcommand("list", "列出回传 / list what came back");
    addProjectOptions(*list, arguments->project);
    list->callback([arguments, &status] { status = runList(*arguments); });

    CLI::App* show = returns->add_subcommand(
        "show", "一次回传的逐字段结果，可取回原文件 / one return field by field; its file as it came");
    addProjectOptions(*show, arguments->project);
    show->add_option("id", arguments->id, "回传编号 number of the return")->required();
    show->add_option("--extract", arguments->extract, "原文件写到此文件夹 write its files into this folder");
    show->callback([arguments, &status] { status = runShow(*arguments); });
}

} // namespace app
