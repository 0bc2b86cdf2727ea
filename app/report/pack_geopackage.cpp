#include "app/check/list_words.hpp"
#include "app/report/field_pack.hpp"
#include "app/report/results_tables.hpp"
#include "app/report/styles.hpp"
#include "layers/geopackage_writer.hpp"
#include "layers/list_columns.hpp"

#include <algorithm>

namespace app {

namespace {

using layers::Column;
using layers::ColumnType;
using layers::GeometryKind;
using layers::ListColumn;
using layers::TableSpec;

constexpr const char* kAttachments = "attachments";
constexpr const char* kZones = "zones";
constexpr const char* kCounty = "county";
constexpr int kLongText = 100; ///< characters from which on a form shows several lines

const char* tableOf(GeometryKind kind) {
    return kind == GeometryKind::Area ? "cases" : kind == GeometryKind::Line ? "cases_line" : "cases_point";
}

const char* titleOf(GeometryKind kind) {
    return kind == GeometryKind::Area ? "核查图斑" : kind == GeometryKind::Line ? "核查线路" : "核查点位";
}

const std::string& listName(ListColumn column) {
    return layers::listColumn(column).name;
}

/// The columns of the list, and what the ledger says beside it.
std::vector<Column> caseColumns() {
    std::vector<Column> columns = layers::listColumns();
    columns.push_back({"status", "", "状态", ColumnType::Text, 8, 0});
    columns.push_back({"team", "", "核查组", ColumnType::Text, 40, 0});
    return columns;
}

std::string listTable(const std::string& field) {
    return "list_" + field;
}

class PackWriting {
  public:
    PackWriting(const std::filesystem::path& file, const CheckResult& result, const PackOrigin& origin,
                const FieldPack& pack, const std::vector<layers::VectorRow>& rows)
        : m_origin(origin), m_pack(pack), m_rows(rows), m_writer(file, layers::isoFromDay(result.today)) {
        m_layers.project.title = "疑似问题图斑实地核查 " + origin.batch + " " + pack.title;
        m_layers.project.geoPackage = file.filename().string();
        m_layers.project.extent = pack.extent;
    }

    PackLayers write() {
        layOut();
        for (const TableSpec& table : m_tables) {
            m_writer.beginTable(table);
        }
        std::vector<layers::ColumnNote> notes;
        for (const TableSpec& table : m_tables) {
            for (const Column& column : table.columns) {
                const bool isAnswer = table.name.starts_with("cases") && words(column.name) != nullptr;
                notes.push_back({table.name, column.name, column.header, isAnswer ? column.name : ""});
            }
        }
        m_writer.describe(std::move(notes), lists());
        for (const QgisLayer& layer : m_layers.project.layers) {
            m_writer.addStyle(layer.table, qgisStyleXml(layer), layer.title);
        }
        addInfos();
        writeRows();
        m_writer.finish();
        return std::move(m_layers);
    }

  private:
    [[nodiscard]] const std::vector<std::string>* words(const std::string& field) const {
        const auto found = m_origin.vocabularies.find(field);
        return found == m_origin.vocabularies.end() ? nullptr : &found->second;
    }

    [[nodiscard]] std::vector<layers::ValueList> lists() const {
        std::vector<layers::ValueList> lists;
        for (const Column& column : layers::listColumns()) {
            if (const auto* list = words(column.name)) {
                lists.push_back({column.name, column.header, *list});
            }
        }
        return lists;
    }

    /// Tables and how a project shows them, the uppermost first.
    void layOut() {
        for (const GeometryKind kind : {GeometryKind::Point, GeometryKind::Line, GeometryKind::Area}) {
            if (countOf(kind) > 0) {
                add({tableOf(kind), titleOf(kind), caseColumns(), storedKind(kind)}, caseLayer(kind));
                m_layers.project.layers.back().drawn = kind;
                m_layers.project.relations.push_back({std::string("photos_") + tableOf(kind), "照片",
                                                      kAttachments, tableOf(kind),
                                                      listName(ListColumn::TaskNumber)});
            }
        }
        if (!m_pack.zones.empty()) {
            const TableSpec table{kZones,
                                  "管控区(参考)",
                                  {{"kind", "", "类型代码"},
                                   {"kind_name", "", "类型"},
                                   {"name", "", "名称"},
                                   {"level", "", "级别"},
                                   {"zone_class", "", "分区/等级"},
                                   {"version", "", "版本"},
                                   {"approval", "", "批复文号"}},
                                  GeometryKind::Area};
            QgisLayer layer = readOnlyLayer(table, zoneRenderer(), R"("name")");
            layer.opacity = "0.4"; // cases stand out on zones of their own colours
            add(table, std::move(layer));
        }
        if (m_pack.county != nullptr) {
            const TableSpec table{kCounty,
                                  "县(市)界",
                                  {{"code", "", "县代码"}, {"name", "", "县(市)"}, {"city", "", "市(州)"}},
                                  GeometryKind::Area};
            add(table, readOnlyLayer(table, outlineRenderer(), R"("name")"));
        }
        add({kAttachments,
             "照片",
             {{"task_number", "", "任务编号"},
              {"photo", "", "照片"},
              {"direction", "", "方位"},
              {"taken_at", "", "拍摄时间"},
              {"note", "", "说明"}},
             GeometryKind::None},
            photoLayer());
        for (const layers::ValueList& list : lists()) {
            const TableSpec table{listTable(list.name),
                                  list.title + "用语",
                                  {{"position", "", "序号", ColumnType::Integer}, {"word", "", "用语"}},
                                  GeometryKind::None};
            add(table, readOnlyLayer(table, "", R"("word")"));
        }
    }

    void add(TableSpec table, QgisLayer layer) {
        layer.table = table.name;
        layer.title = table.title;
        layer.drawn = table.geometry;
        m_tables.push_back(std::move(table));
        m_layers.project.layers.push_back(std::move(layer));
    }

    /// A point with several places is none of the layer type POINT.
    [[nodiscard]] GeometryKind storedKind(GeometryKind kind) const {
        const bool hasMany = std::any_of(m_rows.begin(), m_rows.end(), [](const layers::VectorRow& row) {
            return layers::geometryKind(row.shape.dimension()) == GeometryKind::Point &&
                   row.shape.points.size() > 1;
        });
        return kind == GeometryKind::Point && hasMany ? GeometryKind::Any : kind;
    }

    [[nodiscard]] std::int64_t countOf(GeometryKind kind) const {
        return std::count_if(m_rows.begin(), m_rows.end(), [kind](const layers::VectorRow& row) {
            return layers::geometryKind(row.shape.dimension()) == kind;
        });
    }

    [[nodiscard]] FormField caseField(const Column& column) const {
        const bool isAnswer = std::find(m_origin.answerable.begin(), m_origin.answerable.end(),
                                        column.name) != m_origin.answerable.end();
        FormField field{column.name, column.header};
        field.isReadOnly = !isAnswer;
        if (const auto* list = words(column.name); list != nullptr && isAnswer) {
            field.widget = Widget::Choice;
            field.words = *list;
        } else if (column.name == listName(ListColumn::InspectedOn)) {
            field.widget = Widget::Day;
        } else if (column.width >= kLongText) {
            field.widget = Widget::Paragraph;
        }
        return field;
    }

    [[nodiscard]] QgisLayer caseLayer(GeometryKind kind) const {
        QgisLayer layer;
        FormTab answers{"填报",
                        {listName(ListColumn::TaskNumber), listName(ListColumn::Activity),
                         listName(ListColumn::ZoneName), listName(ListColumn::Verdict)},
                        {}};
        FormTab facts{"图斑信息", {}, {}};
        for (const Column& column : caseColumns()) {
            layer.fields.push_back(caseField(column));
            (layer.fields.back().isReadOnly ? facts : answers).fields.push_back(column.name);
        }
        layer.tabs = {answers, {"照片", {}, {std::string("photos_") + tableOf(kind)}}, facts};
        layer.renderer = caseRenderer(kind);
        layer.label = R"(right("task_number", 4))";
        layer.displayed = R"("task_number" || ' ' || coalesce("activity", ''))";
        return layer;
    }

    /// A table for reading only, every column as it is.
    static QgisLayer readOnlyLayer(const TableSpec& table, const std::string& renderer,
                                   const char* displayed) {
        QgisLayer layer;
        layer.isReadOnly = true;
        for (const Column& column : table.columns) {
            layer.fields.push_back({column.name, column.header, Widget::Text, true});
        }
        layer.renderer = renderer;
        layer.displayed = displayed;
        return layer;
    }

    static QgisLayer photoLayer() {
        QgisLayer layer;
        layer.fields = {{"task_number", "任务编号"},
                        {"photo", "照片", Widget::Photo},
                        {"direction", "方位"},
                        {"taken_at", "拍摄时间"},
                        {"note", "说明", Widget::Paragraph}};
        layer.fields[3].preset = "format_date(now(), 'yyyy-MM-dd HH:mm')";
        layer.displayed = R"(coalesce("direction", '') || ' ' || coalesce("photo", ''))";
        // The number in the name is what `return photos` finds the case by.
        layer.photoNames = {{"photo", "'DCIM/' || \"task_number\" || '_' || format_date(now(), "
                                      "'yyyyMMddHHmmsszzz') || '.{extension}'"}};
        return layer;
    }

    void addInfos() {
        m_writer.addInfo("schema_version", std::to_string(kSchemaVersion));
        m_writer.addInfo("program", std::string("EcoRedline ") + ECOREDLINE_VERSION);
        m_writer.addInfo("note", "疑似问题线索，以实地核查为准");
        m_writer.addInfo("pack", m_pack.name);
        m_writer.addInfo("batch", m_origin.batchCode);
        m_writer.addInfo("export_id", m_pack.exportKey);
        m_writer.addInfo("numbers", "ledger");
        m_writer.addInfo("mark", m_origin.policy.mark);
        m_writer.addInfo("crs", "EPSG:4490");
    }

    void writeRows() {
        for (const TableSpec& table : m_tables) {
            m_writer.useTable(table.name);
            m_count = 0;
            if (table.name == kZones) {
                writeZones();
            } else if (table.name == kCounty) {
                const layers::County& county = *m_pack.county;
                const geo::Shape shape = layers::coarseShape(county.shape, m_origin.policy.counties);
                addRow(textCells({county.code, county.name, county.city}), &shape);
            } else if (table.name.starts_with("list_")) {
                writeWords(table);
            } else if (table.name != kAttachments) {
                writeCases(table);
            }
            m_layers.tables.emplace_back(table.name, m_count);
        }
    }

    static std::vector<layers::Value> textCells(const std::vector<std::string>& texts) {
        std::vector<layers::Value> cells;
        cells.reserve(texts.size());
        for (const std::string& text : texts) {
            cells.push_back(text.empty() ? layers::Value() : layers::Value(text));
        }
        return cells;
    }

    void writeCases(const TableSpec& table) {
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (table.name == tableOf(layers::geometryKind(m_rows[i].shape.dimension()))) {
                std::vector<layers::Value> values = m_rows[i].values;
                for (layers::Value& cell : textCells({m_pack.cases[i].status, m_pack.cases[i].team})) {
                    values.push_back(std::move(cell));
                }
                addRow(values, &m_rows[i].shape);
            }
        }
    }

    void writeZones() {
        for (const layers::Zone* zone : m_pack.zones) {
            const geo::Shape shape = layers::coarseShape(zone->shape, m_origin.policy.zones);
            addRow(textCells({std::string(layers::zoneKindCode(zone->kind)),
                              std::string(layers::zoneKindNameZh(zone->kind)), zone->name, zone->level,
                              zone->zoneClass, zone->version, zone->approval}),
                   &shape);
        }
    }

    void writeWords(const TableSpec& table) {
        for (const layers::ValueList& list : lists()) {
            if (listTable(list.name) == table.name) {
                for (const std::string& word : list.words) {
                    addRow({layers::Value(m_count + 1), layers::Value(word)}, nullptr);
                }
            }
        }
    }

    void addRow(const std::vector<layers::Value>& values, const geo::Shape* shape) {
        m_writer.addRow(values, shape);
        ++m_count;
    }

    const PackOrigin& m_origin;
    const FieldPack& m_pack;
    const std::vector<layers::VectorRow>& m_rows;
    layers::GeoPackageWriter m_writer;
    std::vector<TableSpec> m_tables;
    PackLayers m_layers;
    std::int64_t m_count = 0;
};

} // namespace

PackLayers writePackGeoPackage(const std::filesystem::path& file, const CheckResult& result,
                               const PackOrigin& origin, const FieldPack& pack,
                               const std::vector<layers::VectorRow>& rows) {
    return PackWriting(file, result, origin, pack, rows).write();
}

} // namespace app
