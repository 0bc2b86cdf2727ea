#pragma once

// The events of nlohmann's parser, turned into features. Included by layers/*.cpp only.

#include "layers/geojson_coordinates.hpp"
#include "layers/geojson_parser.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace layers {

/// What is wrong with a feature.
struct GeoJsonFault {
    std::string zh;
    std::string en;
};

/// A geometry or feature object while it is read; the order of members is free, so all are kept until its
/// end.
struct GeoJsonNode {
    std::string type;
    std::vector<std::string> keys;
    std::string key; ///< the member being read
    std::optional<GeoJsonFault> fault;
    GeoJsonCoordinates coordinates;
    bool hasCoordinates = false;
    bool hasHeights = false; ///< some third coordinate is not 0
    bool hasGeometries = false;
    bool hasFeatures = false;
    std::size_t parts = 0; ///< geometries of a collection
    geo::Shape shape;
    std::vector<std::pair<std::size_t, std::string>> values;

    [[nodiscard]] bool hasKey(const std::string& name) const {
        return std::find(keys.begin(), keys.end(), name) != keys.end();
    }
    void refuse(std::string zh, std::string en) {
        if (!fault) {
            fault = GeoJsonFault{std::move(zh), std::move(en)};
        }
    }
};

/// nlohmann's events, turned into features one by one.
class GeoJsonEvents {
  public:
    /// @param name of the file; @param atEnd says whether all of it has been read
    GeoJsonEvents(std::string name, std::function<bool()> atEnd, ProblemLog& log)
        : m_name(std::move(name)), m_atEnd(std::move(atEnd)), m_log(log) {}

    // NOLINTBEGIN(readability-identifier-naming): the parser's names
    bool null() { return scalar("null", Scalar::Null); }
    bool boolean(bool value) { return scalar(value ? "true" : "false", Scalar::Bool); }
    bool number_integer(std::int64_t value) {
        return number(static_cast<double>(value), std::to_string(value));
    }
    bool number_unsigned(std::uint64_t value) {
        return number(static_cast<double>(value), std::to_string(value));
    }
    bool number_float(double value, const std::string& text) { return number(value, text); }
    bool string(std::string& value) { return scalar(value, Scalar::String); }
    static bool binary(nlohmann::json::binary_t& /*value*/) { return false; }
    bool start_object(std::size_t /*elements*/);
    bool key(std::string& name);
    bool end_object();
    bool start_array(std::size_t /*elements*/);
    bool end_array();
    bool parse_error(std::size_t position, const std::string& /*token*/,
                     const nlohmann::json::exception& fault);
    // NOLINTEND(readability-identifier-naming)

    [[nodiscard]] GeoJsonFile finish();

  private:
    /// What the innermost open array or object is.
    enum class Place {
        Root,
        Features,
        Feature,
        Geometry,
        Geometries,
        Coordinates,
        Properties,
        Nested,
        Crs,
        Box,
        Skipped
    };
    enum class Scalar { Null, Bool, Number, String };

    bool scalar(const std::string& text, Scalar kind);
    bool number(double value, const std::string& text);
    void scalarOfObject(GeoJsonNode& node, const std::string& text, Scalar kind);
    void open(Place place);
    void forgetMember(GeoJsonNode& node, const std::string& name);
    void startMemberObject(GeoJsonNode& node);
    void startMemberArray(GeoJsonNode& node);
    void nested(const std::string& text, bool isString);
    void endGeometry();
    void endFeature();
    void setValue(GeoJsonNode& node, const std::string& name, std::string text, FieldKind kind);
    static void completeGeometry(GeoJsonNode& node);
    [[noreturn]] void refuseFile(const std::string& zh, const std::string& en) const;
    [[nodiscard]] Place place() const { return m_places.back(); }
    [[nodiscard]] std::string featureName() const { return std::to_string(m_file.features.size() + 1); }

    std::string m_name;
    std::function<bool()> m_atEnd;
    ProblemLog& m_log;
    GeoJsonFile m_file;
    std::vector<Place> m_places;
    std::vector<GeoJsonNode> m_nodes;
    std::string m_property;   ///< member of "properties" being read
    std::string m_nestedText; ///< a property that is an array or object, as JSON text
    std::string m_crsKey;
    bool m_hasRoot = false;
    std::unordered_map<std::string, std::size_t> m_fieldSlots;
};

} // namespace layers
