#!/usr/bin/python3
"""Read the files of a field pack by other programs: zipfile, GDAL's LIBKML and GPX, QGIS. Usage: PACK.zip FOLDER
(where it is unpacked). Prints "ok", or every fault. Needs python3-gdal and python3-qgis."""
import hashlib
import json
import os
import sys
import zipfile

from osgeo import gdal, ogr
from qgis.core import QgsApplication, QgsVectorLayer

gdal.UseExceptions()
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)


archive = zipfile.ZipFile(sys.argv[1])
folder = sys.argv[2]
check(archive.testzip() is None, "a member is damaged")
check(all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in archive.infolist()), "a member has a clock's time")
manifest = json.loads(archive.read("manifest.json"))
check({f["name"] for f in manifest["files"]} | {"manifest.json"} == set(archive.namelist()), "members are not those of the manifest")
for file in manifest["files"]:
    check(hashlib.sha256(archive.read(file["name"])).hexdigest() == file["sha256"], f"{file['name']}: another sha256")

stem = next(f["name"] for f in manifest["files"] if f["name"].endswith(".kml"))[:-4]
base = os.path.join(folder, stem)
cases = manifest["cases"]

gpkg = ogr.Open(os.path.join(folder, stem.replace("_patches", "_cases") + ".gpkg"))
shapes = {}
for i in range(gpkg.GetLayerCount()):
    layer = gpkg.GetLayer(i)
    if layer.GetName().startswith("cases"):
        for feature in layer:
            shapes[feature["task_number"]] = (feature.GetGeometryRef().Clone(), feature["patch_id"], feature["priority"])
check(len(shapes) == cases, f"GeoPackage: {len(shapes)} of {cases}")

for extension in (".kml", ".kmz"):
    kml = gdal.OpenEx(base + extension, allowed_drivers=["LIBKML"])
    seen = set()
    for i in range(kml.GetLayerCount()):
        for feature in kml.GetLayer(i):
            number = feature["Name"]
            seen.add(number)
            check(feature["patch_id"] == shapes[number][1], f"{extension}: {number} is {feature['patch_id']}")
            own = shapes[number][0]
            check(abs(feature.GetGeometryRef().GetEnvelope()[0] - own.GetEnvelope()[0]) < 2e-9, f"{extension}: {number} lies elsewhere")
            check(feature.GetStyleString() is not None, f"{extension}: {number} has no style")
    check(seen == set(shapes), f"{extension}: {len(seen)} of {cases} by LIBKML")
waypoints = gdal.OpenEx(base + ".gpx", allowed_drivers=["GPX"])  # a layer lives no longer than its dataset
gpx = waypoints.GetLayerByName("waypoints")
check(gpx.GetFeatureCount() == cases, "GPX by GDAL")
for feature in gpx:
    own = shapes[feature["name"]][0]
    if own.GetDimension() == 2:
        check(own.Contains(feature.GetGeometryRef()), f"GPX: {feature['name']} lies outside its patch")
rows = 0
for suffix in ("", "_line", "_point"):
    if os.path.exists(base + suffix + ".shp"):
        shapefile = ogr.Open(base + suffix + ".shp")
        for feature in shapefile.GetLayer(0):
            rows += 1
            check(feature["RWBH"] in shapes, f"Shapefile: {feature['RWBH']}")
check(rows == cases, f"Shapefile: {rows} of {cases}")

app = QgsApplication([], False)
app.initQgis()
for extension, name in ((".kml", None), (".gpx", "waypoints")):
    source = base + extension
    dataset = ogr.Open(source)
    names = [name] if name else [dataset.GetLayer(i).GetName() for i in range(dataset.GetLayerCount())]
    count = 0
    for one in names:
        layer = QgsVectorLayer(f"{source}|layername={one}", one, "ogr")
        check(layer.isValid(), f"{extension}: {one} is not valid in QGIS")
        kinds = [part.split("!!::!!")[3] for part in layer.dataProvider().subLayers() if part.split("!!::!!")[1] == one]
        for kind in set(kinds):  # a folder of areas, lines and points is a layer of each in QGIS
            part = QgsVectorLayer(f"{source}|layername={one}|geometrytype={kind}", one, "ogr")
            count += sum(1 for _ in part.getFeatures())
    check(count == cases, f"{extension} in QGIS: {count} of {cases}")

for failure in failures:
    print(failure)
print("ok" if not failures else "failed", flush=True)
os._exit(1 if failures else 0)
