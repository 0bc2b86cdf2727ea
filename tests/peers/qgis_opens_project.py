"""Opens a project file with PyQGIS, as OGR's and as SpatiaLite's layers: valid, in EPSG:4490, of one kind, styled.
Usage: FILE [PICTURE.png]"""
import os
import sys

from qgis.core import QgsApplication, QgsMapRendererSequentialJob, QgsMapSettings, QgsVectorLayer, QgsWkbTypes
from qgis.PyQt.QtCore import QSize

LAYERS = {("zones", "geometry"): "MultiPolygon", ("counties", "geometry"): "MultiPolygon",
          ("patches", "geometry"): "MultiPolygon", ("patches", "line"): "MultiLineString",
          ("patches", "point"): "MultiPoint", ("overlaps", "geometry"): "MultiPolygon",
          ("atoms", "geometry"): "MultiPolygon", ("near", "geometry"): "MultiLineString",
          ("problems", "geometry"): "Point"}
UNSTYLED = ["counties"]
failures = []


def check(condition, what):
    if not condition:
        failures.append(what)


application = QgsApplication([], False)
application.initQgis()
path = sys.argv[1]
drawn = {}
for (table, column), kind in LAYERS.items():
    name = f"{table}.{column}"
    layer = QgsVectorLayer(f"dbname='{path}' table=\"{table}\" ({column})", name, "spatialite")
    check(layer.isValid(), f"{name} is not valid")
    if not layer.isValid():
        continue
    drawn[name] = layer
    check(layer.crs().authid() == "EPSG:4490", f"{name} has {layer.crs().authid()}")
    check(QgsWkbTypes.displayString(layer.wkbType()) == kind, f"{name}: {QgsWkbTypes.displayString(layer.wkbType())}")
    if table not in UNSTYLED:
        message, found = layer.loadDefaultStyle()
        check(found, f"{name}: no default style: {message}")
    if column == "geometry":
        check(sum(1 for _ in layer.getFeatures()) == layer.featureCount(), f"{name}: features are missing")
whole = QgsVectorLayer(path, "all", "ogr")
check(whole.isValid(), "the file does not open by itself")
names = {entry.split("!!::!!")[1] for entry in whole.dataProvider().subLayers()}
for wanted in ("zones", "patches", "overlaps", "problems"):
    check(wanted in names, f"{wanted} is not offered when the file is opened: {sorted(names)}")
for table in ("cases", "events", "runs"):
    rows = QgsVectorLayer(f"{path}|layername={table}", table, "ogr")
    check(rows.isValid() and rows.featureCount() > 0, f"{table} is not valid or empty")

if len(sys.argv) > 2:
    settings = QgsMapSettings()
    settings.setLayers([drawn[name] for name in ("patches.point", "patches.line", "patches.geometry", "zones.geometry",
                                                 "counties.geometry") if name in drawn])
    settings.setOutputSize(QSize(1000, 700))
    extent = drawn["patches.geometry"].extent()
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
