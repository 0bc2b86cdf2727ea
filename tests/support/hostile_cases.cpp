#include "tests/support/hostile_cases.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>

namespace tests {

using layers::ProblemKind;

const std::vector<HostileCase>& hostileCases() {
    constexpr auto damaged = ProblemKind::FileDamaged;
    constexpr auto repaired = ProblemKind::GeometryRepaired;
    constexpr auto rejected = ProblemKind::GeometryRejected;
    constexpr auto missing = ProblemKind::GeometryMissing;
    constexpr auto member = ProblemKind::MemberMissing;
    constexpr std::nullopt_t none = std::nullopt;
    static const std::vector<HostileCase> all{
        {"01-shp-structure/gdal_bigoffset.shp", "reject", rejected, "cannot be used", "EPSG:4543", "",
         "its coordinates (10^11 m) lie outside every projection; the record itself is read through its "
         "offset"},
        {"01-shp-structure/gdal_buggymultipoly.shp", "accept-partly", rejected,
         "claims 1 parts and 16 points", "EPSG:4326"},
        {"01-shp-structure/mapshaper_data_corruption_error.shp", "accept", none, ""},
        {"01-shp-structure/nts_crustal_test_bugged.shp", "accept-partly", member, ".shx", "EPSG:32718"},
        {"01-shp-structure/pyshp_corrupt_too_long.shp", "accept-partly", damaged, "length", "EPSG:4326"},
        {"02-truncated/t1_shp_60pct.shp", "accept-partly", ProblemKind::FeaturesLost, "11 of 18 features"},
        {"02-truncated/t2_shp_header_only.shp", "reject", none, "no records although the index names 18"},
        {"02-truncated/t3_shp_zero.shp", "reject", none, "is empty (0 bytes)"},
        {"02-truncated/t4_dbf_mid_record.shp", "accept-partly", damaged,
         "attributes of features 9-18 are missing"},
        {"02-truncated/t5_shx_half.shp", "accept-partly", damaged, "cut off, entries: 9 / 18"},
        {"02-truncated/t6_dbf_count_bomb.shp", "accept-partly", damaged, "18 / 4000000000 / 18"},
        {"02-truncated/t7_numpoints_bomb.shp", "accept-partly", rejected, "2147483632 points"},
        {"02-truncated/t8_wrong_code.shp", "reject", none, "not a shapefile"},
        {"02-truncated/t9_geojson_70pct.geojson", "reject", none, "ends early at byte 72528"},
        {"02-truncated/t10_geojson_nan.geojson", "reject", none, "coordinate of feature 1 is not a number"},
        {"02-truncated/t11_gpkg_half.gpkg", "reject", none, "shorter than its header says"},
        {"02-truncated/t12_gpkg_zeroed_page.gpkg", "accept-partly", damaged, "integrity check"},
        {"03-missing-members/nts_error_union.shp", "reject", none, "--crs changes=EPSG:n"},
        {"03-missing-members/shpjs_no-dbf.shp", "reject", none, "--crs changes=EPSG:n"},
        {"04-null-empty/gdal_emptymultipoly.shp", "accept-partly", missing, "no geometry", "EPSG:4326"},
        {"04-null-empty/mapshaper_six_counties_three_null.json", "accept-partly", missing, "no geometry"},
        {"04-null-empty/nts_UnifiedChecksMaterialNullInMiddle.shp", "accept-partly", missing, "no geometry",
         "EPSG:4326"},
        {"05-nan-inf/gdal_extentnan.shp", "reject", none, "no features"},
        {"05-nan-inf/mapshaper_invalid_coordinates.json", "reject", none, "are not"},
        {"07-prj/gdal_prjwithutf8bom.shp", "accept", none, ""},
        {"07-prj/mapshaper_three_points.shp", "accept", none, "", "EPSG:4543"},
        {"09-gpkg-sqlite/gdal_3d_envelope.gpkg", "accept", none, "", "EPSG:4326"},
        {"09-gpkg-sqlite/gdal_huge_feature_count.gpkg", "accept", none, "", "EPSG:4543"},
        {"09-gpkg-sqlite/gdal_poly_non_conformant.gpkg", "accept-partly", damaged,
         "not a conformant GeoPackage", "EPSG:32630"},
        {"09-gpkg-sqlite/mapshaper_mixed_crs.gpkg", "accept", none, "", "", "oregon_2269"},
        {"09-gpkg-sqlite/mapshaper_mixed_crs.gpkg", "accept", none, "", "", "oregon_4326"},
        {"10-geojson-syntax/hint_bad-duplicate-properties.geojson", "accept-partly", damaged,
         "duplicate member"},
        {"10-geojson-syntax/hint_bad-json.geojson", "reject", none, "line 3, column 17"},
        {"10-geojson-syntax/hint_bad-polygon-interiorring-rhr.geojson", "accept", none, ""},
        {"10-geojson-syntax/hint_bad-properties-as-array.geojson", "reject", rejected,
         "properties is an array"},
        {"10-geojson-syntax/hint_badcoordtype.geojson", "reject", rejected, "fewer than two numbers"},
        {"10-geojson-syntax/hint_badfeatureid.geojson", "reject", rejected,
         "id is neither text nor a number"},
        {"10-geojson-syntax/hint_bbox-contains-string.geojson", "reject", rejected, "bbox"},
        {"10-geojson-syntax/hint_different-first-last.geojson", "repair", repaired, "not closed"},
        {"10-geojson-syntax/hint_excessive_precision_truncated.geojson", "accept", none, ""},
        {"10-geojson-syntax/hint_false.geojson", "reject", rejected, "not a geometry"},
        {"10-geojson-syntax/hint_featurecollection-obj.geojson", "reject", none, "features is not an array"},
        {"10-geojson-syntax/hint_featurecollection.geojson", "reject", none, "without features"},
        {"10-geojson-syntax/hint_geometry_changed_semantics.geojson", "reject", none,
         "must not have the member"},
        {"10-geojson-syntax/hint_geometrycollection_single.geojson", "reject", rejected,
         "GeometryCollection"},
        {"10-geojson-syntax/hint_multipoint-multidimension.geojson", "reject", rejected,
         "does not fit the type"},
        {"10-geojson-syntax/hint_nofeaturetype.geojson", "reject", rejected, "not Feature"},
        {"10-geojson-syntax/hint_point-labeled-as-a-multipolygon.geojson", "reject", rejected,
         "does not fit the type"},
        {"10-geojson-syntax/hint_point-toofew.geojson", "reject", rejected, "fewer than two numbers"},
        {"10-geojson-syntax/hint_point.geojson", "reject", rejected, "without coordinates"},
        {"10-geojson-syntax/hint_rootstring.geojson", "reject", none, "the root is not an object"},
        {"10-geojson-syntax/hint_short-linearring.geojson", "reject", rejected, "too few positions"},
        {"10-geojson-syntax/hint_stringcoord.geojson", "accept-partly", rejected, "is not a number", "", "",
         "a fault of one feature, as any other: of its two points the one whose latitude is a text is "
         "rejected "
         "and listed, the other is used. A file refused whole would cost the analyst all the rest; among "
         "zones "
         "a reject stops the run"},
        {"10-geojson-syntax/mapshaper_sample1.json", "reject", none, "line 1, column 580"},
        {"11-kml/gdal_junk_content_after_valid_doc.kml", "reject", none, "line 65"},
        {"11-kml/gdal_non_conformant_multi.kml", "accept-partly", missing, "0, 0", "", "",
         "LIBKML reads MultiPolygon and its sisters as what they mean, and all three placemarks come; the "
         "one "
         "whose points are all 0, 0 counts as not filled in"},
        {"11-kml/gdal_truncated.kml", "reject", none, "line 35"},
        {"11-kml/togeojson_multigeometry_sibling.kml", "accept", none, ""},
        {"11-kml/togeojson_null_geometry.kml", "accept-partly", missing, "no geometry"},
        {"12-self-intersection/mapshaper_ex10_bowtie.json", "repair", repaired, "invalid geometry"},
        {"12-self-intersection/mz_self_intersecting.geojson", "repair", repaired, "self-intersection",
         "EPSG:4543"},
        {"12-self-intersection/pc_self-intersects-but-doesnt-cross-1.geojson", "repair", repaired,
         "invalid geometry"},
        {"12-self-intersection/turf_complex.geojson", "repair", repaired, "self-intersection"},
        {"12-self-intersection/turf_hourglass.geojson", "repair", repaired, "self-intersection"},
        {"12-self-intersection/turf_hourglassFeatureCollection.geojson", "repair", repaired,
         "self-intersection"},
        {"12-self-intersection/turf_switzerlandKinked.geojson", "repair", repaired, "self-intersection"},
        {"13-holes/earcut_bad-hole.geojson", "repair", repaired, "self-intersection", "EPSG:4543"},
        {"13-holes/earcut_touching-holes3.geojson", "accept", none, ""},
        {"13-holes/mapshaper_ex2_nesting.json", "repair", repaired, "hole outside its shell"},
        {"13-holes/nts_nested_polygons.shp", "accept", none, "", "EPSG:4490"},
        {"13-holes/pc_clean-multipoly-with-polys-overlapping.geojson", "repair", repaired,
         "self-intersection"},
        {"13-holes/pc_clean-poly-with-interior-rings-overlapping.geojson", "repair", repaired,
         "self-intersection"},
        {"13-holes/turf_multipolygons-overlap.geojson", "repair", repaired, "self-intersection"},
        {"13-holes/turf_polygon-with-hole-2-vertices-touching.geojson", "repair", repaired, "disconnected"},
        {"13-holes/turf_polygon-with-puncture.geojson", "repair", repaired, "invalid geometry"},
        {"14-degenerate/earcut_issue45.geojson", "accept", none, ""},
        {"14-degenerate/mapshaper_openring.json", "repair", repaired, "not closed"},
        {"14-degenerate/pc_clean-degenerate-polygon.geojson", "reject", rejected, "no area"},
        {"14-degenerate/pc_infinitely-thin-polygon.geojson", "repair", repaired, "touches itself", "", "",
         "the thin one is two triangles joined by a line: its area of 2.46e10 m² is kept by repair"},
        {"14-degenerate/pc_rings-with-no-area.geojson", "repair", repaired, "rings without area"},
        {"14-degenerate/turf_not-closing-ring.geojson", "repair", repaired, "not closed"},
        {"14-degenerate/turf_polygon-with-spike.geojson", "repair", repaired, "touches itself"},
        {"17-antimeridian-poles/anti_almost-180.json", "accept-partly", rejected, "180°"},
        {"17-antimeridian-poles/anti_complex-split.json", "accept-partly", rejected, "180°"},
        {"17-antimeridian-poles/anti_cw-only.json", "accept", none, "", "", "",
         "touches nothing: a square at 90-100°E"},
        {"17-antimeridian-poles/anti_extra-crossing.json", "accept-partly", rejected, "180°"},
        {"17-antimeridian-poles/anti_great-circle.json", "accept-partly", rejected, "180°"},
        {"17-antimeridian-poles/anti_issues-164.json", "accept-partly", rejected, "180°"},
        {"17-antimeridian-poles/anti_issues-174.json", "accept-partly", rejected, "180°"},
        {"17-antimeridian-poles/anti_issues-187.json", "accept-partly", rejected, "cannot be used"},
        {"17-antimeridian-poles/anti_issues-81.json", "accept-partly", rejected, "180°"},
        {"17-antimeridian-poles/anti_line.json", "accept-partly", rejected, "180°"},
        {"17-antimeridian-poles/anti_multi-no-antimeridian.json", "accept", none, "", "", "",
         "two polygons at 90-110°E"},
        {"17-antimeridian-poles/anti_north-pole.json", "accept-partly", rejected, "180°"},
        {"17-antimeridian-poles/anti_one-hole.json", "accept-partly", rejected, "180°"},
        {"17-antimeridian-poles/anti_overlap.json", "accept-partly", rejected, "180°"},
        {"17-antimeridian-poles/anti_simple-with-ccw-hole.json", "accept", none, "", "", "",
         "a square with a hole at 90-100°E"},
        {"17-antimeridian-poles/anti_south-pole.json", "accept-partly", rejected, "180°"},
        {"17-antimeridian-poles/anti_two-holes.json", "accept-partly", rejected, "180°"},
        {"18-size/earcut_water-huge3.geojson", "accept", none, "", "EPSG:4543"},
        {"18-size/mz_asia.geojson", "accept", none, ""},
        {"18-size/turf_issue-1208.geojson", "accept", none, ""},
        {"19-containers/gdal_poly.zip", "accept", none, "", "EPSG:4543"},
        {"19-containers/mapshaper_zip-in-zip.zip", "reject", none, "archives in archives are not read"},
        {"19-containers/pyshp_empty_zipfile.zip", "reject", none, "no layer in it"},
        {"19-containers/shpjs_badzip.zip", "reject", none, "not a ZIP archive"},
        {"20-xml-attack/gdal_too_nested.gml", "reject", none, "--allow-driver GML"},
        {"21-real-invalid/amazon_mining_2020_invalid.geojson", "repair", repaired, "invalid geometry"},
        {"21-real-invalid/ganzi_counties_invalid.geojson", "repair", repaired, "invalid geometry"},
    };
    return all;
}

std::string hostileCaseName(const HostileCase& hostileCase) {
    std::string name = std::string(hostileCase.file) + "_" + hostileCase.layer;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

std::map<std::string, std::string> hostileManifest(const std::filesystem::path& hostile) {
    // The first and the third to fifth columns hold no line breaks.
    std::map<std::string, std::string> wanted;
    std::ifstream in(hostile / "manifest.csv");
    for (std::string line; std::getline(in, line);) {
        const std::string file = line.substr(0, line.find(','));
        for (const char* outcome : {"accept-partly", "accept", "repair", "reject"}) {
            if (line.find(std::string(",") + outcome + ",") != std::string::npos) {
                wanted[file] = outcome;
                break;
            }
        }
    }
    return wanted;
}

} // namespace tests
