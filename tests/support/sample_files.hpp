#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tests {

struct SampleFeature {
    std::string name;
    std::string wkt; ///< empty: no geometry
};

/// Writes one layer "zones" with a text field "name" through a GDAL driver; adds it where the dataset is
/// there already. Throws std::runtime_error when GDAL cannot.
struct SampleLayer {
    std::string layer = "zones";
    int epsg = 4490; ///< 0: none
    std::vector<const char*> datasetOptions;
    std::vector<const char*> layerOptions;
};
void writeWithOgr(const std::filesystem::path& file, const char* driver,
                  const std::vector<SampleFeature>& features, const SampleLayer& how = {});

/// A member of a ZIP archive as a test wants it, right or wrong.
struct ZipEntry {
    std::string name; ///< bytes as they stand in the archive
    std::string content;
    std::string linkTo; ///< a symbolic link
};
enum class ZipNames { Raw, MarkedUtf8 };
struct ZipOptions {
    ZipNames names = ZipNames::Raw;
    std::string password; ///< not empty: encrypted
};
void writeZip(const std::filesystem::path& file, const std::vector<ZipEntry>& entries,
              const ZipOptions& options = {});

/// All files of a folder as members, `prefix` before their relative names.
[[nodiscard]] std::vector<ZipEntry> entriesOf(const std::filesystem::path& folder,
                                              const std::string& prefix = {});

} // namespace tests
