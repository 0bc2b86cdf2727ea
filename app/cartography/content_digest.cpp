#include "app/cartography/content_digest.hpp"

#include "layers/sha256.hpp"

namespace app {

void ContentDigest::addWord(std::uint64_t word) {
    constexpr unsigned int kByte = 8;
    for (std::size_t i = 0; i < sizeof word; ++i) {
        m_bytes += static_cast<char>(static_cast<unsigned char>(word >> (kByte * i)));
    }
}

void ContentDigest::add(const geo::Shape& shape) {
    add(shape.polygons.size());
    for (const geo::Polygon& polygon : shape.polygons) {
        add(polygon.shell);
        add(polygon.holes.size());
        for (const geo::Ring& hole : polygon.holes) {
            add(hole);
        }
    }
    add(shape.lines.size());
    for (const geo::Path& line : shape.lines) {
        add(line);
    }
    add(shape.points);
}

std::string ContentDigest::hex() const {
    return layers::sha256OfText(m_bytes);
}

} // namespace app
