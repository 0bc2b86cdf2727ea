#include "app/cases/lineage.hpp"

#include "geo/area.hpp"
#include "geo/geodesic.hpp"
#include "geo/near_part.hpp"
#include "geo/patch_overlay.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

namespace app {

namespace {

using geo::Dimension;
using layers::Relation;
using layers::Settings;

/// Room for the local plane in which boxes are compared with ellipsoidal areas.
constexpr double kBoxSlack = 1.01;
constexpr double kOrderSteps = 1e6;

double measureOf(const geo::Shape& shape) {
    switch (shape.dimension()) {
    case Dimension::Area:
        return geo::ellipsoidalAreaM2(shape);
    case Dimension::Line:
        return geo::geodesicPerimeterM(shape);
    case Dimension::Point:
        return static_cast<double>(shape.points.size());
    case Dimension::Empty:
        break;
    }
    return 0;
}

std::vector<geo::Shape> areasOf(const geo::Shape& shape) {
    return shape.dimension() == Dimension::Area ? std::vector<geo::Shape>{shape} : std::vector<geo::Shape>();
}

/// The common area is at most that of the common box; metres of the place where they are largest.
double mostCommonM2(const geo::Box& a, const geo::Box& b) {
    const geo::Box both{std::max(a.minX, b.minX), std::max(a.minY, b.minY), std::min(a.maxX, b.maxX),
                        std::min(a.maxY, b.maxY)};
    if (both.minX > both.maxX || both.minY > both.maxY) {
        return 0;
    }
    const geo::MetresPerDegree low = geo::metresPerDegree(both.minY);
    const geo::MetresPerDegree high = geo::metresPerDegree(both.maxY);
    return (both.maxX - both.minX) * std::max(low.lon, high.lon) * (both.maxY - both.minY) *
           std::max(low.lat, high.lat) * kBoxSlack;
}

bool isEqual(const Site& a, const Site& b) {
    return a.hash() == b.hash() &&
           (a.shape() == b.shape() || geo::normalised(a.shape()) == geo::normalised(b.shape()));
}

Common sameShape() {
    return {1.0, 1.0, 1.0, 1.0, 0.0};
}

/// Two things of one kind that have `partNew` of the new and `partOld` of the earlier one in common.
Common shared(const Site& now, const Site& then, double partNew, double partOld, double distanceM) {
    const double common = std::min(partNew, partOld);
    return {common / (now.measure() + then.measure() - common), partNew / now.measure(),
            partOld / then.measure(), now.measure() / then.measure(), distanceM};
}

std::optional<Common> commonArea(const Site& now, const Site& then, const Settings& settings) {
    const double smaller = std::min(now.measure(), then.measure());
    if (smaller <= 0 || mostCommonM2(now.box(), then.box()) < settings.lineagePartialShare * smaller) {
        return std::nullopt;
    }
    geo::OverlayOptions options;
    options.nearDistanceM = [](std::uint32_t) { return 0.0; };
    // The larger one stands as the zone: its far parts cost nothing.
    const bool isNewSmaller = now.measure() <= then.measure();
    const geo::PatchOverlay overlay = isNewSmaller ? geo::overlayPatch(now.shape(), then.index(), options)
                                                   : geo::overlayPatch(then.shape(), now.index(), options);
    if (overlay.overlaps.empty()) {
        return std::nullopt;
    }
    const double common = std::min(overlay.overlaps.front().measure, smaller);
    return shared(now, then, common, common, 0);
}

std::optional<Common> commonNear(const Site& now, const Site& then, const Settings& settings) {
    const geo::NearPart ofNew = geo::nearPart(now.shape(), then.shape(), settings.lineageRadiusM);
    const geo::NearPart ofOld = geo::nearPart(then.shape(), now.shape(), settings.lineageRadiusM);
    const double distanceM = std::min(ofNew.distanceM, ofOld.distanceM);
    const auto reach = [](const geo::NearPart& part) { return part.near > 0; };
    if (now.dimension() == then.dimension()) {
        if (!reach(ofNew) || !reach(ofOld) || now.measure() <= 0 || then.measure() <= 0) {
            return std::nullopt;
        }
        Common common = shared(now, then, ofNew.near, ofOld.near, distanceM);
        common.sizeRatio = now.dimension() == Dimension::Point ? 1 : common.sizeRatio;
        return common;
    }
    const bool isNewLower = now.dimension() < then.dimension();
    const geo::NearPart& lower = isNewLower ? ofNew : ofOld;
    if (!reach(lower)) {
        return std::nullopt;
    }
    Common common;
    (isNewLower ? common.shareNew : common.shareOld) = lower.near / lower.measure;
    common.distanceM = distanceM;
    return common;
}

bool isSameSite(const Common& common, const Settings& settings) {
    return common.iou.value_or(0) >= settings.lineageIou ||
           std::max(common.shareNew.value_or(0), common.shareOld.value_or(0)) >= settings.lineageShare;
}

bool areSameSite(const Site& a, const Site& b, const Settings& settings) {
    const std::optional<Common> common = commonOf(a, b, settings);
    return common && isSameSite(*common, settings);
}

bool startsWithOneOf(std::string_view text, const auto& starts) {
    return std::any_of(starts.begin(), starts.end(),
                       [&](std::string_view start) { return text.starts_with(start); });
}

/// How a relation is said: before and after the name of the earlier one.
struct Phrase {
    Relation relation;
    std::string_view before;
    std::string_view after;
};
constexpr std::array<Phrase, 7> kPhrases{{
    {Relation::Repeated, "与", "重复"},
    {Relation::Grown, "较", "扩大"},
    {Relation::Merged, "由", "等合并"},
    {Relation::Split, "由", "分裂"},
    {Relation::Within, "包含于", ""},
    {Relation::Partial, "与", "部分重叠"},
    {Relation::SameId, "与", "同号异地"},
}};

/// LD2025B1-513301-0033 without its LD; without a case, batch and received id.
std::string nameOf(const layers::EarlierPatch& earlier) {
    constexpr std::string_view kPrefix = "LD";
    if (earlier.caseNumber.starts_with(kPrefix)) {
        return earlier.caseNumber.substr(kPrefix.size());
    }
    return earlier.caseNumber.empty() ? earlier.batch + "-" + earlier.patchId : earlier.caseNumber;
}

} // namespace

Site::Site(geo::Shape shape)
    : m_shape(std::move(shape)), m_dimension(m_shape.dimension()), m_measure(measureOf(m_shape)),
      m_box(m_shape.box()), m_hash(geo::normalisedHash(m_shape)), m_index(areasOf(m_shape), 1) {}

std::optional<Common> commonOf(const Site& now, const Site& then, const Settings& settings) {
    if (now.dimension() == Dimension::Empty || then.dimension() == Dimension::Empty) {
        return std::nullopt;
    }
    if (isEqual(now, then)) {
        return sameShape();
    }
    const bool areAreas = now.dimension() == Dimension::Area && then.dimension() == Dimension::Area;
    return areAreas ? commonArea(now, then, settings) : commonNear(now, then, settings);
}

std::optional<Relation> relationOf(const Common& common, const Settings& settings) {
    if (isSameSite(common, settings)) {
        if (std::min(common.sizeRatio, 1 / common.sizeRatio) >= settings.lineageSameSize) {
            return Relation::Repeated;
        }
        return common.sizeRatio > 1 ? Relation::Grown : Relation::Within;
    }
    const double ofSmaller = std::max(common.shareNew.value_or(0), common.shareOld.value_or(0));
    return ofSmaller >= settings.lineagePartialShare ? std::optional(Relation::Partial) : std::nullopt;
}

std::vector<std::size_t> differentSites(const std::vector<const Site*>& sites, const Settings& settings) {
    std::vector<std::size_t> different;
    for (std::size_t i = 0; i < sites.size(); ++i) {
        if (std::none_of(different.begin(), different.end(), [&](std::size_t known) {
                return areSameSite(*sites[i], *sites[known], settings);
            })) {
            different.push_back(i);
        }
    }
    return different;
}

bool makesUp(const std::vector<const Site*>& parts, const std::vector<double>& shares,
             const Settings& settings) {
    if (parts.size() < 2 || std::accumulate(shares.begin(), shares.end(), 0.0) < settings.lineageIou) {
        return false; // not even if all were different
    }
    const std::vector<std::size_t> different = differentSites(parts, settings);
    const double sum = std::accumulate(different.begin(), different.end(), 0.0,
                                       [&](double all, std::size_t i) { return all + shares[i]; });
    return different.size() > 1 && sum >= settings.lineageIou;
}

bool isRebound(Relation relation, const layers::EarlierPatch& earlier, layers::Change change) {
    static constexpr std::array<std::string_view, 2> kClosed{"已销号", "回头看"};
    static constexpr std::array<std::string_view, 4> kNothingWrong{"不属实", "不在管控区", "属实-手续齐全",
                                                                   "与历史图斑重复"};
    return relation != Relation::SameId && change != layers::Change::Reduced &&
           startsWithOneOf(earlier.status, kClosed) && !startsWithOneOf(earlier.conclusion, kNothingWrong);
}

bool isStronger(const layers::LineageRow& a, const layers::LineageRow& b) {
    // Rounding decides nothing: what is equal but for the last digits goes by the newer one.
    const auto rounded = [](double value) { return std::llround(value * kOrderSteps); };
    const auto order = [&](const layers::LineageRow& row) {
        return std::tuple(!row.rebound, row.relation, -rounded(row.iou.value_or(0)),
                          -rounded(std::max(row.shareNew.value_or(0), row.shareOld.value_or(0))),
                          rounded(row.distanceM), -row.earlier.id);
    };
    return order(a) < order(b);
}

std::string historyText(const std::vector<layers::LineageRow>& rows) {
    if (rows.empty()) {
        return {};
    }
    const layers::LineageRow& first = rows.front();
    const Phrase& phrase = *std::find_if(kPhrases.begin(), kPhrases.end(),
                                         [&](const Phrase& p) { return p.relation == first.relation; });
    const bool isMerged = first.relation == Relation::Merged;
    return fmt::format("{}{}{}{}{}{}", phrase.before, nameOf(first.earlier), phrase.after,
                       first.earlier.status.empty() ? "" : "(" + first.earlier.status + ")",
                       first.rebound ? "-疑似反弹" : "",
                       rows.size() > 1 && !isMerged ? fmt::format("等{}处", rows.size()) : "");
}

} // namespace app
