#include "layers/dbf_file.hpp"
#include "layers/error.hpp"
#include "layers/shp_file.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>

namespace layers {

namespace {

constexpr std::size_t kPerFeatureBytes = 256; ///< reckoned beside the geometry, so that batches end

std::string wholeText(const std::filesystem::path& file) {
    constexpr std::string_view kBom = "\xEF\xBB\xBF";
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    std::string result = std::move(text).str();
    return result.starts_with(kBom) ? result.substr(kBom.size()) : result;
}

class ShapefileSource final : public FeatureSource {
  public:
    ShapefileSource(const LayerRef& ref, const std::string& encoding, ProblemLog& log)
        : m_log(log), m_shp(ref.file, siblingFile(ref.file, ".shx"), log) {
        m_info.layer = chooseLayer(ref, {ref.file.stem().string()});
        m_info.features = static_cast<std::int64_t>(m_shp.size());
        openTable(ref.file, encoding);
        const std::filesystem::path prj = siblingFile(ref.file, ".prj");
        if (!prj.empty()) {
            m_info.crs = wholeText(prj);
            m_info.crsReason = "from .prj";
        }
        m_info.members.push_back(ref.file);
        for (const char* extension : {".cpg", ".dbf", ".prj", ".shx"}) {
            const std::filesystem::path member = siblingFile(ref.file, extension);
            if (!member.empty()) {
                m_info.members.push_back(member);
            }
        }
        std::sort(m_info.members.begin(), m_info.members.end());
    }

    [[nodiscard]] const SourceInfo& info() const override { return m_info; }

    [[nodiscard]] std::vector<RawFeature> read(std::size_t bytes) override {
        std::vector<RawFeature> batch;
        std::size_t taken = 0;
        for (; m_next < m_shp.size() && taken < bytes; ++m_next) {
            if (m_table && m_table->isDeleted(m_next)) {
                continue;
            }
            RawFeature& feature = batch.emplace_back();
            feature.id = static_cast<std::int64_t>(m_next);
            m_shp.readGeometry(m_next, feature);
            if (m_table) {
                feature.values = m_table->values(m_next, m_log);
            }
            taken += m_shp.bytesOf(m_next) + kPerFeatureBytes;
        }
        return batch;
    }

  private:
    void openTable(const std::filesystem::path& shp, const std::string& encoding) {
        const std::filesystem::path dbf = siblingFile(shp, ".dbf");
        m_info.encoding = "UTF-8";
        m_info.encodingReason = "no attributes";
        if (dbf.empty()) {
            Problem problem;
            problem.kind = ProblemKind::MemberMissing;
            problem.textZh = "缺少 .dbf 属性表";
            problem.textEn = "the attribute table .dbf is missing";
            problem.doneZh = "只读取几何，属性缺失";
            problem.doneEn = "geometry only, attributes are missing";
            m_log.add(std::move(problem));
            return;
        }
        m_table.emplace(dbf, m_log);
        m_table->decideEncoding(siblingFile(shp, ".cpg"), encoding, m_log);
        m_info.fields = m_table->fields();
        m_info.encoding = m_table->encoding().name;
        m_info.encodingReason = m_table->encoding().reason;
        m_info.encodingSamples = m_table->encodingSamples();
        compareCounts();
        noteDeleted();
    }

    void compareCounts() {
        const std::uint64_t shapes = m_shp.size();
        if (m_table->claimedRows() == shapes && m_table->rows() == shapes) {
            return;
        }
        const std::string counts = std::to_string(shapes) + " / " + std::to_string(m_table->claimedRows()) +
                                   " / " + std::to_string(m_table->rows());
        Problem problem;
        problem.kind = ProblemKind::FileDamaged;
        problem.textZh = "图形数、.dbf 声明的记录数、实际完整的记录数不一致：" + counts;
        problem.textEn = "shapes, rows that the .dbf claims and whole rows in it disagree: " + counts;
        if (m_table->rows() < shapes) {
            problem.severity = Severity::Error;
            const std::string range = std::to_string(m_table->rows() + 1) + "-" + std::to_string(shapes);
            problem.textZh += "；第 " + range + " 个要素的属性缺失";
            problem.textEn += "; the attributes of features " + range + " are missing";
            problem.doneZh = "几何照读，属性留空";
            problem.doneEn = "geometry is read, attributes are left empty";
            problem.count = static_cast<std::int64_t>(shapes - m_table->rows());
        } else {
            problem.doneZh = "按图形逐个读取";
            problem.doneEn = "read shape by shape";
        }
        m_log.add(std::move(problem));
    }

    void noteDeleted() {
        std::int64_t deleted = 0;
        for (std::uint64_t row = 0; row < std::min<std::uint64_t>(m_table->rows(), m_shp.size()); ++row) {
            deleted += m_table->isDeleted(row) ? 1 : 0;
        }
        if (deleted == 0) {
            return;
        }
        m_info.features -= deleted;
        Problem problem;
        problem.kind = ProblemKind::FeaturesLost;
        problem.severity = Severity::Info;
        problem.count = deleted;
        problem.textZh = ".dbf 中有 " + std::to_string(deleted) + " 个要素带删除标记";
        problem.textEn = std::to_string(deleted) + " features are marked as deleted in the .dbf";
        problem.doneZh = "不读取";
        problem.doneEn = "not read";
        m_log.add(std::move(problem));
    }

    ProblemLog& m_log;
    ShpFile m_shp;
    std::optional<DbfFile> m_table;
    SourceInfo m_info;
    std::size_t m_next = 0;
};

} // namespace

std::unique_ptr<FeatureSource> openShapefile(const LayerRef& ref, const std::string& encoding,
                                             ProblemLog& log) {
    return std::make_unique<ShapefileSource>(ref, encoding, log);
}

} // namespace layers
