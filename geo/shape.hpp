#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace geo {

/// A position: x is longitude (or easting), y is latitude (or northing). Everywhere above the readers this is
/// longitude and latitude in degrees of CGCS2000 (EPSG:4490), in this order.
struct Coordinate {
    double x = 0;
    double y = 0;
    friend bool operator==(const Coordinate&, const Coordinate&) = default;
    friend auto operator<=>(const Coordinate&, const Coordinate&) = default;
};

/// An axis-parallel box, closed; empty until something is added.
struct Box {
    double minX = std::numeric_limits<double>::infinity();
    double minY = std::numeric_limits<double>::infinity();
    double maxX = -std::numeric_limits<double>::infinity();
    double maxY = -std::numeric_limits<double>::infinity();

    [[nodiscard]] bool isEmpty() const { return minX > maxX; }
    void add(const Coordinate& c) {
        minX = c.x < minX ? c.x : minX;
        minY = c.y < minY ? c.y : minY;
        maxX = c.x > maxX ? c.x : maxX;
        maxY = c.y > maxY ? c.y : maxY;
    }
    void add(const Box& b) {
        minX = b.minX < minX ? b.minX : minX;
        minY = b.minY < minY ? b.minY : minY;
        maxX = b.maxX > maxX ? b.maxX : maxX;
        maxY = b.maxY > maxY ? b.maxY : maxY;
    }
    [[nodiscard]] bool meets(const Box& b) const {
        return minX <= b.maxX && b.minX <= maxX && minY <= b.maxY && b.minY <= maxY;
    }
    [[nodiscard]] bool contains(const Box& b) const {
        return minX <= b.minX && b.maxX <= maxX && minY <= b.minY && b.maxY <= maxY;
    }
    [[nodiscard]] bool contains(const Coordinate& c) const {
        return minX <= c.x && c.x <= maxX && minY <= c.y && c.y <= maxY;
    }
    /// The box grown by dx and dy on each side.
    [[nodiscard]] Box grown(double dx, double dy) const {
        return {minX - dx, minY - dy, maxX + dx, maxY + dy};
    }
    friend bool operator==(const Box&, const Box&) = default;
};

using Path = std::vector<Coordinate>;
/// A closed path: first and last coordinate are equal, at least four of them when valid.
using Ring = std::vector<Coordinate>;

/// One shell with its holes; rings may run either way round (the engine orients them itself).
struct Polygon {
    Ring shell;
    std::vector<Ring> holes;
    friend bool operator==(const Polygon&, const Polygon&) = default;
};

/// What a shape measures: an area, a length, or nothing but a place.
enum class Dimension { Empty, Point, Line, Area };

/// A geometry as a plain value, never changed once made: any number of polygons, paths and points. A feature
/// of our layers has one kind of them; an overlay may yield several, and then only those of the highest
/// dimension count.
struct Shape {
    std::vector<Polygon> polygons;
    std::vector<Path> lines;
    std::vector<Coordinate> points;

    [[nodiscard]] Dimension dimension() const;
    [[nodiscard]] bool isEmpty() const { return polygons.empty() && lines.empty() && points.empty(); }
    /// Polygons, lines and points together.
    [[nodiscard]] std::size_t partCount() const { return polygons.size() + lines.size() + points.size(); }
    /// Coordinates of all parts, closing ones included.
    [[nodiscard]] std::size_t vertexCount() const;
    [[nodiscard]] Box box() const;
    friend bool operator==(const Shape&, const Shape&) = default;
};

/// The same point set written in one way: each ring starts at its smallest coordinate, shells run
/// counter-clockwise and holes clockwise, repeated points are dropped, rings, lines and parts are sorted. Two
/// shapes that differ only in where rings start, which way they run or how parts are ordered become equal.
[[nodiscard]] Shape normalised(const Shape& shape);

/// A 64-bit hash (FNV-1a over the bytes of the coordinates) of normalised(shape): the same on every machine
/// and run.
[[nodiscard]] std::uint64_t normalisedHash(const Shape& shape);

/// Twice the signed planar area of a closed ring: positive when it runs counter-clockwise.
[[nodiscard]] double signedArea2(const Ring& ring);

} // namespace geo
