#pragma once

#include "geo/shape.hpp"
#include "tests/support/project_story.hpp"

#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace tests {

/// A project of cases made on purpose: a county, zones and patches as GeoJSON.
class SceneStory : public ProjectStory {
  public:
    using Rings = std::vector<geo::Ring>;
    static Json polygon(const std::vector<Rings>& parts) {
        Json coordinates = Json::array();
        for (const Rings& rings : parts) {
            Json part = Json::array();
            for (const geo::Ring& ring : rings) {
                part.push_back(path(ring));
            }
            coordinates.push_back(std::move(part));
        }
        return Json{{"type", "MultiPolygon"}, {"coordinates", coordinates}};
    }
    static Json path(const geo::Path& points) {
        Json list = Json::array();
        for (const geo::Coordinate& c : points) {
            list.push_back(Json::array({c.x, c.y}));
        }
        return list;
    }
    static geo::Ring box(double x, double y, double width, double height) {
        return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}};
    }
    static Json square(double x, double y, double side) { return polygon({{box(x, y, side, side)}}); }

    static Json feature(Json properties, Json geometry) {
        return Json{
            {"type", "Feature"}, {"properties", std::move(properties)}, {"geometry", std::move(geometry)}};
    }
    /// Writes a layer; strings keep their bytes.
    std::filesystem::path write(const std::string& name, const std::vector<Json>& features) const {
        std::filesystem::path file = folder() / name;
        std::ofstream(file) << Json{{"type", "FeatureCollection"}, {"features", features}};
        return file;
    }

    void addCounties(const std::vector<Json>& counties) const {
        run({"add"}, "zones",
            {write("counties.geojson", counties).string(), "--role", "admin", "--layer", "县界", "--map",
             "admin.code=code", "--map", "admin.name=name"});
    }
    /// Zones of the generic profile: name, and kind and class where the first one has them.
    void addZones(const std::string& role, const std::string& layer, const std::vector<Json>& zones) const {
        std::vector<std::string> arguments{write(role + ".geojson", zones).string(),
                                           "--role",
                                           role,
                                           "--layer",
                                           layer,
                                           "--profile",
                                           "generic"};
        for (const std::string field : {"name", "kind", "class"}) {
            if (zones.front().at("properties").contains(field)) {
                std::string mapping = role;
                mapping.append(".").append(field).append("=").append(field);
                arguments.insert(arguments.end(), {"--map", mapping});
            }
        }
        run({"add"}, "zones", arguments, {0, 3});
    }
    /// Patches with id, qsx and hsx (the dates), checked.
    void addPatches(const std::vector<Json>& patches) const {
        run({"add"}, "batch",
            {write("patches.geojson", patches).string(), "--name", "2026年第1批", "--profile", "generic",
             "--map", "changes.id=id", "--map", "changes.earlier=qsx", "--map", "changes.later=hsx"},
            {0, 3});
        newRun("2026B1");
    }
};

} // namespace tests
