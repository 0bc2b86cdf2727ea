#!/usr/bin/python3
"""Draw a results.gpkg with its own styles, as QGIS shows it, over zone layers (made docs/images/results.png).

    QT_QPA_PLATFORM=offscreen tests/support/render_results.py RESULTS.gpkg OUT.png --zones FILE=COLOUR ... --extent W S E N

Needs python3-qgis.
"""
import argparse
from qgis.core import (QgsApplication, QgsFillSymbol, QgsMapRendererParallelJob, QgsMapSettings, QgsRectangle,
                       QgsSingleSymbolRenderer, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument('source')
ap.add_argument('out')
ap.add_argument('--zones', nargs='*', default=[])
ap.add_argument('--extent', nargs=4, type=float)
ap.add_argument('--size', nargs=2, type=int, default=(1200, 800))
a = ap.parse_args()

app = QgsApplication([], False)
app.initQgis()
layers = []
for name in ('near', 'overlaps', 'patches'):                     # the first one on top
    layer = QgsVectorLayer(f'{a.source}|layername={name}', name, 'ogr')
    if not layer.isValid():
        raise SystemExit(f'{name} is not valid')
    layers.append(layer)
for zone in a.zones:
    path, colour = zone.rsplit('=', 1)
    layer = QgsVectorLayer(path, path, 'ogr')
    fill = QColor(colour)
    fill.setAlpha(70)
    symbol = QgsFillSymbol.createSimple({'color': fill.name(QColor.HexArgb), 'outline_color': colour, 'outline_width': '0.25'})
    symbol.setColor(fill)
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layers.append(layer)
settings = QgsMapSettings()
settings.setLayers(layers)
settings.setBackgroundColor(QColor('white'))
settings.setOutputSize(QSize(*a.size))
settings.setDestinationCrs(layers[0].crs())
settings.setExtent(QgsRectangle(*a.extent) if a.extent else layers[-1].extent())
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
job.renderedImage().save(a.out)
app.exitQgis()
