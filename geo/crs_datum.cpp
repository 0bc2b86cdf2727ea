#include "geo/crs_datum_handle.hpp"

#include "geo/ellipsoid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace geo::projlib {

namespace {

constexpr double kRealisationsWithinM = 1;
/// The worst accuracy that EPSG may state of a null transformation: below the 5 m that patches themselves are
/// good for.
constexpr double kWorstNullM = 4;

struct ContextListDeleter {
    void operator()(PJ_OPERATION_FACTORY_CONTEXT* factory) const {
        proj_operation_factory_context_destroy(factory);
    }
};
using FactoryPtr = std::unique_ptr<PJ_OPERATION_FACTORY_CONTEXT, ContextListDeleter>;

std::string datumName(Context& context, const PJ* geodetic) {
    PjPtr datum(proj_crs_get_datum(context.get(), geodetic));
    if (!datum) {
        datum.reset(proj_crs_get_datum_ensemble(context.get(), geodetic));
    }
    std::string name = datum ? proj_get_name(datum.get()) : "";
    constexpr std::string_view kEnsemble = " ensemble";
    if (name.ends_with(kEnsemble)) {
        name.erase(name.size() - kEnsemble.size());
    }
    return name;
}

bool hasGreenwich(Context& context, const PJ* geodetic) {
    const PjPtr meridian(proj_get_prime_meridian(context.get(), geodetic));
    double longitude = 0;
    return meridian &&
           proj_prime_meridian_get_parameters(context.get(), meridian.get(), &longitude, nullptr, nullptr) !=
               0 &&
           longitude == 0;
}

/// Semi-major axis and inverse flattening of CGCS2000, or near enough of WGS 84 (they differ by 0.1 mm).
bool hasModernEllipsoid(Context& context, const PJ* geodetic) {
    constexpr double kDigits = 1e-5; // WGS 84 has 298.257223563, CGCS2000 298.257222101
    const PjPtr figure(proj_get_ellipsoid(context.get(), geodetic));
    double a = 0;
    double inverseFlattening = 0;
    return figure &&
           proj_ellipsoid_get_parameters(context.get(), figure.get(), &a, nullptr, nullptr,
                                         &inverseFlattening) != 0 &&
           a == ellipsoid::kA && std::abs(inverseFlattening - 1 / ellipsoid::kF) < kDigits;
}

/// Letters (ASCII in lower case) and digits only, without the D_ that ESRI puts in front.
std::string plain(std::string_view name) {
    if (name.starts_with("D_")) {
        name.remove_prefix(2);
    }
    std::string out;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z') {
            out.push_back(static_cast<char>(c - 'A' + 'a'));
        } else if (c != ' ' && c != '_' && c != '-') {
            out.push_back(c);
        }
    }
    return out;
}

bool isCgcs2000Name(const std::string& name) {
    constexpr std::array<std::string_view, 6> kNames{
        "china2000", "cgcs2000",           "chinageodeticcoordinatesystem2000",
        "国家2000",  "2000国家大地坐标系", "国家2000大地坐标系"};
    return std::find(kNames.begin(), kNames.end(), plain(name)) != kNames.end();
}

bool isWorldFrameName(const std::string& name) {
    constexpr std::array<std::string_view, 4> kBeginnings{"worldgeodeticsystem1984", "wgs1984", "wgs84",
                                                          "internationalterrestrialreferenceframe"};
    const std::string letters = plain(name);
    return std::any_of(kBeginnings.begin(), kBeginnings.end(),
                       [&](std::string_view beginning) { return letters.starts_with(beginning); });
}

/// Does this operation leave positions where they are (but for the 0.1 mm between GRS 80 and WGS 84)?
bool isNull(const PJ* operation, PJ_CONTEXT* context) {
    constexpr double kUnmovedDeg = 1e-8;
    constexpr std::array<std::array<double, 2>, 3> kPlaces{{{30, 101}, {-12, -55}, {55, 15}}};
    const PjPtr usable(proj_clone(context, operation));
    return usable && std::all_of(kPlaces.begin(), kPlaces.end(), [&](const std::array<double, 2>& place) {
               const PJ_COORD out = proj_trans(usable.get(), PJ_FWD, proj_coord(place[0], place[1], 0, 0));
               return std::abs(out.v[0] - place[0]) < kUnmovedDeg &&
                      std::abs(out.v[1] - place[1]) < kUnmovedDeg;
           });
}

/// The best accuracy that EPSG states of a null transformation from the system to WGS 84.
std::optional<double> nullTransformationM(Context& context, int geodeticEpsg) {
    const std::string code = std::to_string(geodeticEpsg);
    const PjPtr from(
        proj_create_from_database(context.get(), "EPSG", code.c_str(), PJ_CATEGORY_CRS, 0, nullptr));
    const PjPtr to(proj_create_from_database(context.get(), "EPSG", "4326", PJ_CATEGORY_CRS, 0, nullptr));
    const FactoryPtr factory(proj_create_operation_factory_context(context.get(), nullptr));
    if (!from || !to || !factory) {
        return std::nullopt;
    }
    proj_operation_factory_context_set_allow_ballpark_transformations(context.get(), factory.get(), 0);
    proj_operation_factory_context_set_spatial_criterion(context.get(), factory.get(),
                                                         PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(
        context.get(), factory.get(), PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    const PjListPtr list(proj_create_operations(context.get(), from.get(), to.get(), factory.get()));
    std::optional<double> best;
    for (int i = 0; list && i < proj_list_get_count(list.get()); ++i) {
        const PjPtr operation(proj_list_get(context.get(), list.get(), i));
        const double accuracy =
            operation ? proj_coordoperation_get_accuracy(context.get(), operation.get()) : -1;
        if (accuracy >= 0 && accuracy <= kWorstNullM && (!best || accuracy < *best) &&
            isNull(operation.get(), context.get())) {
            best = accuracy;
        }
    }
    return best;
}

} // namespace

DatumVerdict judgeDatum(Context& context, const PJ* geodetic, std::optional<int> geodeticEpsg) {
    DatumVerdict verdict;
    verdict.name = datumName(context, geodetic);
    if (!hasGreenwich(context, geodetic)) {
        return verdict;
    }
    const bool modern = hasModernEllipsoid(context, geodetic);
    if (modern && isCgcs2000Name(verdict.name)) {
        verdict.equalWithinM = 0;
        verdict.isCgcs2000ByAnotherName = !geodeticEpsg;
    } else if (modern && isWorldFrameName(verdict.name)) {
        verdict.equalWithinM = kRealisationsWithinM;
    } else if (geodeticEpsg) {
        verdict.equalWithinM = nullTransformationM(context, *geodeticEpsg);
    }
    return verdict;
}

} // namespace geo::projlib
