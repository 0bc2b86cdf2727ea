#!/usr/bin/python3
"""Make the sample data: invented protection zones and two batches of flagged patches inside Ganzi's county outlines.

    /usr/bin/python3 sample_data/make_sample_data.py [FOLDER]

Writes zones/, batch1/ and batch2/ beside admin/ (FOLDER is sample_data by default). The same library versions give the same
bytes. Everything is made in metres of CGCS2000 / 3-degree zone 34 (EPSG:4522) and written there or in EPSG:4490. Every zone
is checked to be valid; broken patches are broken on purpose. Needs GDAL's Python bindings and numpy.
"""
import os
import sys

os.environ['OGR_CURRENT_DATE'] = '2026-09-30T00:00:00Z'   # GeoPackage writes it as last change
import numpy as np
from osgeo import gdal, ogr, osr

gdal.UseExceptions()
HERE = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
DATE = '2026-09-30'


def srs(code):
    ref = osr.SpatialReference()
    ref.ImportFromEPSG(code)
    ref.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return ref


DEGREES, METRES = srs(4490), srs(4522)
TO_METRES = osr.CoordinateTransformation(DEGREES, METRES)
TO_DEGREES = osr.CoordinateTransformation(METRES, DEGREES)


# ---- shapes in metres ----------------------------------------------------------------------------------------------
def at(lon, lat):
    return np.array(TO_METRES.TransformPoint(lon, lat)[:2])


def polygon(*rings):
    """A polygon from open (n, 2) arrays, the shell first, coordinates to the millimetre."""
    shape = ogr.Geometry(ogr.wkbPolygon)
    for points in rings:
        ring = ogr.Geometry(ogr.wkbLinearRing)
        for x, y in np.round(np.vstack([points, points[:1]]), 3):
            ring.AddPoint_2D(x, y)
        shape.AddGeometryDirectly(ring)
    return shape


def line(points):
    shape = ogr.Geometry(ogr.wkbLineString)
    for x, y in np.round(points, 3):
        shape.AddPoint_2D(x, y)
    return shape


def star(rng, centre, radius, count, rough=.25):
    """A closed outline around a centre: a circle whose radius wanders; (count, 2)."""
    angle = np.arange(count) * (2 * np.pi / count)
    wander = np.zeros(count)
    for k in range(2, max(3, min(40, count // 3))):
        wander += rng.normal(0, 1 / k) * np.cos(k * angle + rng.uniform(0, 2 * np.pi))
    r = radius * np.clip(1 + rough * wander, .35, 2)
    return np.column_stack([centre[0] + r * np.cos(angle), centre[1] + r * np.sin(angle)])


def traced(mask, left, top, pixel):
    """The cells of a mask as polygons, traced along the cells' edges, largest first."""
    rows, columns = mask.shape
    raster = gdal.GetDriverByName('MEM').Create('', columns, rows, 1, gdal.GDT_Byte)
    raster.SetGeoTransform((left, pixel, 0, top, 0, -pixel))
    raster.SetProjection(METRES.ExportToWkt())
    raster.GetRasterBand(1).WriteArray(mask.astype(np.uint8))
    memory = ogr.GetDriverByName('Memory').CreateDataSource('')
    layer = memory.CreateLayer('', METRES, ogr.wkbPolygon)
    gdal.Polygonize(raster.GetRasterBand(1), raster.GetRasterBand(1), layer, -1)
    return sorted((f.GetGeometryRef().Clone() for f in layer), key=lambda g: -g.GetArea())


def without_corner_touches(mask):
    """Cells that touch only at a corner get a common neighbour, so that no ring touches itself."""
    while True:
        a, b, c, d = mask[:-1, :-1], mask[:-1, 1:], mask[1:, :-1], mask[1:, 1:]
        rows, columns = np.nonzero((a == d) & (b == c) & (a != b))
        if not len(rows):
            return mask
        mask[rows, columns] = mask[rows, columns + 1] = True


def pixel_patch(rng, centre, area, pixel=10):
    """A patch as classification of an image gives it: a staircase of pixels."""
    outline = polygon(star(rng, centre, np.sqrt(area / np.pi), 24, .5))
    west, east, south, north = outline.GetEnvelope()
    columns, rows = int((east - west) / pixel) + 3, int((north - south) / pixel) + 3
    mask = np.zeros((rows, columns), bool)
    for i in range(rows):
        for j in range(columns):
            cell = ogr.Geometry(ogr.wkbPoint)
            cell.AddPoint_2D(west + (j - .5) * pixel, north - (i - .5) * pixel)
            mask[i, j] = outline.Contains(cell)
    if mask.sum() < 4:
        return outline
    return traced(without_corner_touches(mask), round(west) - pixel, round(north) + pixel, pixel)[0]


def red_line(rng, centre, county, pixel=30, cells=760):
    """Red-line polygons as drawn from rasters: thresholded 1/f noise, traced cell by cell, cut by the county."""
    f = np.hypot(*np.meshgrid(np.fft.fftfreq(cells), np.fft.fftfreq(cells)))
    f[0, 0] = 1
    field = np.real(np.fft.ifft2(np.fft.fft2(rng.normal(size=(cells, cells))) / f ** 1.55))
    field /= field.std()
    y, x = np.mgrid[-1:1:cells * 1j, -1:1:cells * 1j]
    mask = without_corner_touches(field + .9 - 2.2 * np.hypot(x, y) ** 3 > 0)
    left, top = np.round(centre - (cells * pixel / 2, -cells * pixel / 2))
    parts = []
    for whole in traced(mask, left, top, pixel):
        cut = whole.Intersection(county)
        pieces = [cut] if cut.GetGeometryType() == ogr.wkbPolygon else [cut.GetGeometryRef(i) for i in range(cut.GetGeometryCount())]
        parts += [p.Clone() for p in pieces if p.GetGeometryType() == ogr.wkbPolygon and p.GetArea() > 30 * pixel ** 2]
    return sorted(parts, key=lambda g: -g.GetArea())[:8]


def nested(rng, centre, radii, count, rough=.25):
    """Rings one inside the other, innermost first; each outer one has the next as its hole."""
    base = star(rng, (0, 0), 1, count, rough)
    outlines = [centre + base * r * rng.uniform(.97, 1.03) for r in radii]
    return [polygon(outlines[0])] + [polygon(outer, inner) for inner, outer in zip(outlines, outlines[1:])]


# ---- zones ---------------------------------------------------------------------------------------------------------
def read_counties():
    source = ogr.Open(os.path.join(HERE, 'admin', 'ganzi_counties.geojson'))
    counties = {}
    for feature in source.GetLayer(0):
        shape = feature.GetGeometryRef().Clone()
        shape.Transform(TO_METRES)
        counties[feature['name']] = shape
    return counties


def make_zones(counties):
    """{'redline': [(values, shape)], 'reserve': …, 'water': …}, shapes in metres."""
    rng = np.random.default_rng(20260930)
    red = []
    for code, county, lon, lat, function in [(513301, '康定市', 101.55, 30.15, '水源涵养'), (513325, '雅江县', 100.95, 29.90, '水土保持'),
                                             (513326, '道孚县', 101.20, 30.85, '生物多样性维护'), (513324, '九龙县', 101.60, 28.95, '生物多样性维护')]:
        for k, shape in enumerate(red_line(rng, at(lon, lat), counties[county]), 1):
            red.append(((f'HX{code}{k:03}', f'示例{county[:-1]}{function}生态保护红线', function, county,
                         f'示例批复〔2022〕{code % 100}号', '2022-10-14', '示例2022版'), shape))

    reserve = []
    old = nested(rng, at(101.60, 30.05), (3200, 4600, 6500), 700)
    for zone, shape in zip(('核心区', '缓冲区', '实验区'), old):
        reserve.append((('SLZ01', '示例雪岭省级自然保护区', '自然保护区', 'S', zone, '示例批复〔2009〕3号', '20090618'), shape))
    new = nested(rng, at(101.18, 30.90), (3800, 6400), 900)
    for zone, shape in zip(('核心保护区', '一般控制区'), new):
        reserve.append((('SLZ02', '示例高草原国家级自然保护区', '自然保护区', 'G', zone, '示例批复〔2026〕1号', '20260420'), shape))
    park = nested(rng, at(100.68, 31.38), (2600,), 500, .4)
    reserve.append((('SLZ03', '示例鲜水国家湿地公园', '国家湿地公园', 'G', '一般控制区', '示例批复〔2016〕12号', '20161230'), park[0]))
    scenic = nested(rng, at(101.62, 29.02), (1900, 3600), 400, .3)
    for zone, shape in zip(('核心景区', '其他景区'), scenic):
        reserve.append((('SLZ04', '示例冰川省级风景名胜区', '风景名胜区', 'S', zone, '示例批复〔2012〕7号', '20120905'), shape))

    water = []
    for k, (name, kind, lon, lat, radii) in enumerate([
            ('示例康定北门饮用水水源地', '河流', 101.48, 30.09, (220, 900, 2100)), ('示例折多饮用水水源地', '地下水', 101.70, 30.02, (150, 600)),
            ('示例雅江城区饮用水水源地', '河流', 101.00, 30.02, (200, 1100, 2400)), ('示例道孚龙灯饮用水水源地', '湖库', 101.10, 30.82, (260, 1000)),
            ('示例炉霍虾拉沱饮用水水源地', '河流', 100.72, 31.34, (180, 800, 1700)), ('示例九龙䶮泉饮用水水源地', '地下水', 101.55, 28.98, (160, 700)),
            ('示例泸定岚安饮用水水源地', '河流', 102.25, 29.95, (200, 850))], 1):
        for zone, shape in zip(('一级', '二级', '准'), nested(rng, at(lon, lat), radii, 120)):
            water.append(((f'SLSY{k:02}', name, kind, zone, f'示例批复〔2019〕{k}号', '2019-11-08'), shape))
    return {'redline': red, 'reserve': reserve, 'water': water}


# ---- patches -------------------------------------------------------------------------------------------------------
class Places:
    """Finds places for patches by trying: inside a zone, across its border, just beside it, touching it by a sliver, or clear."""

    def __init__(self, rng, zones, counties):
        self.rng, self.zones = rng, zones
        self.all = [shape for rows in zones.values() for _, shape in rows]
        self.boxes = [shape.GetEnvelope() for shape in self.all]
        self.counties = counties

    def near_zones(self, shape, reach=200):
        west, east, south, north = shape.GetEnvelope()
        return [z for z, (w, e, s, n) in zip(self.all, self.boxes)
                if w < east + reach and west - reach < e and s < north + reach and south - reach < n]

    def patch(self, centre, area):
        if self.rng.random() < .5:
            return pixel_patch(self.rng, centre, area)
        return polygon(star(self.rng, centre, np.sqrt(area / np.pi), int(self.rng.integers(5, 40)), .35))

    def area(self):
        return float(np.clip(self.rng.lognormal(np.log(4000), 1), 500, 60000))

    def point_in(self, zone):
        west, east, south, north = zone.GetEnvelope()
        while True:
            p = ogr.Geometry(ogr.wkbPoint)
            p.AddPoint_2D(self.rng.uniform(west, east), self.rng.uniform(south, north))
            if zone.Contains(p):
                return np.array([p.GetX(), p.GetY()])

    def border_point(self, zone):
        ring = zone.GetGeometryRef(0)
        return np.array(ring.GetPoint_2D(int(self.rng.integers(ring.GetPointCount()))))

    def inside(self, zone):
        while True:
            shape = self.patch(self.point_in(zone), self.area())
            if zone.Contains(shape):
                return shape

    def across(self, zone):
        while True:
            shape = self.patch(self.border_point(zone), self.area())
            if .1 < zone.Intersection(shape).GetArea() / shape.GetArea() < .9:
                return shape

    def distance(self, shape):
        return min((z.Distance(shape) for z in self.near_zones(shape)), default=1e9)

    def any_zone(self):
        return self.all[int(self.rng.integers(len(self.all)))]

    def beside(self):
        """Near a zone, but outside of everything: 5 to 45 m."""
        while True:                                            # another zone each time: some lie wholly inside others
            centre = self.border_point(self.any_zone()) + self.rng.normal(0, 90, 2)
            shape = polygon(star(self.rng, centre, self.rng.uniform(18, 60), 12, .15))
            if 5 < self.distance(shape) < 45:
                return shape

    def sliver(self):
        """Touches one zone with less than 100 m², 5 % and 5 m width, and no other."""
        while True:
            shape = self.beside()
            d = self.distance(shape)
            for angle in np.arange(16) * (np.pi / 8):
                step = (d + self.rng.uniform(.6, 1.4)) * np.array([np.cos(angle), np.sin(angle)])
                moved = polygon(np.array(shape.GetGeometryRef(0).GetPoints())[:-1, :2] + step)
                parts = [z.Intersection(moved).GetArea() for z in self.near_zones(moved) if z.Intersects(moved)]
                if len(parts) == 1 and 1 < parts[0] < min(60, .04 * moved.GetArea()):
                    return moved

    def clear(self, county):
        while True:
            shape = self.patch(self.point_in(self.counties[county]), self.area())
            if self.distance(shape) > 150:
                return shape

    def county_border(self, county):
        while True:
            shape = self.patch(self.border_point(self.counties[county]), 30000)
            if .2 < self.counties[county].Intersection(shape).GetArea() / shape.GetArea() < .8:
                return shape

    def road(self, zone):
        start = self.border_point(zone)
        heading, points = self.rng.uniform(0, 2 * np.pi), [start - 150]
        for _ in range(int(self.rng.integers(6, 24))):
            heading += self.rng.normal(0, .35)
            points.append(points[-1] + self.rng.uniform(30, 90) * np.array([np.cos(heading), np.sin(heading)]))
        return line(np.array(points))


def broken(rng, centre):
    """(what is wrong, shape) of patches that no office should send, but some do."""
    x, y = centre
    square = np.array([(x, y), (x + 80, y), (x + 80, y + 80), (x, y + 80)])
    yield '自相交（蝴蝶结）', polygon(np.array([(x, y), (x + 90, y + 70), (x + 90, y), (x, y + 70)]) + 400)
    yield '自相交（折返）', polygon(np.array([(x, y), (x + 120, y), (x + 120, y + 60), (x + 40, y - 20), (x, y + 60)]) + 800)
    yield '尖刺', polygon(np.array([(x, y), (x + 60, y), (x + 60, y + 60), (x + 60, y + 400), (x + 60, y + 60), (x, y + 60)]) + 1200)
    yield '零面积', polygon(np.array([(x, y), (x + 100, y + 100), (x + 100, y + 100)]) + 1600)
    yield '孔洞在外', polygon(square + 2000, square * 1.0 + 2200)
    yield '重复节点', polygon(np.repeat(square + 2400, 3, axis=0))
    yield '无图形', None


def mix(places, zones, share):
    """Shapes over all kinds of places; `share` scales the counts."""
    def n(count):
        return max(1, round(count * share))
    red = [s for _, s in zones['redline'] if s.GetArea() > 4e6]
    def pick(rows):
        return rows[int(places.rng.integers(len(rows)))]
    out = [places.inside(pick(red)) for _ in range(n(18))] + [places.across(pick(red)) for _ in range(n(16))]
    for _, zone in zones['reserve']:
        out += [places.inside(zone) for _ in range(n(3))] + [places.across(zone) for _ in range(n(2))]
    for _, zone in zones['water']:
        out += [places.across(zone)]
    out += [places.beside() for _ in range(n(10))] + [places.sliver() for _ in range(n(8))]
    out += [places.county_border(c) for c in ('康定市', '雅江县', '道孚县', '泸定县')]
    counties = ['康定市', '泸定县', '丹巴县', '九龙县', '雅江县', '道孚县', '炉霍县', '理塘县', '新龙县', '稻城县']
    out += [places.clear(counties[k % len(counties)]) for k in range(n(26))]
    return [out[i] for i in places.rng.permutation(len(out))]


def day(rng, first, span):
    return np.datetime64(first) + int(rng.integers(span))


def written(rng, date):
    """A date as offices write it."""
    y, m, d = str(date).split('-')
    return [f'{y}-{m}-{d}', f'{y}{m}{d}', f'{y}/{int(m)}/{int(d)}', f'{y}年{int(m)}月{int(d)}日'][rng.choice(4, p=[.55, .25, .1, .1])]


CODES = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10']
WORDS = ['采石场', '河道采砂', '取土场', '洗选厂', '工业厂房', '拌合站', '水电站', '引水隧洞水电设施', '光伏电站', '变电站', '酒店', '景区停车场', '民宿', '施工便道',
         '通村公路', '桥梁', '养殖圈舍', '鱼塘', '大棚', '农业用地', '居民点', '房屋建设', '彩钢板房', '其他人工设施', '排污口', '采伐', '弃渣场', '垃圾堆放',
         '植被恢复', '管护站', '不明', '道路、采石']


def make_batches(zones, counties):
    rng = np.random.default_rng(20260315)
    places = Places(rng, zones, counties)
    first = mix(places, zones, 1)
    rows, kept = [], []
    for shape in first:
        k = len(rows) + 1
        late = day(rng, '2026-02-10', 60)                       # both sides of 2026-03-15
        area = shape.GetArea() * (15 if k == 40 else 1)         # one stated in 亩
        values = (f'SL2026B1{k:04}', '2026年第1批', CODES[k % 10], ['1', '2', '3'][rng.choice(3, p=[.6, .25, .15])],
                  written(rng, day(rng, '2025-02-10', 90)), '202603' if k == 25 else written(rng, late), round(area / 1e4, 4), '')
        rows.append((values, shape))
        kept.append((k, values, shape))
    def extra(shape, note, like=kept[3][1]):
        rows.append(((f'SL2026B1{len(rows) + 1:04}',) + like[1:6] + (round(shape.GetArea() / 1e4, 4) if shape else None, note), shape))
    for k in (5, 17, 33):                                      # the same patch sent twice
        extra(kept[k][2], '示例：与前面图斑完全相同', kept[k][1])
    big = max(kept, key=lambda item: item[2].GetArea())        # … and nearly the same
    extra(polygon(np.array(big[2].GetGeometryRef(0).GetPoints())[:-1, :2] + .8), '示例：与前面图斑几乎相同', big[1])
    rows.append(((kept[8][1][0],) + kept[8][1][1:7] + ('示例：编号重复',), places.clear('康定市')))
    for what, shape in broken(rng, at(101.80, 30.35)):
        extra(shape, f'示例：{what}')
    outside = places.patch(at(102.75, 30.10), 9000)            # east of the prefecture
    extra(outside, '示例：州界以外')

    second = []
    for shape in mix(places, zones, .8):
        k = len(second) + 1
        late = day(rng, '2026-07-16', 60)                       # both sides of 2026-08-15
        change = ['新增', '规模扩大', '减少/恢复', '无变化'][rng.choice(4, p=[.55, .25, .15, .05])]
        second.append(((f'SL2026B2{k:04}', '2026年第2批', WORDS[k % len(WORDS)], change, written(rng, day(rng, '2026-02-10', 60)),
                        written(rng, late), f'{shape.GetArea() / 1e4:.4f}', ''), shape))
    for (k, values, shape), change in zip(kept[10:22], ('规模扩大', '减少/恢复', '无变化') * 4):
        again = shape.Buffer(12, 4) if change == '规模扩大' else shape.Clone()   # places of the first batch seen again
        again = again if again.GetGeometryType() == ogr.wkbPolygon else shape.Clone()
        second.append(((f'SL2026B2{len(second) + 1:04}', '2026年第2批', WORDS[k % len(WORDS)], change, '2026-03-02', '2026-09-05',
                        f'{again.GetArea() / 1e4:.4f}', f'示例：第1批 {values[0]} 原地再现'), again))
    roads = []
    wide = [z for z in places.all if z.GetArea() > 1e6]
    for k in range(1, 19):
        road = places.road(wide[k % len(wide)])
        roads.append(((f'SL2026B2L{k:03}', '2026年第2批', ['09', '07'][k % 2], ['1', '2'][k % 2], '20260301',
                       str(day(rng, '2026-08-01', 30)).replace('-', ''), round(road.Length(), 2)), road))
    points = []
    for k in range(1, 15):
        spot = places.point_in(wide[k % len(wide)]) if k % 3 else places.point_in(counties['丹巴县'])
        shape = ogr.Geometry(ogr.wkbPoint)
        shape.AddPoint_2D(*np.round(spot, 3))
        points.append(((f'SL2026B2P{k:03}', WORDS[(3 * k) % len(WORDS)], '新增', str(day(rng, '2026-08-01', 30))), shape))
    return rows, second, roads, points


# ---- writing -------------------------------------------------------------------------------------------------------
TEXT, REAL = ogr.OFTString, ogr.OFTReal


def write_layer(source, name, fields, rows, ref, kind, options=()):
    layer = source.CreateLayer(name, ref, kind, list(options))
    for field, type_, width, decimals in fields:
        definition = ogr.FieldDefn(field, type_)
        definition.SetWidth(width)
        definition.SetPrecision(decimals)
        layer.CreateField(definition)
    for values, shape in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        for i, value in enumerate(values):
            if value is not None:
                feature.SetField(i, value)
        if shape is not None:
            shape = shape.Clone()
            if ref is DEGREES:
                shape.Transform(TO_DEGREES)
            feature.SetGeometryDirectly(shape)
        layer.CreateFeature(feature)


def fresh(driver, *path):
    """A new data source in place of an old one."""
    file = os.path.join(HERE, *path)
    os.makedirs(os.path.dirname(file), exist_ok=True)
    driver = ogr.GetDriverByName(driver)
    if os.path.exists(file):
        driver.DeleteDataSource(file)
    return driver.CreateDataSource(file)


def text(*names):
    return [(name, TEXT, width, 0) for name, width in names]


def write_zones(zones):
    for name, rows in zones.items():
        for values, shape in rows:
            degrees = shape.Clone()
            degrees.Transform(TO_DEGREES)
            if not degrees.IsValid():
                raise SystemExit(f'{name} {values[:2]}: not valid')
    fields = {'redline': text(('红线编码', 20), ('红线名称', 80), ('主导功能', 40), ('所在县', 20), ('批复文号', 40), ('批复日期', 20), ('版本', 20)),
              'reserve': text(('CODE', 20), ('BHDMC', 80), ('BHDLX', 20), ('BHDJB', 4), ('GNFQ', 20), ('PFWH', 40), ('PFSJ', 20)),
              'water': text(('SYDBM', 20), ('SYDMC', 80), ('SYDLX', 20), ('BHQJB', 10), ('PFWH', 40), ('PFSJ', 20))}
    for name, rows in zones.items():
        write_layer(fresh('GPKG', 'zones', name + '.gpkg'), name, fields[name], rows, DEGREES, ogr.wkbPolygon)


def write_batches(first, second, roads, points):
    fields = text(('TBBH', 20), ('JCPC', 20), ('YJLX', 10), ('BHQK', 4), ('QSX', 20), ('HSX', 20)) + [('MJ', REAL, 12, 4)] + text(('BZ', 60))
    source = fresh('ESRI Shapefile', 'batch1', 'patches.shp')
    write_layer(source, 'patches', fields, first, METRES, ogr.wkbPolygon, ['ENCODING=GBK', f'DBF_DATE_LAST_UPDATE={DATE}'])
    source = None
    for member in ('cpg', 'prj'):                               # as handed over: neither encoding nor CRS is told
        os.remove(os.path.join(HERE, 'batch1', 'patches.' + member))
    source = fresh('GPKG', 'batch2', 'patches.gpkg')
    fields = text(('原图斑编号', 20), ('监测批次', 20), ('人类活动类型', 40), ('变化情况', 20), ('前时相', 20), ('后时相', 20), ('面积(公顷)', 20), ('备注', 80))
    write_layer(source, 'patches', fields, second, DEGREES, ogr.wkbPolygon)
    fields = text(('TBBH', 20), ('JCPC', 20), ('YJLX', 10), ('BHQK', 4), ('QSX', 20), ('HSX', 20)) + [('CD', REAL, 0, 0)]
    write_layer(source, 'roads', fields, roads, DEGREES, ogr.wkbLineString)
    write_layer(source, 'points', text(('点位编号', 20), ('问题类型', 40), ('变化情况', 20), ('发现时间', 20)), points, DEGREES, ogr.wkbPoint)


def main():
    counties = read_counties()
    zones = make_zones(counties)
    write_zones(zones)
    batches = make_batches(zones, counties)
    write_batches(*batches)
    for name, rows in zones.items():
        print(f'{name:8} {len(rows):4} zones, {sum(s.GetGeometryCount() - 1 for _, s in rows)} holes, most vertices in one: {max(sum(s.GetGeometryRef(i).GetPointCount() for i in range(s.GetGeometryCount())) for _, s in rows)}')
    print('patches  batch 1: %d polygons; batch 2: %d polygons, %d roads, %d points' % tuple(map(len, batches)))


if __name__ == '__main__':
    main()
