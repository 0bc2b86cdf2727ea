#include "app/report/styles.hpp"

#include "layers/xml_text.hpp"

#include <fmt/format.h>

namespace app {

namespace {

using layers::GeometryKind;

/// One entry of a legend: a value, its words and colour ("r,g,b").
struct Category {
    const char* value;
    const char* label;
    const char* colour;
};

// Okabe and Ito's palette.
constexpr const char* kVermillion = "213,94,0";
constexpr const char* kOrange = "230,159,0";
constexpr const char* kYellow = "240,228,66";
constexpr const char* kSkyBlue = "86,180,233";
constexpr const char* kBluishGreen = "0,158,115";
constexpr const char* kBlue = "0,114,178";
constexpr const char* kPurple = "204,121,167";
constexpr const char* kGrey = "150,150,150";
constexpr const char* kLightGrey = "205,205,205";
constexpr const char* kDark = "60,60,60";

std::string property(const char* key, const std::string& value) {
    return fmt::format(R"(<prop k="{}" v="{}"/>)", key, value);
}

/// Whether areas that are too small to be seen on the map show as dots.
enum class SmallAreas { Hidden, AsDots };

/// A dot inside each area, of one size at every scale. QGIS finds a symbol within a symbol by its name.
std::string dot(std::size_t number, const std::string& colour) {
    return fmt::format(
        R"(<layer class="CentroidFill" enabled="1" pass="0" locked="0">{}{}<symbol type="marker" name="@{}@1" )"
        R"(alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" pass="0" )"
        R"(locked="0">{}{}{}{}</layer></symbol></layer>)",
        property("point_on_surface", "1"), property("point_on_all_parts", "0"), number,
        property("color", colour + ",255"), property("outline_color", std::string(kDark) + ",255"),
        property("name", "circle"), property("size", "2"));
}

std::string symbol(std::size_t number, GeometryKind drawn, const std::string& colour,
                   SmallAreas small = SmallAreas::Hidden) {
    std::string type;
    std::string layer;
    std::string properties;
    switch (drawn) {
    case GeometryKind::Point:
        type = "marker";
        layer = "SimpleMarker";
        properties = property("color", colour + ",255") +
                     property("outline_color", std::string(kDark) + ",255") + property("name", "circle") +
                     property("size", "2.6");
        break;
    case GeometryKind::Line:
        type = "line";
        layer = "SimpleLine";
        properties = property("line_color", colour + ",255") + property("line_width", "0.7");
        break;
    default:
        type = "fill";
        layer = "SimpleFill";
        properties = property("color", colour + ",170") +
                     property("outline_color", std::string(kDark) + ",255") +
                     property("outline_width", "0.2") + property("style", "solid");
        break;
    }
    return fmt::format(R"(<symbol type="{}" name="{}" alpha="1" clip_to_extent="1" force_rhr="0">)"
                       R"(<layer class="{}" enabled="1" pass="0" locked="0">{}</layer>{}</symbol>)",
                       type, number, layer, properties,
                       type == "fill" && small == SmallAreas::AsDots ? dot(number, colour) : "");
}

std::string categorised(const std::string& expression, const std::vector<Category>& categories,
                        GeometryKind drawn, SmallAreas small = SmallAreas::Hidden) {
    std::string entries;
    std::string symbols;
    for (std::size_t i = 0; i < categories.size(); ++i) {
        entries += fmt::format(R"(<category value="{}" symbol="{}" label="{}" render="true"/>)",
                               categories[i].value, i, categories[i].label);
        symbols += symbol(i, drawn, categories[i].colour, small);
    }
    return fmt::format(
        R"(<renderer-v2 type="categorizedSymbol" attr="{}" symbollevels="0" enableorderby="0" )"
        R"(forceraster="0"><categories>{}</categories><symbols>{}</symbols></renderer-v2>)",
        layers::xmlEscaped(expression), entries, symbols);
}

std::string single(const char* colour, GeometryKind drawn) {
    return fmt::format(
        R"(<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">)"
        R"(<symbols>{}</symbols></renderer-v2>)",
        symbol(0, drawn, colour));
}

/// The whole document: renderer, and the columns' titles as aliases.
std::string document(const layers::TableSpec& table, const std::string& renderer) {
    std::string aliases;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        // Column 0 is the fid.
        aliases += fmt::format(R"(<alias field="{}" index="{}" name="{}"/>)",
                               layers::xmlEscaped(table.columns[i].name), i + 1,
                               layers::xmlEscaped(table.columns[i].header));
    }
    return fmt::format(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        R"(<qgis version="3.22.0" styleCategories="Symbology|Fields">{}<aliases>{}</aliases></qgis>)"
        "\n",
        renderer, aliases);
}

const std::vector<Category>& verdicts() {
    static const std::vector<Category> categories{
        {"疑似禁止", "疑似禁止", kVermillion},
        {"疑似需核实", "疑似需核实", kOrange},
        {"疑似限制", "疑似限制", kYellow},
        {"疑似允许需手续", "疑似允许需手续", kSkyBlue},
        {"疑似恢复核实", "疑似恢复核实", kBluishGreen},
        {"near", "临界(擦边或邻近)", kPurple},
        {"clear", "不涉及", kLightGrey},
        {"duplicate", "重复", kGrey},
    };
    return categories;
}

const std::vector<Category>& priorities() {
    static const std::vector<Category> categories{
        {"1", "优先级1(高)", kVermillion},
        {"2", "优先级2(中)", kOrange},
        {"3", "优先级3(低)", kSkyBlue},
        {"", "未列入清单", kLightGrey},
    };
    return categories;
}

const std::vector<Category>& certainties() {
    static const std::vector<Category> categories{
        {"certain", "确定占压", kVermillion},
        {"doubtful", "疑似压边", kOrange},
        {"edge", "擦边", kSkyBlue},
    };
    return categories;
}

const std::vector<Category>& severities() {
    static const std::vector<Category> categories{
        {"error", "错误", kVermillion},
        {"warning", "警告", kOrange},
        {"info", "提示", kBlue},
    };
    return categories;
}

const std::vector<Category>& zoneKinds() {
    static const std::vector<Category> categories{
        {"NP", "国家公园", kBluishGreen},     {"NR", "自然保护区", kBlue},
        {"FJ", "风景名胜区", kPurple},        {"ZG", "自然公园", kYellow},
        {"ECR", "生态保护红线", kVermillion}, {"DWS", "饮用水水源保护区", kSkyBlue},
    };
    return categories;
}

} // namespace

std::string caseRenderer(GeometryKind drawn) {
    return categorised("priority", priorities(), drawn, SmallAreas::AsDots);
}

std::string zoneRenderer() {
    return categorised("kind", zoneKinds(), GeometryKind::Area);
}

std::string outlineRenderer() {
    return fmt::format(
        R"(<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0"><symbols>)"
        R"(<symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" )"
        R"(enabled="1" pass="0" locked="0">{}{}{}</layer></symbol></symbols></renderer-v2>)",
        property("style", "no"), property("outline_color", std::string(kDark) + ",255"),
        property("outline_width", "0.6"));
}

std::vector<LayerStyle> stylesOf(const layers::TableSpec& table, GeometryKind drawn) {
    const auto style = [&](const char* title, const std::string& renderer) {
        return LayerStyle{title, document(table, renderer)};
    };
    if (table.name == "patches") {
        return {style("按初步判定",
                      categorised(R"(if("bucket" = 'listed', "verdict", "bucket"))", verdicts(), drawn)),
                style("按优先级", categorised("priority", priorities(), drawn))};
    }
    if (table.name == "overlaps") {
        return {style("按占压确定性", categorised("certainty", certainties(), drawn)),
                style("按初步判定", categorised(R"(coalesce("verdict", "certainty"))", verdicts(), drawn))};
    }
    if (table.name == "atoms") {
        return {style("按是否涉及",
                      categorised("covered", {{"1", "涉及", kPurple}, {"0", "未涉及", kLightGrey}}, drawn))};
    }
    if (table.name == "near") {
        return {style("临界连线", single(kBlue, drawn))};
    }
    if (table.name == "rejects") {
        return {style("无法使用", single(kDark, drawn))};
    }
    if (table.name == "zones" && drawn != GeometryKind::None) { // results.gpkg holds no zone geometry
        return {style("按类型", categorised("kind", zoneKinds(), drawn))};
    }
    if (table.name == "problems") {
        return {style("按程度", categorised("severity", severities(), drawn))};
    }
    return {};
}

} // namespace app
