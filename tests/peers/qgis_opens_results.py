"""Opens a results.gpkg with PyQGIS: every layer valid, styled from layer_styles, drawn. Usage: FILE [PICTURE.png]"""
import os
import sys

from qgis.core import (QgsApplication, QgsMapRendererSequentialJob, QgsMapSettings, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize

RENDERERS = {"patches": "categorizedSymbol", "overlaps": "categorizedSymbol", "atoms": "categorizedSymbol",
             "near": "singleSymbol", "rejects": "singleSymbol", "problems": "categorizedSymbol"}
TABLES = ["zones", "judgements", "run_info"]
failures = []


def check(condition, what):
    if not condition:
        failures.append(what)


application = QgsApplication([], False)
application.initQgis()
path = sys.argv[1]
layers = {}
for name, renderer in RENDERERS.items():
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    check(layer.isValid(), f"{name} is not valid")
    if not layer.isValid():
        continue
    layers[name] = layer
    check(layer.crs().authid() == "EPSG:4490", f"{name} has {layer.crs().authid()}")
    message, found = layer.loadDefaultStyle()
    check(found, f"{name}: no default style: {message}")
    check(layer.renderer() is not None and layer.renderer().type() == renderer,
          f"{name}: renderer {layer.renderer() and layer.renderer().type()}")
    check(layer.attributeAlias(1) != "", f"{name}: no aliases")
    rows = sum(1 for _ in layer.getFeatures())
    check(rows == layer.featureCount(), f"{name}: {rows} features, {layer.featureCount()} counted")
    if layer.renderer() is not None and layer.renderer().type() == "categorizedSymbol":
        from qgis.core import QgsRenderContext
        renderer_copy = layer.renderer().clone()
        context = QgsRenderContext()
        context.expressionContext().setFields(layer.fields())
        renderer_copy.startRender(context, layer.fields())
        for feature in layer.getFeatures():
            context.expressionContext().setFeature(feature)
            check(renderer_copy.symbolForFeature(feature, context) is not None,
                  f"{name}: no symbol for feature {feature.id()}")
        renderer_copy.stopRender(context)
for name in TABLES:
    table = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    check(table.isValid() and table.featureCount() > 0, f"{name} is not valid or empty")

if len(sys.argv) > 2 and "patches" in layers:
    settings = QgsMapSettings()
    settings.setLayers([layers[name] for name in ("problems", "near", "overlaps", "patches") if name in layers])
    settings.setOutputSize(QSize(1000, 700))
    extent = layers["overlaps"].extent()
    extent.scale(1.2)
    settings.setExtent(extent)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    check(job.renderedImage().save(sys.argv[2]), "no picture")

for failure in failures:
    print(failure)
print("ok" if not failures else "failed", flush=True)
os._exit(1 if failures else 0)  # QGIS 3.22 may crash while Python takes its objects down
