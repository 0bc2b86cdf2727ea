#include "app/report/results_columns.hpp"

namespace app {

namespace {

using layers::Column;
using layers::GeometryKind;
using layers::TableSpec;

Column text(const char* name, const char* header) {
    return {name, "", header, layers::ColumnType::Text};
}
Column integer(const char* name, const char* header) {
    return {name, "", header, layers::ColumnType::Integer};
}
Column real(const char* name, const char* header) {
    return {name, "", header, layers::ColumnType::Real};
}

} // namespace

TableSpec patchesTable(GeometryKind geometry) {
    return {"patches",
            "疑似问题图斑 (每个可读图斑一行，按输入顺序)",
            {integer("number", "序号"),
             text("task_number", "任务编号"),
             text("patch_id", "原图斑编号"),
             text("batch", "监测批次"),
             text("bucket", "归类"),
             text("city", "市(州)"),
             text("county", "县(市)"),
             text("county_code", "县代码"),
             text("zone_kind", "管控区类型"),
             text("zone_name", "管控区名称"),
             text("level", "级别"),
             text("zone_class", "分区/等级"),
             text("original_class", "原功能区"),
             text("activity_code", "活动类型代码"),
             text("activity", "人类活动类型"),
             text("change", "变化情况"),
             text("earlier", "前时相"),
             text("later", "后时相"),
             text("judged_on", "判定基准日"),
             real("longitude", "中心经度"),
             real("latitude", "中心纬度"),
             real("area_m2", "图斑面积(m²)"),
             real("length_m", "长度(m)"),
             real("perimeter_m", "周长(m)"),
             real("covered_m2", "涉及面积(m²)"),
             real("covered_m", "涉及长度(m)"),
             real("covered_share", "涉及比例(0-1)"),
             real("uncovered_m2", "未涉及面积(m²)"),
             real("residual", "闭合差"),
             real("stated_area_m2", "原报面积(m²)"),
             integer("findings", "问题线索数"),
             text("certainty", "占压确定性"),
             text("verdict", "初步判定"),
             text("verdict_today", "现行法判定"),
             integer("priority", "优先级"),
             text("rule", "规则号"),
             text("rule_today", "现行规则号"),
             text("basis", "判定依据"),
             text("confidence", "依据把握(A/B/C)"),
             integer("duplicate_of", "重复于(patches.fid)"),
             real("duplicate_share", "重叠比例(0-1)"),
             text("source_file", "来源文件"),
             text("source_layer", "来源图层"),
             integer("source_fid", "来源要素号"),
             text("geometry_hash", "几何散列")},
            geometry};
}

TableSpec overlapsTable(GeometryKind geometry) {
    return {"overlaps",
            "占压明细 (图斑 × 管控区，容差前)",
            {integer("patch", "图斑(patches.fid)"),
             text("patch_id", "原图斑编号"),
             text("bucket", "归类"),
             integer("zone", "管控区(zones.fid)"),
             text("zone_role", "管控区角色"),
             text("zone_kind", "管控区类型代码"),
             text("zone_name", "管控区名称"),
             text("zone_class", "分区/等级"),
             text("original_class", "原功能区"),
             text("version", "管控区版本"),
             text("approval", "批复文号"),
             real("area_m2", "占压面积(m²)"),
             real("length_m", "占压长度(m)"),
             real("share", "占图斑比例(0-1)"),
             real("width_m", "平均宽度(m)"),
             real("area_min_m2", "最小面积(m²)"),
             real("area_max_m2", "最大面积(m²)"),
             real("boundary_m", "图斑内边界长(m)"),
             text("certainty", "占压确定性"),
             text("verdict", "初步判定"),
             text("verdict_today", "现行法判定"),
             integer("priority", "优先级"),
             text("rule", "规则号"),
             text("rule_today", "现行规则号"),
             text("basis", "判定依据"),
             integer("judgement", "判定(judgements.fid)"),
             integer("judgement_today", "现行判定(judgements.fid)"),
             text("path", "计算路径")},
            geometry};
}

TableSpec atomsTable(GeometryKind geometry) {
    return {"atoms",
            "图斑分块 (互不重叠，合计等于图斑)",
            {integer("patch", "图斑(patches.fid)"), text("zones", "管控区(zones.fid)"),
             text("zone_kinds", "管控区类型代码"), text("zone_classes", "分区/等级"),
             integer("covered", "是否涉及"), real("area_m2", "面积(m²)"), real("length_m", "长度(m)")},
            geometry};
}

TableSpec nearTable() {
    return {"near",
            "临界 (图斑外缘至邻近管控区)",
            {integer("patch", "图斑(patches.fid)"), text("patch_id", "原图斑编号"), text("bucket", "归类"),
             integer("zone", "管控区(zones.fid)"), text("zone_role", "管控区角色"),
             text("zone_kind", "管控区类型代码"), text("zone_name", "管控区名称"),
             text("zone_class", "分区/等级"), real("distance_m", "距离(m)"), real("azimuth_deg", "方位角(°)"),
             integer("rank", "远近次序"), real("zone_longitude", "管控区最近点经度"),
             real("zone_latitude", "管控区最近点纬度")},
            GeometryKind::Line};
}

TableSpec rejectsTable() {
    return {"rejects",
            "无法使用的要素",
            {text("role", "输入角色"), text("source_file", "来源文件"), text("source_layer", "来源图层"),
             integer("source_fid", "来源要素号"), text("id", "编号"), text("reason_zh", "原因"),
             text("reason_en", "Reason"), text("attributes", "原属性(JSON)")},
            GeometryKind::Any};
}

TableSpec problemsTable() {
    return {"problems",
            "数据问题",
            {text("kind", "问题类型"), text("severity", "程度"), text("role", "输入角色"),
             text("source_file", "来源文件"), text("source_layer", "来源图层"),
             integer("source_fid", "来源要素号"), text("field", "字段"), text("text_zh", "问题"),
             text("text_en", "Problem"), text("done_zh", "处理"), text("done_en", "Action"),
             integer("count", "数量"), real("area_before_m2", "处理前面积(m²)"),
             real("area_after_m2", "处理后面积(m²)")},
            GeometryKind::Point};
}

TableSpec zonesTable() {
    return {"zones",
            "管控区目录 (不含几何)",
            {text("role", "角色"), text("kind", "类型代码"), text("kind_name", "类型"), text("id", "编码"),
             text("name", "名称"), text("level", "级别"), text("zone_class", "分区/等级"),
             text("original_class", "原功能区"), text("version", "版本"), text("approval", "批复文号"),
             text("approved", "批复日期"), text("valid_from", "生效日期"), text("valid_to", "失效日期"),
             text("source_file", "来源文件"), text("source_layer", "来源图层"),
             integer("source_fid", "来源要素号")},
            GeometryKind::None};
}

TableSpec judgementsTable() {
    return {"judgements",
            "判定目录",
            {text("verdict", "判定"), integer("priority", "优先级"), text("rule", "规则号"),
             text("basis", "判定依据"), text("confidence", "依据把握(A/B/C)"),
             text("judged_class", "按何分区判定"), integer("converted", "按换算"),
             integer("fallback", "仅兜底规则")},
            GeometryKind::None};
}

} // namespace app
