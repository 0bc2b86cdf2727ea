#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "app/check/rounding.hpp"
#include "app/report/summary.hpp"
#include "app/report/workbook.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace app {

namespace {

using layers::Role;

/// How many versions of a layer are named one by one.
constexpr std::size_t kNamedVersions = 8;
constexpr int kM2Decimals = 2;
constexpr int kHaDecimals = 4;
/// A residual is shown to its order of magnitude, for it is rounding noise.
constexpr const char* kResidualFormat = "{:.2e}";

/// Lines under labels; further lines of one label leave it empty.
class Lines {
  public:
    void add(const std::string& label, const std::string& text) {
        const bool isContinued = !m_lines.empty() && label == m_label;
        m_label = label;
        m_lines.push_back({isContinued ? "" : label, text});
    }
    [[nodiscard]] std::vector<ExplanationLine> take() { return std::move(m_lines); }

  private:
    std::vector<ExplanationLine> m_lines;
    std::string m_label;
};

bool isZoneRole(Role role) {
    return role == Role::RedLine || role == Role::Reserve || role == Role::Water;
}

std::string inputName(const layers::InputReport& input) {
    return input.layer.empty() ? input.file : input.file + "(图层 " + input.layer + ")";
}

void addState(const CheckResult& result, Lines& lines) {
    for (const ClosingFault& fault : result.faults) {
        lines.add("结果无效", fmt::format("合计不闭合：{}，应为 {:.4f}，实为 {:.4f}。本次结果不得使用。",
                                          fault.what, fault.expected, fault.found));
    }
    if (result.zonesIncomplete) {
        lines.add("管控区不完整", "有管控区要素无法使用而未参与核查(见数据问题清单“管控区未参与”)，"
                                  "未列入清单的图斑不能据此认定为不涉及。");
    }
    lines.add("结果性质", "本次结果为疑似问题线索，不是认定结论；是否违法违规、面积和边界以实地核查为准。");
    lines.add("任务编号", result.ledger.empty()
                              ? "LS-县代码-序号为临时编号，未入台账；正式编号由台账项目核发后冻结。"
                              : "LD年份B批次-县代码-序号由台账核发，发出后不变、不重用。");
    lines.add("密级", "内部资料，注意保存；管控区精确边界不随清单下发。");
}

void addRun(const CheckResult& result, Lines& lines) {
    lines.add("程序", std::string("EcoRedline ") + ECOREDLINE_VERSION);
    lines.add("编制日期", layers::isoFromDay(result.today));
    if (!result.batch.empty()) {
        lines.add("监测批次", result.batch);
    }
    lines.add("判定基准日", result.date ? "图斑的后时相；没有后时相的用 " + layers::isoFromDay(*result.date)
                                        : std::string("图斑的后时相"));
    lines.add("判定基准日", "清单按基准日有效的规定判定；现行(" + layers::isoFromDay(result.today) +
                                ")规定不同的，在判定依据中并列。");
}

void addInputs(const CheckResult& result, Lines& lines) {
    for (const layers::InputReport& input : result.inputs) {
        const std::string label = "输入：" + std::string(layers::roleNameZh(input.role));
        lines.add(label,
                  fmt::format("{}：要素 {} 个，图形有误 {} 个，修复 {} 个，无法使用 {} 个", inputName(input),
                              input.features, input.invalid, input.repaired, input.rejected));
        lines.add(label, "sha256 " + input.sha256);
        lines.add(label, fmt::format("坐标系 {}({})；编码 {}({})；导入方案 {}", input.crs, input.crsReason,
                                     input.encoding, input.encodingReason, input.profile));
        std::vector<std::string> mapping;
        mapping.reserve(input.mapping.size());
        for (const auto& [ours, source] : input.mapping) {
            mapping.push_back(fmt::format("{}={}", ours, source));
        }
        if (!mapping.empty()) {
            lines.add(label, fmt::format("字段对应 {}", fmt::join(mapping, "，")));
        }
    }
    if (result.known) {
        const std::string label = "输入：位置对照(--known)";
        lines.add(label, fmt::format("{}：要素 {} 个；坐标系 {}({})", inputName(*result.known),
                                     result.known->features, result.known->crs, result.known->crsReason));
        lines.add(label, "sha256 " + result.known->sha256);
    }
}

/// Version, approval and dates of the zones of each layer.
void addVersions(const CheckResult& result, Lines& lines) {
    for (std::size_t i = 0; i < result.inputs.size(); ++i) {
        if (!isZoneRole(result.inputs[i].role)) {
            continue;
        }
        std::map<std::string, std::int64_t> versions;
        for (const layers::Zone& zone : result.zones) {
            if (zone.input != static_cast<std::int32_t>(i)) {
                continue;
            }
            std::vector<std::string> parts;
            addOnce(parts, zone.version.empty() ? "" : "版本 " + zone.version);
            addOnce(parts, zone.approval);
            addOnce(parts, dateText(zone.approved).empty() ? "" : "批复 " + dateText(zone.approved));
            addOnce(parts, dateText(zone.validFrom).empty() ? "" : "自 " + dateText(zone.validFrom));
            addOnce(parts, dateText(zone.validTo).empty() ? "" : "至 " + dateText(zone.validTo));
            ++versions[parts.empty() ? "数据未注明版本和批复" : fmt::format("{}", fmt::join(parts, "，"))];
        }
        std::size_t named = 0;
        for (const auto& [version, count] : versions) {
            if (++named > kNamedVersions) {
                lines.add("管控区版本", fmt::format("{}：另有 {} 种", inputName(result.inputs[i]),
                                                    versions.size() - kNamedVersions));
                break;
            }
            lines.add("管控区版本",
                      fmt::format("{}：{}({} 个)", inputName(result.inputs[i]), version, count));
        }
    }
}

std::string countyNames(const CheckResult& result, const std::set<std::int32_t>& counties) {
    std::vector<std::string> names;
    names.reserve(counties.size());
    for (const std::int32_t county : counties) {
        names.push_back(countyWords(result, county).name);
    }
    return fmt::format("{}", fmt::join(names, "、"));
}

/// Which counties each zone layer reaches, and where patches were checked against nothing of a role.
void addCounties(const CheckResult& result, Lines& lines) {
    if (result.counties.empty()) {
        lines.add("管控区覆盖", "未提供行政区划图层(--admin)，无法说明管控区覆盖的县，清单不分县。");
        return;
    }
    std::set<std::int32_t> withPatches;
    for (const PatchResult& patch : result.results) {
        for (const CountyPart& part : patch.counties) {
            if (part.county >= 0) {
                withPatches.insert(part.county);
            }
        }
    }
    std::map<Role, std::set<std::int32_t>> reached;
    for (std::size_t i = 0; i < result.inputs.size() && i < result.countiesOfInput.size(); ++i) {
        const layers::InputReport& input = result.inputs[i];
        if (isZoneRole(input.role)) {
            const std::set<std::int32_t> counties(result.countiesOfInput[i].begin(),
                                                  result.countiesOfInput[i].end());
            reached[input.role].insert(counties.begin(), counties.end());
            lines.add("管控区覆盖",
                      fmt::format("{} {}：{}", layers::roleNameZh(input.role), inputName(input),
                                  counties.empty() ? "不涉及任何县" : countyNames(result, counties)));
        }
    }
    for (const Role role : {Role::RedLine, Role::Reserve, Role::Water}) {
        std::set<std::int32_t> without;
        std::set_difference(withPatches.begin(), withPatches.end(), reached[role].begin(),
                            reached[role].end(), std::inserter(without, without.end()));
        if (!without.empty()) {
            lines.add("无数据的县", fmt::format("有图斑而没有{}数据：{}。请确认是确无此类管控区还是缺数据。",
                                                layers::roleNameZh(role), countyNames(result, without)));
        }
    }
}

void addSettings(const CheckResult& result, Lines& lines) {
    for (const layers::SettingInfo& info : layers::settingInfos()) {
        lines.add("参数",
                  fmt::format("{}({}) = {}{}{}", info.titleZh, info.name, result.settings.*(info.member),
                              *info.unit == '\0' ? "" : " ", info.unit));
    }
    lines.add("占压认定", "重叠面积、占图斑比例、平均宽度(2×面积÷周长)有一项达到认定值即列入核查清单，"
                          "都未达到的为擦边，列入临界清单，不删除。");
    lines.add("线状认定", "线状图斑在管控区内的长度达到认定长度，或达到全长的认定比例，即列入核查清单；"
                          "两端各缩短一个位置误差后仍达到的为确定占压。");
    lines.add("位置误差",
              fmt::format("e = √(图斑误差² + 边界误差²) = {} 米。面积下限 = max(0, 面积 − e·L)，面积上限 = "
                          "min(图斑面积, 面积 + e·L)，L 为图斑内的管控区边界长度。",
                          fixedText(result.settings.positionErrorM(), kM2Decimals)));
    lines.add("位置误差", "按下限仍达到认定值的为确定占压；按量算值达到而按下限达不到的为疑似压边。");
}

void addRules(const CheckResult& result, Lines& lines) {
    std::set<std::string> used;
    std::set<std::string> unsettled;
    std::int64_t findings = 0;
    std::int64_t unsettledFindings = 0;
    std::int64_t fallback = 0;
    std::int64_t converted = 0;
    for (const PatchResult& patch : result.results) {
        if (patch.bucket != layers::Bucket::Listed) {
            continue;
        }
        for (const layers::Finding& finding : patch.findings) {
            const layers::Judgement& judgement = result.judgements[finding.atDate];
            const bool isUnsettled = judgement.confidence == layers::Confidence::Expert;
            ++findings;
            used.insert(judgement.ruleId);
            if (isUnsettled) {
                unsettled.insert(judgement.ruleId);
            }
            unsettledFindings += isUnsettled ? 1 : 0;
            fallback += judgement.fallback ? 1 : 0;
            converted += judgement.converted ? 1 : 0;
        }
    }
    lines.add("规则", fmt::format("{}，版本 {}，文件 {}，sha256 {}", result.rules.name, result.rules.version,
                                  result.rules.fileName, result.rules.sha256));
    lines.add("规则", fmt::format("用到规则 {} 条，线索 {} 条(图斑 × 管控区)", used.size(), findings));
    lines.add("规则",
              fmt::format("其中依据待核的规则 {} 条、线索 {} 条：{}", unsettled.size(), unsettledFindings,
                          unsettled.empty() ? "无" : fmt::format("{}", fmt::join(unsettled, "、"))));
    lines.add("规则", fmt::format("仅兜底规则的线索 {} 条；按原功能区换算的线索 {} 条", fallback, converted));
}

void addClosing(const CheckResult& result, Lines& lines) {
    using layers::Bucket;
    std::int64_t read = 0;
    for (const layers::InputReport& input : result.inputs) {
        read += input.role == Role::Changes ? input.features : 0;
    }
    const std::int64_t sum = result.countOf(Bucket::Listed) + result.countOf(Bucket::Near) +
                             result.countOf(Bucket::Clear) + result.countOf(Bucket::Duplicate) +
                             result.countOf(Bucket::Rejected);
    lines.add("数量闭合", fmt::format("读入 {} = 清单 {} + 临界 {} + 不涉及 {} + 重复 {} + 错误 {}{}", read,
                                      result.countOf(Bucket::Listed), result.countOf(Bucket::Near),
                                      result.countOf(Bucket::Clear), result.countOf(Bucket::Duplicate),
                                      result.countOf(Bucket::Rejected),
                                      read == sum ? "(闭合)" : fmt::format("(不闭合，差 {})", read - sum)));
    const PrintedTotals totals = printedTotals(result);
    lines.add("面积闭合",
              fmt::format("核查清单图斑面积合计 {} 公顷，其中涉及管控区 {} 公顷(去重)；合计为打印值之和",
                          fixedText(totals.areaHa, kHaDecimals), fixedText(totals.coveredHa, kHaDecimals)));
    lines.add("面积闭合", "各图斑被管控区分割成的各部分之和与图斑面积之差，最大 " +
                              fmt::format(kResidualFormat, result.residualM2) +
                              " 平方米(限差 0.01 平方米 + 面积的 1e-9)");
    lines.add("叠加方式", fmt::format("图斑整体在内 {} 对，在外 {} 对，局部叠加 {} 对，整体叠加 {} 对",
                                      result.enginePaths[kPathInside], result.enginePaths[kPathOutside],
                                      result.enginePaths[kPathLocalised], result.enginePaths[kPathFull]));
}

void addMethods(Lines& lines) {
    lines.add("面积计算",
              "椭球面积，国土调查办发〔2008〕32号公式，CGCS2000 椭球；不计坡面。1 公顷 = 10000 平方米。"
              "长度和距离为 CGCS2000 椭球面大地线长度。");
    lines.add("坐标", "CGCS2000 经纬度(EPSG:4490)，无偏移加密；中心坐标为图斑内部点。");
    lines.add(
        "取整",
        "面积 4 位小数(公顷)、长度 1 位小数(米)。图斑面积先取整，各组成部分按最大余数法取整，使各部分之和等于"
        "图斑面积；分项与单独四舍五入的结果末位可能差 1 至 2。比例由未取整的面积算出。");
    lines.add(
        "去重",
        "涉及面积按图斑各组成部分计，多个管控区重叠处只计一次；分类面积按较严分区计，各类之和可能大于合计。");
    lines.add("清单 CSV", "以 = + - @ 制表符 换行 撇号(含全角 ＝＋－＠)开头的文本前加一个半角撇号，"
                          "防止被电子表格当作公式；读回时去掉开头一个撇号即为原文。");
}

} // namespace

std::vector<ExplanationLine> explanation(const CheckResult& result) {
    Lines lines;
    addState(result, lines);
    addRun(result, lines);
    addClosing(result, lines);
    addInputs(result, lines);
    addVersions(result, lines);
    addCounties(result, lines);
    addSettings(result, lines);
    addRules(result, lines);
    addMethods(lines);
    return lines.take();
}

} // namespace app
