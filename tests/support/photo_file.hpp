#pragma once

#include "geo/shape.hpp"

#include <exiv2/exiv2.hpp>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

namespace tests {

/// A photograph of one grey pixel with the EXIF that a phone writes.
struct Photo {
    std::string takenAt;                  ///< "2026:12:01 10:00:00", or empty
    std::optional<geo::Coordinate> place; ///< degrees
    std::optional<double> directionDeg;
    std::string remark; ///< makes the bytes differ
};

/// Degrees, minutes and ten-thousandths of a second, as phones write them.
inline std::string exifAngle(double degrees) {
    constexpr long long kPerSecond = 10'000;
    constexpr long long kPerMinute = 60 * kPerSecond;
    constexpr long long kPerDegree = 60 * kPerMinute;
    const long long parts = std::llround(std::abs(degrees) * static_cast<double>(kPerDegree));
    return std::to_string(parts / kPerDegree) + "/1 " + std::to_string(parts % kPerDegree / kPerMinute) +
           "/1 " + std::to_string(parts % kPerMinute) + "/10000";
}

inline void writePhoto(const std::filesystem::path& file, const Photo& photo) {
    // JFIF, 1 × 1, baseline.
    static constexpr unsigned char kJpeg[] = {
        0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 'J',  'F',  'I',  'F',  0x00, 0x01, 0x01, 0x00, 0x00, 0x01,
        0x00, 0x01, 0x00, 0x00, 0xFF, 0xC0, 0x00, 0x0B, 0x08, 0x00, 0x01, 0x00, 0x01, 0x01, 0x01, 0x11,
        0x00, 0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00, 0x7F, 0xFF, 0xD9};
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(kJpeg), static_cast<std::streamsize>(sizeof kJpeg));
    const auto image = Exiv2::ImageFactory::open(file.string());
    image->readMetadata();
    Exiv2::ExifData exif;
    exif["Exif.Image.ImageDescription"] = photo.remark;
    if (!photo.takenAt.empty()) {
        exif["Exif.Photo.DateTimeOriginal"] = photo.takenAt;
    }
    const auto put = [&exif](const char* key, const std::string& text) {
        Exiv2::Exifdatum& tag = exif[key];
        tag.setValue(text);
    };
    if (photo.place) {
        exif["Exif.GPSInfo.GPSLongitudeRef"] = photo.place->x < 0 ? "W" : "E";
        put("Exif.GPSInfo.GPSLongitude", exifAngle(photo.place->x));
        exif["Exif.GPSInfo.GPSLatitudeRef"] = photo.place->y < 0 ? "S" : "N";
        put("Exif.GPSInfo.GPSLatitude", exifAngle(photo.place->y));
    }
    if (photo.directionDeg) {
        put("Exif.GPSInfo.GPSImgDirection", std::to_string(std::llround(*photo.directionDeg * 100)) + "/100");
    }
    image->setExifData(exif);
    image->writeMetadata();
}

} // namespace tests
