#include "layers/mask_source.hpp"

#include "geo/area.hpp"
#include "geo/error.hpp"
#include "geo/transform.hpp"
#include "layers/error.hpp"
#include "layers/mask_pieces.hpp"
#include "layers/mask_raster.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::int64_t kMostPatches = 2'000'000;
constexpr std::size_t kPerFeatureBytes = 256; ///< reckoned beside the geometry, so that batches end
/// Edges get a point wherever they cross such a line of the grid, so that a border stays the same line from
/// both sides, and straight within a hundredth of a pixel, when it is transformed.
constexpr std::int32_t kEdgePixels = 64;

/// m² of one pixel of a row: planar in a projected system, on the ellipsoid in a geographic one.
class PixelArea {
  public:
    PixelArea(const GridPlace& place, const std::string& crs, std::int32_t width)
        : m_place(place), m_column(width / 2), m_planar(std::abs(place.determinant())) {
        try {
            const geo::CrsInfo info = geo::describeCrs(crs);
            m_geographic = info.geographic;
            m_planar *= m_geographic ? 1.0 : info.metresPerUnit * info.metresPerUnit;
        } catch (const geo::Error&) {
            m_geographic = false; // the reader refuses the system and says why
        }
    }
    [[nodiscard]] double ofRow(std::int32_t row) const {
        if (!m_geographic) {
            return m_planar;
        }
        const std::int32_t next = m_column + 1;
        return geo::ellipsoidalAreaM2(
            geo::Polygon{{m_place.at(m_column, row), m_place.at(next, row), m_place.at(next, row + 1),
                          m_place.at(m_column, row + 1), m_place.at(m_column, row)},
                         {}});
    }

  private:
    GridPlace m_place;
    std::int32_t m_column;
    double m_planar;
    bool m_geographic = false;
};

geo::Ring placedRing(const GridRing& ring, const GridPlace& place) {
    geo::Ring placed;
    placed.reserve(ring.size());
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const GridPoint& from = ring[i];
        const GridPoint& to = ring[i + 1];
        placed.push_back(place.at(from.column, from.row));
        const std::int32_t length = std::abs(to.column - from.column) + std::abs(to.row - from.row);
        const std::int32_t stepX = (to.column > from.column) - (to.column < from.column);
        const std::int32_t stepY = (to.row > from.row) - (to.row < from.row);
        const std::int32_t at = stepX != 0 ? from.column : from.row;
        const std::int32_t step = stepX + stepY;
        const std::int32_t past = at % kEdgePixels; // coordinates are never negative
        std::int32_t next = step > 0 ? kEdgePixels - past : past == 0 ? kEdgePixels : past;
        for (; next < length; next += kEdgePixels) {
            placed.push_back(place.at(from.column + stepX * next, from.row + stepY * next));
        }
    }
    placed.push_back(placed.front());
    return placed;
}

/// A change mask as patches: rows are read one after the other, and a piece becomes a feature once it ends.
class MaskSource final : public FeatureSource {
  public:
    MaskSource(const LayerRef& ref, const MaskOptions& options, ProblemLog& log)
        : m_raster(ref), m_options(options), m_log(log),
          m_pieces(m_raster.file(), options.neighbours, [this](MaskPiece& piece) { take(piece); }),
          m_pixelArea(m_raster.place(), m_raster.crs().empty() ? options.crs : m_raster.crs(),
                      m_raster.width()) {
        if (m_raster.crs().empty() && options.crs.empty()) { // no pixel has a size without one
            throw Error(
                m_raster.file() +
                "：掩膜没有坐标系，请用 --crs changes=EPSG:n 指明 / the mask has no coordinate system: "
                "give it with --crs changes=EPSG:n");
        }
        m_info.layer = m_raster.layer();
        m_info.fields = {{"value", FieldKind::Number}, {"pixels", FieldKind::Number}};
        if (m_raster.hasCategories()) {
            m_info.fields.push_back({"category", FieldKind::Text});
        }
        m_info.crs = m_raster.crs();
        m_info.crsReason = "from GeoTIFF";
        m_info.encoding = "UTF-8";
        m_info.encodingReason = "GeoTIFF";
        m_info.members = m_raster.members();
        m_info.steps = m_raster.height();
    }

    [[nodiscard]] const SourceInfo& info() const override { return m_info; }
    void watch(geo::Progress& progress) override { m_progress = &progress; }

    [[nodiscard]] std::vector<RawFeature> read(std::size_t bytes) override {
        while (m_readyBytes < bytes && m_row < m_raster.height()) {
            m_raster.readRow(m_row, m_runs);
            for (const MaskPieces::ValueRun& run : m_runs) {
                m_changed += run.end - run.first;
            }
            m_pieces.addRow(m_row, m_runs, m_pixelArea.ofRow(m_row));
            ++m_row;
            if (m_progress != nullptr) {
                m_progress->step();
            }
            if (m_row == m_raster.height()) {
                m_pieces.finish();
                conclude();
            }
        }
        m_readyBytes = 0;
        return std::exchange(m_ready, {});
    }

  private:
    void take(MaskPiece& piece) {
        if (piece.areaM2 < m_options.leastAreaM2) {
            ++m_dropped;
            m_droppedM2 += piece.areaM2;
            return;
        }
        if (m_kept == kMostPatches) {
            throw Error(
                fmt::format("{0}：掩膜得到的图斑超过 {1} 个；请加大 --min-area（现为 {2} 平方米）或先过滤 / "
                            "the mask makes "
                            "more than {1} patches: raise --min-area (it is {2} m²) or filter the mask",
                            m_raster.file(), kMostPatches, m_options.leastAreaM2));
        }
        RawFeature& feature = m_ready.emplace_back();
        feature.id = ++m_kept;
        feature.values = {std::to_string(piece.value), std::to_string(piece.pixels)};
        if (m_raster.hasCategories()) {
            feature.values.push_back(m_raster.category(piece.value));
        }
        feature.geometry = RawFeature::Geometry::Decoded;
        for (const GridPolygon& outline : outlineOfRuns(std::exchange(piece.runs, {}))) {
            geo::Polygon& polygon = feature.shape.polygons.emplace_back();
            polygon.shell = placedRing(outline.shell, m_raster.place());
            for (const GridRing& hole : outline.holes) {
                polygon.holes.push_back(placedRing(hole, m_raster.place()));
            }
        }
        m_readyBytes += feature.shape.vertexCount() * sizeof(geo::Coordinate) + kPerFeatureBytes;
        m_keptM2 += piece.areaM2;
    }

    /// What the whole mask shows: refusals, and what was decided.
    void conclude();

    MaskRaster m_raster;
    MaskOptions m_options;
    ProblemLog& m_log;
    geo::Progress* m_progress = nullptr;
    MaskPieces m_pieces;
    PixelArea m_pixelArea;
    SourceInfo m_info;
    std::vector<MaskPieces::ValueRun> m_runs;
    std::int32_t m_row = 0;
    std::int64_t m_changed = 0; ///< pixels
    std::int64_t m_kept = 0;
    std::int64_t m_dropped = 0;
    double m_keptM2 = 0;
    double m_droppedM2 = 0;
    std::vector<RawFeature> m_ready;
    std::size_t m_readyBytes = 0;
};

void MaskSource::conclude() {
    const std::int64_t pixels = std::int64_t{m_raster.width()} * m_raster.height();
    if (m_changed == pixels) {
        throw Error(m_raster.file() +
                    "：掩膜的所有像元都是变化（没有 0 或无数据值），不是变化掩膜；请检查波段和背景值 / every "
                    "pixel of the mask is change (there is neither 0 nor nodata): check the band and the "
                    "background value");
    }
    const std::int64_t background = pixels - m_changed;
    if (m_kept == 0 && m_dropped > 0) {
        throw Error(fmt::format(
            "{0}：{1} 处变化（共 {2:.2f} 平方米）都小于最小图斑面积 {3} 平方米；如需保留请减小 --min-area / "
            "all {1} pieces of change ({2:.2f} m²) are smaller than the least area of {3} m²: lower "
            "--min-area to keep them",
            m_raster.file(), m_dropped, m_droppedM2, m_options.leastAreaM2));
    }
    Problem made;
    made.kind = ProblemKind::MaskVectorised;
    made.severity = m_changed > background ? Severity::Warning : Severity::Info;
    made.count = m_kept;
    made.areaAfterM2 = m_keptM2;
    made.textZh =
        fmt::format("变化掩膜 {} × {} 像元，变化像元 {} 个（{:.2f}%）{}", m_raster.width(), m_raster.height(),
                    m_changed, 100.0 * static_cast<double>(m_changed) / static_cast<double>(pixels),
                    m_changed > background ? "，超过一半，请确认不是分类图" : "");
    made.textEn = fmt::format("change mask of {} × {} pixels, {} of them changed{}", m_raster.width(),
                              m_raster.height(), m_changed,
                              m_changed > background ? ", more than half: is it a classification?" : "");
    made.doneZh =
        fmt::format("按 {} 邻域矢量化为 {} 个图斑，{:.2f} 平方米", m_options.neighbours, m_kept, m_keptM2);
    made.doneEn = fmt::format("vectorised with {} neighbours into {} patches, {:.2f} m²",
                              m_options.neighbours, m_kept, m_keptM2);
    m_log.add(std::move(made));
    if (m_dropped > 0) {
        Problem dropped;
        dropped.kind = ProblemKind::BelowLeastArea;
        dropped.severity = Severity::Warning;
        dropped.count = m_dropped;
        dropped.areaBeforeM2 = m_droppedM2;
        dropped.areaAfterM2 = 0;
        dropped.textZh = fmt::format("{} 处变化小于最小图斑面积 {} 平方米，共 {:.2f} 平方米", m_dropped,
                                     m_options.leastAreaM2, m_droppedM2);
        dropped.textEn = fmt::format("{} pieces of change are smaller than {} m², {:.2f} m² together",
                                     m_dropped, m_options.leastAreaM2, m_droppedM2);
        dropped.doneZh = "舍去，不作为图斑；可用 --min-area 调整";
        dropped.doneEn = "dropped, they are no patches; --min-area changes that";
        m_log.add(std::move(dropped));
    }
}

} // namespace

std::unique_ptr<FeatureSource> openMask(const LayerRef& ref, const ReadOptions& options, ProblemLog& log) {
    if (options.role != Role::Changes) {
        throw Error(ref.file.filename().string() +
                    "：栅格只能作为变化掩膜（图斑）输入；管控区和行政区请用矢量文件 / a raster can only be a "
                    "change mask; zones and counties must be vector files");
    }
    return std::make_unique<MaskSource>(
        ref, MaskOptions{options.maskNeighbours, options.settings.maskLeastAreaM2, options.crs}, log);
}

} // namespace layers
