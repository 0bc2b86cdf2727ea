// What field packs are made of: archives, XML, coarse positions.

#include "geo/indexed_ring.hpp"
#include "geo/validity.hpp"
#include "layers/archive.hpp"
#include "layers/coarse_shape.hpp"
#include "layers/error.hpp"
#include "layers/xml_writer.hpp"
#include "layers/zip_writer.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <cmath>
#include <cstdlib>

namespace {

namespace fs = std::filesystem;

TEST(ZipWriter, membersComeBackInOrderAndTheBytesKnowNoClock) {
    const tests::TemporaryFolder place;
    const std::string large(3'000'000, 'x');
    std::string first;
    for (const char* zone : {"UTC", "Asia/Shanghai"}) {
        setenv("TZ", zone, 1);
        const fs::path file = place.path() / (std::string(zone, 3) + ".zip");
        layers::ZipWriter zip(file);
        zip.addText("b/one.txt", "甲");
        zip.addText("a.bin", large);
        zip.addText("empty", "");
        zip.close();
        const std::vector<layers::ArchiveMember> members = layers::archiveMembers(file);
        ASSERT_EQ(members.size(), 3U);
        EXPECT_EQ(members[0].name, "b/one.txt");
        layers::unpackMembers(file, place.path() / zone,
                              [](const layers::ArchiveMember& member) { return fs::path(member.name); });
        EXPECT_EQ(tests::textOf(place.path() / zone / "b/one.txt"), "甲");
        EXPECT_TRUE(tests::textOf(place.path() / zone / "a.bin") == large);
        const std::string bytes = tests::textOf(file);
        EXPECT_TRUE(first.empty() || first == bytes) << zone;
        first = bytes;
    }
    unsetenv("TZ");
    layers::ZipWriter zip(place.path() / "bad.zip");
    EXPECT_THROW(zip.addText("图斑.txt", ""), layers::Error);
    EXPECT_THROW(zip.addText("/etc/x", ""), layers::Error);
    EXPECT_THROW(zip.addFile("none", place.path() / "none"), layers::Error);
}

TEST(XmlWriter, everyTextComesBackAsItWas) {
    // NOLINTNEXTLINE(misc-misleading-bidirectional)
    const std::string hostile = "a<b>&\"']]>\n\t𠮷\u202Ex";
    layers::XmlWriter xml;
    xml.open("root").attribute("name", hostile).attribute("n", -3);
    xml.element("text", hostile).open("empty").close().raw("<raw/>").close();
    const std::string text = xml.take();
    pugi::xml_document document;
    ASSERT_TRUE(document.load_string(text.c_str(), pugi::parse_full)) << text;
    const pugi::xml_node root = document.child("root");
    EXPECT_EQ(std::string(root.attribute("name").value()), hostile);
    EXPECT_EQ(root.attribute("n").as_int(), -3);
    EXPECT_EQ(std::string(root.child("text").child_value()), hostile);
    EXPECT_TRUE(root.child("raw") && root.child("empty"));
    layers::XmlWriter open;
    open.open("a").element("b", "");
    EXPECT_THROW(open.attribute("late", "x"), layers::Error);
    EXPECT_THROW(static_cast<void>(open.take()), layers::Error);
}

geo::Shape square(double x, double y, double side) {
    geo::Shape shape;
    shape.polygons.push_back({{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}, {}});
    return shape;
}

int decimalsOf(double value) {
    int decimals = 0;
    double scale = 1;
    while (decimals < 10 && std::abs(value * scale - std::round(value * scale)) > 1e-4) {
        scale *= 10;
        ++decimals;
    }
    return decimals;
}

TEST(CoarseShape, keepsDecimalsAndLosesNothing) {
    const geo::Shape large = square(101.123456789, 30.987654321, 0.0123456);
    EXPECT_EQ(layers::coarseShape(large, {}), large);
    const geo::Shape coarse = layers::coarseShape(large, 4);
    EXPECT_EQ(decimalsOf(coarse.polygons[0].shell[0].x), 4);
    EXPECT_EQ(coarse.polygons[0].shell.front(), coarse.polygons[0].shell.back());
    // Five metres wide: four decimals would leave nothing of it.
    const geo::Shape small = square(101.123456789, 30.987654321, 0.00005);
    const geo::Shape kept = layers::coarseShape(small, 4);
    EXPECT_FALSE(kept.isEmpty());
    EXPECT_FALSE(geo::findPlanarInvalidity(kept));
    EXPECT_LT(decimalsOf(kept.polygons[0].shell[0].x), 9);
    const geo::Coordinate place{101.123466789, 30.987674321};
    const geo::Coordinate moved = layers::coarsePlace(place, kept, 3);
    EXPECT_EQ(geo::IndexedRing(kept.polygons[0].shell).locate(moved), geo::Location::Inside);
    EXPECT_EQ(layers::coarsePlace(place, small, {}), place);
}

} // namespace
