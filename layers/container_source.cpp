#include "layers/archive.hpp"
#include "layers/container.hpp"
#include "layers/error.hpp"
#include "layers/feature_source.hpp"
#include "layers/private_folder.hpp"

#include <algorithm>
#include <utility>

namespace layers {

namespace {

namespace fs = std::filesystem;

/// An error of the file inside, with the name of what holds it in front.
template <typename Work>
auto named(const std::string& container, Work&& work) {
    try {
        return work();
    } catch (const Error& e) {
        throw Error(container + " › " + e.what());
    }
}

/// A layer unpacked into a folder that goes with it.
class ArchiveSource final : public FeatureSource {
  public:
    ArchiveSource(const LayerRef& ref, const ReadOptions& options, ProblemLog& log)
        : m_name(ref.file.filename().string()) {
        std::vector<std::string> names;
        for (const ArchiveMember& member : archiveMembers(ref.file)) {
            names.push_back(member.name);
        }
        const ContainedChoice choice = chooseContained(mainNames(names), ref.layer, m_name);
        const fs::path place = placeOf(choice.file);
        unpackMembers(ref.file, m_folder.path(), [&](const ArchiveMember& member) -> fs::path {
            if (!belongsTo(member.name, choice.file)) {
                return {};
            }
            const std::size_t inside = choice.file.path.empty() ? 0 : choice.file.path.size() + 1;
            return choice.file.isFolder ? place / member.name.substr(inside) : fs::path(member.name);
        });
        m_source = named(m_name, [&] {
            return openSource({m_folder.path() / place, choice.layer}, options, log);
        });
        // NOLINTNEXTLINE(cppcoreguidelines-prefer-member-initializer): of the source just opened
        m_info = m_source->info();
        m_info.members = {ref.file};
        std::string extension = ref.file.extension().string();
        if (extension == ".ovkmz") {
            noteShiftedKml(log);
        }
    }

    [[nodiscard]] const SourceInfo& info() const override { return m_info; }

    [[nodiscard]] std::vector<RawFeature> read(std::size_t bytes) override {
        std::vector<RawFeature> batch = named(m_name, [&] { return m_source->read(bytes); });
        if (m_info.fields.size() != m_source->info().fields.size()) {
            m_info.fields = m_source->info().fields;
        }
        return batch;
    }

  private:
    /// In a KMZ doc.kml is what is meant; others are linked from it.
    static std::vector<std::string> mainNames(const std::vector<std::string>& names) {
        const bool isKmz = std::find(names.begin(), names.end(), "doc.kml") != names.end() &&
                           std::none_of(names.begin(), names.end(),
                                        [](const std::string& name) { return name.ends_with(".shp"); });
        return isKmz ? std::vector<std::string>{"doc.kml"} : names;
    }

    /// Where it goes in our folder; GDAL knows a geodatabase by its folder's name.
    static fs::path placeOf(const ContainedLayer& layer) {
        if (!layer.isFolder) {
            return layer.path;
        }
        fs::path place = layer.path.empty() ? fs::path("geodatabase") : fs::path(layer.path);
        return place.replace_extension(".gdb");
    }

    std::string m_name;
    PrivateFolder m_folder; ///< outlives what reads in it
    std::unique_ptr<FeatureSource> m_source;
    SourceInfo m_info;
};

/// Files of a folder and of the folders in it, relative, with '/'.
std::vector<std::string> namesInFolder(const fs::path& folder) {
    constexpr std::size_t kMost = 20'000;
    std::vector<std::string> names;
    std::error_code fault;
    fs::recursive_directory_iterator entry(folder, fault);
    for (; !fault && entry != fs::recursive_directory_iterator(); entry.increment(fault)) {
        if (entry.depth() > 0 && entry->is_directory(fault)) {
            entry.disable_recursion_pending(); // one folder deep
        }
        if (entry->is_regular_file(fault)) {
            names.push_back(entry->path().lexically_relative(folder).generic_string());
        }
        if (names.size() > kMost) {
            throw Error(folder.string() +
                        "：文件夹中文件超过 20000 个，请直接指明图层文件 / more than 20000 files in "
                        "the folder: name the layer's own file");
        }
    }
    if (fault) {
        throw Error(folder.string() + "：文件夹无法读取（" + fault.message() +
                    "），请检查权限 / the folder cannot be read: check that it may be");
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

std::unique_ptr<FeatureSource> openArchive(const LayerRef& ref, const ReadOptions& options, ProblemLog& log) {
    return std::make_unique<ArchiveSource>(ref, options, log);
}

std::unique_ptr<FeatureSource> openFolder(const LayerRef& ref, const ReadOptions& options, ProblemLog& log) {
    const std::string name = ref.file.filename().string();
    const ContainedChoice choice = chooseContained(namesInFolder(ref.file), ref.layer, name);
    if (choice.file.isFolder && choice.file.path.empty()) {
        throw Error(name +
                    "：是文件地理数据库的内容，但文件夹名不以 .gdb 结尾，请改名 / the folder holds a file "
                    "geodatabase, but its name does not end in .gdb: rename it");
    }
    return named(name, [&] { return openSource({ref.file / choice.file.path, choice.layer}, options, log); });
}

} // namespace layers
