#include "layers/shp_geometry.hpp"

#include "layers/file_bytes.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace layers {

namespace {

/// Shape types 1, 3, 5, 8 and their Z (+10) and M (+20) sisters.
enum class Base : std::uint8_t {
    Null = 0,
    Point = 1,
    PolyLine = 3,
    Polygon = 5,
    MultiPoint = 8,
    Unknown = 255
};

constexpr std::uint32_t kZStep = 10;
constexpr std::uint32_t kMultiPatch = 31;
constexpr std::size_t kPointAt = 4;
constexpr std::size_t kPointBytes = 16;
constexpr std::size_t kIntBytes = 4;
constexpr std::size_t kPartCountAt = 36;
constexpr std::size_t kPointCountAt = 40;
constexpr std::size_t kPartsAt = 44;
constexpr std::size_t kMultiPointsAt = 40;

Base baseOf(std::uint32_t type) {
    if (type >= kMultiPatch) {
        return Base::Unknown;
    }
    switch (type % kZStep) {
    case 0:
        return type == 0 ? Base::Null : Base::Unknown;
    case 1:
        return Base::Point;
    case 3:
        return Base::PolyLine;
    case 5:
        return Base::Polygon;
    case 8:
        return Base::MultiPoint;
    default:
        return Base::Unknown;
    }
}

ShpGeometry damaged(const std::string& zh, const std::string& en) {
    ShpGeometry geometry;
    geometry.faultZh = "记录损坏：" + zh;
    geometry.faultEn = "the record is damaged: " + en;
    return geometry;
}

geo::Path coordinates(std::span<const std::byte> bytes) {
    static_assert(sizeof(geo::Coordinate) == kPointBytes);
    geo::Path path(bytes.size() / kPointBytes);
    if (!path.empty()) {
        std::memcpy(path.data(), bytes.data(), path.size() * kPointBytes);
    }
    return path;
}

ShpGeometry multiPoint(std::span<const std::byte> content) {
    if (content.size() < kMultiPointsAt) {
        return damaged("长度不足", "too short");
    }
    const std::uint64_t count = littleU32(content, kPartCountAt);
    if (count > (content.size() - kMultiPointsAt) / kPointBytes) {
        return damaged("声明 " + std::to_string(count) + " 个点，超出记录长度",
                       "claims " + std::to_string(count) + " points, more than it can hold");
    }
    ShpGeometry geometry;
    geometry.shape.points =
        coordinates(content.subspan(kMultiPointsAt, static_cast<std::size_t>(count) * kPointBytes));
    return geometry;
}

/// The parts of a polyline or polygon; a fault where counts and record length do not fit.
ShpGeometry partsOf(std::span<const std::byte> content, std::vector<geo::Path>& parts) {
    if (content.size() < kPartsAt) {
        return damaged("长度不足", "too short");
    }
    const std::uint64_t partCount = littleU32(content, kPartCountAt);
    const std::uint64_t pointCount = littleU32(content, kPointCountAt);
    const std::uint64_t room = content.size() - kPartsAt;
    if (partCount > room / kIntBytes || pointCount > (room - partCount * kIntBytes) / kPointBytes) {
        return damaged("声明 " + std::to_string(partCount) + " 个部分、" + std::to_string(pointCount) +
                           " 个点，与记录长度不符",
                       "claims " + std::to_string(partCount) + " parts and " + std::to_string(pointCount) +
                           " points, which do not fit its length");
    }
    const std::span<const std::byte> points =
        content.subspan(kPartsAt + static_cast<std::size_t>(partCount) * kIntBytes,
                        static_cast<std::size_t>(pointCount) * kPointBytes);
    std::uint64_t start = partCount == 0 ? pointCount : littleU32(content, kPartsAt);
    for (std::size_t part = 0; part < partCount; ++part) {
        const std::uint64_t end =
            part + 1 < partCount ? littleU32(content, kPartsAt + (part + 1) * kIntBytes) : pointCount;
        if (start > end || end > pointCount) {
            return damaged("第 " + std::to_string(part + 1) + " 部分的起点越界",
                           "part " + std::to_string(part + 1) + " starts out of range");
        }
        if (end > start) {
            parts.push_back(coordinates(points.subspan(static_cast<std::size_t>(start) * kPointBytes,
                                                       static_cast<std::size_t>(end - start) * kPointBytes)));
        }
        start = end;
    }
    return {};
}

ShpGeometry flatGeometry(std::span<const std::byte> content) {
    ShpGeometry geometry;
    std::vector<geo::Path> parts;
    switch (baseOf(littleU32(content, 0))) {
    case Base::Null:
        return geometry;
    case Base::Point:
        if (content.size() < kPointAt + kPointBytes) {
            return damaged("长度不足", "too short");
        }
        geometry.shape.points = coordinates(content.subspan(kPointAt, kPointBytes));
        return geometry;
    case Base::MultiPoint:
        return multiPoint(content);
    case Base::PolyLine:
        geometry = partsOf(content, parts);
        geometry.shape.lines = std::move(parts);
        return geometry;
    case Base::Polygon:
        geometry = partsOf(content, parts);
        if (geometry.faultEn.empty()) {
            geometry.shape.polygons = polygonsFromRings(std::move(parts));
        }
        return geometry;
    case Base::Unknown:
        break;
    }
    return damaged("几何类型 " + std::to_string(littleU32(content, 0)) + " 不支持",
                   "shape type " + std::to_string(littleU32(content, 0)) + " is not supported");
}

} // namespace

bool isShapeType(std::uint32_t type) {
    return baseOf(type) != Base::Unknown;
}

ShpGeometry shpGeometry(std::span<const std::byte> content) {
    if (content.size() < kIntBytes) {
        return damaged("长度不足", "too short");
    }
    ShpGeometry geometry = flatGeometry(content);
    const std::uint32_t type = littleU32(content, 0);
    geometry.hasZ = type > kZStep && type < 2 * kZStep;
    geometry.hasM = type > 2 * kZStep && type < kMultiPatch;
    return geometry;
}

} // namespace layers
