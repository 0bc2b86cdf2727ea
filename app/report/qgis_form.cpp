#include "app/report/qgis_form.hpp"

#include <nlohmann/json.hpp>

namespace app {

namespace {

using layers::XmlWriter;

constexpr const char* kKey = "fid";

void option(XmlWriter& xml, const char* name, const char* type, std::string_view value) {
    xml.open("Option").attribute("name", name).attribute("type", type).attribute("value", value).close();
}

const char* widgetName(Widget widget) {
    switch (widget) {
    case Widget::Choice:
        return "ValueMap";
    case Widget::Day:
        return "DateTime";
    case Widget::Photo:
        return "ExternalResource";
    case Widget::Hidden:
        return "Hidden";
    default:
        return "TextEdit";
    }
}

void writeWords(XmlWriter& xml, const std::vector<std::string>& words) {
    xml.open("Option").attribute("name", "map").attribute("type", "List");
    const auto add = [&xml](std::string_view shown, std::string_view kept) {
        xml.open("Option").attribute("type", "Map").open("Option").attribute("name", shown);
        xml.attribute("type", "QString").attribute("value", kept).close().close();
    };
    // QGIS's own word for NULL: what was chosen can be taken back.
    add("（未填）", "{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}");
    for (const std::string& word : words) {
        add(word, word);
    }
    xml.close();
}

void writeWidget(XmlWriter& xml, const FormField& field) {
    xml.open("field").attribute("name", field.name).attribute("configurationFlags", "None");
    xml.open("editWidget").attribute("type", widgetName(field.widget)).open("config");
    xml.open("Option").attribute("type", "Map");
    switch (field.widget) {
    case Widget::Choice:
        writeWords(xml, field.words);
        break;
    case Widget::Day:
        option(xml, "allow_null", "bool", "true");
        option(xml, "calendar_popup", "bool", "true");
        option(xml, "display_format", "QString", "yyyy-MM-dd");
        option(xml, "field_format", "QString", "yyyy-MM-dd");
        option(xml, "field_iso_format", "bool", "false");
        break;
    case Widget::Photo:
        option(xml, "DocumentViewer", "int", "1"); // as a picture
        option(xml, "DocumentViewerHeight", "int", "0");
        option(xml, "DocumentViewerWidth", "int", "0");
        option(xml, "FileWidget", "bool", "true");
        option(xml, "FileWidgetButton", "bool", "true");
        option(xml, "FileWidgetFilter", "QString", "");
        option(xml, "RelativeStorage", "int", "1"); // to the project
        option(xml, "StorageMode", "int", "0");     // files
        break;
    default:
        option(xml, "IsMultiline", "bool", field.widget == Widget::Paragraph ? "true" : "false");
        option(xml, "UseHtml", "bool", "false");
        break;
    }
    xml.close().close().close().close();
}

int placeOf(const QgisLayer& layer, const std::string& name) {
    for (std::size_t i = 0; i < layer.fields.size(); ++i) {
        if (layer.fields[i].name == name) {
            return static_cast<int>(i) + 1; // fid is 0
        }
    }
    return -1;
}

void writeTab(XmlWriter& xml, const QgisLayer& layer, const FormTab& tab, Relations relations) {
    xml.open("attributeEditorContainer").attribute("name", tab.title).attribute("columnCount", 1);
    xml.attribute("groupBox", 0).attribute("showLabel", 1).attribute("visibilityExpressionEnabled", 0);
    xml.attribute("visibilityExpression", "");
    for (const std::string& name : tab.fields) {
        xml.open("attributeEditorField").attribute("name", name).attribute("index", placeOf(layer, name));
        xml.attribute("showLabel", 1).close();
    }
    for (const std::string& id : tab.relations) {
        if (relations == Relations::Shown) {
            xml.open("attributeEditorRelation").attribute("name", id).attribute("relation", id);
            xml.attribute("showLabel", 0).attribute("label", "").attribute("nmRelationId", "");
            xml.attribute("relationWidgetTypeId", "relation_editor").attribute("forceSuppressFormPopup", 0);
            xml.open("editor_configuration").close().close();
        }
    }
    xml.close();
}

void writePages(XmlWriter& xml, const QgisLayer& layer, Relations relations) {
    if (layer.tabs.empty()) {
        xml.element("editorlayout", "generatedlayout");
        return;
    }
    xml.element("editorlayout", "tablayout").open("attributeEditorForm");
    for (const FormTab& tab : layer.tabs) {
        if (!tab.fields.empty() || relations == Relations::Shown) {
            writeTab(xml, layer, tab, relations);
        }
    }
    xml.close();
}

void writeCustomProperties(XmlWriter& xml, const QgisLayer& layer) {
    nlohmann::ordered_json names = nlohmann::ordered_json::object();
    for (const auto& [field, expression] : layer.photoNames) {
        names[field] = expression;
    }
    xml.open("customproperties").open("Option").attribute("type", "Map");
    // QFieldSync packs the GeoPackage as it is: no layer is fetched or converted.
    option(xml, "QFieldSync/action", "QString", "copy");
    option(xml, "QFieldSync/cloud_action", "QString", "offline");
    option(xml, "QFieldSync/attachment_naming", "QString", names.dump());
    option(xml, "QFieldSync/photo_naming", "QString", names.dump()); // QField before 2.7
    option(xml, "QFieldSync/is_geometry_locked", "bool", "true");    // patches are not redrawn in the field
    xml.close().close();
}

} // namespace

void writeForm(XmlWriter& xml, const QgisLayer& layer, Relations relations) {
    writeCustomProperties(xml, layer);
    xml.open("fieldConfiguration");
    writeWidget(xml, {kKey, "", Widget::Hidden, true});
    for (const FormField& field : layer.fields) {
        writeWidget(xml, field);
    }
    xml.close().open("aliases");
    for (std::size_t i = 0; i < layer.fields.size(); ++i) {
        xml.open("alias").attribute("field", layer.fields[i].name);
        xml.attribute("index", static_cast<int>(i) + 1).attribute("name", layer.fields[i].alias).close();
    }
    xml.close().open("defaults");
    for (const FormField& field : layer.fields) {
        if (!field.preset.empty()) {
            xml.open("default").attribute("field", field.name).attribute("expression", field.preset);
            xml.attribute("applyOnUpdate", 0).close();
        }
    }
    xml.close();
    writePages(xml, layer, relations);
    xml.open("editable");
    xml.open("field").attribute("name", kKey).attribute("editable", 0).close();
    for (const FormField& field : layer.fields) {
        xml.open("field")
            .attribute("name", field.name)
            .attribute("editable", field.isReadOnly ? 0 : 1)
            .close();
    }
    xml.close().element("previewExpression", layer.displayed);
}

} // namespace app
