#include "layers/geojson_parser.hpp"

#include "layers/error.hpp"
#include "layers/file_bytes.hpp"
#include "layers/geojson_coordinates.hpp"
#include "layers/number_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_map>

namespace layers {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kDeepest = 512; ///< nesting that no real file has

/// The characters of a file, read in pieces.
class Characters {
  public:
    explicit Characters(const std::filesystem::path& file) : m_bytes(file) { fill(); }
    [[nodiscard]] bool atEnd() const { return m_at == m_piece.size(); }
    [[nodiscard]] char current() const { return std::to_integer<char>(m_piece[m_at]); }
    void advance() {
        if (++m_at == m_piece.size()) {
            fill();
        }
    }

  private:
    void fill() {
        constexpr std::uint64_t kPiece = std::uint64_t{1} << 20U;
        m_start += m_piece.size();
        m_piece = m_bytes.at(m_start, static_cast<std::size_t>(std::min(kPiece, m_bytes.size() - m_start)));
        m_at = 0;
    }
    FileBytes m_bytes;
    std::span<const std::byte> m_piece;
    std::uint64_t m_start = 0;
    std::size_t m_at = 0;
};

/// Characters as the pair of iterators that the parser takes.
class CharacterIterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    CharacterIterator() = default;
    explicit CharacterIterator(Characters& characters) : m_characters(&characters) {}
    char operator*() const { return m_characters->current(); }
    CharacterIterator& operator++() {
        m_characters->advance();
        return *this;
    }
    CharacterIterator operator++(int) {
        const CharacterIterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const CharacterIterator& a, const CharacterIterator& b) {
        return a.isEnd() == b.isEnd();
    }
    friend bool operator!=(const CharacterIterator& a, const CharacterIterator& b) { return !(a == b); }

  private:
    [[nodiscard]] bool isEnd() const { return m_characters == nullptr || m_characters->atEnd(); }
    Characters* m_characters = nullptr;
};

struct Fault {
    std::string zh;
    std::string en;
};

/// A geometry or feature object while it is read; the order of members is free, so all are kept until its
/// end.
struct Node {
    std::string type;
    std::vector<std::string> keys;
    std::string key; ///< the member being read
    std::optional<Fault> fault;
    GeoJsonCoordinates coordinates;
    bool hasCoordinates = false;
    bool hasGeometries = false;
    bool hasFeatures = false;
    std::size_t parts = 0; ///< geometries of a collection
    geo::Shape shape;
    bool isCollection = false;
    std::vector<std::pair<std::size_t, std::string>> values;

    [[nodiscard]] bool hasKey(const std::string& name) const {
        return std::find(keys.begin(), keys.end(), name) != keys.end();
    }
    void refuse(std::string zh, std::string en) {
        if (!fault) {
            fault = Fault{std::move(zh), std::move(en)};
        }
    }
};

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

void append(geo::Shape& to, geo::Shape&& from) {
    std::move(from.polygons.begin(), from.polygons.end(), std::back_inserter(to.polygons));
    std::move(from.lines.begin(), from.lines.end(), std::back_inserter(to.lines));
    std::move(from.points.begin(), from.points.end(), std::back_inserter(to.points));
}

/// nlohmann's events, turned into features one by one.
class Handler {
  public:
    Handler(std::string name, const Characters& characters, ProblemLog& log)
        : m_name(std::move(name)), m_characters(characters), m_log(log) {}

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
    bool binary(Json::binary_t& /*value*/) { return false; }
    bool start_object(std::size_t /*elements*/);
    bool key(std::string& name);
    bool end_object();
    bool start_array(std::size_t /*elements*/);
    bool end_array();
    bool parse_error(std::size_t position, const std::string& /*token*/, const Json::exception& fault);
    // NOLINTEND(readability-identifier-naming)

    [[nodiscard]] GeoJsonFile finish();

  private:
    enum class Scalar { Null, Bool, Number, String };

    bool scalar(const std::string& text, Scalar kind);
    bool number(double value, const std::string& text);
    void scalarOfObject(Node& node, const std::string& text, Scalar kind);
    void open(Place place);
    void nested(const std::string& text, bool isString);
    void endGeometry();
    void endFeature();
    void setValue(Node& node, const std::string& name, std::string text, FieldKind kind);
    void completeGeometry(Node& node);
    [[noreturn]] void refuseFile(const std::string& zh, const std::string& en) const;
    [[nodiscard]] Place place() const { return m_places.back(); }
    [[nodiscard]] std::string featureName() const { return std::to_string(m_file.features.size() + 1); }

    std::string m_name;
    const Characters& m_characters;
    ProblemLog& m_log;
    GeoJsonFile m_file;
    std::vector<Place> m_places;
    std::vector<Node> m_nodes;
    std::string m_property;   ///< member of "properties" being read
    std::string m_nestedText; ///< a property that is an array or object, as JSON text
    std::string m_crsKey;
    bool m_hasRoot = false;
    std::unordered_map<std::string, std::size_t> m_fieldSlots;
};

void Handler::refuseFile(const std::string& zh, const std::string& en) const {
    throw Error(m_name + "：不是可用的 GeoJSON 面图层：" + zh + " / not a valid GeoJSON layer: " + en);
}

bool Handler::parse_error(std::size_t position, const std::string& /*token*/, const Json::exception& fault) {
    const std::string at = std::to_string(position);
    if (m_characters.atEnd()) {
        throw Error(m_name + "：JSON 在字节 " + at +
                    " 处提前结束，未导入任何内容 / the JSON ends early at byte " + at +
                    ", nothing imported: " + fault.what());
    }
    const bool isCoordinate = !m_places.empty() && place() == Place::Coordinates;
    throw Error(m_name + "：JSON 语法错误（字节 " + at +
                (isCoordinate ? "，第 " + featureName() + " 个要素的坐标不是数字" : "") +
                "），未导入任何内容 / JSON syntax error" +
                (isCoordinate ? ", a coordinate of feature " + featureName() + " is not a number" : "") +
                ", nothing imported: " + fault.what());
}

void Handler::open(Place place) {
    if (m_places.size() >= kDeepest) {
        refuseFile("嵌套过深", "nested too deeply");
    }
    m_places.push_back(place);
}

bool Handler::number(double value, const std::string& text) {
    if (!m_places.empty() && place() == Place::Coordinates) {
        m_nodes.back().coordinates.number(value);
        return true;
    }
    if (!m_places.empty() && place() == Place::Box) {
        return true;
    }
    return scalar(text, Scalar::Number);
}

bool Handler::scalar(const std::string& text, Scalar kind) {
    if (m_places.empty()) {
        refuseFile("根元素不是对象", "the root is not an object");
    }
    switch (place()) {
    case Place::Coordinates:
        m_nodes.back().coordinates.other(kind == Scalar::String ? "文本 / text" : text.c_str());
        break;
    case Place::Box:
        m_nodes.back().refuse("bbox 中有不是数字的值", "bbox holds what is not a number");
        break;
    case Place::Geometries:
        m_nodes.back().refuse("geometries 中有不是几何对象的值", "geometries holds what is not a geometry");
        break;
    case Place::Features: {
        m_nodes.emplace_back().refuse("不是要素对象", "not a feature object");
        endFeature();
        break;
    }
    case Place::Properties:
        if (kind != Scalar::Null) {
            setValue(m_nodes.back(), m_property, text,
                     kind == Scalar::Number ? FieldKind::Number : FieldKind::Text);
        } else {
            setValue(m_nodes.back(), m_property, {}, FieldKind::Number);
        }
        break;
    case Place::Nested:
        nested(text, kind == Scalar::String);
        break;
    case Place::Crs:
        if (m_crsKey == "name" && kind == Scalar::String) {
            m_file.crs = text;
        }
        break;
    case Place::Root:
    case Place::Feature:
    case Place::Geometry:
        scalarOfObject(m_nodes.back(), text, kind);
        break;
    case Place::Skipped:
        break;
    }
    return true;
}

void Handler::scalarOfObject(Node& node, const std::string& text, Scalar kind) {
    const std::string& key = node.key;
    if (key == "type" && kind == Scalar::String) {
        node.type = text;
    } else if (key == "type") {
        node.refuse("type 不是文本", "type is not text");
    } else if (key == "coordinates" || key == "geometries") {
        node.refuse(key + " 不是数组", key + " is not an array");
    } else if (key == "features") {
        refuseFile("features 不是数组", "features is not an array");
    } else if (key == "properties" && kind != Scalar::Null) {
        node.refuse("properties 不是对象", "properties is not an object");
    } else if (key == "geometry" && kind != Scalar::Null) {
        node.refuse("geometry 不是对象", "geometry is not an object");
    } else if (key == "id" && place() == Place::Feature) {
        if (kind == Scalar::String || kind == Scalar::Number) {
            setValue(node, "id", text, FieldKind::Text);
        } else {
            node.refuse("要素的 id 既不是文本也不是数字", "the feature's id is neither text nor a number");
        }
    }
}

bool Handler::key(std::string& name) {
    switch (place()) {
    case Place::Properties:
        m_property = name;
        break;
    case Place::Nested:
        m_nestedText += (m_nestedText.ends_with('{') ? "" : ",") + Json(name).dump() + ":";
        break;
    case Place::Crs:
        m_crsKey = name;
        break;
    case Place::Root:
    case Place::Feature:
    case Place::Geometry: {
        Node& node = m_nodes.back();
        if (node.hasKey(name)) {
            Problem problem;
            problem.kind = ProblemKind::FileDamaged;
            problem.field = name;
            problem.textZh = "JSON 对象中成员“" + name + "”重复";
            problem.textEn = "duplicate member \"" + name + "\" in a JSON object";
            problem.doneZh = "以最后一个为准";
            problem.doneEn = "the last one counts";
            m_log.addGrouped(std::move(problem));
        } else {
            node.keys.push_back(name);
        }
        node.key = name;
        break;
    }
    default:
        break;
    }
    return true;
}

bool Handler::start_object(std::size_t /*elements*/) {
    if (m_places.empty()) {
        m_hasRoot = true;
        m_nodes.emplace_back();
        open(Place::Root);
        return true;
    }
    const std::string& key = m_nodes.empty() ? m_name : m_nodes.back().key;
    switch (place()) {
    case Place::Features:
        m_nodes.emplace_back();
        open(Place::Feature);
        break;
    case Place::Geometries:
        m_nodes.emplace_back();
        open(Place::Geometry);
        break;
    case Place::Coordinates:
        m_nodes.back().coordinates.other("对象 / object");
        open(Place::Skipped);
        break;
    case Place::Properties:
        m_nestedText = "{";
        open(Place::Nested);
        break;
    case Place::Nested:
        m_nestedText += (m_nestedText.ends_with('[') || m_nestedText.ends_with(':') ? "{" : ",{");
        open(Place::Nested);
        break;
    case Place::Root:
    case Place::Feature:
    case Place::Geometry:
        if (key == "geometry" && place() != Place::Geometry) {
            m_nodes.emplace_back();
            open(Place::Geometry);
        } else if (key == "properties") {
            open(Place::Properties);
        } else if (key == "crs") {
            open(Place::Crs);
        } else if (key == "features") {
            refuseFile("features 不是数组", "features is not an array");
        } else {
            if (key == "id" && place() == Place::Feature) {
                m_nodes.back().refuse("要素的 id 既不是文本也不是数字",
                                      "the feature's id is neither text nor a number");
            } else if (key == "coordinates" || key == "geometries" || key == "bbox" || key == "type") {
                m_nodes.back().refuse(key + " 的类型不对", key + " is of the wrong kind");
            }
            open(Place::Skipped);
        }
        break;
    case Place::Crs:
        open(Place::Crs);
        break;
    case Place::Box:
        m_nodes.back().refuse("bbox 中有不是数字的值", "bbox holds what is not a number");
        open(Place::Skipped);
        break;
    case Place::Skipped:
        open(Place::Skipped);
        break;
    }
    return true;
}

bool Handler::start_array(std::size_t /*elements*/) {
    if (m_places.empty()) {
        refuseFile("根元素不是对象", "the root is not an object");
    }
    Node& node = m_nodes.back();
    switch (place()) {
    case Place::Coordinates:
        node.coordinates.startArray();
        open(Place::Coordinates);
        break;
    case Place::Properties:
        m_nestedText = "[";
        open(Place::Nested);
        break;
    case Place::Nested:
        m_nestedText += (m_nestedText.ends_with('[') || m_nestedText.ends_with(':') ? "[" : ",[");
        open(Place::Nested);
        break;
    case Place::Features:
        m_nodes.emplace_back().refuse("不是要素对象", "not a feature object");
        endFeature();
        open(Place::Skipped);
        break;
    case Place::Geometries:
    case Place::Box:
        node.refuse("geometries 或 bbox 中有数组", "geometries or bbox holds an array");
        open(Place::Skipped);
        break;
    case Place::Root:
    case Place::Feature:
    case Place::Geometry:
        if (node.key == "coordinates") {
            node.coordinates = GeoJsonCoordinates();
            node.coordinates.startArray();
            node.hasCoordinates = true;
            open(Place::Coordinates);
        } else if (node.key == "geometries") {
            node.hasGeometries = true;
            open(Place::Geometries);
        } else if (node.key == "features" && place() == Place::Root) {
            node.hasFeatures = true;
            open(Place::Features);
        } else if (node.key == "bbox") {
            open(Place::Box);
        } else {
            if (node.key == "properties" || node.key == "geometry" || node.key == "type" ||
                node.key == "id") {
                node.refuse(node.key + " 是数组", node.key + " is an array");
            }
            open(Place::Skipped);
        }
        break;
    case Place::Crs:
    case Place::Skipped:
        open(Place::Skipped);
        break;
    }
    return true;
}

bool Handler::end_array() {
    const Place ended = place();
    m_places.pop_back();
    if (ended == Place::Coordinates) {
        m_nodes.back().coordinates.endArray();
    } else if (ended == Place::Nested) {
        m_nestedText += ']';
        if (place() == Place::Properties) {
            setValue(m_nodes.back(), m_property, m_nestedText, FieldKind::Text);
        }
    }
    return true;
}

bool Handler::end_object() {
    const Place ended = place();
    m_places.pop_back();
    if (ended == Place::Geometry) {
        endGeometry();
    } else if (ended == Place::Feature) {
        endFeature();
    } else if (ended == Place::Nested) {
        m_nestedText += '}';
        if (place() == Place::Properties) {
            setValue(m_nodes.back(), m_property, m_nestedText, FieldKind::Text);
        }
    }
    return true;
}

void Handler::nested(const std::string& text, bool isString) {
    const bool first =
        m_nestedText.ends_with('[') || m_nestedText.ends_with(':') || m_nestedText.ends_with('{');
    m_nestedText += (first ? "" : ",") + (isString ? Json(text).dump() : text);
}

void Handler::setValue(Node& node, const std::string& name, std::string text, FieldKind kind) {
    const auto [slot, isNew] = m_fieldSlots.try_emplace(name, m_file.fields.size());
    if (isNew) {
        m_file.fields.push_back({name, kind});
    } else if (kind == FieldKind::Text && !text.empty()) {
        m_file.fields[slot->second].kind = FieldKind::Text;
    }
    node.values.emplace_back(slot->second, std::move(text));
}

/// Turns type and coordinates (or the parts gathered from geometries) into the node's shape.
void Handler::completeGeometry(Node& node) {
    if (node.type == "GeometryCollection") {
        node.isCollection = true;
        if (!node.hasGeometries) {
            node.refuse("几何集合缺少 geometries", "a GeometryCollection without geometries");
        } else if (node.parts > 0 && node.shape.polygons.empty() && node.shape.lines.empty()) {
            node.refuse("几何集合中没有面或线", "a GeometryCollection without polygons or lines");
        }
        return;
    }
    std::string zh;
    std::string en;
    node.shape = node.coordinates.shape(node.type, zh, en);
    if (!en.empty()) {
        node.refuse(zh, en);
    } else if (!node.hasCoordinates) {
        node.refuse("几何缺少 coordinates", "a geometry without coordinates");
    }
}

void Handler::endGeometry() {
    Node geometry = std::move(m_nodes.back());
    m_nodes.pop_back();
    completeGeometry(geometry);
    Node& parent = m_nodes.back();
    ++parent.parts;
    if (geometry.fault) {
        parent.refuse(geometry.fault->zh, geometry.fault->en);
    }
    append(parent.shape, std::move(geometry.shape));
}

void Handler::endFeature() {
    Node node = std::move(m_nodes.back());
    m_nodes.pop_back();
    RawFeature& feature = m_file.features.emplace_back();
    feature.id = static_cast<std::int64_t>(m_file.features.size()) - 1;
    for (auto& [slot, text] : node.values) {
        if (feature.values.size() <= slot) {
            feature.values.resize(slot + 1);
        }
        feature.values[slot] = std::move(text);
    }
    if (!node.fault && node.type != "Feature") {
        node.refuse("要素的 type 是“" + node.type + "”而不是 Feature",
                    "its type is \"" + node.type + "\", not Feature");
    }
    feature.shape = std::move(node.shape);
    if (node.fault) {
        feature.geometry = RawFeature::Geometry::Damaged;
        feature.faultZh = node.fault->zh;
        feature.faultEn = node.fault->en;
    } else if (!feature.shape.isEmpty()) {
        feature.geometry = RawFeature::Geometry::Decoded;
    }
}

GeoJsonFile Handler::finish() {
    if (!m_hasRoot) {
        refuseFile("根元素不是对象", "the root is not an object");
    }
    Node& root = m_nodes.front();
    if (root.type == "FeatureCollection") {
        if (!root.hasFeatures) {
            refuseFile("FeatureCollection 缺少 features 数组", "a FeatureCollection without features");
        }
    } else if (root.type == "Feature") {
        endFeature();
    } else {
        for (const char* member : {"features", "geometry", "properties"}) {
            if (root.hasKey(member)) {
                refuseFile("几何对象（" + root.type + "）不应有成员 " + member,
                           "a geometry (" + root.type + ") must not have the member " + member);
            }
        }
        completeGeometry(root);
        root.type = "Feature";
        endFeature();
    }
    for (RawFeature& feature : m_file.features) {
        feature.values.resize(m_file.fields.size());
    }
    return std::move(m_file);
}

} // namespace

GeoJsonFile parseGeoJson(const std::filesystem::path& file, ProblemLog& log) {
    Characters characters(file);
    Handler handler(file.filename().string(), characters, log);
    if (characters.atEnd()) {
        throw Error(file.filename().string() + "：文件为空 / the file is empty");
    }
    Json::sax_parse(CharacterIterator(characters), CharacterIterator(), &handler);
    return handler.finish();
}

} // namespace layers
