#include "layers/error.hpp"
#include "layers/feature_source.hpp"
#include "layers/file_bytes.hpp"
#include "layers/ogr_handle.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace layers {

namespace {

constexpr std::size_t kPerFeatureBytes = 256; ///< reckoned beside the geometry, so that batches end

std::string joined(const std::vector<std::string>& messages) {
    std::string all;
    for (const std::string& message : messages) {
        all += (all.empty() ? "" : "; ") + message;
    }
    return all;
}

/// Whether 奥维 (Ovital) signed the file, near its start.
bool namesOvital(const std::filesystem::path& file) {
    constexpr std::size_t kLooked = std::size_t{1} << 16U;
    FileBytes bytes(file);
    const auto start = bytes.at(0, std::min<std::size_t>(bytes.size(), kLooked));
    const std::string_view text(reinterpret_cast<const char*>(start.data()), start.size());
    return text.find("Ovital") != std::string_view::npos || text.find("ovital") != std::string_view::npos ||
           text.find("奥维") != std::string_view::npos;
}

/// LIBKML builds the whole document in memory: ten bytes for a byte of a usual file, fifty for one of tags
/// only.
void refuseTooLarge(const std::filesystem::path& file) {
    constexpr std::uint64_t kMostBytes = std::uint64_t{64} << 20U;
    constexpr std::int64_t kMostTags = 4'000'000;
    constexpr std::size_t kPiece = std::size_t{1} << 20U;
    constexpr double kMib = 1 << 20;
    FileBytes bytes(file);
    std::int64_t tags = 0;
    for (std::uint64_t at = 0; at < bytes.size() && bytes.size() <= kMostBytes; at += kPiece) {
        const auto piece =
            bytes.at(at, static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, bytes.size() - at)));
        tags += std::count(piece.begin(), piece.end(), std::byte{'<'});
    }
    if (bytes.size() <= kMostBytes && tags <= kMostTags) {
        return;
    }
    throw Error(fmt::format(
        "{0}：KML 过大（{1:.0f} MiB，{2} 个标签；最多 64 MiB、400 万个标签），请导出为 Shapefile 或 "
        "GeoPackage，或分成几个文件 / the KML is too large ({1:.0f} MiB, {2} tags; at most 64 MiB "
        "and 4 million tags): export a Shapefile or GeoPackage, or split it",
        file.filename().string(), static_cast<double>(bytes.size()) / kMib, tags));
}

/// KML folders are headings and no layers: all placemarks of the file are read, unless one folder is named.
class KmlSource final : public FeatureSource {
  public:
    KmlSource(const LayerRef& ref, ProblemLog& log) {
        ogr::MessageCatcher catcher;
        readAll(ref, catcher, log);
    }

    [[nodiscard]] const SourceInfo& info() const override { return m_info; }

    [[nodiscard]] std::vector<RawFeature> read(std::size_t bytes) override {
        std::vector<RawFeature> batch;
        std::size_t taken = 0;
        for (; m_next < m_features.size() && taken < bytes; ++m_next) {
            batch.push_back(std::exchange(m_features[m_next], {}));
            batch.back().values.resize(m_info.fields.size());
            taken += batch.back().wkb.size() + kPerFeatureBytes;
        }
        return batch;
    }

  private:
    void readAll(const LayerRef& ref, ogr::MessageCatcher& catcher, ProblemLog& log);
    void readLayer(OGRLayerH layer, const std::string& folder);
    [[nodiscard]] std::size_t slotOf(const std::string& name, FieldKind kind);

    SourceInfo m_info;
    std::vector<RawFeature> m_features;
    std::size_t m_next = 0;
};

void KmlSource::readAll(const LayerRef& ref, ogr::MessageCatcher& catcher, ProblemLog& log) {
    const std::string name = ref.file.filename().string();
    refuseTooLarge(ref.file);
    const ogr::DatasetPtr dataset = ogr::openReadOnly(ref.file.string(), {"LIBKML", "KML"});
    if (!dataset) {
        throw Error(name +
                    "：不是格式正确的 KML，未导入任何内容 / the KML is not well-formed, nothing imported: " +
                    joined(catcher.take()));
    }
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(GDALDatasetGetLayerCount(dataset.get())));
    for (int n = 0; n < GDALDatasetGetLayerCount(dataset.get()); ++n) {
        names.emplace_back(OGR_L_GetName(GDALDatasetGetLayer(dataset.get(), n)));
    }
    if (!ref.layer.empty()) {
        static_cast<void>(chooseLayer(ref, names));
    }
    if (ref.file.extension() == ".ovkml" || namesOvital(ref.file)) {
        noteShiftedKml(log);
    }
    m_info.layer = ref.layer.empty() ? ref.file.stem().string() : ref.layer;
    m_info.members = {ref.file};
    m_info.crs = "EPSG:4326";
    m_info.crsReason = "KML's rule";
    m_info.crsImplied = true;
    m_info.encoding = "UTF-8";
    m_info.encodingReason = "KML";
    for (std::size_t n = 0; n < names.size(); ++n) {
        if (ref.layer.empty() || names[n] == ref.layer) {
            readLayer(GDALDatasetGetLayer(dataset.get(), static_cast<int>(n)), names[n]);
        }
    }
    m_info.features = static_cast<std::int64_t>(m_features.size());
    for (const std::string& message : catcher.take()) {
        Problem problem;
        problem.kind = ProblemKind::FileDamaged;
        problem.textZh = "读取 KML 时的提示：" + message;
        problem.textEn = "while reading the KML: " + message;
        problem.doneZh = "能读的照读";
        problem.doneEn = "what can be read is read";
        log.addGrouped(std::move(problem));
    }
}

std::size_t KmlSource::slotOf(const std::string& name, FieldKind kind) {
    const auto found = std::find_if(m_info.fields.begin(), m_info.fields.end(),
                                    [&](const SourceField& field) { return field.name == name; });
    if (found != m_info.fields.end()) {
        return static_cast<std::size_t>(found - m_info.fields.begin());
    }
    m_info.fields.push_back({name, kind});
    return m_info.fields.size() - 1;
}

void KmlSource::readLayer(OGRLayerH layer, const std::string& folder) {
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    std::vector<std::size_t> slots;
    slots.reserve(static_cast<std::size_t>(OGR_FD_GetFieldCount(definition)));
    for (int n = 0; n < OGR_FD_GetFieldCount(definition); ++n) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, n);
        slots.push_back(slotOf(OGR_Fld_GetNameRef(field), ogr::fieldKind(OGR_Fld_GetType(field))));
    }
    const std::size_t folderSlot = slotOf("folder", FieldKind::Text);
    OGR_L_ResetReading(layer);
    for (ogr::FeaturePtr from(OGR_L_GetNextFeature(layer)); from; from.reset(OGR_L_GetNextFeature(layer))) {
        const auto handle = static_cast<OGRFeatureH>(from.get());
        RawFeature& feature = m_features.emplace_back();
        feature.id = static_cast<std::int64_t>(m_features.size()) - 1;
        feature.values.resize(m_info.fields.size());
        feature.values[folderSlot] = folder;
        for (std::size_t n = 0; n < slots.size(); ++n) {
            if (OGR_F_IsFieldSetAndNotNull(handle, static_cast<int>(n)) != 0) {
                feature.values[slots[n]] = OGR_F_GetFieldAsString(handle, static_cast<int>(n));
            }
        }
        OGRGeometryH geometry = OGR_F_GetGeometryRef(handle);
        if (geometry != nullptr && OGR_G_IsEmpty(geometry) == 0) {
            feature.geometry = RawFeature::Geometry::Wkb;
            ogr::dropEmptyHeights(geometry);
            feature.wkb = ogr::linearWkb(geometry);
        }
    }
}

} // namespace

void noteShiftedKml(ProblemLog& log) {
    Problem problem;
    problem.kind = ProblemKind::CrsSuspicious;
    problem.textZh = "奥维导出的 KML：9.3 版以后坐标可能是加偏的 GCJ-02，与真实位置相差数百米";
    problem.textEn =
        "a KML exported by Ovital (奥维): since version 9.3 its coordinates may be shifted GCJ-02, "
        "hundreds of metres off";
    problem.doneZh = "照读，不自动纠偏；请与影像核对，或从奥维导出 SHP、DXF（无偏）";
    problem.doneEn =
        "read as they are, not shifted back: compare with imagery, or export SHP or DXF from Ovital "
        "(not shifted)";
    log.add(std::move(problem));
}

std::unique_ptr<FeatureSource> openKml(const LayerRef& ref, ProblemLog& log) {
    return std::make_unique<KmlSource>(ref, log);
}

} // namespace layers
