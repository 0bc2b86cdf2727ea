#include "app/cases/photo_match.hpp"

#include "geo/geodesic.hpp"
#include "geo/interior_point.hpp"
#include "geo/near_part.hpp"
#include "layers/error.hpp"
#include "layers/project/return_store.hpp"
#include "layers/sha256.hpp"
#include "layers/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace app {

namespace {

using layers::CasePlace;
using layers::PhotoFacts;
using layers::StoredPhoto;

geo::Shape pointAt(const geo::Coordinate& place) {
    geo::Shape shape;
    shape.points.push_back(place);
    return shape;
}

/// Metres from a place to a shape, 0 inside; infinity beyond `limitM`.
double distanceM(const geo::Coordinate& place, const geo::Shape& shape, double limitM) {
    return shape.isEmpty() ? std::numeric_limits<double>::infinity()
                           : geo::nearPart(pointAt(place), shape, limitM).distanceM;
}

/// The number of a case inside a text: LD, its batch, county and serial.
std::string numberIn(const std::string& text) {
    const std::string folded = layers::folded(text);
    const auto isPart = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-'; };
    const std::size_t begin = folded.find("LD");
    if (begin == std::string::npos) {
        return {};
    }
    std::size_t end = begin;
    int dashes = 0;
    while (end < folded.size() && isPart(folded[end]) && dashes < 3) {
        dashes += folded[end] == '-' ? 1 : 0;
        ++end;
    }
    // A third dash parts the number from what follows it: LD2026B1-513301-0001-1.jpg
    return folded.substr(begin, (dashes == 3 ? end - 1 : end) - begin);
}

/// Matches the photographs of one folder.
class Matching {
  public:
    Matching(const layers::ProjectFile& project, layers::Day today) : m_project(project), m_today(today) {
        for (const StoredPhoto& photo : layers::photos(project)) {
            m_seen.emplace(photo.sha256, fmt::format("回传 {} {}", photo.returnId, photo.file));
        }
    }

    StoredPhoto match(const PhotoFacts& facts, const std::filesystem::path& folder) {
        StoredPhoto photo;
        photo.file = facts.file.lexically_relative(folder).generic_string();
        photo.sha256 = facts.sha256;
        photo.takenAt = facts.takenAt;
        photo.directionDeg = facts.directionDeg;
        if (facts.place) {
            photo.longitude = facts.place->x;
            photo.latitude = facts.place->y;
        }
        if (!facts.fault.empty()) {
            photo.faults.push_back(facts.fault);
        }
        const std::optional<CasePlace> found = caseFor(facts, photo);
        if (found) {
            photo.caseId = found->caseId;
            photo.number = found->number;
            judge(facts, *found, photo);
        }
        const auto [first, isNew] = m_seen.emplace(facts.sha256, photo.file);
        if (!isNew) {
            photo.faults.push_back(
                fmt::format("与“{0}”是同一张照片 / the same picture as {0}", first->second));
        }
        return photo;
    }

  private:
    std::optional<CasePlace> caseFor(const PhotoFacts& facts, StoredPhoto& photo) const {
        for (const std::string& name :
             {facts.file.stem().string(), facts.file.parent_path().filename().string()}) {
            const std::string number = numberIn(name);
            if (number.empty()) {
                continue;
            }
            if (std::optional<CasePlace> found = layers::casePlace(m_project, number)) {
                photo.matchedBy = "name";
                return found;
            }
            photo.faults.push_back(
                fmt::format("名称中的编号 {0} 不在项目中 / no case has the number {0} of its name", number));
        }
        if (!facts.place) {
            photo.faults.emplace_back(
                "名称中没有任务编号，照片也没有定位 / no number in its name and no position");
            return std::nullopt;
        }
        return nearest(*facts.place, photo);
    }

    std::optional<CasePlace> nearest(const geo::Coordinate& place, StoredPhoto& photo) const {
        const geo::MetresPerDegree scale = geo::metresPerDegree(place.y);
        const double lon = kPhotoReachM / scale.lon;
        const double lat = kPhotoReachM / scale.lat;
        std::optional<CasePlace> best;
        double least = std::numeric_limits<double>::infinity();
        for (CasePlace& each :
             layers::casesNear(m_project, {place.x - lon, place.y - lat, place.x + lon, place.y + lat})) {
            const double metres = distanceM(place, each.shape, kPhotoReachM);
            if (metres <= kPhotoReachM && metres < least) {
                least = metres;
                best = std::move(each);
            }
        }
        if (best) {
            photo.matchedBy = "place";
        } else {
            photo.faults.push_back(
                fmt::format("拍摄位置 {0:.0f} 米内没有案件图斑 / no case's patch within {0:.0f} "
                            "m of where it was taken",
                            kPhotoReachM));
        }
        return best;
    }

    void judge(const PhotoFacts& facts, const CasePlace& found, StoredPhoto& photo) const {
        judgePlace(facts, found, photo);
        constexpr std::size_t kDay = 10;
        const std::string day = facts.takenAt.substr(0, std::min(kDay, facts.takenAt.size()));
        if (day.empty()) {
            photo.faults.emplace_back("照片没有拍摄时间 / it does not say when it was taken");
        } else if (day < found.issuedAt.substr(0, kDay)) {
            photo.faults.push_back(
                fmt::format("拍摄于 {0}，早于立案 {1} / taken on {0}, before the case of {1}", day,
                            found.issuedAt.substr(0, kDay)));
        } else if (day > layers::isoFromDay(m_today)) {
            photo.faults.push_back(fmt::format("拍摄时间 {0} 晚于今天 / taken on {0}, after today", day));
        }
    }

    static void judgePlace(const PhotoFacts& facts, const CasePlace& found, StoredPhoto& photo) {
        constexpr double kFarM = 20'000'000; // half the way around the earth
        if (!facts.place) {
            photo.faults.emplace_back("照片没有定位 / it has no position");
            return;
        }
        if (found.shape.isEmpty()) {
            return;
        }
        const double near = distanceM(*facts.place, found.shape, kPhotoReachM);
        const geo::GeodesicLine towards = geo::geodesicLine(*facts.place, geo::interiorPoint(found.shape));
        photo.distanceM = std::isfinite(near) ? near : std::min(towards.distanceM, kFarM);
        if (!std::isfinite(near)) {
            photo.faults.push_back(
                fmt::format("拍摄位置距图斑中心 {0:.0f} 米，超过 {1:.0f} 米 / taken {0:.0f} m "
                            "from the patch's middle, more than {1:.0f} m off",
                            towards.distanceM, kPhotoReachM));
            return;
        }
        if (!facts.directionDeg || near == 0) {
            return; // inside it every direction shows it
        }
        constexpr double kHalf = 180;
        constexpr double kFull = 360;
        const double turn = std::abs(std::remainder(*facts.directionDeg - towards.azimuthDeg, kFull));
        if (std::min(turn, kHalf) > kPhotoTurnDeg) {
            photo.faults.push_back(
                fmt::format("镜头朝向 {0:.0f}°，图斑在 {1:.0f}° 方向 / it looks to {0:.0f}°, the "
                            "patch lies at {1:.0f}°",
                            *facts.directionDeg, towards.azimuthDeg));
        }
    }

    const layers::ProjectFile& m_project;
    layers::Day m_today;
    std::map<std::string, std::string> m_seen; ///< hash -> where it was first
};

} // namespace

PhotoPlan planPhotos(const layers::ProjectFile& project, const std::filesystem::path& folder,
                     layers::Day today, geo::Progress& progress) {
    const std::vector<std::filesystem::path> files = layers::photoFiles(folder);
    if (files.empty()) {
        throw layers::Error(fmt::format(
            "{0}：文件夹中没有照片（.jpg .tif .png .heic .webp）/ no photographs there", folder.string()));
    }
    PhotoPlan plan;
    Matching matching(project, today);
    progress.begin("读取照片 photos", static_cast<std::int64_t>(files.size()));
    std::string hashes;
    for (const std::filesystem::path& file : files) {
        plan.photos.push_back(matching.match(layers::readPhoto(file), folder));
        hashes += plan.photos.back().sha256;
        plan.matched += plan.photos.back().caseId ? 1 : 0;
        plan.faulty += plan.photos.back().faults.empty() ? 0 : 1;
        progress.step();
    }
    plan.sha256 = layers::sha256OfText(hashes);
    return plan;
}

std::int64_t takePhotos(layers::ProjectFile& project, const layers::Stamp& stamp,
                        const std::filesystem::path& folder, const PhotoPlan& plan) {
    layers::LedgerChange change(project, stamp);
    if (const auto known = layers::returnOf(project, plan.sha256)) {
        throw layers::Error(fmt::format(
            "这些照片已在 {0} 入库（回传 {1}）/ these photographs were taken in on {0} (return {1})",
            known->made.at, known->id));
    }
    layers::ReturnRecord record;
    record.file =
        folder.filename().empty() ? folder.parent_path().filename().string() : folder.filename().string();
    record.sha256 = plan.sha256;
    record.photos = static_cast<std::int64_t>(plan.photos.size());
    layers::addReturn(change, record, {}, {}, {});
    layers::addPhotos(change, record.id, plan.photos);
    change.record({"photos_added", "",
                   nlohmann::ordered_json{{"return", record.id},
                                          {"folder", record.file},
                                          {"sha256", record.sha256},
                                          {"photos", record.photos},
                                          {"matched", plan.matched},
                                          {"faulty", plan.faulty}}
                       .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)});
    change.commit();
    return record.id;
}

} // namespace app
