#include "app/report/problem_words.hpp"

namespace app {

std::string_view problemKindNameZh(layers::ProblemKind kind) {
    using enum layers::ProblemKind;
    switch (kind) {
    case FileDamaged:
        return "文件损坏";
    case FeaturesLost:
        return "要素缺失";
    case MemberMissing:
        return "附属文件缺失";
    case EncodingGuessed:
        return "编码为推断";
    case EncodingDoubtful:
        return "编码存疑";
    case CrsAssumed:
        return "坐标系为指定";
    case CrsSuspicious:
        return "坐标系存疑";
    case FieldMissing:
        return "字段缺失";
    case FieldAmbiguous:
        return "字段不唯一";
    case ValueUnknown:
        return "取值未识别";
    case ValueUnreadable:
        return "取值无法读取";
    case ValueSubstituted:
        return "取值用默认值";
    case GeometryMissing:
        return "无图形";
    case GeometryRepaired:
        return "图形已修复";
    case GeometryRejected:
        return "图形无法使用";
    case GeometryPartDropped:
        return "图形部分舍弃";
    case GeometryConverted:
        return "图形已转换";
    case DuplicateId:
        return "编号重复";
    case DuplicatePatch:
        return "图斑重复";
    case PatchesOverlap:
        return "图斑互相重叠";
    case ZonesOverlap:
        return "管控区互相重叠";
    case ZoneLeftOut:
        return "管控区未参与";
    case OutsideAdmin:
        return "超出行政区";
    case CountyWithoutZones:
        return "县域无管控区数据";
    case AreaDiffers:
        return "面积不符";
    case ClassConverted:
        return "按原功能区换算";
    case RuleFallback:
        return "仅兜底规则";
    case EngineFallback:
        return "整体叠加";
    case CharacterReplaced:
        return "字符已替换";
    case TableJoined:
        return "属性表已连接";
    case JoinUnmatched:
        return "连接不上";
    case JoinAmbiguous:
        return "连接键不唯一";
    case MaskVectorised:
        return "掩膜矢量化";
    case BelowLeastArea:
        return "小于最小图斑";
    case DateSuspicious:
        return "日期存疑";
    case ZoneOutOfForce:
        return "管控区不在有效期";
    case DriverAllowed:
        return "额外驱动打开";
    case FarFromAdmin:
        return "远离行政区";
    case DateMissing:
        return "日期缺失";
    }
    return "";
}

std::string_view severityNameZh(layers::Severity severity) {
    switch (severity) {
    case layers::Severity::Info:
        return "提示";
    case layers::Severity::Warning:
        return "警告";
    case layers::Severity::Error:
        return "错误";
    }
    return "";
}

} // namespace app
