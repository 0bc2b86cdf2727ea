#include "app/check/closing.hpp"

#include <algorithm>
#include <cmath>

namespace app {

namespace {

constexpr double kLimitM2 = 0.01;
constexpr double kLimitShare = 1e-9;
/// Sums of figures printed with four decimals are exact to far less than half a unit of the last.
constexpr double kPrintedLimit = 1e-6;

void closePatch(CheckResult& result, std::size_t i) {
    const PatchResult& patch = result.results[i];
    const double measure = patch.overlay.measure;
    double atoms = 0;
    for (const geo::Atom& atom : patch.overlay.atoms) {
        atoms += atom.measure;
    }
#ifdef ECOREDLINE_PLANTED_FAULT
    atoms += i == 0 ? 1.0 : 0.0; // tests/cli: a program whose sums do not close must say so and exit with 4
#endif
    const double residual = measure - atoms;
    result.residualM2 = std::max(result.residualM2, std::abs(residual));
    if (std::abs(residual) > residualLimit(measure)) {
        result.faults.push_back(
            {"图斑 " + result.patches[i].id + " 各部分之和 (sum of atoms)", measure, atoms});
    }
    double inCounties = 0;
    double coveredInCounties = 0;
    for (const CountyPart& part : patch.counties) {
        inCounties += part.measure;
        coveredInCounties += part.covered;
    }
    if (!patch.counties.empty() && std::abs(inCounties - measure) > residualLimit(measure)) {
        result.faults.push_back(
            {"图斑 " + result.patches[i].id + " 分县面积之和 (sum by county)", measure, inCounties});
    }
    if (!patch.counties.empty() && std::abs(coveredInCounties - patch.covered) > residualLimit(measure)) {
        result.faults.push_back({"图斑 " + result.patches[i].id + " 分县涉及面积之和 (covered by county)",
                                 patch.covered, coveredInCounties});
    }
}

} // namespace

double residualLimit(double measure) {
    return kLimitM2 + kLimitShare * measure;
}

void closeSums(CheckResult& result) {
    result.residualM2 = 0;
    for (std::size_t i = 0; i < result.results.size(); ++i) {
        closePatch(result, i);
    }
    std::int64_t read = 0;
    for (const layers::InputReport& input : result.inputs) {
        read += input.role == layers::Role::Changes ? input.features : 0;
    }
    std::int64_t buckets = 0;
    for (const auto bucket : {layers::Bucket::Rejected, layers::Bucket::Duplicate, layers::Bucket::Listed,
                              layers::Bucket::Near, layers::Bucket::Clear}) {
        buckets += result.countOf(bucket);
    }
    if (read != buckets) {
        result.faults.push_back({"读入 = 清单 + 临界 + 不涉及 + 重复 + 错误 (read = sum of buckets)",
                                 static_cast<double>(read), static_cast<double>(buckets)});
    }
}

void closePrintedSum(CheckResult& result, const char* what, double sumOfCells, double printedTotal) {
    if (std::abs(sumOfCells - printedTotal) > kPrintedLimit) {
        result.faults.push_back({what, printedTotal, sumOfCells});
    }
}

} // namespace app
