#include "layers/datum_shift.hpp"

#include "layers/error.hpp"
#include "layers/text.hpp"

#include <cmath>
#include <vector>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::size_t kSeven = 7;
constexpr std::size_t kThree = 3;
constexpr std::size_t kPlane = 4;
constexpr double kPpm = 1e-6;

std::vector<std::string> parts(std::string_view text) {
    std::vector<std::string> found;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t comma = std::min(text.find(',', from), text.size());
        found.push_back(trimmed(text.substr(from, comma - from)));
        from = comma + 1;
    }
    return found;
}

[[noreturn]] void refuse(std::string_view text, const char* zh, const char* en) {
    throw Error(fmt::format("“{0}”：{1} / \"{0}\": {2}", text, zh, en));
}

constexpr const char* kSevenZh = "应为三个或七个数 dx,dy,dz[,rx,ry,rz,s]（米、角秒、ppm，位置矢量法）";
constexpr const char* kSevenEn = "should be three or seven numbers dx,dy,dz[,rx,ry,rz,s] (metres, "
                                 "arc-seconds, ppm, position vector convention)";
constexpr const char* kPlaneZh = "应为四个数 dE,dN,旋转角,尺度（米、米、角秒、ppm 或 k=系数）";
constexpr const char* kPlaneEn = "should be four numbers dE,dN,rotation,scale (metres, metres, arc-seconds, "
                                 "ppm or k=factor)";

} // namespace

geo::DatumShift parseSevenParameters(std::string_view text) {
    geo::DatumShift shift{geo::DatumShift::Kind::Seven, {}};
    const std::vector<std::string> numbers = parts(text);
    if (numbers.size() != kSeven && numbers.size() != kThree) {
        refuse(text, kSevenZh, kSevenEn);
    }
    for (std::size_t n = 0; n < numbers.size(); ++n) {
        const auto value = parseNumber(numbers[n]);
        if (!value) {
            refuse(text, kSevenZh, kSevenEn);
        }
        shift.parameters.at(n) = *value;
    }
    return shift;
}

geo::DatumShift parsePlaneParameters(std::string_view text) {
    geo::DatumShift shift{geo::DatumShift::Kind::Plane, {}};
    std::vector<std::string> numbers = parts(text);
    if (numbers.size() != kPlane) {
        refuse(text, kPlaneZh, kPlaneEn);
    }
    std::string& scale = numbers.back();
    const bool isFactor = scale.starts_with("k=") || scale.starts_with("K=");
    if (isFactor) {
        scale.erase(0, 2);
    }
    for (std::size_t n = 0; n < numbers.size(); ++n) {
        const auto value = parseNumber(numbers[n]);
        if (!value) {
            refuse(text, kPlaneZh, kPlaneEn);
        }
        shift.parameters.at(n) = *value;
    }
    constexpr double kMostOff = 0.01; // no survey's scale is a percent off
    double& ppm = shift.parameters[kPlane - 1];
    ppm = isFactor ? (ppm - 1) / kPpm : ppm;
    if (std::abs(ppm) * kPpm > kMostOff) {
        refuse(text, "尺度偏离 1 超过百分之一：以 ppm 给出，或写 k=系数",
               "the scale is more than a percent off 1: give it in ppm, or as k=factor");
    }
    return shift;
}

std::string datumShiftText(const geo::DatumShift& shift) {
    const auto& p = shift.parameters;
    switch (shift.kind) {
    case geo::DatumShift::Kind::Seven:
        return fmt::format(R"(dx={} m, dy={} m, dz={} m, rx={}", ry={}", rz={}", s={} ppm, position vector)",
                           p[0], p[1], p[2], p[3], p[4], p[5], p[6]);
    case geo::DatumShift::Kind::Plane:
        return fmt::format(R"(dE={} m, dN={} m, rotation={}", scale={} ppm)", p[0], p[1], p[2], p[3]);
    case geo::DatumShift::Kind::AsIs:
    case geo::DatumShift::Kind::None:
        break;
    }
    return {};
}

} // namespace layers
