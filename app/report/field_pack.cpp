#include "app/report/field_pack.hpp"

#include "app/report/field_files.hpp"
#include "app/report/results_tables.hpp"
#include "layers/cell_text.hpp"
#include "layers/error.hpp"
#include "layers/sha256.hpp"
#include "layers/zip_writer.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace app {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kManifest = "manifest.json";
constexpr const char* kReadme = "README.txt";
constexpr const char* kSheets = "sheets";

/// Makes the members of one pack in a folder and puts them into the archive.
class PackFolder {
  public:
    PackFolder(fs::path work, const CheckResult& result, const PackOrigin& origin, const FieldPack& pack)
        : m_work(std::move(work)), m_result(result), m_origin(origin), m_pack(pack) {}

    WrittenPack write(const fs::path& archive, geo::Progress& progress) {
        const std::vector<layers::VectorRow> rows =
            fieldRows(m_result, listedOf(m_pack), m_origin.policy.cases);
        count(rows);
        writeFiles(rows);
        progress.checkCancelled();
        writeProject(rows);
        addSheets();
        writeExportFile(file(kExportFile), {m_pack.exportKey, m_result.batch, true});
        writeReadme();
        writeManifest();
        progress.checkCancelled();
        zip(archive);
        return std::move(m_written);
    }

  private:
    [[nodiscard]] fs::path file(const std::string& name) const { return m_work / name; }
    [[nodiscard]] std::string marked(const std::string& title) const {
        return m_origin.policy.mark.empty() ? title : title + "（" + m_origin.policy.mark + "）";
    }

    void count(const std::vector<layers::VectorRow>& rows) {
        for (const layers::VectorRow& row : rows) {
            const geo::Dimension dimension = row.shape.dimension();
            ++(dimension == geo::Dimension::Point  ? m_written.points
               : dimension == geo::Dimension::Line ? m_written.lines
                                                   : m_written.areas);
        }
        m_written.zones = static_cast<std::int64_t>(m_pack.zones.size());
    }

    void writeFiles(const std::vector<layers::VectorRow>& rows) {
        const std::string stem = m_pack.stem + "_patches";
        const std::string title =
            marked(fmt::format("疑似问题图斑实地核查 {}{}", m_pack.title, fieldStateMark(m_result)));
        m_written.problems = writeFieldSet(m_work, stem, title, rows, layers::isoFromDay(m_result.today));
        for (const layers::ShapefilePart& part : layers::shapefileParts(file(stem + ".shp"), rows)) {
            m_rows[part.file.filename().string()] = part.rows;
        }
        layers::ZipWriter kmz(file(stem + ".kmz"));
        kmz.addFile("doc.kml", file(stem + ".kml"));
        kmz.close();
        for (const char* extension : {".kml", ".kmz", ".gpx"}) {
            m_rows[stem + extension] = static_cast<std::int64_t>(rows.size());
        }
    }

    void writeProject(const std::vector<layers::VectorRow>& rows) {
        const std::string stem = m_pack.stem + "_cases";
        PackLayers made = writePackGeoPackage(file(stem + ".gpkg"), m_result, m_origin, m_pack, rows);
        m_rows[stem + ".gpkg"] = static_cast<std::int64_t>(rows.size());
        m_tables = std::move(made.tables);
        made.project.title = marked(made.project.title);
        layers::ZipWriter qgz(file(stem + ".qgz"));
        qgz.addText(stem + ".qgs", qgisProjectXml(made.project));
        qgz.close();
    }

    void addSheets() {
        if (!m_pack.sheets.empty()) {
            fs::create_directory(file(kSheets));
        }
        for (const fs::path& sheet : m_pack.sheets) {
            fs::copy_file(sheet, file(kSheets) / sheet.filename());
        }
    }

    void writeReadme() const {
        std::string text;
        const auto line = [&text](const std::string& words) { text += words + "\r\n"; };
        line("生态环境疑似问题点位实地核查外业数据包");
        if (!m_origin.policy.mark.empty()) {
            line("【" + m_origin.policy.mark + "】");
        }
        line("");
        line(fmt::format("数据包 {}，批次 {}（{}），{} {}，案件 {} 个。", m_pack.name, m_origin.batch,
                         m_origin.batchCode, m_origin.by == "team" ? "核查组" : "县(市)", m_pack.title,
                         m_pack.cases.size()));
        line("疑似问题线索，以实地核查为准。坐标为 CGCS2000 经纬度，未加偏移（非 GCJ-02）。");
        if (m_origin.policy.cases) {
            line(fmt::format("按导出策略，坐标只保留 {} 位小数（度）。", *m_origin.policy.cases));
        }
        line("");
        line("一、内容");
        line(fmt::format("{}_cases.qgz      QField、QGIS 工程：先把整个压缩包解压到一个文件夹，再打开",
                         m_pack.stem));
        line(fmt::format("{}_cases.gpkg     工程的数据：案件、核查结论等用语、照片表", m_pack.stem));
        line(fmt::format("{}_patches.shp 等 Shapefile（GBK），_fields.csv 为字段说明", m_pack.stem));
        line(fmt::format("{0}_patches.kml、.kmz、.gpx  奥维等手机地图和手持 GPS 用", m_pack.stem));
        if (!m_pack.sheets.empty()) {
            line(fmt::format("sheets 文件夹     任务单（PDF）：{}_sheets.pdf 合订本供打印，其余每案一个文件",
                             m_pack.stem));
        }
        line("manifest.json     各文件的字节数、sha256 和行数；export.json  输出编号，回传时请一并交回");
        line("");
        line("二、填写");
        line(
            "在工程中点开图斑，“填报”页填写核查结论等，“照片”页添加照片。灰色字段只供查看，请勿改任务编号。");
        line("照片存入 DCIM 文件夹，文件名以任务编号开头。");
        line("");
        line("三、交回");
        line(fmt::format("把填好的 {}_cases.gpkg（或 Shapefile）连同 export.json、DCIM 文件夹一起交回。",
                         m_pack.stem));
        line(fmt::format(
            "收件人运行：ecoredline return add 项目.ecoredline {}_cases.gpkg（先试运行，再加 --apply），",
            m_pack.stem));
        line("照片：ecoredline return photos 项目.ecoredline DCIM");
        layers::writeWholeFile(file(kReadme), "\xEF\xBB\xBF" + text);
    }

    [[nodiscard]] std::vector<std::string> members() const {
        std::vector<std::string> names;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(m_work)) {
            if (entry.is_regular_file()) {
                names.push_back(entry.path().lexically_relative(m_work).generic_string());
            }
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    void writeManifest() const {
        const auto orNull = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
        const auto decimalsOf = [](const layers::Decimals& d) { return d ? Json(*d) : Json("exact"); };
        Json json{{"schema_version", kSchemaVersion},
                  {"program", std::string("EcoRedline ") + ECOREDLINE_VERSION},
                  {"pack", m_pack.name},
                  {"mark", orNull(m_origin.policy.mark)},
                  {"note", "疑似问题线索，以实地核查为准"},
                  {"project", m_origin.project},
                  {"batch", m_origin.batchCode},
                  {"batch_name", m_origin.batch},
                  {"run", m_origin.run},
                  {"by", m_origin.by},
                  {"county_code", orNull(m_pack.code)},
                  {"title", m_pack.title},
                  {"export_id", m_pack.exportKey},
                  {"numbers", "ledger"},
                  {"valid", m_result.faults.empty()},
                  {"zones_complete", !m_result.zonesIncomplete},
                  {"crs", "EPSG:4490"},
                  {"policy",
                   {{"name", m_origin.policy.name},
                    {"sha256", m_origin.policy.sha256},
                    {"cases_decimals", decimalsOf(m_origin.policy.cases)},
                    {"counties_decimals", decimalsOf(m_origin.policy.counties)},
                    {"zones_decimals", decimalsOf(m_origin.policy.zones)}}},
                  {"cases", m_pack.cases.size()},
                  {"areas", m_written.areas},
                  {"lines", m_written.lines},
                  {"points", m_written.points},
                  {"zones", m_written.zones}};
        Json tables = Json::object();
        for (const auto& [name, rows] : m_tables) {
            tables[name] = rows;
        }
        json["tables"] = tables;
        json["problems"] = Json::array();
        for (const layers::Problem& problem : m_written.problems) {
            json["problems"].push_back(problem.textZh);
        }
        json["files"] = Json::array();
        for (const std::string& name : members()) {
            Json one{{"name", name},
                     {"bytes", fs::file_size(file(name))},
                     {"sha256", layers::sha256Of({file(name)})}};
            if (const auto rows = m_rows.find(name); rows != m_rows.end()) {
                one["rows"] = rows->second;
            }
            json["files"].push_back(std::move(one));
        }
        layers::writeWholeFile(file(kManifest),
                               json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    }

    void zip(const fs::path& archive) {
        layers::ZipWriter writer(archive);
        for (const std::string& name : members()) {
            writer.addFile(name, file(name));
        }
        writer.close();
        m_written.bytes = fs::file_size(archive);
        m_written.sha256 = layers::sha256Of({archive});
    }

    fs::path m_work;
    const CheckResult& m_result;
    const PackOrigin& m_origin;
    const FieldPack& m_pack;
    WrittenPack m_written;
    std::map<std::string, std::int64_t> m_rows;
    std::vector<std::pair<std::string, std::int64_t>> m_tables;
};

} // namespace

std::vector<std::size_t> listedOf(const FieldPack& pack) {
    std::vector<std::size_t> listed;
    listed.reserve(pack.cases.size());
    for (const PackCase& each : pack.cases) {
        listed.push_back(each.listed);
    }
    return listed;
}

WrittenPack writeFieldPack(const fs::path& file, const fs::path& work, const CheckResult& result,
                           const PackOrigin& origin, const FieldPack& pack, geo::Progress& progress) {
    try {
        fs::create_directories(work);
        WrittenPack written = PackFolder(work, result, origin, pack).write(file, progress);
        fs::remove_all(work);
        return written;
    } catch (const fs::filesystem_error& error) {
        throw layers::Error(fmt::format("无法写入外业数据包 {0}：{1} / cannot write the field pack {0}: {1}",
                                        file.string(), error.code().message()));
    }
}

} // namespace app
