#include "layers/stored_geometry.hpp"

#include "geo/error.hpp"
#include "geo/wkb.hpp"
#include "layers/ogr_handle.hpp"

namespace layers {

WkbKind wkbKind(std::span<const std::byte> wkb) {
    constexpr std::size_t kHeader = 5;
    constexpr std::uint32_t kThousand = 1000;
    constexpr std::uint32_t kFlagZ = 0x80000000U;
    constexpr std::uint32_t kFlagM = 0x40000000U;
    constexpr std::uint32_t kFlags = 0xE0000000U;
    if (wkb.size() < kHeader) {
        return {};
    }
    std::uint32_t code = 0;
    for (std::size_t i = 0; i < sizeof(code); ++i) {
        const std::size_t at = wkb[0] == std::byte{1} ? kHeader - 1 - i : i + 1;
        constexpr unsigned kByteBits = 8;
        code = (code << kByteBits) | std::to_integer<std::uint32_t>(wkb[at]);
    }
    const std::uint32_t thousands = (code & ~kFlags) / kThousand; // ISO: 1 Z, 2 M, 3 both
    return {(code & ~kFlags) % kThousand, (code & kFlagZ) != 0 || thousands == 1 || thousands == 3,
            (code & kFlagM) != 0 || thousands == 2 || thousands == 3};
}

bool isCurve(std::uint32_t type) {
    constexpr std::uint32_t kCircularString = 8;
    constexpr std::uint32_t kMultiSurface = 12;
    return type >= kCircularString && type <= kMultiSurface;
}

geo::Shape decodedShape(std::span<const std::byte> wkb) {
    constexpr std::uint32_t kCollection = 7;
    const std::uint32_t type = wkbKind(wkb).type;
    if (type <= kCollection) {
        try {
            return geo::shapeFromWkb(wkb);
        } catch (const geo::Error&) {
            if (type < kCollection) {
                throw;
            } // a collection may hold curves
        }
    }
    ogr::MessageCatcher catcher;
    OGRGeometryH handle = nullptr;
    const OGRErr status = OGR_G_CreateFromWkb(wkb.data(), nullptr, &handle, static_cast<int>(wkb.size()));
    const ogr::GeometryPtr geometry(handle);
    if (status != OGRERR_NONE || handle == nullptr) {
        throw geo::Error("几何编码损坏 / the geometry's well-known binary is damaged");
    }
    return geo::shapeFromWkb(ogr::linearWkb(handle));
}

geo::Shape storedShape(const RawFeature& feature) {
    if (feature.geometry == RawFeature::Geometry::Decoded) {
        return feature.shape;
    }
    if (feature.geometry == RawFeature::Geometry::Wkb) {
        try {
            return decodedShape(feature.wkb);
        } catch (const geo::Error&) {
            return {};
        }
    }
    return {};
}

} // namespace layers
