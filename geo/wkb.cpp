#include "geo/wkb.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>

namespace geo {

namespace {

enum WkbType : std::uint32_t {
    kPoint = 1,
    kLineString = 2,
    kPolygon = 3,
    kMultiPoint = 4,
    kMultiLineString = 5,
    kMultiPolygon = 6,
    kCollection = 7,
    kPolyhedralSurface = 15,
    kTin = 16,
    kTriangle = 17,
};
/// EWKB (PostGIS) flags; the first is also the old OGC 2.5D flag.
constexpr std::uint32_t kFlagZ = 0x80000000U;
constexpr std::uint32_t kFlagM = 0x40000000U;
constexpr std::uint32_t kFlagSrid = 0x20000000U;
/// ISO adds 1000 for Z, 2000 for M, 3000 for both.
constexpr std::uint32_t kIsoStep = 1000;
constexpr std::uint32_t kIsoKinds = 3;
/// No honest file nests deeper; a hostile one shall not exhaust the stack.
constexpr int kMaxDepth = 32;
/// Least bytes of a nested geometry: byte order, type, count.
constexpr std::size_t kLeastPart = 9;
constexpr std::byte kLittle{1};
constexpr std::byte kBig{0};

static_assert(sizeof(Coordinate) == 2 * sizeof(double), "coordinates are copied as runs of bytes");

class Reader {
  public:
    explicit Reader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    void geometry(Shape& shape, int depth) {
        if (depth > kMaxDepth) {
            fail("collections are nested deeper than " + std::to_string(kMaxDepth) + " levels");
        }
        const Header header = readHeader();
        switch (header.type) {
        case kPoint:
            point(shape, header);
            break;
        case kLineString:
            if (Path line = path(header); !line.empty()) {
                shape.lines.push_back(std::move(line));
            }
            break;
        case kPolygon:
        case kTriangle:
            polygon(shape, header);
            break;
        case kMultiPoint:
        case kMultiLineString:
        case kMultiPolygon:
        case kCollection:
        case kPolyhedralSurface:
        case kTin:
            for (std::size_t left = count(header, kLeastPart); left > 0; --left) {
                geometry(shape, depth + 1);
            }
            break;
        default:
            fail("geometry type " + std::to_string(header.type) +
                 " is a curve or unknown; convert the layer to simple geometries first");
        }
    }

  private:
    struct Header {
        std::uint32_t type = 0;
        std::size_t ordinates = 2; ///< numbers stored for each position
        bool swapped = false;      ///< bytes run the other way than on this machine
    };

    [[noreturn]] void fail(const std::string& reason) const {
        throw Error("无法读取几何（WKB）/ cannot read a geometry (WKB), byte " + std::to_string(m_at) +
                    " of " + std::to_string(m_bytes.size()) + ": " + reason);
    }

    [[nodiscard]] std::size_t remaining() const { return m_bytes.size() - m_at; }

    void need(std::size_t bytes) const {
        if (bytes > remaining()) {
            fail("the bytes end early, " + std::to_string(bytes) + " wanted, " + std::to_string(remaining()) +
                 " left");
        }
    }

    std::uint32_t readUint32(bool swapped) {
        need(sizeof(std::uint32_t));
        std::array<std::byte, sizeof(std::uint32_t)> raw{};
        std::memcpy(raw.data(), m_bytes.data() + m_at, raw.size());
        m_at += raw.size();
        if (swapped) {
            std::reverse(raw.begin(), raw.end());
        }
        return std::bit_cast<std::uint32_t>(raw);
    }

    [[nodiscard]] double doubleAt(std::size_t at, bool swapped) const {
        std::array<std::byte, sizeof(double)> raw{};
        std::memcpy(raw.data(), m_bytes.data() + at, raw.size());
        if (swapped) {
            std::reverse(raw.begin(), raw.end());
        }
        return std::bit_cast<double>(raw);
    }

    Header readHeader() {
        need(1);
        const std::byte order = m_bytes[m_at];
        if (order != kLittle && order != kBig) {
            fail("the byte order mark is neither 0 nor 1");
        }
        ++m_at;
        Header header;
        header.swapped = (order == kLittle) != (std::endian::native == std::endian::little);
        std::uint32_t code = readUint32(header.swapped);
        if ((code & kFlagSrid) != 0) {
            readUint32(header.swapped);
        }
        header.ordinates += ((code & kFlagZ) != 0 ? 1U : 0U) + ((code & kFlagM) != 0 ? 1U : 0U);
        code &= ~(kFlagZ | kFlagM | kFlagSrid);
        const std::uint32_t isoKind = code / kIsoStep;
        if (isoKind > kIsoKinds || (isoKind > 0 && header.ordinates > 2)) {
            fail("unknown geometry type code " + std::to_string(code));
        }
        if (isoKind > 0) {
            header.ordinates += isoKind == kIsoKinds ? 2 : 1;
        }
        header.type = code % kIsoStep;
        return header;
    }

    /// A count is believed only when the bytes that it asks for are there.
    std::size_t count(const Header& header, std::size_t leastBytesEach) {
        const std::size_t number = readUint32(header.swapped);
        if (number > remaining() / leastBytesEach) {
            fail("a count of " + std::to_string(number) + " does not fit the " + std::to_string(remaining()) +
                 " bytes that are left");
        }
        return number;
    }

    Path path(const Header& header) {
        const std::size_t stride = header.ordinates * sizeof(double);
        const std::size_t number = count(header, stride);
        Path out(number);
        if (number == 0) {
            return out;
        }
        if (!header.swapped && header.ordinates == 2) {
            std::memcpy(out.data(), m_bytes.data() + m_at, number * stride);
        } else {
            std::size_t at = m_at;
            for (Coordinate& c : out) {
                c = {doubleAt(at, header.swapped), doubleAt(at + sizeof(double), header.swapped)};
                at += stride;
            }
        }
        m_at += number * stride;
        return out;
    }

    void point(Shape& shape, const Header& header) {
        const std::size_t stride = header.ordinates * sizeof(double);
        need(stride);
        const Coordinate c{doubleAt(m_at, header.swapped), doubleAt(m_at + sizeof(double), header.swapped)};
        m_at += stride;
        // WKB has no other way to write POINT EMPTY.
        if (!std::isnan(c.x) || !std::isnan(c.y)) {
            shape.points.push_back(c);
        }
    }

    void polygon(Shape& shape, const Header& header) {
        const std::size_t rings = count(header, sizeof(std::uint32_t));
        if (rings == 0) {
            return;
        }
        Polygon out;
        out.shell = path(header);
        out.holes.reserve(rings - 1);
        for (std::size_t i = 1; i < rings; ++i) {
            if (Ring hole = path(header); !hole.empty()) {
                out.holes.push_back(std::move(hole));
            }
        }
        if (!out.shell.empty()) {
            shape.polygons.push_back(std::move(out));
        }
    }

    std::span<const std::byte> m_bytes;
    std::size_t m_at = 0;
};

class Writer {
  public:
    explicit Writer(std::vector<std::byte>& out) : m_out(out) {}

    void header(WkbType type) {
        m_out.push_back(kLittle);
        uint32(type);
    }

    void header(WkbType type, std::size_t number) {
        header(type);
        count(number);
    }

    void point(const Coordinate& c) {
        header(kPoint);
        run(&c, 1);
    }

    void path(const Path& coordinates) {
        count(coordinates.size());
        run(coordinates.data(), coordinates.size());
    }

  private:
    void count(std::size_t number) {
        if (number > UINT32_MAX) {
            throw Error(
                "几何过大，无法写出 / a geometry is too large to be written: " + std::to_string(number) +
                " parts or positions; WKB holds 4294967295. Split the feature.");
        }
        uint32(static_cast<std::uint32_t>(number));
    }

    void uint32(std::uint32_t value) { bytes(&value, 1); }

    void run(const Coordinate* coordinates, std::size_t number) {
        if (number > 0) {
            bytes(&coordinates->x, 2 * number);
        }
    }

    template <typename T>
    void bytes(const T* values, std::size_t number) {
        const std::size_t at = m_out.size();
        m_out.resize(at + number * sizeof(T));
        std::memcpy(m_out.data() + at, values, number * sizeof(T));
        if constexpr (std::endian::native == std::endian::big) {
            for (auto i = m_out.begin() + static_cast<std::ptrdiff_t>(at); i != m_out.end(); i += sizeof(T)) {
                std::reverse(i, i + sizeof(T));
            }
        }
    }

    std::vector<std::byte>& m_out;
};

/// Bytes of the written form, so that `out` grows once.
std::size_t writtenSize(const Shape& shape) {
    constexpr std::size_t kPartHead = 16;
    std::size_t parts = 1 + shape.partCount();
    for (const Polygon& polygon : shape.polygons) {
        parts += polygon.holes.size() + 1;
    }
    return parts * kPartHead + shape.vertexCount() * sizeof(Coordinate);
}

} // namespace

Shape shapeFromWkb(std::span<const std::byte> wkb) {
    Shape shape;
    Reader(wkb).geometry(shape, 0);
    return shape;
}

void appendWkb(const Shape& shape, std::vector<std::byte>& out) {
    out.clear();
    out.reserve(writtenSize(shape));
    Writer writer(out);
    switch (shape.dimension()) {
    case Dimension::Area:
        writer.header(kMultiPolygon, shape.polygons.size());
        for (const Polygon& polygon : shape.polygons) {
            writer.header(kPolygon, 1 + polygon.holes.size());
            writer.path(polygon.shell);
            for (const Ring& hole : polygon.holes) {
                writer.path(hole);
            }
        }
        break;
    case Dimension::Line:
        writer.header(kMultiLineString, shape.lines.size());
        for (const Path& line : shape.lines) {
            writer.header(kLineString);
            writer.path(line);
        }
        break;
    case Dimension::Point:
        if (shape.points.size() > 1) {
            writer.header(kMultiPoint, shape.points.size());
        }
        for (const Coordinate& point : shape.points) {
            writer.point(point);
        }
        break;
    case Dimension::Empty:
        writer.header(kCollection, 0);
        break;
    }
}

std::vector<std::byte> wkbFromShape(const Shape& shape) {
    std::vector<std::byte> out;
    appendWkb(shape, out);
    return out;
}

} // namespace geo
