#pragma once

#include "app/check/check_result.hpp"
#include "geo/area.hpp"
#include "geo/geodesic.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace tests {

/// A finished check, small and made by hand, for the tests of everything that writes: nine patches in every
/// bucket (areas, a line, a point), four invented zones, texts that hurt (formulas, characters that GBK
/// lacks, a basis of 300 characters, control characters), rejects and problems. Its sums close.
namespace sample {

inline layers::Day day(int year, unsigned month, unsigned dayOfMonth) {
    const std::chrono::sys_days days{std::chrono::year{year} / std::chrono::month{month} /
                                     std::chrono::day{dayOfMonth}};
    return static_cast<layers::Day>(days.time_since_epoch().count());
}

inline layers::DateText date(const std::string& raw, layers::Day first) {
    return {raw, first, first};
}

/// A rectangle from its south-west corner (degrees), counter-clockwise.
inline geo::Shape rectangle(double x, double y, double width, double height) {
    geo::Shape shape;
    shape.polygons.push_back(
        {{{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}}, {}});
    return shape;
}

inline constexpr std::uint32_t kReserve = 0;
inline constexpr std::uint32_t kRedLine = 1;
inline constexpr std::uint32_t kWater = 2;
inline constexpr std::uint32_t kWetland = 3;

inline std::string longBasis() {
    std::string text = "《自然保护区条例》(国务院令第830号)第二十六条;依据待核;";
    for (int i = 0; i < 27; ++i) {
        text += "核心保护区内禁止人为活动"; // 12 characters: 324 with the rest
    }
    return text;
}

inline layers::Zone zone(layers::Role role, layers::ZoneKind kind, std::string id, std::string name,
                         std::string zoneClass, std::int32_t input) {
    layers::Zone z;
    z.role = role;
    z.kind = kind;
    z.input = input;
    z.feature = 1;
    z.id = std::move(id);
    z.name = std::move(name);
    z.level = "国家级";
    z.zoneClass = std::move(zoneClass);
    z.originalClass = z.zoneClass;
    z.version = "2022";
    z.approval = "示例函〔2022〕1号";
    z.approved = date("2022-10-01", day(2022, 10, 1));
    z.validFrom = z.approved;
    return z;
}

inline layers::Patch patch(std::string id, std::string activity, std::string activityText, geo::Shape shape) {
    layers::Patch p;
    p.feature = 0;
    p.id = std::move(id);
    p.batch = "2026年第2批";
    p.activity = std::move(activity);
    p.activityText = std::move(activityText);
    p.changeText = "1";
    p.change = layers::Change::New;
    p.earlier = date("20260312", day(2026, 3, 12));
    p.later = date("20260905", day(2026, 9, 5));
    p.shape = std::move(shape);
    return p;
}

/// An overlap of area; `whole` means that the patch lies in the zone.
inline geo::ZoneOverlap overlap(std::uint32_t zoneNumber, const geo::Shape& shape, bool whole,
                                double boundaryM) {
    geo::ZoneOverlap o;
    o.zone = zoneNumber;
    o.path = whole ? geo::OverlayPath::Inside : geo::OverlayPath::Localised;
    o.whole = whole;
    o.measure =
        shape.lines.empty() ? geo::ellipsoidalAreaM2(shape) : geo::geodesicLengthM(shape.lines.front());
    o.perimeterM = shape.polygons.empty() ? 0 : geo::geodesicPerimeterM(shape);
    o.boundaryLengthM = boundaryM;
    if (!whole) {
        o.shape = shape;
    }
    return o;
}

inline geo::Atom atom(std::vector<std::uint32_t> zones, const geo::Shape& shape, double measure) {
    return {std::move(zones), false, shape, measure};
}

/// Fills what every patch has, and closes its atoms with the uncovered rest.
inline app::PatchResult result(const layers::Patch& p, layers::Bucket bucket, std::int32_t county) {
    app::PatchResult r;
    r.bucket = bucket;
    r.date = p.later.last;
    switch (p.shape.dimension()) {
    case geo::Dimension::Area:
        r.overlay.measure = geo::ellipsoidalAreaM2(p.shape);
        r.overlay.perimeterM = geo::geodesicPerimeterM(p.shape);
        break;
    case geo::Dimension::Line:
        r.overlay.measure = geo::geodesicLengthM(p.shape.lines.front());
        break;
    default:
        break;
    }
    const geo::Box box = p.shape.box();
    r.place = {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
    r.counties.push_back({county, r.overlay.measure, 0});
    return r;
}

inline void cover(app::PatchResult& r, std::vector<geo::Atom> atoms) {
    for (const geo::Atom& a : atoms) {
        r.covered += a.measure;
    }
    r.overlay.uncovered = r.overlay.measure - r.covered;
    r.counties.front().covered = r.covered;
    r.overlay.atoms = std::move(atoms);
}

inline layers::Finding finding(std::uint32_t zoneNumber, std::uint32_t overlapNumber, std::uint32_t atDate,
                               std::uint32_t today, layers::Certainty certainty) {
    return {zoneNumber, overlapNumber, atDate, today, certainty};
}

inline std::vector<layers::Judgement> judgements() {
    using layers::Confidence;
    using layers::Verdict;
    return {
        {Verdict::Prohibited, 1, "NR-01", longBasis(), Confidence::Likely, "核心保护区", true, false},
        {Verdict::Prohibited, 1, "EC-01", "HX142 一(一)", Confidence::Solid, "红线", false, false},
        {Verdict::NeedsCheck, 2, "XX-98", "各管控区管理规定(仅当无更具体规则)", Confidence::Likely, "一级",
         false, true},
        {Verdict::NeedsPermit, 3, "EC-05", "HX142 第6类", Confidence::Solid, "红线", false, false},
        {Verdict::Restricted, 2, "EC-06", "HX142 第2类", Confidence::Solid, "红线", false, false},
    };
}

inline std::vector<layers::InputReport> inputs() {
    using layers::Role;
    std::vector<layers::InputReport> all(5);
    const std::pair<Role, const char*> names[] = {{Role::Changes, "示例图斑.shp"},
                                                  {Role::RedLine, "示例红线.gpkg"},
                                                  {Role::Reserve, "示例保护地.gpkg"},
                                                  {Role::Water, "示例水源地.gpkg"},
                                                  {Role::Admin, "县界.geojson"}};
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].role = names[i].first;
        all[i].file = names[i].second;
        all[i].layer = std::filesystem::path(names[i].second).stem().string();
        all[i].sha256 = std::string(64, static_cast<char>('a' + static_cast<char>(i)));
        all[i].crs = "EPSG:4490";
        all[i].crsReason = "from the file";
        all[i].encoding = "UTF-8";
        all[i].encodingReason = "from the file";
        all[i].profile = "sample";
        all[i].features = 1;
    }
    all[0].fields = {"TBBH", "HDLX"};
    all[0].mapping = {{"id", "TBBH"}, {"activity", "HDLX"}};
    all[0].features = 11;
    all[0].invalid = 2;
    all[0].repaired = 1;
    all[0].rejected = 2;
    return all;
}

} // namespace sample

/// The sample, built anew (a CheckResult is large and moved about).
inline app::CheckResult sampleResult() {
    using namespace sample;
    using layers::Bucket;
    using layers::Certainty;
    using layers::Role;
    using layers::ZoneKind;
    app::CheckResult run;
    run.inputs = inputs();
    run.batch = "2026年第2批";
    run.today = day(2026, 11, 24);
    run.counties.resize(2);
    run.counties[0] = {"513301", "康定市", "甘孜州", rectangle(101.0, 29.5, 1.0, 1.0)};
    run.counties[1] = {"513322", "泸定县", "甘孜州", rectangle(102.0, 29.5, 0.5, 0.5)};
    run.zones = {zone(Role::Reserve, ZoneKind::NatureReserve, "R1", "示例自然保护区", "核心区", 2),
                 zone(Role::RedLine, ZoneKind::RedLine, "E1", "示例红线=A1", "红线", 1),
                 zone(Role::Water, ZoneKind::WaterSource, "W1", "示例水源地", "一级", 3),
                 zone(Role::Reserve, ZoneKind::NaturePark, "P1", "示例湿地公园", "湿地公园", 2)};
    run.judgements = judgements();

    // 0: listed, west half in the reserve and the red line, east third in the red line only
    const geo::Shape first = rectangle(101.960, 30.050, 0.003, 0.002);
    // 1: listed, wholly in the red line; a name that a spreadsheet would run, and characters that GBK lacks
    const geo::Shape second = rectangle(101.970, 30.050, 0.001, 0.001);
    // 5: a point in the water source zone; 6: a road across the red line
    geo::Shape point;
    point.points.push_back({102.1, 29.7});
    geo::Shape road;
    road.lines.push_back({{101.980, 30.050}, {101.990, 30.050}});
    geo::Shape roadPart;
    roadPart.lines.push_back({{101.980, 30.050}, {101.985, 30.050}});
    run.patches = {patch("TB-0001", "A01", "采石场", first),
                   patch("=SUM(A1:A9)", "A05", "旅游<设施>&\"䶮𠮷\"\x01", second),
                   patch("TB-0003", "A07", "养殖场", rectangle(102.2, 29.8, 0.001, 0.001)),
                   patch("TB-0004", "A08", "农业用地", rectangle(102.3, 29.8, 0.001, 0.001)),
                   patch("TB-0005", "A01", "采石场", first),
                   patch("00000000000000000006", "A10", "其他人工设施", point),
                   patch("TB-0007", "A06", "道路", road),
                   patch("TB-0008", "A09", "居民点", rectangle(101.99, 30.06, 0.001, 0.001)),
                   patch("TB-0009", "A12", "采伐", rectangle(103.5, 31.0, 0.001, 0.001))};
    for (std::size_t i = 0; i < run.patches.size(); ++i) {
        run.patches[i].feature = static_cast<std::int64_t>(i);
        run.patches[i].raw = {run.patches[i].id, run.patches[i].activityText};
    }
    run.patches[0].statedArea = "1.2公顷";
    run.patches[0].statedAreaM2 = 12000;

    const Bucket buckets[] = {Bucket::Listed, Bucket::Listed, Bucket::Near, Bucket::Clear, Bucket::Duplicate,
                              Bucket::Listed, Bucket::Listed, Bucket::Near, Bucket::Listed};
    const std::int32_t counties[] = {0, 0, 1, 1, 0, 1, 0, 0, -1};
    for (std::size_t i = 0; i < run.patches.size(); ++i) {
        run.results.push_back(result(run.patches[i], buckets[i], counties[i]));
    }
    for (const std::size_t i : {std::size_t{0}, std::size_t{4}}) { // the duplicate has the same overlaps
        app::PatchResult& r = run.results[i];
        const geo::Shape west = rectangle(101.960, 30.050, 0.0015, 0.002);
        const geo::Shape middle = rectangle(101.9615, 30.050, 0.0005, 0.002);
        const geo::Shape red = rectangle(101.960, 30.050, 0.002, 0.002);
        r.overlay.overlaps = {overlap(kReserve, west, false, 222), overlap(kRedLine, red, false, 222)};
        r.certainty = {Certainty::Certain, Certainty::Certain};
        r.findings = {finding(kReserve, 0, 0, 0, Certainty::Certain),
                      finding(kRedLine, 1, 1, 1, Certainty::Certain)};
        cover(r, {atom({kReserve, kRedLine}, west, geo::ellipsoidalAreaM2(west)),
                  atom({kRedLine}, middle, geo::ellipsoidalAreaM2(middle))});
        const geo::Shape rest = rectangle(101.962, 30.050, 0.001, 0.002);
        r.overlay.atoms.push_back(atom({}, rest, r.overlay.uncovered));
    }
    run.results[4].duplicateOf = 0;
    run.results[4].duplicateShare = 1;
    {
        app::PatchResult& r = run.results[1];
        r.overlay.overlaps = {overlap(kRedLine, second, true, 0)};
        r.certainty = {Certainty::Certain};
        r.findings = {finding(kRedLine, 0, 3, 3, Certainty::Certain)};
        cover(r, {{{kRedLine}, true, {}, r.overlay.measure}});
    }
    run.results[2].overlay.near = {
        {kWater, 8.5, 90.0, {102.201, 29.8005}, geo::geodesicDestination({102.201, 29.8005}, 90.0, 8.5)}};
    {
        app::PatchResult& r = run.results[5];
        r.overlay.overlaps.resize(1);
        r.overlay.overlaps[0].zone = kWater;
        r.overlay.overlaps[0].whole = true;
        r.certainty = {Certainty::Doubtful};
        r.findings = {finding(kWater, 0, 2, 2, Certainty::Doubtful)};
    }
    {
        app::PatchResult& r = run.results[6];
        r.overlay.overlaps = {overlap(kRedLine, roadPart, false, 0)};
        r.certainty = {Certainty::Certain};
        r.findings = {finding(kRedLine, 0, 3, 3, Certainty::Certain)};
        cover(r, {atom({kRedLine}, roadPart, r.overlay.overlaps[0].measure)});
        geo::Shape rest;
        rest.lines.push_back({{101.985, 30.050}, {101.990, 30.050}});
        r.overlay.atoms.push_back(atom({}, rest, r.overlay.uncovered));
    }
    {
        app::PatchResult& r = run.results[7]; // 擦边: a strip of half a metre
        const geo::Shape strip = rectangle(101.99, 30.06, 0.000005, 0.001);
        r.overlay.overlaps = {overlap(kWetland, strip, false, 111)};
        r.certainty = {Certainty::Edge};
        cover(r, {atom({kWetland}, strip, r.overlay.overlaps[0].measure)});
        const geo::Shape rest = rectangle(101.990005, 30.06, 0.000995, 0.001);
        r.overlay.atoms.push_back(atom({}, rest, r.overlay.uncovered));
    }
    {
        app::PatchResult& r = run.results[8]; // outside every county
        r.overlay.overlaps = {overlap(kRedLine, run.patches[8].shape, true, 0)};
        r.certainty = {Certainty::Doubtful};
        r.findings = {finding(kRedLine, 0, 4, 1, Certainty::Doubtful)};
        cover(r, {{{kRedLine}, true, {}, r.overlay.measure}});
    }
    for (const std::size_t i : {std::size_t{2}, std::size_t{3}}) {
        app::PatchResult& r = run.results[i];
        r.overlay.uncovered = r.overlay.measure;
        r.overlay.atoms = {{{}, true, {}, r.overlay.measure}};
    }

    layers::Reject withShape;
    withShape.feature = 9;
    withShape.id = "TB-0010";
    withShape.reasonZh = "自相交，无法修复";
    withShape.reasonEn = "self-intersection that cannot be repaired";
    withShape.raw = {"TB-0010", "采石场"};
    withShape.shape.polygons.push_back({{{102, 30}, {102.1, 30.1}, {102.1, 30}, {102, 30.1}, {102, 30}}, {}});
    layers::Reject without;
    without.feature = 10;
    without.id = "TB-0011";
    without.reasonZh = "无几何";
    without.reasonEn = "no geometry";
    without.raw = {"TB-0011", ""};
    run.rejects = {withShape, without};

    layers::Problem repaired;
    repaired.kind = layers::ProblemKind::GeometryRepaired;
    repaired.role = "changes";
    repaired.file = "示例图斑.shp";
    repaired.layer = "示例图斑";
    repaired.feature = 3;
    repaired.place = geo::Coordinate{102.3, 29.8};
    repaired.textZh = "自相交";
    repaired.textEn = "self-intersection";
    repaired.doneZh = "已修复";
    repaired.doneEn = "repaired";
    repaired.areaBeforeM2 = 10000;
    repaired.areaAfterM2 = 9990;
    layers::Problem guessed;
    guessed.kind = layers::ProblemKind::EncodingGuessed;
    guessed.severity = layers::Severity::Info;
    guessed.role = "redline";
    guessed.file = "示例红线.gpkg";
    guessed.textZh = "编码按统计推断";
    guessed.textEn = "the encoding was guessed";
    run.problems = {repaired, guessed};

    for (const app::PatchResult& r : run.results) {
        for (const geo::ZoneOverlap& o : r.overlay.overlaps) {
            const Role role = run.zones[o.zone].role;
            app::PairSum& sum = run.pairSums[role == Role::RedLine ? 0 : role == Role::Reserve ? 1 : 2];
            if (r.overlay.perimeterM > 0) {
                ++sum.pairs;
                sum.areaM2 += o.measure;
            }
            ++run.enginePaths[o.path == geo::OverlayPath::Inside ? 0 : 2];
        }
    }
    run.listed = {0, 1, 6, 5, 8};
    run.taskNumbers = {"LS-513301-0001", "LS-513301-0002", "LS-513301-0003", "LS-513322-0001",
                       "LS-000000-0001"};
    return run;
}

} // namespace tests
