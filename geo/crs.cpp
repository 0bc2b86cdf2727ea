#include "geo/crs_handle.hpp"

#include "geo/crs_datum_handle.hpp"
#include "geo/ellipsoid.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <string_view>
#include <system_error>

namespace geo::projlib {

namespace {

/// PROJ's confidence that two systems are the same but for their names.
constexpr int kSameButForName = 70;

/// A file's text without byte order mark and surrounding blanks.
std::string trimmed(std::string text) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    constexpr std::string_view kBlanks{" \t\r\n\0", 5};
    if (text.starts_with(kByteOrderMark)) {
        text.erase(0, kByteOrderMark.size());
    }
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// "EPSG:4490": an authority and its code.
bool isCode(std::string_view text) {
    const std::size_t colon = text.find(':');
    const auto isLetter = [](unsigned char c) { return std::isalpha(c) != 0; };
    const auto isDigit = [](unsigned char c) { return std::isdigit(c) != 0; };
    return colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() &&
           std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), isLetter) &&
           std::all_of(text.begin() + static_cast<std::ptrdiff_t>(colon) + 1, text.end(), isDigit);
}

std::string shortened(const std::string& text) {
    constexpr std::size_t kMost = 160;
    if (text.size() <= kMost) {
        return text;
    }
    std::size_t end = kMost;
    // Not inside a UTF-8 character.
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end) + "…";
}

[[noreturn]] void unknown(const std::string& definition, const std::string& reason) {
    throw Error("无法识别坐标系 / unknown coordinate system: " + shortened(definition) + " (" + reason +
                "). 请用 --crs 角色=EPSG:代码 指明，例如 EPSG:4490 / name it with --crs ROLE=EPSG:n, e.g. "
                "EPSG:4490.");
}

PjPtr parsed(Context& context, const std::string& definition) {
    if (definition.empty()) {
        unknown("", "空 / empty");
    }
    const bool isWkt = definition.find('[') != std::string::npos || definition.find('(') != std::string::npos;
    const bool isJson = definition.front() == '{';
    // PROJ would also take names and guess among them, and pipelines, which are not coordinate systems.
    if (!isCode(definition) && !isWkt && !isJson) {
        unknown(definition, "既非 EPSG 代码，也非 WKT 或 PROJJSON / neither EPSG:n nor WKT nor PROJJSON");
    }
    PjPtr pj(proj_create(context.get(), definition.c_str()));
    if (!pj || proj_is_crs(pj.get()) == 0) {
        const std::string message = context.takeMessage();
        unknown(definition, message.empty() ? "不是坐标系 / not a coordinate system" : message);
    }
    return pj;
}

/// What lies in the plane: the horizontal part of a compound system, the system itself where a datum shift is
/// bound to it (the shift is a guess of whoever wrote the file).
PjPtr horizontal(Context& context, PjPtr pj) {
    for (;;) {
        const PJ_TYPE type = proj_get_type(pj.get());
        PjPtr inner;
        if (type == PJ_TYPE_BOUND_CRS) {
            inner.reset(proj_get_source_crs(context.get(), pj.get()));
        } else if (type == PJ_TYPE_COMPOUND_CRS) {
            inner.reset(proj_crs_get_sub_crs(context.get(), pj.get(), 0));
        } else {
            break;
        }
        if (!inner) {
            unknown(proj_get_name(pj.get()), context.takeMessage());
        }
        pj = std::move(inner);
    }
    return pj;
}

/// EPSG's codes are numbers.
std::optional<int> asNumber(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

bool sameSystem(Context& context, const PJ* a, const PJ* b) {
    return proj_is_equivalent_to_with_ctx(context.get(), a, b,
                                          PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
}

/// The code that the definition carries, believed only when the definition says what EPSG says of that code.
std::optional<int> carriedCode(Context& context, const PJ* crs) {
    const char* authority = proj_get_id_auth_name(crs, 0);
    const char* code = proj_get_id_code(crs, 0);
    if (authority == nullptr || code == nullptr || std::string_view(authority) != "EPSG") {
        return std::nullopt;
    }
    const PjPtr official(proj_create_from_database(context.get(), "EPSG", code, PJ_CATEGORY_CRS, 0, nullptr));
    if (!official) {
        return std::nullopt;
    }
    return sameSystem(context, crs, official.get()) ? asNumber(code) : std::nullopt;
}

std::optional<int> identifiedCode(Context& context, const PJ* crs) {
    int* confidences = nullptr;
    const PjListPtr list(proj_identify(context.get(), crs, "EPSG", nullptr, &confidences));
    std::optional<int> code;
    int best = kSameButForName - 1;
    for (int i = 0; list && i < proj_list_get_count(list.get()); ++i) {
        const PjPtr found(proj_list_get(context.get(), list.get(), i));
        const char* text = found ? proj_get_id_code(found.get(), 0) : nullptr;
        if (text != nullptr && confidences[i] > best) {
            best = confidences[i];
            code = asNumber(text);
        }
    }
    proj_int_list_destroy(confidences);
    return code;
}

/// Metres or radians of the first axis' unit.
double unitOf(Context& context, const PJ* crs) {
    const PjPtr system(proj_crs_get_coordinate_system(context.get(), crs));
    double factor = 0;
    if (!system || proj_cs_get_axis_info(context.get(), system.get(), 0, nullptr, nullptr, nullptr, &factor,
                                         nullptr, nullptr, nullptr) == 0) {
        return 0;
    }
    return factor;
}

/// A parameter of a projection in metres, radians or as a number; nothing where the projection has none of
/// this name.
std::optional<double> parameterOf(Context& context, const PJ* conversion, const char* name) {
    const int index = proj_coordoperation_get_param_index(context.get(), conversion, name);
    double value = 0;
    double unit = 1;
    if (index < 0 ||
        proj_coordoperation_get_param(context.get(), conversion, index, nullptr, nullptr, nullptr, &value,
                                      nullptr, &unit, nullptr, nullptr, nullptr, nullptr) == 0) {
        return std::nullopt;
    }
    return value * unit;
}

void readProjection(Context& context, const PJ* conversion, CrsInfo& info) {
    info.falseEastingM = parameterOf(context, conversion, "False easting").value_or(0);
    const char* method = nullptr;
    if (proj_coordoperation_get_method_info(context.get(), conversion, &method, nullptr, nullptr) == 0 ||
        method == nullptr || std::string_view(method).find("Transverse Mercator") == std::string_view::npos) {
        return;
    }
    constexpr double kDegrees = 57.29577951308232;
    if (const auto meridian = parameterOf(context, conversion, "Longitude of natural origin")) {
        info.centralMeridianDeg = *meridian * kDegrees;
    }
    info.meridianScale = parameterOf(context, conversion, "Scale factor at natural origin").value_or(1);
}

} // namespace

Crs readCrs(Context& context, const std::string& definition) {
    const std::string text = trimmed(definition);
    Crs out;
    out.crs = horizontal(context, parsed(context, text));
    const PJ_TYPE type = proj_get_type(out.crs.get());
    out.info.geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
    if (!out.info.geographic && type != PJ_TYPE_PROJECTED_CRS) {
        unknown(
            text,
            "不是地理坐标系或投影坐标系（地心、高程、工程坐标系不适用） / neither geographic nor projected");
    }
    // Only a derived geographic system has a conversion of its own.
    const PjPtr conversion(proj_crs_get_coordoperation(context.get(), out.crs.get()));
    if (out.info.geographic && conversion) {
        unknown(text, "极点旋转的地理坐标系不适用 / a geographic system with a rotated pole");
    }
    out.geodetic.reset(proj_crs_get_geodetic_crs(context.get(), out.crs.get()));
    if (!out.geodetic) {
        unknown(text, context.takeMessage());
    }
    out.degreesPerUnit = unitOf(context, out.geodetic.get()) / ellipsoid::kRadiansPerDegree;
    out.info.name = proj_get_name(out.crs.get());
    out.info.epsg = carriedCode(context, out.crs.get());
    if (!out.info.epsg) {
        out.info.epsg = identifiedCode(context, out.crs.get());
    }
    out.info.metresPerUnit = out.info.geographic ? 0 : unitOf(context, out.crs.get());
    if (conversion) {
        readProjection(context, conversion.get(), out.info);
    }
    std::optional<int> geodeticCode = carriedCode(context, out.geodetic.get());
    if (!geodeticCode) {
        geodeticCode = identifiedCode(context, out.geodetic.get());
    }
    const DatumVerdict verdict = judgeDatum(context, out.geodetic.get(), geodeticCode);
    out.info.datum = verdict.name;
    out.info.equalWithinM = verdict.equalWithinM;
    if (verdict.isCgcs2000ByAnotherName && out.info.geographic && !out.info.epsg) {
        constexpr int kCgcs2000 = 4490;
        out.info.epsg = kCgcs2000;
    }
    return out;
}

} // namespace geo::projlib
