#include "app/cases/sample_record.hpp"

#include "layers/error.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace app {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kMethod = "sha256(seed:number)";

std::string joined(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, "、"));
}

StratumField fieldFrom(const std::string& key) {
    const auto& fields = stratumFields();
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&key](const StratumFieldName& each) { return each.key == key; });
    if (found == fields.end()) {
        throw layers::Error("样本的分层字段本程序不认识 / a field of the sample's strata is unknown to this "
                            "program: " +
                            key);
    }
    return found->field;
}

} // namespace

std::string contentOf(const SampleRecord& sample) {
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
        strata.push_back(
            Json{{"values", stratum.values}, {"population", stratum.population}, {"drawn", stratum.drawn}});
    }
    return Json{{"method", kMethod},
                {"seed", sample.seed},
                {"by", by},
                {"share", sample.share},
                {"asked", sample.asked},
                {"per_stratum_min", sample.leastEach},
                {"filter", filter},
                {"population", sample.population},
                {"drawn", sample.drawn},
                {"strata", strata},
                {"changes", Json::object()},
                {"cases", sample.cases}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

SampleRecord sampleFrom(const layers::Event& event) {
    if (event.text.kind != kSampleDrawn) {
        throw layers::Error(fmt::format("事件 {0} 不是抽样，用 case sample PROJECT --list 查看 / event {0} "
                                        "drew no sample: see case sample "
                                        "PROJECT --list",
                                        event.number));
    }
    try {
        const Json content = Json::parse(event.text.content);
        SampleRecord sample;
        sample.event = event.number;
        sample.stamp = event.stamp;
        sample.seed = content.at("seed").get<std::uint64_t>();
        for (const Json& key : content.at("by")) {
            sample.by.push_back(fieldFrom(key.get<std::string>()));
        }
        sample.share = content.at("share").get<std::string>();
        sample.asked = content.at("asked").get<std::int64_t>();
        sample.leastEach = content.at("per_stratum_min").get<std::int64_t>();
        for (const auto& [key, value] : content.at("filter").items()) {
            sample.filter.emplace_back(key, value.get<std::string>());
        }
        sample.population = content.at("population").get<std::int64_t>();
        sample.drawn = content.at("drawn").get<std::int64_t>();
        for (const Json& stratum : content.at("strata")) {
            sample.strata.push_back({stratum.at("values").get<std::vector<std::string>>(),
                                     stratum.at("population").get<std::int64_t>(),
                                     stratum.at("drawn").get<std::int64_t>()});
        }
        sample.cases = content.at("cases").get<layers::NumberRanges>();
        return sample;
    } catch (const Json::exception& error) {
        throw layers::Error(
            fmt::format("事件 {0} 的内容无法读取（{1}）/ the content of event {0} cannot be read "
                        "({1})",
                        event.number, error.what()));
    }
}

std::vector<std::pair<std::string, std::string>> filterParts(const layers::CaseFilter& filter) {
    std::vector<std::pair<std::string, std::string>> parts;
    const auto add = [&parts](const char* key, const std::string& value) {
        if (!value.empty()) {
            parts.emplace_back(key, value);
        }
    };
    add("batch", filter.batch);
    add("batches", joined(filter.batches));
    add("county", filter.county);
    add("status", joined(filter.statuses));
    add("priority", filter.priority ? std::to_string(*filter.priority) : "");
    add("verdict", filter.verdict);
    add("desk", filter.desk);
    add("zone_kind", filter.zoneKind);
    add("team", filter.team);
    add("text", filter.text);
    add("due_before", filter.dueBefore);
    add("holds", filter.holds ? (*filter.holds ? "是" : "否") : "");
    return parts;
}

std::string filterWords(const std::vector<std::pair<std::string, std::string>>& parts) {
    static const std::map<std::string, const char*> kNames{{"batch", "批次"},
                                                           {"batches", "批次"},
                                                           {"county", "县(市)"},
                                                           {"status", "状态"},
                                                           {"priority", "优先级"},
                                                           {"verdict", "初步判定"},
                                                           {"desk", "内业研判"},
                                                           {"zone_kind", "管控区类型"},
                                                           {"team", "核查组"},
                                                           {"text", "编号含"},
                                                           {"due_before", "完成时限早于"},
                                                           {"holds", "最近一次运行列入清单"}};
    std::string words;
    for (const auto& [key, value] : parts) {
        const auto name = kNames.find(key);
        words += fmt::format("{}{}={}", words.empty() ? "" : "；", name == kNames.end() ? key : name->second,
                             value);
    }
    return words.empty() ? "全部案件" : words;
}

std::vector<std::string> numbersOf(const layers::NumberRanges& cases) {
    std::vector<std::string> numbers;
    for (const auto& [scheme, runs] : cases) {
        for (const auto& [first, last] : runs) {
            for (std::int64_t serial = first; serial <= last; ++serial) {
                numbers.push_back(fmt::format("{}-{:04}", scheme, serial));
            }
        }
    }
    return numbers;
}

} // namespace app
