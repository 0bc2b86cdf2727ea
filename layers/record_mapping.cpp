#include "layers/record_mapping.hpp"

#include "layers/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace layers {

namespace {

/// 2024.1 of 2024.10, as a column of numbers with two decimals writes it.
std::string withoutEndingZeros(const std::string& text) {
    constexpr std::size_t kYear = 4;
    const std::size_t point = text.find('.');
    const std::size_t last = text.find_last_not_of('0');
    return point == kYear && last > point && last != std::string::npos ? text.substr(0, last + 1) : text;
}

} // namespace

std::string idText(const MappedField& field, const std::vector<std::string>& values) {
    std::string text = trimmed(field.value(values));
    const std::size_t point = text.find('.');
    if (field.kind == FieldKind::Number && point != std::string::npos &&
        text.find_first_not_of('0', point + 1) == std::string::npos) {
        text.resize(point);
    }
    return text;
}

DateText dateOf(const MappedField& field, const RawFeature& feature, std::vector<Problem>& problems) {
    const std::string text = trimmed(field.value(feature.values));
    if (text.empty()) {
        return {};
    }
    DateText date = parseDate(field.kind == FieldKind::Number ? withoutEndingZeros(text) : text);
    date.raw = text;
    constexpr std::size_t kIsoDateLength = 10;
    if (!date.first && text.size() > kIsoDateLength &&
        (text[kIsoDateLength] == 'T' || text[kIsoDateLength] == ' ')) {
        date = parseDate(
            std::string_view(text).substr(0, kIsoDateLength)); // the time of day of a DATETIME column
        date.raw = text;
    }
    if (!date.first) {
        const bool isJanuaryOrOctober = isMonthInDoubt(withoutEndingZeros(folded(text)));
        Problem problem = makeProblem(
            ProblemKind::ValueUnreadable, Severity::Warning,
            isJanuaryOrOctober
                ? BothLanguages{fmt::format(
                                    "日期“{}”可能是 1 月，也可能是 10 月（表格软件把 2024.10 存为 2024.1）",
                                    text),
                                fmt::format("the date \"{}\" may be January or October (spreadsheets keep "
                                            "2024.10 as 2024.1)",
                                            text)}
                : BothLanguages{fmt::format("日期“{}”无法识别", text),
                                fmt::format("the date \"{}\" cannot be read", text)},
            isJanuaryOrOctober ? BothLanguages{"保留原文，按无日期处理；请写成 2024-01 或 2024-10",
                                               "kept as text, taken as no date: write 2024-01 or 2024-10"}
                               : BothLanguages{"保留原文，按无日期处理", "kept as text, taken as no date"});
        problem.feature = feature.id;
        problem.field = field.source;
        problems.push_back(std::move(problem));
    }
    return date;
}

std::string PatchMapper::idOf(const RawFeature& feature) const {
    return idText(m_mapping.field("id"), feature.values);
}

std::string ZoneMapper::idOf(const RawFeature& feature) const {
    return idText(m_mapping.field("id"), feature.values);
}

std::string CountyMapper::idOf(const RawFeature& feature) const {
    return idText(m_mapping.field("code"), feature.values);
}

CountyMapper::CountyMapper(const FieldMapping& mapping, const ReadOptions& /*options*/)
    : m_mapping(mapping) {}

MappedRecord<County> CountyMapper::map(RawFeature&& feature, geo::Shape shape) const {
    County county;
    const std::string code = idText(m_mapping.field("code"), feature.values);
    county.code = folded(code);
    county.name = trimmed(m_mapping.field("name").value(feature.values));
    county.city = trimmed(m_mapping.field("city").value(feature.values));
    MappedRecord<County> result;
    if (county.code != code) { // one county must not become two, nor two files of one name
        result.problems.push_back(makeProblem(
            ProblemKind::ValueSubstituted, Severity::Info,
            {fmt::format("县代码“{}”含小写字母或全角字符", code),
             fmt::format("the county code \"{}\" has small letters or full-width characters", code)},
            {"按 " + county.code + " 读取，只差大小写的代码算同一个",
             "read as " + county.code + ": codes that differ in case only are one"}));
        result.problems.back().field = m_mapping.field("code").source;
        result.problems.back().feature = feature.id;
    }
    if (county.code.empty()) {
        county.code = std::to_string(feature.id);
        Problem problem;
        problem.kind = ProblemKind::ValueSubstituted;
        problem.field = "code";
        problem.feature = feature.id;
        problem.textZh = "县代码为空";
        problem.textEn = "the county's code is empty";
        problem.doneZh = "用要素号代替";
        problem.doneEn = "the feature's number stands in";
        result.problems.push_back(std::move(problem));
    }
    county.shape = std::move(shape);
    result.record = std::move(county);
    return result;
}

} // namespace layers
