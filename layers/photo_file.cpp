#include "layers/photo_file.hpp"

#include "layers/error.hpp"
#include "layers/file_bytes.hpp"
#include "layers/sha256.hpp"

#include <exiv2/exiv2.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace layers {

namespace {

namespace fs = std::filesystem;

std::string textOf(const Exiv2::ExifData& exif, const char* key) {
    const auto found = exif.findKey(Exiv2::ExifKey(key));
    return found == exif.end() ? std::string() : found->toString();
}

/// One number of a tag; nothing for 0/0 and the like.
std::optional<double> numberOf(const Exiv2::ExifData& exif, const char* key, long part = 0) {
    const auto found = exif.findKey(Exiv2::ExifKey(key));
    if (found == exif.end() || found->count() <= part) {
        return std::nullopt;
    }
    const Exiv2::Rational fraction = found->toRational(part);
    if (fraction.second == 0) {
        return std::nullopt;
    }
    if (found->typeId() == Exiv2::unsignedRational) { // given through signed numbers
        return static_cast<double>(static_cast<std::uint32_t>(fraction.first)) /
               static_cast<double>(static_cast<std::uint32_t>(fraction.second));
    }
    return static_cast<double>(fraction.first) / fraction.second;
}

/// Degrees, minutes and seconds of an axis, with the sign of its letter.
std::optional<double> axisOf(const Exiv2::ExifData& exif, const char* key, const char* letterKey,
                             char negative) {
    constexpr double kSixty = 60;
    const std::optional<double> degrees = numberOf(exif, key);
    if (!degrees) {
        return std::nullopt;
    }
    const double value = *degrees + numberOf(exif, key, 1).value_or(0) / kSixty +
                         numberOf(exif, key, 2).value_or(0) / kSixty / kSixty;
    const std::string letter = textOf(exif, letterKey);
    return !letter.empty() && letter.front() == negative ? -value : value;
}

std::optional<geo::Coordinate> placeOf(const Exiv2::ExifData& exif) {
    const auto lon = axisOf(exif, "Exif.GPSInfo.GPSLongitude", "Exif.GPSInfo.GPSLongitudeRef", 'W');
    const auto lat = axisOf(exif, "Exif.GPSInfo.GPSLatitude", "Exif.GPSInfo.GPSLatitudeRef", 'S');
    constexpr double kMostLon = 180;
    constexpr double kMostLat = 90;
    // 0, 0 is what cameras write that had no satellites.
    if (!lon || !lat || std::abs(*lon) > kMostLon || std::abs(*lat) > kMostLat || (*lon == 0 && *lat == 0)) {
        return std::nullopt;
    }
    return geo::Coordinate{*lon, *lat};
}

/// "2026:11:20 10:12:05" as ISO; empty for what has another form ("0000:00:00 00:00:00").
std::string timeOf(const Exiv2::ExifData& exif) {
    constexpr std::string_view kForm = "0000:00:00 00:00:00";
    for (const char* key : {"Exif.Photo.DateTimeOriginal", "Exif.Photo.DateTimeDigitized"}) {
        std::string text = textOf(exif, key);
        bool isForm = text.size() >= kForm.size() && text.compare(0, 4, "0000") != 0;
        for (std::size_t at = 0; isForm && at < kForm.size(); ++at) {
            isForm = kForm[at] == '0' ? text[at] >= '0' && text[at] <= '9' : text[at] == kForm[at];
        }
        if (isForm) {
            constexpr std::size_t kMonth = 4;
            constexpr std::size_t kDay = 7;
            constexpr std::size_t kTime = 10;
            text.resize(kForm.size());
            text[kMonth] = text[kDay] = '-';
            text[kTime] = 'T';
            return text;
        }
    }
    return {};
}

} // namespace

PhotoFacts readPhoto(const fs::path& file) {
    PhotoFacts facts;
    facts.file = file;
    facts.sha256 = sha256Of({file});
    try {
        const auto image = Exiv2::ImageFactory::open(file.string());
        image->readMetadata();
        const Exiv2::ExifData& exif = image->exifData();
        facts.takenAt = timeOf(exif);
        facts.place = placeOf(exif);
        constexpr double kFull = 360;
        const auto direction = numberOf(exif, "Exif.GPSInfo.GPSImgDirection");
        if (direction && *direction >= 0 && *direction <= kFull) {
            facts.directionDeg = std::fmod(*direction, kFull);
        }
    } catch (const Exiv2::AnyError& error) {
        facts.fault = fmt::format("照片信息无法读取 / its EXIF cannot be read: {}", error.what());
    }
    return facts;
}

std::vector<fs::path> photoFiles(const fs::path& folder) {
    static const std::set<std::string> kExtensions{".jpg", ".jpeg", ".tif", ".tiff",
                                                   ".png", ".heic", ".webp"};
    std::error_code fault;
    if (!fs::is_directory(folder, fault)) {
        throw Error(fmt::format("{0}：没有这个文件夹 / no such folder", folder.string()));
    }
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator entry(folder, fault), end; !fault && entry != end;
         entry.increment(fault)) {
        if (entry->is_regular_file(fault) && kExtensions.contains(lowerExtension(entry->path()))) {
            files.push_back(entry->path());
        }
    }
    if (fault) {
        throw Error(fmt::format("{0}：文件夹无法读取 / the folder cannot be read: {1}", folder.string(),
                                fault.message()));
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace layers
