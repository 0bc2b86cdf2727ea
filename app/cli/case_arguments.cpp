#include "app/cli/case_arguments.hpp"

#include "app/cases/deadline.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace app {

namespace {

constexpr int kMostPriority = 3;

void expectStatuses(const std::vector<std::string>& names, const CaseLife& life) {
    for (const std::string& name : names) {
        if (life.status(name) == nullptr) {
            std::vector<std::string> known;
            known.reserve(life.statuses.size());
            for (const CaseStatus& status : life.statuses) {
                known.push_back(status.name);
            }
            throw CLI::ValidationError("--status", fmt::format("没有状态“{0}” / no status '{0}': {1}", name,
                                                               fmt::join(known, ", ")));
        }
    }
}

/// What can be set by `case set`, for messages.
std::string settableNames(const CaseLife& life) {
    std::vector<std::string> names;
    names.reserve(life.settableInField.size());
    for (const std::string& key : life.settableInField) {
        names.push_back(fmt::format("{} {}", layers::findCaseField(key)->nameZh, key));
    }
    return fmt::format("{}", fmt::join(names, "、"));
}

} // namespace

void addCaseFilter(CLI::App& command, CaseArguments& arguments, const std::vector<std::string>& without) {
    const auto add = [&](const std::string& name, auto& value, const std::string& text) -> CLI::Option* {
        const bool isLeftOut = std::find(without.begin(), without.end(), name) != without.end();
        return isLeftOut ? nullptr : command.add_option(name, value, text)->group("筛选 Filter");
    };
    add("--batch", arguments.filter.batch, "批次 batch: code or name");
    add("--county", arguments.filter.county, "县(市) county: name or code");
    add("--status", arguments.filter.statuses, "状态，可多个 status, may be repeated")
        ->allow_extra_args(false);
    if (CLI::Option* priority = add("--priority", arguments.filterPriority, "优先级 priority: 1, 2, 3")) {
        priority->check(CLI::Range(1, kMostPriority));
    }
    add("--verdict", arguments.filter.verdict, "判定 verdict: 疑似禁止 ...");
    add("--desk", arguments.filter.desk, "内业研判结果 desk judgement: 误判 ...");
    add("--zone-kind", arguments.filter.zoneKind, "管控区类型 kind of zone: 生态保护红线 ...");
    add("--team", arguments.filter.team, "核查组 team");
    add("--text", arguments.filter.text, "编号或原图斑编号的一部分 part of the number or the received id");
    if (std::find(without.begin(), without.end(), "--overdue") == without.end()) {
        command.add_flag("--overdue", arguments.overdue, "只列超期的 only those past their deadline")
            ->group("筛选 Filter");
        command
            .add_flag("--lapsed", arguments.lapsed,
                      "只列最近一次运行不再列入清单的 only those that the last run lists no more")
            ->group("筛选 Filter");
    }
}

layers::CaseFilter caseFilter(const CaseArguments& arguments, const CaseLife& life, layers::Day today) {
    layers::CaseFilter filter = arguments.filter;
    expectStatuses(filter.statuses, life);
    if (arguments.filterPriority != 0) {
        filter.priority = arguments.filterPriority;
    }
    if (arguments.overdue) {
        filter.dueBefore = layers::isoFromDay(today);
        filter.dueStatuses = runningStatuses(life);
    }
    if (arguments.lapsed) {
        filter.holds = false;
    }
    return filter;
}

std::vector<layers::CaseSort> caseSort(const std::string& text) {
    std::vector<layers::CaseSort> sort;
    for (const std::string& part : CLI::detail::split(text, ',')) {
        const bool falls = part.starts_with('-');
        const std::string key = falls ? part.substr(1) : part;
        const auto order = std::find_if(layers::caseOrders().begin(), layers::caseOrders().end(),
                                        [&key](const auto& each) { return each.first == key; });
        if (order == layers::caseOrders().end()) {
            std::vector<std::string> known;
            known.reserve(layers::caseOrders().size());
            for (const auto& [name, each] : layers::caseOrders()) {
                known.push_back(name);
            }
            throw CLI::ValidationError(
                "--sort", fmt::format("没有排序项“{0}” / no such key '{0}': {1} (- : 降序 falling)", key,
                                      fmt::join(known, ", ")));
        }
        sort.push_back({order->second, falls});
    }
    return sort;
}

CaseWords caseWords(const CaseArguments& arguments, const CaseLife& life, layers::Day today) {
    CaseWords words;
    for (const std::string& word : arguments.words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos) {
            words.selection.numbers.push_back(word);
            continue;
        }
        const std::string name = word.substr(0, equals);
        const layers::CaseField* field = layers::findCaseField(name);
        if (field == nullptr) {
            throw CLI::ValidationError(
                fmt::format("没有字段“{0}”，可用 / no field '{0}', known: {1}", name, settableNames(life)));
        }
        if (!words.fields.emplace(field->key, word.substr(equals + 1)).second) {
            throw CLI::ValidationError(fmt::format("字段“{0}”写了两次 / field '{0}' stands twice", name));
        }
    }
    words.selection.filter = caseFilter(arguments, life, today);
    const bool isFiltered = !words.selection.filter.isEmpty();
    if (words.selection.numbers.empty() == !isFiltered) {
        throw CLI::ValidationError(
            isFiltered
                ? "案件编号和筛选条件不能同时使用 / numbers or a filter, not both"
                : "请写案件编号（LD…）或筛选条件 / name cases (LD...) or a filter such as --batch, --status");
    }
    if (arguments.known != 0) {
        if (words.selection.numbers.size() != 1) {
            throw CLI::ValidationError("--revision", "只能用于单个案件 / is for a single case");
        }
        words.selection.knownEvent = arguments.known;
    }
    return words;
}

} // namespace app
