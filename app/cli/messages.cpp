#include "app/cli/messages.hpp"

#include "app/report/workbook.hpp"

#include <fmt/format.h>

#include <array>

namespace app {

namespace {

struct VerdictCount {
    layers::Verdict verdict;
    const char* english;
};
constexpr std::array kVerdicts{VerdictCount{layers::Verdict::Prohibited, "prohibited"},
                               VerdictCount{layers::Verdict::NeedsCheck, "needs checking"},
                               VerdictCount{layers::Verdict::Restricted, "restricted"},
                               VerdictCount{layers::Verdict::NeedsPermit, "needs permits"},
                               VerdictCount{layers::Verdict::RecoveryCheck, "recovery to check"}};

std::string verdictLines(const CheckResult& check) {
    std::string zh;
    std::string en;
    for (const VerdictCount& verdict : kVerdicts) {
        std::int64_t count = 0;
        for (const std::int32_t patch : check.listed) {
            const layers::Finding& main = check.results[static_cast<std::size_t>(patch)].findings.front();
            count += check.judgements[main.atDate].verdict == verdict.verdict ? 1 : 0;
        }
        zh += fmt::format(" 疑似{} {}", layers::verdictNameZh(verdict.verdict), count);
        en += fmt::format(" {} {},", verdict.english, count);
    }
    en.back() = '.';
    return fmt::format("  主判定:{}\n  main verdicts (suspected):{}\n", zh, en);
}

} // namespace

std::string checkSummary(const CheckJobResult& job) {
    const CheckResult& check = job.check;
    const std::int64_t listed = check.countOf(layers::Bucket::Listed);
    const std::int64_t near = check.countOf(layers::Bucket::Near);
    const std::int64_t clear = check.countOf(layers::Bucket::Clear);
    const std::int64_t duplicate = check.countOf(layers::Bucket::Duplicate);
    const std::int64_t rejected = check.countOf(layers::Bucket::Rejected);
    const double coveredHa = printedTotals(check).coveredHa; // as the workbook's total says
    std::string text;
    if (!check.faults.empty()) {
        text += "结果无效: 合计不闭合，见 run.json 的 closing_faults / RESULT INVALID: sums do not close, "
                "see closing_faults in "
                "run.json\n";
    }
    if (check.zonesIncomplete) {
        text += "管控区不完整: 有管控区要素未能使用，“不涉及”不可靠 / zone layers are incomplete, \"clear\" "
                "cannot be relied on\n";
    }
    text += fmt::format("核查完成: 读入 {} = 清单 {} + 临界 {} + 不涉及 {} + 重复 {} + 错误 {}; 清单涉及面积 "
                        "{:.4f} 公顷(去重)\n",
                        listed + near + clear + duplicate + rejected, listed, near, clear, duplicate,
                        rejected, coveredHa);
    text += fmt::format(
        "checked: read {} = listed {} + near {} + clear {} + duplicate {} + rejected {}; listed patches "
        "cover {:.4f} ha of zones (de-duplicated)\n",
        listed + near + clear + duplicate + rejected, listed, near, clear, duplicate, rejected, coveredHa);
    text += verdictLines(check);
    text += fmt::format(
        "  数据问题 problems: {}; 用时 seconds: 读 read {:.2f} + 核 check {:.2f} + 写 write {:.2f}\n",
        check.problems.size(), job.timings.readS, job.timings.checkS, job.timings.writeS);
    text += "  结果均为疑似线索，以实地核查为准 / all results are suspected clues, subject to field "
            "verification\n";
    for (const std::filesystem::path& file : job.written) {
        text += "  " + file.string() + "\n";
    }
    return text;
}

} // namespace app
