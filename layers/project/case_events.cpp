#include "layers/project/case_events.hpp"

#include "layers/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace layers {

using Json = nlohmann::ordered_json;

void addNumber(NumberRanges& ranges, const std::string& scheme, std::int64_t serial) {
    auto& runs = ranges[scheme];
    if (!runs.empty() && runs.back().second + 1 == serial) {
        runs.back().second = serial;
    } else {
        runs.emplace_back(serial, serial);
    }
}

std::string contentOf(const CaseEventText& text) {
    Json content = Json::object();
    if (text.run != 0) {
        content["batch"] = text.batch;
        content["run"] = text.run;
    }
    if (text.undoes != 0) {
        content["undoes"] = text.undoes;
    }
    if (!text.reason.empty()) {
        content["reason"] = text.reason;
    }
    Json changes = Json::object();
    for (const FieldChange& change : text.changes) {
        changes[change.field] = Json{{"from", change.from}, {"to", change.to}};
    }
    content["changes"] = std::move(changes);
    if (!text.cases.empty()) {
        content["cases"] = text.cases;
    }
    return content.dump(-1, ' ', false, Json::error_handler_t::replace);
}

CaseEventText caseEventFrom(const EventText& event) {
    try {
        const Json content = Json::parse(event.content);
        CaseEventText text;
        text.kind = event.kind;
        text.batch = content.value("batch", "");
        text.run = content.value("run", std::int64_t{0});
        text.undoes = content.value("undoes", std::int64_t{0});
        text.reason = content.value("reason", "");
        for (const auto& [field, change] : content.at("changes").items()) {
            text.changes.push_back(
                {field, change.at("from").get<std::string>(), change.at("to").get<std::string>()});
        }
        if (content.contains("cases")) {
            text.cases = content.at("cases").get<NumberRanges>();
        }
        return text;
    } catch (const Json::exception& error) {
        throw Error(fmt::format("事件内容无法读取（{0}）/ the content of an event cannot be read ({0})",
                                error.what()));
    }
}

std::vector<CaseEvent> caseHistory(const ProjectFile& project, const std::string& number) {
    std::vector<CaseEvent> history;
    for (Event& event : readEvents(project, {number, std::nullopt})) {
        history.push_back(
            {event.number, std::move(event.stamp), caseEventFrom(event.text), event.text.caseNumber.empty()});
    }
    return history;
}

} // namespace layers
