#pragma once

// What the tests of coordinate systems and datums share: .prj texts as ESRI writes them, and a square to
// read.

#include "tests/support/reading.hpp"
#include "tests/support/shapefile_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

#include <string>

namespace tests {

// ESRI writes no authority codes.
inline std::string esriGeographic(const std::string& family) {
    if (family == "Xian_1980") {
        return R"(GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]],)"
               R"(PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]])";
    }
    if (family == "Beijing_1954") {
        return R"(GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",SPHEROID["Krasovsky_1940",6378245.0,298.3]],)"
               R"(PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]])";
    }
    return R"(GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",)"
           R"(SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],)"
           R"(UNIT["Degree",0.0174532925199433]])";
}

/// "CGCS2000_3_Degree_GK_Zone_34" and its like.
inline std::string esriZone(const std::string& name, double falseEasting, double meridian) {
    const std::string family = name.starts_with("Xian")      ? "Xian_1980"
                               : name.starts_with("Beijing") ? "Beijing_1954"
                                                             : "CGCS2000";
    return "PROJCS[\"" + name + "\"," + esriGeographic(family) +
           R"(,PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",)" + std::to_string(falseEasting) +
           R"(],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",)" + std::to_string(meridian) +
           R"(],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]])";
}

/// A small square from (x, y), read with what the file and the user say.
struct Stored {
    double x = 102;
    double y = 30;
    std::string prj;
    std::string crs;
    double side = 1e-4;
};

inline ShapefileBytes shapefileOf(const Stored& stored) {
    ShapefileBytes shapefile;
    shapefile.columns = {{"MC", 'C', 5}};
    shapefile.rows = {{"a"}};
    shapefile.x = stored.x;
    shapefile.y = stored.y;
    shapefile.side = stored.side;
    shapefile.prj = stored.prj;
    return shapefile;
}

/// A shapefile of that square, read as a user would.
class Reading {
  public:
    explicit Reading(const Stored& stored) {
        shapefileOf(stored).write(m_folder.path() / "t.shp");
        options.crs = stored.crs;
    }
    [[nodiscard]] layers::ReadResult<layers::Patch> read() const {
        return patchesOf(m_folder.path() / "t.shp", options);
    }
    [[nodiscard]] std::string error() const {
        return errorOf([this] { static_cast<void>(read()); });
    }
    layers::ReadOptions options = genericOptions(layers::Role::Changes);

  private:
    TemporaryFolder m_folder;
};

} // namespace tests
