#include "app/report/county_folder.hpp"

#include "app/check/list_words.hpp"
#include "app/check/printed_areas.hpp"
#include "layers/error.hpp"
#include "layers/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace app {

namespace fs = std::filesystem;

std::string countyFileCode(const CheckResult& result, std::size_t patch) {
    const std::string code = countyWords(result, mainCounty(result.results[patch])).code;
    const bool isCode = !code.empty() && std::all_of(code.begin(), code.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
    return isCode ? code : std::string(kNoCountyCode);
}

void writeManifest(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_directory()) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    const fs::path manifest = folder / "manifest.csv";
    std::ofstream out(manifest, std::ios::binary);
    out << "\xEF\xBB\xBF"
        << "file,bytes,sha256\r\n";
    for (const fs::path& file : files) {
        out << file.lexically_relative(folder).generic_string() << ',' << fs::file_size(file) << ','
            << layers::sha256Of({file}) << "\r\n";
    }
    out.close();
    if (!out) {
        throw layers::Error(
            fmt::format("无法写入 {} / cannot write {}", manifest.string(), manifest.string()));
    }
}

} // namespace app
