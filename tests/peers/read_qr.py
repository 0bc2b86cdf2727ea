"""Prints what the QR codes of pictures (PNG) say, one line a picture, as zbar reads them."""

import sys

from osgeo import gdal
from pyzbar import pyzbar

gdal.UseExceptions()
for name in sys.argv[1:]:
    picture = gdal.Open(name)  # the band does not keep it alive
    grey = picture.GetRasterBand(1).ReadAsArray()
    found = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
    print(" ".join(code.data.decode() for code in found))
