#include "layers/list_columns.hpp"

namespace layers {

const std::vector<Column>& listColumns() {
    using enum ColumnType;
    // domain.md 4.1; text widths are characters. What the field fills in has room for handwriting typed up
    // later.
    static const std::vector<Column> columns{
        {"number", "XH", "序号", Integer, 5, 0},
        {"task_number", "RWBH", "任务编号", Text, 24, 0},
        {"patch_id", "TBBH", "原图斑编号", Text, 40, 0},
        {"batch", "JCPC", "监测批次", Text, 20, 0},
        {"city", "SHI", "市(州)", Text, 20, 0},
        {"county", "XIAN", "县(市)", Text, 20, 0},
        {"county_code", "XZQDM", "县代码", Text, 6, 0},
        {"township", "XIANG", "乡镇(村)", Text, 40, 0},
        {"zone_kind", "GKLX", "管控区类型", Text, 40, 0},
        {"zone_name", "GKMC", "管控区名称", Text, 100, 0},
        {"level", "BHDJB", "级别", Text, 8, 0},
        {"zone_class", "GNFQ", "分区/等级", Text, 16, 0},
        {"original_class", "YGNFQ", "原功能区", Text, 8, 0},
        {"activity", "HDLX", "人类活动类型", Text, 20, 0},
        {"change", "BHQK", "变化情况", Text, 8, 0},
        {"earlier", "QSX", "前时相", Text, 10, 0},
        {"later", "HSX", "后时相", Text, 10, 0},
        {"longitude", "ZXJD", "中心经度", Real, 11, 6},
        {"latitude", "ZXWD", "中心纬度", Real, 11, 6},
        {"dms", "DFM", "经纬度(度分秒)", Text, 40, 0},
        {"area_ha", "MJ", "图斑面积(公顷)", Real, 12, 4},
        {"covered_ha", "SJMJ", "涉及面积(公顷)", Real, 12, 4},
        {"covered_percent", "SJBL", "涉及比例(%)", Real, 6, 2},
        {"strictest_ha", "ZYMJ", "其中最严分区面积(公顷)", Real, 12, 4},
        {"verdict", "PD", "初步判定", Text, 12, 0},
        {"priority", "YXJ", "优先级", Integer, 1, 0},
        {"basis", "YJ", "判定依据", Text, 250, 0},
        {"other_zones", "QTGK", "涉及其他管控区", Text, 200, 0},
        {"history", "LSBD", "历史比对", Text, 40, 0},
        {"hints", "TS", "提示", Text, 100, 0},
        {"responsible", "ZRDW", "责任单位", Text, 40, 0},
        {"partners", "PHDW", "配合单位", Text, 60, 0},
        {"deadline", "WCSX", "完成时限", Text, 10, 0},
        {"conclusion", "HCJL", "核查结论", Text, 40, 0},
        {"situation", "XZMS", "现状描述", Text, 120, 0},
        {"builder", "JSDW", "建设单位(当事人)", Text, 60, 0},
        {"built_when", "JCSJ", "建成或动工时间", Text, 20, 0},
        {"permits", "SXQK", "手续情况", Text, 120, 0},
        {"illegal", "SFWG", "是否违法违规", Text, 8, 0},
        {"measures", "ZGCS", "拟整改措施及时限", Text, 120, 0},
        {"inspector", "HCR", "核查人", Text, 40, 0},
        {"inspected_on", "HCRQ", "核查日期", Text, 10, 0},
        {"remarks", "BZ", "备注", Text, 120, 0},
    };
    return columns;
}

} // namespace layers
