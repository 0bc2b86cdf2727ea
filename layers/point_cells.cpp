#include "layers/point_cells.hpp"

#include "layers/error.hpp"
#include "layers/ogr_handle.hpp"
#include "layers/split_coordinates.hpp"
#include "layers/text.hpp"
#include "layers/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr double kMetresPerDegree = 111320;
constexpr double kCoarseM = 50; ///< coordinates that are no finer cannot tell a zone's side
constexpr double kLatitudeMost = 90;
constexpr std::string_view kSrid = "SRID=";

std::string quoted(const std::string& value) {
    constexpr std::size_t kShown = 60;
    if (value.size() <= kShown) {
        return "“" + value + "”";
    }
    return "“" + std::string(firstBytes(value, kShown)) + "…”";
}

/// "SRID=4490;" in front of WKT: the number, and the text behind it.
std::pair<std::string, std::string> splitSrid(const std::string& text) {
    const std::size_t end = text.find(';');
    if (!folded(text.substr(0, kSrid.size())).starts_with(kSrid) || end == std::string::npos) {
        return {{}, text};
    }
    return {text.substr(kSrid.size(), end - kSrid.size()), text.substr(end + 1)};
}

ogr::GeometryPtr geometryOfWkt(const std::string& wkt) {
    const ogr::MessageCatcher catcher;
    std::string copy = splitSrid(wkt).second;
    char* text = copy.data();
    OGRGeometryH geometry = nullptr;
    const OGRErr error = OGR_G_CreateFromWkt(&text, nullptr, &geometry);
    ogr::GeometryPtr owned(geometry);
    const bool isWhole = error == OGRERR_NONE && trimmed(text).empty();
    return isWhole ? std::move(owned) : nullptr;
}

} // namespace

const std::string& PointCells::cell(const TableRow& row, int column) {
    static const std::string kNone;
    const auto at = static_cast<std::size_t>(column);
    return at < row.cells.size() ? row.cells[at] : kNone;
}

std::string PointCells::shown(const TableRow& row, int column) const {
    const int parts = column == m_columns.x ? m_columns.xParts : column == m_columns.y ? m_columns.yParts : 1;
    return coordinateOf(row, column, parts);
}

const ClockCell* PointCells::clockOf(const TableRow& row, bool isWhole) const {
    const auto found = std::find_if(row.clocks.begin(), row.clocks.end(), [&](const ClockCell& clock) {
        return clock.isWhole == isWhole &&
               (clock.column == m_columns.both || clock.column == m_columns.x || clock.column == m_columns.y);
    });
    return found == row.clocks.end() ? nullptr : &*found;
}

PointCells::Place PointCells::placeOf(const TableRow& row) const {
    Place place;
    if (const ClockCell* clock = clockOf(row, false); clock != nullptr) {
        place.column = clock->column;
        place.reasonZh =
            "单元格是时间格式，读不出原来的度数；请把该列设为文本后重新填写度分秒，或（.xls）另存为 "
            ".xlsx";
        place.reasonEn = "the cell is formatted as a time, from which the degrees cannot be told: format the "
                         "column as text and enter them again, or (an .xls) save it as .xlsx";
        return place;
    }
    if (m_columns.both >= 0) {
        const std::string& text = cell(row, m_columns.both);
        place.isBlank = text.empty();
        CoordinatePairReading reading = parseCoordinatePair(text);
        if (reading.pair) {
            place.x = reading.pair->x;
            place.y = reading.pair->y;
            place.isYFirst = reading.pair->byValue && reading.pair->yFirst;
        } else {
            place.column = m_columns.both;
            place.reasonZh = std::move(reading.reasonZh);
            place.reasonEn = std::move(reading.reasonEn);
        }
        return place;
    }
    place.isBlank = shown(row, m_columns.x).empty() && shown(row, m_columns.y).empty();
    for (const auto& [column, value] : {std::pair(m_columns.x, &place.x), std::pair(m_columns.y, &place.y)}) {
        CoordinateReading reading = parseCoordinate(shown(row, column));
        if (reading.value) {
            *value = *reading.value;
        } else if (place.column < 0) {
            place.column = column;
            place.reasonZh = std::move(reading.reasonZh);
            place.reasonEn = std::move(reading.reasonEn);
        }
    }
    return place;
}

PointCells::Sense PointCells::senseOf(const Place& place) const {
    const auto saysNorth = [](const CoordinateValue& value) {
        return value.kind == CoordinateKind::Latitude || value.kind == CoordinateKind::Northing;
    };
    const auto saysEast = [](const CoordinateValue& value) {
        return value.kind == CoordinateKind::Longitude || value.kind == CoordinateKind::Easting;
    };
    if (m_columns.both >= 0) {
        return Sense::Straight; // the pair has been put in order where it was read
    }
    if (saysNorth(place.x) || saysEast(place.y)) {
        return Sense::Swapped;
    }
    const double x = place.x.value;
    const double y = place.y.value;
    const bool inDegrees = isInDegrees(place.x.kind);
    if (inDegrees ? isInChina(x, y) : isEastingM(x) && isNorthingM(y)) {
        return Sense::Straight;
    }
    return (inDegrees ? isInChina(y, x) : isNorthingM(x) && isEastingM(y)) ? Sense::Swapped : Sense::Other;
}

void PointCells::refuseSwapped(const Place& example, ProblemLog& log) const {
    const std::string& x = m_names[static_cast<std::size_t>(m_columns.x)];
    const std::string& y = m_names[static_cast<std::size_t>(m_columns.y)];
    const bool isSurvey = !isInDegrees(example.x.kind);
    Problem problem;
    problem.kind = ProblemKind::CrsSuspicious;
    problem.severity = Severity::Error;
    problem.field = x + ", " + y;
    problem.textZh = isSurvey
                         ? fmt::format("列“{}”是纵坐标（北），列“{}”是横坐标（东）：测量的写法，X 向北", x, y)
                         : fmt::format("列“{}”的值都像纬度，列“{}”的值都像经度：两列可能颠倒", x, y);
    problem.textEn =
        isSurvey
            ? fmt::format(R"("{}" holds northings and "{}" eastings: X is north, as surveyors write)", x, y)
            : fmt::format("all values of \"{}\" look like latitudes and those of \"{}\" like longitudes: the "
                          "columns may be swapped",
                          x, y);
    problem.doneZh = "不自动交换";
    problem.doneEn = "not swapped by itself";
    const std::string message =
        fmt::format("{0}：{1}（例如 {2:.10g}、{3:.10g}）；请核对后用 --map {4}lon={6} --map {4}lat={5} "
                    "指明，或更正表头 / {7} "
                    "(as in {2:.10g}, {3:.10g}): if that is so give --map {4}lon={6} --map {4}lat={5}, or "
                    "correct the heading",
                    m_file, problem.textZh, example.x.value, example.y.value, m_option, x, y, problem.textEn);
    log.add(std::move(problem));
    throw Error(message);
}

void PointCells::judgeWkt(const std::vector<TableRow>& rows) {
    for (const TableRow& row : rows) {
        const std::string srid = splitSrid(cell(row, m_columns.wkt)).first;
        if (!srid.empty()) {
            m_crs = "EPSG:" + srid;
            return;
        }
    }
}

void PointCells::judge(const std::vector<TableRow>& rows, ProblemLog& log) {
    if (m_columns.wkt >= 0) {
        judgeWkt(rows);
        return;
    }
    std::size_t read = 0;
    std::size_t inDegrees = 0;
    std::size_t straight = 0;
    std::size_t swapped = 0;
    std::map<int, std::size_t> zones;
    double finest = std::numeric_limits<double>::infinity();
    Place example;
    std::string unread;
    for (const TableRow& row : rows) {
        const Place place = placeOf(row);
        if (place.isRead()) {
            const bool degrees = isInDegrees(place.x.kind);
            const Sense sense = senseOf(place);
            ++read;
            inDegrees += degrees ? 1U : 0U;
            straight += sense == Sense::Straight ? 1U : 0U;
            swapped += sense == Sense::Swapped ? 1U : 0U;
            if (!degrees) {
                ++zones[place.x.zone];
            }
            finest = std::min(finest, std::max(place.x.precision, place.y.precision) *
                                          (degrees ? kMetresPerDegree : 1.0));
            example = sense == Sense::Swapped ? place : example;
        } else if (!place.isBlank && unread.empty()) {
            unread = fmt::format("第 {0} 行 / row {0}, {1}: {2}：{3} / {4}", row.number,
                                 m_names[static_cast<std::size_t>(place.column)],
                                 quoted(shown(row, place.column)), place.reasonZh, place.reasonEn);
        }
    }
    if (read == 0 && !unread.empty()) {
        throw Error(
            fmt::format("{0}：坐标列中没有一行能读取，请核对列（--map {1}lon、{1}lat、{1}xy）；例如 / no row "
                        "of the coordinate columns can be read: check them (--map {1}lon, {1}lat, {1}xy); "
                        "e.g. {2}",
                        m_file, m_option, unread));
    }
    constexpr std::size_t kTenths = 10;
    if (!m_columns.isGiven && straight == 0 && swapped > 0 && swapped * kTenths >= read * (kTenths - 1)) {
        refuseSwapped(example, log);
    }
    m_inDegrees = inDegrees * 2 >= read;
    if (!zones.empty()) {
        m_zone = std::max_element(zones.begin(), zones.end(), [](const auto& a, const auto& b) {
                     return a.second < b.second;
                 })->first;
    }
    if (read > 0 && finest > kCoarseM) {
        Problem problem;
        problem.kind = ProblemKind::CrsSuspicious;
        problem.textZh = fmt::format("坐标写得太粗，最细的只到约 {:.0f} 米", finest);
        problem.textEn =
            fmt::format("the coordinates are coarse: the finest are given to about {:.0f} m", finest);
        problem.doneZh = "照读，点位判定仅供参考";
        problem.doneEn = "read as they are; verdicts for points are rough";
        log.add(std::move(problem));
    }
}

void PointCells::setFault(const TableRow& row, int column, RawFeature& feature, const std::string& zh,
                          const std::string& en) const {
    const std::string& name = m_names[static_cast<std::size_t>(column)];
    const std::string value = quoted(shown(row, column));
    feature.geometry = RawFeature::Geometry::Damaged;
    feature.faultZh = fmt::format("第 {} 行，列“{}”，值{}：{}", row.number, name, value, zh);
    feature.faultEn = fmt::format(R"(row {}, column "{}", value {}: {})", row.number, name, value, en);
}

/// Why a place that was read cannot be among the others.
std::pair<std::string, std::string> PointCells::faultOf(const Place& place) const {
    if (isInDegrees(place.x.kind) != isInDegrees(place.y.kind)) {
        return {"经度和纬度一个是度，一个是米", "one coordinate is in degrees, the other in metres"};
    }
    if (isInDegrees(place.x.kind) != m_inDegrees) {
        return {m_inDegrees ? "是米，其余行是度" : "是度，其余行是米",
                m_inDegrees ? "in metres, where the other rows are in degrees"
                            : "in degrees, where the other rows are in metres"};
    }
    if (!m_inDegrees && place.x.zone != m_zone) {
        return {fmt::format("带号 {} 与其余行的 {} 不同（0 为无带号）", place.x.zone, m_zone),
                fmt::format("zone {} where the other rows have {} (0: none)", place.x.zone, m_zone)};
    }
    const Sense sense = senseOf(place);
    if (sense == Sense::Swapped && (!m_columns.isGiven || !m_inDegrees)) {
        return {"这一行的两个坐标可能颠倒", "the two coordinates of this row may be swapped"};
    }
    if (!m_inDegrees && sense == Sense::Other) {
        return {"不是中国的横、纵坐标", "not an easting and northing of China"};
    }
    if (m_inDegrees && std::abs(place.y.value) > kLatitudeMost) {
        return {"纬度大于 90°", "the latitude is above 90°"};
    }
    return {};
}

void PointCells::readWkt(const TableRow& row, RawFeature& feature) const {
    const std::string& text = cell(row, m_columns.wkt);
    if (text.empty()) {
        return;
    }
    const std::string srid = splitSrid(text).first;
    if (!m_crs.empty() && !srid.empty() && "EPSG:" + srid != m_crs) {
        setFault(row, m_columns.wkt, feature, "SRID 与其余行不同", "its SRID is not that of the other rows");
        return;
    }
    const ogr::GeometryPtr geometry = geometryOfWkt(text);
    if (!geometry) {
        setFault(row, m_columns.wkt, feature, "不是正确的 WKT", "not well-known text");
        return;
    }
    if (OGR_G_IsEmpty(static_cast<OGRGeometryH>(geometry.get())) == 0) {
        feature.geometry = RawFeature::Geometry::Wkb;
        feature.wkb = ogr::linearWkb(static_cast<OGRGeometryH>(geometry.get()));
    }
}

void PointCells::read(const TableRow& row, RawFeature& feature, ProblemLog& log) const {
    if (m_columns.wkt >= 0) {
        readWkt(row, feature);
        return;
    }
    const Place place = placeOf(row);
    if (place.isBlank) {
        return;
    }
    if (place.column >= 0) {
        setFault(row, place.column, feature, place.reasonZh, place.reasonEn);
        return;
    }
    const auto [zh, en] = faultOf(place);
    if (!en.empty()) {
        const int column = m_columns.both >= 0 ? m_columns.both : m_columns.x;
        setFault(row, column, feature, zh, en);
        return;
    }
    if (const ClockCell* clock = clockOf(row, true); clock != nullptr) {
        Problem problem;
        problem.kind = ProblemKind::CrsSuspicious;
        problem.feature = row.number;
        problem.field = m_names[static_cast<std::size_t>(clock->column)];
        problem.textZh = "坐标单元格是时间格式（表格软件把 30:15:20 存成时间）";
        problem.textEn =
            "the cell of a coordinate is formatted as a time (spreadsheets keep 30:15:20 as one)";
        problem.doneZh = "时:分:秒按度:分:秒读取（30:15:20 为 30°15′20″），请核对";
        problem.doneEn = "hours:minutes:seconds are read as degrees:minutes:seconds (30:15:20 as 30°15′20″): "
                         "check them";
        log.addGrouped(std::move(problem));
    }
    if (place.isYFirst) {
        Problem problem;
        problem.kind = ProblemKind::CrsSuspicious;
        problem.severity = Severity::Info;
        problem.feature = row.number;
        problem.field = m_names[static_cast<std::size_t>(m_columns.both)];
        problem.textZh = "单元格中纬度（纵坐标）在前";
        problem.textEn = "the cell gives the latitude (northing) first";
        problem.doneZh = "按数值的大小读取";
        problem.doneEn = "told by the values";
        log.addGrouped(std::move(problem));
    }
    feature.geometry = RawFeature::Geometry::Decoded;
    feature.shape.points = {{place.x.value, place.y.value}};
}

} // namespace layers
