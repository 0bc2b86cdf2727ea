#include "layers/error.hpp"
#include "layers/gbk_text.hpp"
#include "layers/vector_writer.hpp"

#include "geo/wkb.hpp"

#include <cpl_error.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>

namespace layers {

namespace {

constexpr std::size_t kTextMost = 254;
constexpr std::size_t kNameMost = 10;
constexpr int kNumberMost = 18;
constexpr int kChina2000 = 4490;

/// One of our columns as it stands in the DBF: in one field, or in several numbered ones.
struct DbfColumn {
    std::size_t source = 0; ///< in the table
    std::vector<std::string> names;
    int width = 0;
};

/// Everything of the rows that the files share.
struct DbfRows {
    std::vector<DbfColumn> columns;
    std::vector<std::vector<GbkText>> texts; ///< by column (of text type), by row
    std::vector<Problem> problems;
};

bool isText(const TableSpec& spec, std::size_t column) {
    return spec.columns[column].type == ColumnType::Text;
}

Problem replacedProblem(const std::filesystem::path& file, const Column& column,
                        const std::set<std::string>& characters, std::int64_t cells, std::int64_t firstRow) {
    Problem problem;
    problem.kind = ProblemKind::CharacterReplaced;
    problem.severity = Severity::Warning;
    problem.file = file.filename().string();
    problem.layer = file.stem().string();
    problem.feature = firstRow;
    problem.field = column.header.empty() ? column.name : column.header;
    problem.count = cells;
    const std::string list = fmt::format("{}", fmt::join(characters, "、"));
    problem.textZh = fmt::format("GBK 编码没有以下字符: {}", list);
    problem.textEn = fmt::format("GBK lacks these characters: {}", list);
    problem.doneZh = "Shapefile 中写为〓，其他成果中保持原字";
    problem.doneEn = "written 〓 in the Shapefile, kept in all other outputs";
    return problem;
}

/// Encodes all texts of a column, and tells what GBK could not hold.
void encodeColumn(const std::filesystem::path& file, const TableSpec& spec,
                  const std::vector<VectorRow>& rows, std::size_t column, GbkEncoder& encoder, DbfRows& dbf) {
    std::vector<GbkText> texts(rows.size());
    std::set<std::string> lost;
    std::int64_t cells = 0;
    std::int64_t firstRow = -1;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (const auto* text = std::get_if<std::string>(&rows[row].values[column])) {
            texts[row] = encoder.encode(*text);
            if (!texts[row].replaced.empty()) {
                lost.insert(texts[row].replaced.begin(), texts[row].replaced.end());
                firstRow = cells == 0 ? static_cast<std::int64_t>(row) : firstRow;
                ++cells;
            }
        }
    }
    if (cells > 0) {
        dbf.problems.push_back(replacedProblem(file, spec.columns[column], lost, cells, firstRow));
    }
    dbf.texts.push_back(std::move(texts));
}

/// A text column gets room for twice its characters (a Hanzi takes two bytes), or for its longest text; from
/// 254 bytes on it is split.
DbfColumn textColumn(const Column& column, std::size_t source, const std::vector<GbkText>& texts) {
    DbfColumn dbf{source, {}, 0};
    std::size_t longest = std::max<std::size_t>(1, 2 * static_cast<std::size_t>(column.width));
    longest = std::min(longest, kTextMost);
    std::size_t parts = 1;
    for (const GbkText& text : texts) {
        longest = std::max(longest, text.bytes.size());
        if (text.bytes.size() > kTextMost) {
            parts = std::max(parts, splitForGbk(text, kTextMost).size());
        }
    }
    dbf.width = static_cast<int>(std::min(longest, kTextMost));
    for (std::size_t part = 1; part <= parts; ++part) {
        const std::string suffix = parts == 1 ? "" : std::to_string(part);
        dbf.names.push_back(column.field.substr(0, kNameMost - suffix.size()) + suffix);
    }
    return dbf;
}

DbfColumn numberColumn(const Column& column, std::size_t source, const std::vector<VectorRow>& rows) {
    int width = std::max(1, column.width);
    for (const VectorRow& row : rows) {
        if (const auto* integer = std::get_if<std::int64_t>(&row.values[source])) {
            width = std::max(width, static_cast<int>(fmt::formatted_size("{}", *integer)));
        } else if (const auto* real = std::get_if<double>(&row.values[source])) {
            width = std::max(width, static_cast<int>(fmt::formatted_size("{:.{}f}", *real, column.decimals)));
        }
    }
    return {source, {column.field}, std::min(width, kNumberMost)};
}

DbfRows prepare(const std::filesystem::path& file, const TableSpec& spec,
                const std::vector<VectorRow>& rows) {
    DbfRows dbf;
    GbkEncoder encoder;
    for (std::size_t column = 0; column < spec.columns.size(); ++column) {
        const Column& described = spec.columns[column];
        if (described.field.empty()) {
            continue;
        }
        if (described.field.size() > kNameMost) {
            throw Error(fmt::format(
                "Shapefile 字段名 {} 超过 {} 字节 / the Shapefile field {} is longer than {} bytes",
                described.field, kNameMost, described.field, kNameMost));
        }
        if (isText(spec, column)) {
            encodeColumn(file, spec, rows, column, encoder, dbf);
            dbf.columns.push_back(textColumn(described, column, dbf.texts.back()));
        } else {
            dbf.texts.emplace_back();
            dbf.columns.push_back(numberColumn(described, column, rows));
        }
    }
    return dbf;
}

/// One Shapefile being written through OGR.
class ShapefileFile {
  public:
    ShapefileFile(std::filesystem::path file, OGRwkbGeometryType type, const TableSpec& spec,
                  const DbfRows& dbf, const std::string& date)
        : m_file(std::move(file)), m_type(type), m_spec(spec), m_dbf(dbf) {
        if (GDALGetDriverByName("ESRI Shapefile") == nullptr) {
            RegisterOGRShape();
        }
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("ESRI Shapefile");
        CPLErrorReset();
        m_dataset.reset(driver->Create(m_file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        if (!m_dataset) {
            fail("create");
        }
        OGRSpatialReference china2000;
        china2000.importFromEPSG(kChina2000);
        CPLStringList options;
        options.SetNameValue("ENCODING", "LDID/77");
        options.SetNameValue("DBF_DATE_LAST_UPDATE", date.c_str());
        m_layer = m_dataset->CreateLayer(m_file.stem().c_str(), &china2000, m_type, options.List());
        if (m_layer == nullptr) {
            fail("create");
        }
        createFields();
    }

    void addRow(const VectorRow& row, std::size_t number) {
        OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(m_layer->GetLayerDefn()));
        int field = 0;
        for (std::size_t i = 0; i < m_dbf.columns.size(); ++i) {
            const DbfColumn& column = m_dbf.columns[i];
            const Value& value = row.values[column.source];
            if (std::holds_alternative<std::string>(value) && isText(m_spec, column.source)) {
                const std::vector<std::string> parts = splitForGbk(m_dbf.texts[i][number], kTextMost);
                for (std::size_t part = 0; part < parts.size(); ++part) {
                    feature->SetField(field + static_cast<int>(part), parts[part].c_str());
                }
            } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
                feature->SetField(field, static_cast<GIntBig>(*integer));
            } else if (const auto* real = std::get_if<double>(&value)) {
                feature->SetField(field, *real);
            }
            field += static_cast<int>(column.names.size());
        }
        if (!row.shape.isEmpty()) {
            geo::appendWkb(row.shape, m_wkb);
            OGRGeometry* geometry = nullptr;
            if (OGRGeometryFactory::createFromWkb(m_wkb.data(), nullptr, &geometry, m_wkb.size()) !=
                OGRERR_NONE) {
                fail("write a shape");
            }
            feature->SetGeometryDirectly(
                m_type == wkbMultiPoint ? OGRGeometryFactory::forceToMultiPoint(geometry) : geometry);
        }
        if (m_layer->CreateFeature(feature.get()) != OGRERR_NONE) {
            fail(fmt::format("write row {}", number + 1));
        }
    }

    void close() {
        CPLErrorReset();
        m_dataset.reset();
        if (CPLGetLastErrorType() >= CE_Failure) {
            fail("finish");
        }
        // The .cpg decides for most readers, the LDID for the others; both say GBK.
        std::ofstream cpg(std::filesystem::path(m_file).replace_extension(".cpg"), std::ios::binary);
        cpg << "GBK";
        cpg.close();
        if (!cpg) {
            fail("write the .cpg");
        }
    }

  private:
    void createFields() {
        for (const DbfColumn& column : m_dbf.columns) {
            const Column& described = m_spec.columns[column.source];
            for (const std::string& name : column.names) {
                OGRFieldDefn field(name.c_str(), described.type == ColumnType::Text      ? OFTString
                                                 : described.type == ColumnType::Integer ? OFTInteger64
                                                                                         : OFTReal);
                field.SetWidth(column.width);
                if (described.type == ColumnType::Real) {
                    field.SetPrecision(described.decimals);
                }
                if (m_layer->CreateField(&field) != OGRERR_NONE) {
                    fail("create field " + name);
                }
            }
        }
    }

    [[noreturn]] void fail(const std::string& what) const {
        throw Error(fmt::format("无法写入 {} / cannot {} {}: {}", m_file.string(), what, m_file.string(),
                                CPLGetLastErrorMsg()));
    }

    std::filesystem::path m_file;
    OGRwkbGeometryType m_type;
    const TableSpec& m_spec;
    const DbfRows& m_dbf;
    GDALDatasetUniquePtr m_dataset;
    OGRLayer* m_layer = nullptr;
    std::vector<std::byte> m_wkb;
};

/// Type of the file for rows of a kind; points with several places need a type of their own.
OGRwkbGeometryType fileType(GeometryKind kind, const std::vector<VectorRow>& rows) {
    if (kind == GeometryKind::Point) {
        const bool hasMany = std::any_of(rows.begin(), rows.end(),
                                         [](const VectorRow& row) { return row.shape.points.size() > 1; });
        return hasMany ? wkbMultiPoint : wkbPoint;
    }
    return kind == GeometryKind::Line ? wkbLineString : wkbPolygon;
}

const char* suffixOf(GeometryKind kind) {
    return kind == GeometryKind::Point ? "_point" : kind == GeometryKind::Line ? "_line" : "";
}

std::string quoted(std::string text) {
    std::size_t at = 0;
    while ((at = text.find('"', at)) != std::string::npos) {
        text.insert(at, 1, '"');
        at += 2;
    }
    return '"' + text + '"';
}

void writeDictionary(const std::filesystem::path& file, const TableSpec& spec, const DbfRows& dbf) {
    std::filesystem::path target = file;
    target.replace_filename(file.stem().string() + "_fields.csv");
    std::ofstream out(target, std::ios::binary);
    out << "\xEF\xBB\xBF"
        << "字段,含义,英文名,类型,宽度,小数位,说明\r\n";
    for (const DbfColumn& column : dbf.columns) {
        const Column& described = spec.columns[column.source];
        for (std::size_t part = 0; part < column.names.size(); ++part) {
            const char* type = described.type == ColumnType::Text      ? "文本"
                               : described.type == ColumnType::Integer ? "整数"
                                                                       : "小数";
            const std::string note = column.names.size() == 1 ? std::string()
                                                              : fmt::format("第{}段，共{}段，依次相接",
                                                                            part + 1, column.names.size());
            out << column.names[part] << ',' << quoted(described.header) << ',' << described.name << ','
                << type << ',' << column.width << ',' << described.decimals << ',' << note << "\r\n";
        }
    }
    out.close();
    if (!out) {
        throw Error(fmt::format("无法写入 {} / cannot write {}", target.string(), target.string()));
    }
}

} // namespace

std::vector<ShapefilePart> shapefileParts(const std::filesystem::path& file,
                                          const std::vector<VectorRow>& rows) {
    std::vector<ShapefilePart> parts;
    for (const GeometryKind kind : {GeometryKind::Area, GeometryKind::Line, GeometryKind::Point}) {
        const auto count = std::count_if(rows.begin(), rows.end(), [kind](const VectorRow& row) {
            return geometryKind(row.shape.dimension()) == kind;
        });
        if (count > 0) {
            parts.push_back({file, kind, count});
        }
    }
    if (parts.empty()) {
        parts.push_back({file, GeometryKind::Area, 0});
    }
    for (ShapefilePart& part : parts) {
        if (parts.size() > 1) {
            part.file.replace_filename(file.stem().string() + suffixOf(part.kind) +
                                       file.extension().string());
        }
    }
    return parts;
}

std::vector<Problem> writeShapefile(const std::filesystem::path& file, const TableSpec& spec,
                                    const std::vector<VectorRow>& rows, const std::string& date) {
    const CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    const DbfRows dbf = prepare(file, spec, rows);
    for (const ShapefilePart& part : shapefileParts(file, rows)) {
        ShapefileFile shapefile(part.file, fileType(part.kind, rows), spec, dbf, date);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (geometryKind(rows[row].shape.dimension()) == part.kind) {
                shapefile.addRow(rows[row], row);
            }
        }
        shapefile.close();
    }
    writeDictionary(file, spec, dbf);
    return dbf.problems;
}

} // namespace layers
