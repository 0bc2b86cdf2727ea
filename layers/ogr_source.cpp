#include "layers/ogr_source.hpp"

#include "layers/encoding.hpp"
#include "layers/error.hpp"
#include "layers/file_bytes.hpp"
#include "layers/number_text.hpp"
#include "layers/ogr_handle.hpp"
#include "layers/spatialite.hpp"

#include <cpl_conv.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace layers {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPerFeatureBytes = 256; ///< reckoned beside the geometry, so that batches end

std::string dateText(OGRFeatureH feature, int field) {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int zone = 0;
    float second = 0;
    if (OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &day, &hour, &minute, &second, &zone) ==
        0) {
        return OGR_F_GetFieldAsString(feature, field);
    }
    const std::string date = fmt::format("{:04}-{:02}-{:02}", year, month, day);
    return hour == 0 && minute == 0 && second == 0
               ? date
               : fmt::format("{} {:02}:{:02}:{:02}", date, hour, minute, static_cast<int>(second));
}

/// The system as PROJ takes it: its EPSG code, else its text; empty where it says nothing.
std::string crsOf(OGRLayerH layer) {
    OGRSpatialReferenceH system = OGR_L_GetSpatialRef(layer);
    if (system == nullptr || OSRIsLocal(system) != 0) {
        return {};
    }
    const char* authority = OSRGetAuthorityName(system, nullptr);
    const char* code = OSRGetAuthorityCode(system, nullptr);
    if (authority != nullptr && code != nullptr && std::string(authority) == "EPSG") {
        return std::string("EPSG:") + code;
    }
    char* text = nullptr;
    const std::array<const char*, 2> options{"FORMAT=WKT2_2019", nullptr};
    const bool isDone = OSRExportToWktEx(system, &text, options.data()) == OGRERR_NONE && text != nullptr;
    std::string wkt = isDone ? text : "";
    CPLFree(text);
    return wkt;
}

/// Files of a dataset in name order; a geodatabase's lock files are not part of it.
std::vector<fs::path> membersOf(const fs::path& file) {
    std::error_code fault;
    if (!fs::is_directory(file, fault)) {
        return {file};
    }
    std::vector<fs::path> members;
    for (const auto& entry : fs::directory_iterator(file, fault)) {
        if (entry.is_regular_file(fault) && lowerExtension(entry.path()) != ".lock") {
            members.push_back(entry.path());
        }
    }
    std::sort(members.begin(), members.end());
    return members;
}

class OgrSource final : public FeatureSource {
  public:
    OgrSource(const LayerRef& ref, const OgrFormat& format, const ReadOptions& options, ProblemLog& log)
        : m_log(log), m_format(format.name), m_name(ref.file.filename().string()) {
        ogr::MessageCatcher catcher;
        std::string path = ref.file.string();
        if (format.drivers.front() == "SQLite") {
            m_spatialite.emplace(ref.file);
            path = m_spatialite->path().string();
        }
        m_isDrawing = format.drivers.front() == "DXF";
        std::vector<const char*> drivers;
        for (const std::string& driver : format.drivers) {
            drivers.push_back(driver.c_str());
        }
        const ogr::ConfigScope encoding("DXF_ENCODING", m_isDrawing ? options.encoding : "");
        m_dataset = ogr::openReadOnly(path, drivers);
        if (!m_dataset) {
            throw Error(
                fmt::format("{0}：无法作为 {1} 打开（{2}），可能已损坏，请重新取得数据 / cannot be opened as "
                            "{1}, it may be damaged: get the data again",
                            m_name, m_format, fmt::join(catcher.take(), "; ")));
        }
        chooseLayer(ref);
        describe(ref);
        tell(catcher.take());
    }

    [[nodiscard]] const SourceInfo& info() const override { return m_info; }

    [[nodiscard]] std::vector<RawFeature> read(std::size_t bytes) override {
        std::vector<RawFeature> batch;
        std::size_t taken = 0;
        ogr::MessageCatcher catcher;
        while (!m_isDone && taken < bytes) {
            const ogr::FeaturePtr feature(OGR_L_GetNextFeature(m_layer));
            if (!feature) {
                m_isDone = true;
                lookForLost(batch);
                break;
            }
            batch.push_back(featureOf(static_cast<OGRFeatureH>(feature.get())));
            taken += batch.back().wkb.size() + kPerFeatureBytes;
            ++m_read;
        }
        tell(catcher.take());
        return batch;
    }

  private:
    void chooseLayer(const LayerRef& ref) {
        std::vector<std::string> names;
        std::vector<std::string> filled;
        for (int n = 0; n < GDALDatasetGetLayerCount(m_dataset.get()); ++n) {
            OGRLayerH layer = GDALDatasetGetLayer(m_dataset.get(), n);
            if (layer == nullptr || OGR_L_GetGeomType(layer) == wkbNone) {
                continue;
            }
            names.emplace_back(OGR_L_GetName(layer));
            if (OGR_L_GetFeatureCount(layer, 0) != 0) {
                filled.push_back(names.back());
            }
        }
        // An empty layer beside the one that is meant needs no question.
        m_info.layer = layers::chooseLayer(ref, ref.layer.empty() && filled.size() == 1 ? filled : names);
        m_layer = GDALDatasetGetLayerByName(m_dataset.get(), m_info.layer.c_str());
    }

    void describe(const LayerRef& ref) {
        OGRFeatureDefnH definition = OGR_L_GetLayerDefn(m_layer);
        for (int n = 0; n < OGR_FD_GetFieldCount(definition); ++n) {
            OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, n);
            if (OGR_Fld_GetType(field) != OFTBinary) {
                m_fields.push_back(n);
                m_types.push_back(OGR_Fld_GetType(field));
                m_info.fields.push_back(
                    {utf8(OGR_Fld_GetNameRef(field), {}), ogr::fieldKind(m_types.back())});
            }
        }
        m_info.crs = crsOf(m_layer);
        m_info.crsReason = m_info.crs.empty() ? "" : "from the " + m_format;
        m_info.encoding = "UTF-8";
        m_info.encodingReason = m_format;
        constexpr std::int64_t kBelievable = 100'000'000;
        m_promised = OGR_L_GetFeatureCount(m_layer, 0);
        m_info.features = m_promised > 0 && m_promised < kBelievable ? m_promised : 0;
        m_info.members = membersOf(ref.file);
        OGR_L_ResetReading(m_layer);
    }

    /// Texts are UTF-8 in all these formats; what is not, is read as GB18030 and told.
    std::string utf8(const char* raw, const std::string& field) {
        std::string text = raw == nullptr ? "" : raw;
        if (isUtf8(text)) {
            return text;
        }
        Problem problem;
        problem.kind = ProblemKind::EncodingDoubtful;
        problem.field = field;
        problem.textZh = fmt::format("文本不是 UTF-8（{} 要求 UTF-8）", m_format);
        problem.textEn = fmt::format("text is not UTF-8, as a {} demands", m_format);
        problem.doneZh = "按 GB18030 读取";
        problem.doneEn = "read as GB18030";
        m_log.addGrouped(std::move(problem));
        return recoded(text, "GB18030").text;
    }

    RawFeature featureOf(OGRFeatureH from) {
        RawFeature feature;
        feature.id = OGR_F_GetFID(from);
        feature.values.resize(m_fields.size());
        for (std::size_t n = 0; n < m_fields.size(); ++n) {
            if (OGR_F_IsFieldSetAndNotNull(from, m_fields[n]) == 0) {
                continue;
            }
            if (m_types[n] == OFTReal) {
                feature.values[n] = numberText(OGR_F_GetFieldAsDouble(from, m_fields[n]));
            } else if (m_types[n] == OFTDate || m_types[n] == OFTDateTime) {
                feature.values[n] = dateText(from, m_fields[n]);
            } else {
                feature.values[n] = utf8(OGR_F_GetFieldAsString(from, m_fields[n]), m_info.fields[n].name);
            }
        }
        const ogr::GeometryPtr geometry(OGR_F_StealGeometry(from));
        takeGeometry(static_cast<OGRGeometryH>(geometry.get()), feature);
        return feature;
    }

    void takeGeometry(OGRGeometryH geometry, RawFeature& feature) {
        if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0) {
            return;
        }
        feature.isCurved = OGR_G_HasCurveGeometry(geometry, TRUE) != 0;
        ogr::dropEmptyHeights(geometry);
        feature.wkb = ogr::linearWkb(geometry);
        feature.geometry = RawFeature::Geometry::Wkb;
        constexpr int kRingLeast = 4;
        const bool isArea = m_isDrawing && OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) == wkbLineString &&
                            OGR_G_GetPointCount(geometry) >= kRingLeast && isClosed(geometry);
        if (!isArea) {
            return;
        }
        const ogr::GeometryPtr area(OGR_G_ForceToPolygon(OGR_G_Clone(geometry)));
        feature.wkb = ogr::linearWkb(static_cast<OGRGeometryH>(area.get()));
        Problem problem;
        problem.kind = ProblemKind::GeometryConverted;
        problem.severity = Severity::Info;
        problem.feature = feature.id;
        problem.textZh = "DXF 中的闭合线";
        problem.textEn = "closed lines in the DXF";
        problem.doneZh = "按面读取";
        problem.doneEn = "read as areas";
        m_log.addGrouped(std::move(problem));
    }

    static bool isClosed(OGRGeometryH line) {
        const int last = OGR_G_GetPointCount(line) - 1;
        return OGR_G_GetX(line, 0) == OGR_G_GetX(line, last) && OGR_G_GetY(line, 0) == OGR_G_GetY(line, last);
    }

    /// Fewer features than promised: the missing ones count as one that is damaged, so that no zone is lost
    /// in silence.
    void lookForLost(std::vector<RawFeature>& batch) {
        if (m_promised <= m_read) {
            return;
        }
        Problem problem;
        problem.kind = ProblemKind::FeaturesLost;
        problem.severity = Severity::Error;
        problem.count = m_promised - m_read;
        problem.textZh = fmt::format("文件记有 {} 个要素，只读到 {} 个", m_promised, m_read);
        problem.textEn = fmt::format("only {} of the {} features that the file promises could be read",
                                     m_read, m_promised);
        problem.doneZh = "能读的照读，请重新取得数据";
        problem.doneEn = "what can be read is read; get the data again";
        RawFeature& rest = batch.emplace_back();
        rest.id = m_read;
        rest.values.resize(m_fields.size());
        rest.geometry = RawFeature::Geometry::Damaged;
        rest.faultZh = problem.textZh;
        rest.faultEn = problem.textEn;
        m_log.add(std::move(problem));
    }

    void tell(const std::vector<std::string>& messages) {
        for (const std::string& message : messages) {
            Problem problem;
            problem.kind = ProblemKind::FileDamaged;
            problem.textZh = fmt::format("读取 {} 时的提示：{}", m_format, message);
            problem.textEn = fmt::format("while reading the {}: {}", m_format, message);
            problem.doneZh = "能读的照读";
            problem.doneEn = "what can be read is read";
            m_log.addGrouped(std::move(problem));
        }
    }

    ProblemLog& m_log;
    std::string m_format;
    std::string m_name;
    std::optional<SpatialiteFile> m_spatialite; ///< outlives what reads in it
    ogr::DatasetPtr m_dataset;
    OGRLayerH m_layer = nullptr;
    std::vector<int> m_fields;
    std::vector<OGRFieldType> m_types;
    SourceInfo m_info;
    std::int64_t m_promised = 0;
    std::int64_t m_read = 0;
    bool m_isDrawing = false;
    bool m_isDone = false;
};

} // namespace

const OgrFormat* ogrFormatOf(const fs::path& file) {
    static const OgrFormat kGeodatabase{{"OpenFileGDB"}, "FileGDB"};
    static const OgrFormat kFlatGeobuf{{"FlatGeobuf"}, "FlatGeobuf"};
    static const OgrFormat kSpatialite{{"SQLite"}, "SpatiaLite"};
    static const OgrFormat kDrawing{{"DXF"}, "DXF"};
    const std::string extension = lowerExtension(file);
    std::error_code fault;
    if (fs::is_directory(file, fault)) {
        return extension == ".gdb" ? &kGeodatabase : nullptr;
    }
    if (extension == ".fgb") {
        return &kFlatGeobuf;
    }
    if (extension == ".dxf") {
        return &kDrawing;
    }
    return isSpatialite(file) ? &kSpatialite : nullptr;
}

std::unique_ptr<FeatureSource> openOgr(const LayerRef& ref, const OgrFormat& format,
                                       const ReadOptions& options, ProblemLog& log) {
    return std::make_unique<OgrSource>(ref, format, options, log);
}

std::unique_ptr<FeatureSource> openAllowed(const LayerRef& ref, const ReadOptions& options,
                                           const std::string& supported, ProblemLog& log) {
    const std::string name = ref.file.filename().string();
    OgrFormat format;
    format.drivers = ogr::knownDrivers(options.allowDrivers);
    const std::string driver = ogr::driverOf(ref.file.string());
    if (format.drivers.empty() || (!driver.empty() && std::find(format.drivers.begin(), format.drivers.end(),
                                                                driver) == format.drivers.end())) {
        const std::string hint =
            driver.empty()
                ? std::string()
                : fmt::format(
                      "\n  看来是 GDAL 驱动 {0} 的文件，默认不打开（可能引用其他文件或网络）；确实可信时用 "
                      "--allow-driver {0} / it looks like a file of GDAL's driver {0}, which stays shut (it "
                      "may open other files or the network): if you trust it, --allow-driver {0}",
                      driver);
        throw Error(fmt::format(
            "{}：不支持的格式；{}\n  其他格式可用 --allow-driver 名称 指定 GDAL 驱动打开 / others "
            "can be opened with --allow-driver NAME (a GDAL driver){}",
            name, supported, hint));
    }
    format.name = fmt::format("{}", fmt::join(format.drivers, ", "));
    Problem problem;
    problem.kind = ProblemKind::DriverAllowed;
    problem.textZh = fmt::format("按 --allow-driver 用 GDAL 驱动 {} 打开", format.name);
    problem.textEn = fmt::format("opened with GDAL's driver {}, by --allow-driver", format.name);
    problem.doneZh = "照读；它引用的其他文件不计入 sha256";
    problem.doneEn = "read; other files that it refers to are not in the sha256";
    log.add(std::move(problem));
    return openOgr(ref, format, options, log);
}

} // namespace layers
