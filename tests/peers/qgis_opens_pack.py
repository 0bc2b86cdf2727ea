#!/usr/bin/python3
"""Open the QField project of a field pack as QGIS does, and look at everything that it promises.

    QT_QPA_PLATFORM=offscreen qgis_opens_pack.py PACK.qgz MANIFEST.json [--edit NUMBER FIELD=VALUE ...] [--photo NUMBER FILE] [--picture OUT.png]

Answers are edited through the layer and saved, as a form does. Prints "ok", or every fault. Needs python3-qgis.
"""
import json
import os
import sys

from qgis.core import (QgsApplication, QgsExpressionContext, QgsExpressionContextUtils, QgsFeature, QgsMapRendererSequentialJob,
                       QgsMapSettings, QgsProject, QgsRenderContext, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

app = QgsApplication([], False)
app.initQgis()
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)


project = QgsProject.instance()
check(project.read(sys.argv[1]), f"the project cannot be read: {project.error()}")
manifest = json.load(open(sys.argv[2], encoding="utf-8"))
rest = sys.argv[3:]

check(project.crs().authid() == "EPSG:4490", f"CRS {project.crs().authid()}")
check(not project.readBoolEntry("Paths", "/Absolute", True)[0], "paths are absolute")
layers = {layer.id().replace("ecoredline_", ""): layer for layer in project.mapLayers().values()}
check(set(layers) == set(manifest["tables"]), f"layers {sorted(layers)}, tables {sorted(manifest['tables'])}")
folder = os.path.dirname(os.path.abspath(sys.argv[1]))
for name, layer in layers.items():
    check(layer.isValid(), f"{name} is not valid: {layer.error().message()}")
    check(layer.featureCount() == manifest["tables"][name], f"{name}: {layer.featureCount()} features")
    check(os.path.dirname(layer.dataProvider().dataSourceUri().split("|")[0]) == folder, f"{name} lies elsewhere")
    check(layer.name() != "" and all(field.alias() for field in layer.fields() if field.name() != "fid"),
          f"{name}: a field has no alias")
    check(layer.readOnly() == (name.startswith("list_") or name in ("zones", "county")), f"{name}: read-only is {layer.readOnly()}")
tree = [node.layerId().replace("ecoredline_", "") for node in project.layerTreeRoot().findLayers()]
check(sorted(tree) == sorted(layers), f"layer tree {tree}")

ANSWERS = {"conclusion": "ValueMap", "situation": "TextEdit", "builder": "TextEdit", "built_when": "TextEdit", "permits": "TextEdit",
           "illegal": "ValueMap", "measures": "TextEdit", "inspector": "TextEdit", "inspected_on": "DateTime", "remarks": "TextEdit"}
relations = project.relationManager().relations()
cases = {name: layer for name, layer in layers.items() if name.startswith("cases")}
check(sum(layer.featureCount() for layer in cases.values()) == manifest["cases"], "cases in layers and manifest differ")
for name, layer in cases.items():
    fields = layer.fields()
    form = layer.editFormConfig()
    for field in fields:
        at = fields.indexOf(field.name())
        check(form.readOnly(at) != (field.name() in ANSWERS), f"{name}.{field.name()}: editable is {not form.readOnly(at)}")
        if field.name() in ANSWERS:
            widget = layer.editorWidgetSetup(at)
            check(widget.type() == ANSWERS[field.name()], f"{name}.{field.name()}: widget {widget.type()}")
    for field in ("conclusion", "illegal"):
        shown = [list(one.values())[0] for one in layer.editorWidgetSetup(fields.indexOf(field)).config()["map"]]
        kept = [row["word"] for row in layers[f"list_{field}"].getFeatures()]
        check(shown[1:] == kept and len(kept) > 2, f"{name}.{field}: {shown} are not the words {kept}")
    tabs = [tab.name() for tab in form.tabs()]
    check(tabs == ["填报", "照片", "图斑信息"], f"{name}: pages {tabs}")
    own = [relation for relation in relations.values() if relation.referencedLayer() is layer or relation.referencedLayerId() == layer.id()]
    check(len(own) == 1 and own[0].isValid() and own[0].referencingLayerId() == layers["attachments"].id(), f"{name}: relation to photographs")
    check(form.tabs()[1].children()[0].relation().isValid() if len(tabs) > 1 else False, f"{name}: no relation in the form")
    check(layer.crs().authid() == "EPSG:4490", f"{name}: CRS {layer.crs().authid()}")
    context = QgsRenderContext()
    context.expressionContext().setFields(fields)
    renderer = layer.renderer().clone()
    renderer.startRender(context, fields)
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        check(renderer.symbolForFeature(feature, context) is not None, f"{name}: {feature['task_number']} has no symbol")
        check(feature.geometry().isGeosValid(), f"{name}: {feature['task_number']} is not valid")
    renderer.stopRender(context)
    # The same form comes with the GeoPackage alone.
    alone = QgsVectorLayer(layer.source(), name, "ogr")
    check(alone.editorWidgetSetup(fields.indexOf("conclusion")).type() == "ValueMap", f"{name}: layer_styles bring no form")
    check(alone.fields().field("task_number").alias() == "任务编号", f"{name}: layer_styles bring no aliases")

if failures and "attachments" not in layers:
    print(*failures, "failed", sep="\n", flush=True)
    os._exit(1)
photos = layers["attachments"]
photo = photos.editorWidgetSetup(photos.fields().indexOf("photo"))
check(photo.type() == "ExternalResource" and int(photo.config()["DocumentViewer"]) == 1 and
      int(photo.config()["RelativeStorage"]) == 1, f"photographs: {photo.type()} {photo.config()}")
naming = json.loads(photos.customProperty("QFieldSync/attachment_naming"))
extent = project.viewSettings().defaultViewExtent()
for layer in cases.values():
    check(extent.contains(layer.extent()), f"the map opens on {extent.toString()}, cases lie in {layer.extent().toString()}")

if "--edit" in rest:
    at = rest.index("--edit")
    number, changes = rest[at + 1], [text.split("=", 1) for text in rest[at + 2:] if "=" in text and not text.startswith("--")]
    done = 0
    for layer in cases.values():
        for feature in layer.getFeatures(f"\"task_number\" = '{number}'"):
            check(layer.startEditing(), "the layer cannot be edited")
            for field, value in changes:
                check(layer.changeAttributeValue(feature.id(), layer.fields().indexOf(field), value), f"{field} cannot be changed")
            check(layer.commitChanges(), f"not saved: {layer.commitErrors()}")
            done += 1
    check(done == 1, f"{done} features are called {number}")
if "--photo" in rest:
    at = rest.index("--photo")
    check(photos.startEditing(), "photographs cannot be edited")
    feature = QgsFeature(photos.fields())
    feature["task_number"] = rest[at + 1]
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(photos))
    context.setFeature(feature)
    from qgis.core import QgsExpression
    name = QgsExpression(naming["photo"]).evaluate(context)
    check(str(name).startswith(f"DCIM/{rest[at + 1]}_"), f"a photograph would be called {name}")
    feature["photo"] = rest[at + 2]
    check(photos.addFeature(feature) and photos.commitChanges(), f"photograph not saved: {photos.commitErrors()}")
    shown = [f for relation in relations.values() for parent in relation.referencedLayer().getFeatures(
        f"\"task_number\" = '{rest[at + 1]}'") for f in relation.getRelatedFeatures(parent)]
    check(len(shown) == 1 and shown[0]["photo"] == rest[at + 2], f"{len(shown)} photographs at the case")
if "--picture" in rest:
    settings = QgsMapSettings()
    settings.setLayers([layer for layer in project.layerTreeRoot().layerOrder() if layer.isSpatial()])
    settings.setDestinationCrs(project.crs())
    settings.setBackgroundColor(QColor("white"))
    settings.setOutputSize(QSize(1200, 900))
    settings.setExtent(extent)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    check(job.renderedImage().save(rest[rest.index("--picture") + 1]), "no picture")

for failure in failures:
    print(failure)
print("ok" if not failures else "failed", flush=True)
os._exit(1 if failures else 0)  # QGIS 3.22 may crash while Python takes its objects down
