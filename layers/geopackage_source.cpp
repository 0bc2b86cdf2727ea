#include "layers/encoding.hpp"
#include "layers/error.hpp"
#include "layers/feature_source.hpp"
#include "layers/number_text.hpp"
#include "layers/sqlite_handle.hpp"
#include "layers/text.hpp"

#include <SQLiteCpp/Exception.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace layers {

namespace {

constexpr std::size_t kPerFeatureBytes = 256; ///< reckoned beside the geometry, so that batches end

struct GeometryColumn {
    std::string table;
    std::string column;
    std::int64_t srs = 0;
};

FieldKind kindOfType(const std::string& declared) {
    const std::string type = upperAscii(declared);
    for (const char* word : {"INT", "REAL", "DOUB", "FLOA", "NUM", "DEC"}) {
        if (type.find(word) != std::string::npos) {
            return FieldKind::Number;
        }
    }
    return type.find("DATE") != std::string::npos ? FieldKind::Date : FieldKind::Text;
}

/// The well-known binary inside a GeoPackage geometry; Damaged when the header does not fit.
void unpackBlob(std::span<const std::byte> blob, RawFeature& feature) {
    constexpr std::size_t kFixedBytes = 8;
    constexpr std::size_t kFlagsAt = 3;
    constexpr unsigned kEmptyFlag = 0x10;
    constexpr std::array<std::size_t, 8> kEnvelopeBytes{0, 32, 48, 48, 64, 0, 0, 0};
    const bool isGp = blob.size() >= kFixedBytes && std::to_integer<char>(blob[0]) == 'G' &&
                      std::to_integer<char>(blob[1]) == 'P';
    const unsigned flags = isGp ? std::to_integer<unsigned>(blob[kFlagsAt]) : 0;
    const std::size_t start = kFixedBytes + kEnvelopeBytes[(flags >> 1U) & 7U];
    if (!isGp || blob.size() < start) {
        feature.geometry = RawFeature::Geometry::Damaged;
        feature.faultZh = "几何不是 GeoPackage 格式";
        feature.faultEn = "the geometry is not a GeoPackage blob";
        return;
    }
    if ((flags & kEmptyFlag) != 0) {
        return;
    }
    feature.geometry = RawFeature::Geometry::Wkb;
    feature.wkb.assign(blob.begin() + static_cast<std::ptrdiff_t>(start), blob.end());
}

class GeoPackageSource final : public FeatureSource {
  public:
    GeoPackageSource(const LayerRef& ref, ProblemLog& log)
        : m_log(log), m_name(ref.file.filename().string()), m_file(ref.file) {
        m_info.members = {ref.file};
        m_info.encoding = "UTF-8";
        m_info.encodingReason = "GeoPackage";
        chooseTable(ref);
        readColumns();
        readCrs();
        checkConformance();
        countFeatures();
        openRows();
    }

    [[nodiscard]] const SourceInfo& info() const override { return m_info; }
    [[nodiscard]] std::vector<RawFeature> read(std::size_t bytes) override;

  private:
    void chooseTable(const LayerRef& ref);
    void readColumns();
    void readCrs();
    void checkConformance();
    void countFeatures();
    void openRows();
    void damaged(const std::string& what);
    [[nodiscard]] std::string value(int column);

    ProblemLog& m_log;
    std::string m_name;
    sqlite::ReadOnlyFile m_file;
    GeometryColumn m_geometry;
    SourceInfo m_info;
    std::vector<std::string> m_columns; ///< source names of the fields
    std::string m_key;                  ///< INTEGER PRIMARY KEY column, or empty
    bool m_isView = false;
    bool m_done = false;
    std::int64_t m_row = 0;
    sqlite::StatementPtr m_rows;
};

void GeoPackageSource::chooseTable(const LayerRef& ref) {
    std::vector<GeometryColumn> found;
    try {
        const auto rows =
            sqlite::prepare(m_file.database(),
                            "SELECT g.table_name, g.column_name, g.srs_id FROM gpkg_geometry_columns g JOIN "
                            "gpkg_contents c ON lower(c.table_name) = lower(g.table_name) ORDER BY c.rowid");
        while (sqlite3_step(rows.get()) == SQLITE_ROW) {
            found.push_back({sqlite::textColumn(rows.get(), 0), sqlite::textColumn(rows.get(), 1),
                             sqlite3_column_int64(rows.get(), 2)});
        }
    } catch (const Error& e) {
        throw Error(m_name + "：SQLite 文件中没有 GeoPackage 的图层表（" + e.what() +
                    "）；支持 Shapefile、GeoPackage、GeoJSON、KML / an SQLite file without GeoPackage "
                    "layers; Shapefile, GeoPackage, "
                    "GeoJSON and KML are supported");
    }
    std::vector<std::string> names;
    std::vector<std::string> filled;
    for (const GeometryColumn& column : found) {
        names.push_back(column.table);
        const auto first =
            sqlite::prepare(m_file.database(), "SELECT 1 FROM " + sqlite::quoted(column.table) + " LIMIT 1");
        if (sqlite3_step(first.get()) == SQLITE_ROW) {
            filled.push_back(column.table);
        }
    }
    // An empty layer beside the one that is meant needs no question.
    m_info.layer = chooseLayer(ref, ref.layer.empty() && filled.size() == 1 ? filled : names);
    m_geometry = *std::find_if(found.begin(), found.end(),
                               [&](const GeometryColumn& c) { return c.table == m_info.layer; });
}

void GeoPackageSource::readColumns() {
    const auto rows =
        sqlite::prepare(m_file.database(), "PRAGMA table_info(" + sqlite::quoted(m_geometry.table) + ")");
    while (sqlite3_step(rows.get()) == SQLITE_ROW) {
        const std::string name = sqlite::textColumn(rows.get(), 1);
        const std::string type = sqlite::textColumn(rows.get(), 2);
        const bool isKey = sqlite3_column_int(rows.get(), 5) == 1 && upperAscii(type) == "INTEGER";
        if (isKey) {
            m_key = name;
        }
        const std::string upper = upperAscii(name);
        if (upper == upperAscii(m_geometry.column) || upperAscii(type) == "BLOB" ||
            (isKey && (upper == "FID" || upper == "OGC_FID")) || (m_key.empty() && upper == "FID")) {
            continue;
        }
        m_columns.push_back(name);
        m_info.fields.push_back({name, kindOfType(type)});
    }
    const auto kind =
        sqlite::prepare(m_file.database(), "SELECT type FROM sqlite_master WHERE lower(name) = lower(?)");
    sqlite3_bind_text(kind.get(), 1, m_geometry.table.c_str(), -1, SQLITE_TRANSIENT);
    m_isView = sqlite3_step(kind.get()) == SQLITE_ROW && sqlite::textColumn(kind.get(), 0) == "view";
}

void GeoPackageSource::readCrs() {
    m_info.crsReason = "from the GeoPackage, srs_id " + std::to_string(m_geometry.srs);
    const auto row =
        sqlite::prepare(m_file.database(), "SELECT organization, organization_coordsys_id, definition FROM "
                                           "gpkg_spatial_ref_sys WHERE srs_id = ?");
    sqlite3_bind_int64(row.get(), 1, m_geometry.srs);
    if (m_geometry.srs <= 0 || sqlite3_step(row.get()) != SQLITE_ROW) {
        return; // 0 and -1 are the standard's "undefined"
    }
    const std::string organization = upperAscii(sqlite::textColumn(row.get(), 0));
    const std::string definition = sqlite::textColumn(row.get(), 2);
    const bool defined = !definition.empty() && upperAscii(definition) != "UNDEFINED";
    if (organization == "EPSG") {
        m_info.crs = "EPSG:" + sqlite::textColumn(row.get(), 1);
    } else if (defined) {
        m_info.crs = definition;
    }
}

void GeoPackageSource::checkConformance() {
    constexpr std::array<std::uint32_t, 3> kApplicationIds{0x47504B47, 0x47503130,
                                                           0x47503131}; // GPKG, GP10, GP11
    std::string zh;
    std::string en;
    const auto note = [&](const char* inZh, const char* inEn) {
        zh += (zh.empty() ? "" : "；") + std::string(inZh);
        en += (en.empty() ? "" : "; ") + std::string(inEn);
    };
    if (std::find(kApplicationIds.begin(), kApplicationIds.end(), m_file.applicationId()) ==
        kApplicationIds.end()) {
        note("application_id 不是 GPKG", "its application_id is not GPKG");
    }
    if (m_key.empty() && !m_isView) {
        note("图层表没有整数主键", "the layer's table has no integer primary key");
    }
    if (m_geometry.srs > 0 && m_info.crs.empty()) {
        note("gpkg_spatial_ref_sys 中没有该坐标系", "gpkg_spatial_ref_sys lacks its coordinate system");
    }
    if (zh.empty()) {
        return;
    }
    Problem problem;
    problem.kind = ProblemKind::FileDamaged;
    problem.textZh = "GeoPackage 不合规范：" + zh;
    problem.textEn = "not a conformant GeoPackage: " + en;
    problem.doneZh = "能读的照读";
    problem.doneEn = "what can be read is read";
    m_log.add(std::move(problem));
}

void GeoPackageSource::countFeatures() {
    // Only a hint for progress; that it cannot be read is how a damaged file shows without reading all of it.
    sqlite3* handle = m_file.database().getHandle();
    sqlite3_stmt* statement = nullptr;
    const int prepared = sqlite3_prepare_v2(
        handle, "SELECT feature_count FROM gpkg_ogr_contents WHERE lower(table_name) = lower(?)", -1,
        &statement, nullptr);
    const sqlite::StatementPtr owned(statement);
    int status = prepared;
    if (prepared == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, m_geometry.table.c_str(), -1, SQLITE_TRANSIENT);
        status = sqlite3_step(statement);
    }
    if (status == SQLITE_ROW) {
        constexpr std::int64_t kBelievable = 100'000'000;
        const std::int64_t claimed = sqlite3_column_int64(statement, 0);
        m_info.features = claimed > 0 && claimed < kBelievable ? claimed : 0;
    } else if (status == SQLITE_CORRUPT || status == SQLITE_NOTADB) {
        damaged("gpkg_ogr_contents");
    }
}

void GeoPackageSource::damaged(const std::string& what) {
    const std::string faults = m_file.integrityFaults();
    Problem problem;
    problem.kind = ProblemKind::FileDamaged;
    problem.severity = Severity::Error;
    problem.textZh = "数据库已损坏（" + what + "），完整性检查 PRAGMA quick_check：" + faults;
    problem.textEn = "the database is damaged (" + what + "), integrity check PRAGMA quick_check: " + faults;
    problem.doneZh = "能读的照读，请重新取得数据";
    problem.doneEn = "what can be read is read; get the data again";
    m_log.add(std::move(problem));
}

void GeoPackageSource::openRows() {
    std::string key = m_isView ? "0" : "rowid";
    if (!m_key.empty()) {
        key = sqlite::quoted(m_key);
    }
    std::string sql = "SELECT " + key + ", " + sqlite::quoted(m_geometry.column);
    for (const std::string& column : m_columns) {
        sql += ", " + sqlite::quoted(column);
    }
    m_rows = sqlite::prepare(m_file.database(), sql + " FROM " + sqlite::quoted(m_geometry.table));
}

std::string GeoPackageSource::value(int column) {
    switch (sqlite3_column_type(m_rows.get(), column)) {
    case SQLITE_INTEGER:
        return std::to_string(sqlite3_column_int64(m_rows.get(), column));
    case SQLITE_FLOAT:
        return numberText(sqlite3_column_double(m_rows.get(), column));
    case SQLITE_TEXT: {
        std::string text = sqlite::textColumn(m_rows.get(), column);
        if (isUtf8(text)) {
            return text;
        }
        Problem problem;
        problem.kind = ProblemKind::EncodingDoubtful;
        problem.field = m_columns[static_cast<std::size_t>(column - 2)];
        problem.textZh = "文本不是 UTF-8（GeoPackage 要求 UTF-8）";
        problem.textEn = "text is not UTF-8, as a GeoPackage demands";
        problem.doneZh = "按 GB18030 读取";
        problem.doneEn = "read as GB18030";
        m_log.addGrouped(std::move(problem));
        return recoded(text, "GB18030").text;
    }
    default:
        return {};
    }
}

std::vector<RawFeature> GeoPackageSource::read(std::size_t bytes) {
    std::vector<RawFeature> batch;
    std::size_t taken = 0;
    while (!m_done && taken < bytes) {
        const int status = sqlite3_step(m_rows.get());
        if (status != SQLITE_ROW) {
            m_done = true;
            if (status != SQLITE_DONE) {
                const std::string reason = sqlite3_errmsg(m_file.database().getHandle());
                damaged(m_info.layer + ": " + reason);
                RawFeature& rest = batch.emplace_back();
                rest.id = m_row;
                rest.values.resize(m_columns.size());
                rest.geometry = RawFeature::Geometry::Damaged;
                rest.faultZh = "数据库在此处损坏，其后的要素无法读取（" + reason + "）";
                rest.faultEn =
                    "the database is damaged here, the features behind it cannot be read (" + reason + ")";
            }
            break;
        }
        RawFeature& feature = batch.emplace_back();
        feature.id = m_isView && m_key.empty() ? m_row : sqlite3_column_int64(m_rows.get(), 0);
        m_row = feature.id + 1;
        const void* blob = sqlite3_column_blob(m_rows.get(), 1);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_rows.get(), 1));
        if (blob != nullptr) {
            unpackBlob({static_cast<const std::byte*>(blob), size}, feature);
        }
        feature.values.reserve(m_columns.size());
        for (std::size_t n = 0; n < m_columns.size(); ++n) {
            feature.values.push_back(value(static_cast<int>(n) + 2));
        }
        taken += size + kPerFeatureBytes;
    }
    return batch;
}

} // namespace

std::unique_ptr<FeatureSource> openGeoPackage(const LayerRef& ref, ProblemLog& log) {
    return std::make_unique<GeoPackageSource>(ref, log);
}

} // namespace layers
