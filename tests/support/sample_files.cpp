#include "sample_files.hpp"

#include "temporary_folder.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gdal.h>
#include <locale.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace tests {

namespace {

void demand(bool isTrue, const std::string& what) {
    if (!isTrue) {
        throw std::runtime_error(what);
    }
}

struct DatasetCloser {
    void operator()(void* dataset) const { GDALClose(dataset); }
};
struct FeatureDestroyer {
    void operator()(void* feature) const { OGR_F_Destroy(static_cast<OGRFeatureH>(feature)); }
};
struct SystemReleaser {
    void operator()(void* system) const { OSRRelease(system); }
};
struct WriterFree {
    void operator()(archive* writer) const { archive_write_free(writer); }
};
struct EntryFree {
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

/// Marks member names as UTF-8 while it lives: libarchive does so where the locale is.
class Utf8Locale {
  public:
    Utf8Locale() : m_locale(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), m_before(uselocale(m_locale)) {}
    ~Utf8Locale() {
        uselocale(m_before);
        freelocale(m_locale);
    }
    Utf8Locale(const Utf8Locale&) = delete;
    Utf8Locale& operator=(const Utf8Locale&) = delete;

  private:
    locale_t m_locale;
    locale_t m_before;
};

void addFeature(OGRLayerH layer, const SampleFeature& sample, bool hasNames) {
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    const std::unique_ptr<void, FeatureDestroyer> feature(OGR_F_Create(definition));
    auto* const handle = static_cast<OGRFeatureH>(feature.get());
    if (hasNames) {
        OGR_F_SetFieldString(handle, OGR_F_GetFieldIndex(handle, "name"), sample.name.c_str());
    }
    if (!sample.wkt.empty()) {
        std::string text = sample.wkt;
        char* cursor = text.data();
        OGRGeometryH geometry = nullptr;
        demand(OGR_G_CreateFromWkt(&cursor, nullptr, &geometry) == OGRERR_NONE, "bad WKT " + sample.wkt);
        OGR_F_SetGeometryDirectly(handle, geometry);
    }
    demand(OGR_L_CreateFeature(layer, handle) == OGRERR_NONE, "cannot write " + sample.wkt);
}

} // namespace

void writeWithOgr(const std::filesystem::path& file, const char* driver,
                  const std::vector<SampleFeature>& features, const SampleLayer& how) {
    GDALAllRegister();
    GDALDriverH maker = GDALGetDriverByName(driver);
    demand(maker != nullptr, std::string("no driver ") + driver);
    std::vector<const char*> datasetOptions = how.datasetOptions;
    datasetOptions.push_back(nullptr);
    std::vector<const char*> layerOptions = how.layerOptions;
    layerOptions.push_back(nullptr);
    const bool isThere = std::filesystem::exists(file);
    const std::unique_ptr<void, DatasetCloser> dataset(
        isThere ? GDALOpenEx(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, nullptr, nullptr, nullptr)
                : GDALCreate(maker, file.c_str(), 0, 0, 0, GDT_Unknown,
                             const_cast<char**>(datasetOptions.data())));
    demand(dataset != nullptr, "cannot make " + file.string());
    std::unique_ptr<void, SystemReleaser> system;
    if (how.epsg != 0) {
        system.reset(OSRNewSpatialReference(nullptr));
        demand(OSRImportFromEPSG(system.get(), how.epsg) == OGRERR_NONE, "unknown EPSG code");
        OSRSetAxisMappingStrategy(system.get(), OAMS_TRADITIONAL_GIS_ORDER);
    }
    OGRwkbGeometryType type = wkbUnknown;
    if (!features.empty() && !features.front().wkt.empty()) {
        std::string text = features.front().wkt;
        char* cursor = text.data();
        OGRGeometryH geometry = nullptr;
        demand(OGR_G_CreateFromWkt(&cursor, nullptr, &geometry) == OGRERR_NONE, "bad WKT " + text);
        type = OGR_G_GetGeometryType(geometry);
        OGR_G_DestroyGeometry(geometry);
    }
    OGRLayerH layer = GDALDatasetCreateLayer(dataset.get(), how.layer.c_str(), system.get(), type,
                                             const_cast<char**>(layerOptions.data()));
    demand(layer != nullptr, std::string("cannot make a layer with ") + driver);
    OGRFieldDefnH name = OGR_Fld_Create("name", OFTString);
    OGR_Fld_SetWidth(name, 60);
    const bool hasNames = OGR_L_TestCapability(layer, OLCCreateField) != 0 &&
                          OGR_L_CreateField(layer, name, TRUE) == OGRERR_NONE;
    OGR_Fld_Destroy(name);
    for (const SampleFeature& feature : features) {
        addFeature(layer, feature, hasNames);
    }
}

void writeZip(const std::filesystem::path& file, const std::vector<ZipEntry>& entries,
              const ZipOptions& options) {
    std::unique_ptr<Utf8Locale> locale;
    if (options.names == ZipNames::MarkedUtf8) {
        locale = std::make_unique<Utf8Locale>();
    }
    const std::unique_ptr<archive, WriterFree> writer(archive_write_new());
    archive_write_set_format_zip(writer.get());
    if (!options.password.empty()) {
        demand(archive_write_set_options(writer.get(), "zip:encryption=traditional") == ARCHIVE_OK,
               "libarchive cannot encrypt");
        archive_write_set_passphrase(writer.get(), options.password.c_str());
    }
    demand(archive_write_open_filename(writer.get(), file.c_str()) == ARCHIVE_OK, "cannot write a zip");
    for (const ZipEntry& sample : entries) {
        const std::unique_ptr<archive_entry, EntryFree> entry(archive_entry_new());
        archive_entry_set_pathname(entry.get(), sample.name.c_str());
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_filetype(entry.get(), sample.linkTo.empty() ? AE_IFREG : AE_IFLNK);
        if (!sample.linkTo.empty()) {
            archive_entry_set_symlink(entry.get(), sample.linkTo.c_str());
        }
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(sample.content.size()));
        demand(archive_write_header(writer.get(), entry.get()) >= ARCHIVE_WARN, "cannot write a member");
        if (!sample.content.empty()) {
            demand(archive_write_data(writer.get(), sample.content.data(), sample.content.size()) >= 0,
                   "cannot write a member's bytes");
        }
    }
    demand(archive_write_close(writer.get()) == ARCHIVE_OK, "cannot finish a zip");
}

std::vector<ZipEntry> entriesOf(const std::filesystem::path& folder, const std::string& prefix) {
    std::vector<ZipEntry> entries;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            entries.push_back({prefix + entry.path().lexically_relative(folder).generic_string(),
                               textOf(entry.path()),
                               {}});
        }
    }
    std::sort(entries.begin(), entries.end(),
              [](const ZipEntry& a, const ZipEntry& b) { return a.name < b.name; });
    return entries;
}

} // namespace tests
