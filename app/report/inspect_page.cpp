#include "app/report/inspect_page.hpp"

#include "app/report/problem_words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>

namespace app {

namespace {

using layers::FieldInspection;
using layers::LayerInspection;
using layers::Problem;
using Json = nlohmann::ordered_json;

constexpr std::size_t kShownProblems = 40;
constexpr std::size_t kShownWords = 20;
constexpr int kIndent = 2;

struct Word {
    const char* key;
    const char* zh;
};
constexpr std::array kGeometries{Word{"area", "面"}, Word{"line", "线"}, Word{"point", "点"},
                                 Word{"none", "无图形"}, Word{"damaged", "损坏"}};

std::string geometriesText(const LayerInspection& found) {
    std::string text;
    for (const Word& word : kGeometries) {
        const auto count = found.geometries.find(word.key);
        if (count != found.geometries.end()) {
            text += fmt::format("{}{} {} {}", text.empty() ? "" : ", ", word.zh, word.key, count->second);
        }
    }
    return text;
}

std::string boxText(const geo::Box& box) {
    return box.isEmpty()
               ? "-"
               : fmt::format("{:.6f} … {:.6f}, {:.6f} … {:.6f}", box.minX, box.maxX, box.minY, box.maxY);
}

std::string orDash(const std::string& text) {
    return text.empty() ? "-" : text;
}

std::string joined(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, " | "));
}

std::string wordsText(const std::vector<layers::WordCount>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size() && i < kShownWords; ++i) {
        text += fmt::format("{}“{}” × {}", i == 0 ? "" : ", ", words[i].first, words[i].second);
    }
    return words.size() > kShownWords ? text + fmt::format(", … ({})", words.size()) : text;
}

std::string fieldText(const FieldInspection& field) {
    std::string text =
        fmt::format("    {}  [{}] 有值 filled {}, 不同 different {}{}  例 e.g. {}\n", field.name, field.kind,
                    field.filled, field.different,
                    field.target.empty() ? std::string()
                                         : fmt::format("  -> {}{}", field.target,
                                                       field.isGuess ? " (按名称推测 by its name)" : ""),
                    joined(field.samples));
    if (!field.unknown.empty()) {
        text += "      未识别的取值 unknown words: " + wordsText(field.unknown) + "\n";
    }
    return text;
}

/// @param file the layer's: another one is named (--join, --known)
std::string problemText(const Problem& problem, const std::string& file) {
    return fmt::format("    [{}] {}{}{}{}: {}（{}）/ {} ({})\n", severityNameZh(problem.severity),
                       problem.file.empty() || problem.file == file ? "" : problem.file + " ",
                       problemKindNameZh(problem.kind),
                       problem.count > 1 ? fmt::format(" × {}", problem.count) : "",
                       problem.feature ? fmt::format(" 要素 feature {}", *problem.feature) : "",
                       problem.textZh, problem.doneZh, problem.textEn, problem.doneEn);
}

std::string layerText(const LayerInspection& found) {
    std::string text =
        fmt::format("== {}（{}）\n  角色 role: {} {}{}\n", found.file, orDash(found.layer),
                    layers::roleKey(found.role), layers::roleNameZh(found.role),
                    found.roleGuessed ? "（按字段推测 guessed by its fields; --role 可指定）" : "");
    text += fmt::format("  要素 features: {} ({})\n", found.features, geometriesText(found));
    text += fmt::format("  编码 encoding: {} ({})\n", orDash(found.report.encoding),
                        orDash(found.report.encodingReason));
    if (!found.report.encodingSamples.empty()) {
        text += "  编码样例 as they came out: " + joined(found.report.encodingSamples) + "\n";
    }
    text += fmt::format("  坐标系 CRS: {} ({})\n", orDash(found.report.crs), orDash(found.report.crsReason));
    text += fmt::format("  原始坐标范围 extent as stored: {}\n", boxText(found.stored));
    text += fmt::format("  经纬度范围 extent in EPSG:4490: {}\n", boxText(found.place));
    text += fmt::format("  导入方案 import profile: {}\n  字段 fields:\n", orDash(found.report.profile));
    for (const FieldInspection& field : found.fields) {
        text += fieldText(field);
    }
    if (!found.problems.empty()) {
        text += fmt::format("  问题 problems: {}\n", found.problems.size());
        for (std::size_t i = 0; i < found.problems.size() && i < kShownProblems; ++i) {
            text += problemText(found.problems[i], found.file);
        }
        if (found.problems.size() > kShownProblems) {
            text += fmt::format(
                "    … 其余 {} 条见 --format json 或 --xlsx / {} more in --format json or --xlsx\n",
                found.problems.size() - kShownProblems, found.problems.size() - kShownProblems);
        }
    }
    return text + "  结论 verdict: " + inspectVerdict(found) + "\n";
}

Json boxJson(const geo::Box& box) {
    return box.isEmpty() ? Json() : Json{box.minX, box.minY, box.maxX, box.maxY};
}

Json wordsJson(const std::vector<layers::WordCount>& words) {
    Json list = Json::array();
    for (const auto& [word, count] : words) {
        list.push_back({{"word", word}, {"count", count}});
    }
    return list;
}

Json fieldJson(const FieldInspection& field) {
    return {{"name", field.name},       {"kind", field.kind},
            {"filled", field.filled},   {"different", field.different},
            {"samples", field.samples}, {"target", field.target},
            {"guess", field.isGuess},   {"unknown", wordsJson(field.unknown)}};
}

Json problemJson(const Problem& problem) {
    return {{"kind", layers::problemKindKey(problem.kind)},
            {"severity", layers::severityKey(problem.severity)},
            {"file", problem.file},
            {"feature", problem.feature ? Json(*problem.feature) : Json()},
            {"field", problem.field},
            {"text_zh", problem.textZh},
            {"text_en", problem.textEn},
            {"done_zh", problem.doneZh},
            {"done_en", problem.doneEn},
            {"count", problem.count}};
}

Json layerJson(const LayerInspection& found) {
    Json fields = Json::array();
    for (const FieldInspection& field : found.fields) {
        fields.push_back(fieldJson(field));
    }
    Json problems = Json::array();
    for (const Problem& problem : found.problems) {
        problems.push_back(problemJson(problem));
    }
    return {{"file", found.file},
            {"layer", found.layer},
            {"role", layers::roleKey(found.role)},
            {"role_guessed", found.roleGuessed},
            {"features", found.features},
            {"geometries", found.geometries},
            {"extent_stored", boxJson(found.stored)},
            {"extent", boxJson(found.place)},
            {"encoding", found.report.encoding},
            {"encoding_reason", found.report.encodingReason},
            {"encoding_samples", found.report.encodingSamples},
            {"crs", found.report.crs},
            {"crs_reason", found.report.crsReason},
            {"profile", found.report.profile},
            {"sha256", found.report.sha256},
            {"usable", found.usable},
            {"rejected", found.rejected},
            {"repaired", found.report.repaired},
            {"without_later_date", found.undated},
            {"fields", std::move(fields)},
            {"problems", std::move(problems)},
            {"refusal", found.refusal}};
}

} // namespace

std::string inspectVerdict(const LayerInspection& found) {
    if (!found.refusal.empty()) {
        return "不能直接使用 a check would refuse it: " + found.refusal;
    }
    if (found.isUnusable()) {
        return fmt::format("没有要素可用 nothing can be used: 不可用 rejected {}", found.rejected);
    }
    std::string verdict =
        fmt::format("可以使用 a check takes it: 可用 usable {}, 不可用 rejected {}, 已修复 repaired {}",
                    found.usable, found.rejected, found.report.repaired);
    if (found.undated > 0) {
        verdict += fmt::format(
            "; {} 个图斑没有可识别的后时相，核查时须给 --date / {} patches have no readable date: "
            "a check needs --date",
            found.undated, found.undated);
    }
    return verdict;
}

std::string inspectText(const std::vector<LayerInspection>& inspections) {
    std::string text;
    for (const LayerInspection& found : inspections) {
        text += layerText(found);
    }
    return text;
}

std::string inspectJson(const std::vector<LayerInspection>& inspections) {
    Json list = Json::array();
    for (const LayerInspection& found : inspections) {
        list.push_back(layerJson(found));
    }
    return list.dump(kIndent, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace app
