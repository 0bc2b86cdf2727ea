#pragma once

#include "app/cartography/contact_sheet.hpp"
#include "layers/output_folder.hpp"
#include "layers/project/ledger_change.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace app {

/// The file of a contact sheet.
inline constexpr const char* kContactFile = "联系图.pdf";

struct ContactExportRequest {
    std::string batch; ///< code or name
    std::filesystem::path folder;
    layers::Existing existing = layers::Existing::Refuse;
    int threads = 0;
    std::vector<std::filesystem::path> inputs; ///< files that must not be replaced: images
    const Imagery* imagery = nullptr;          ///< nullptr: none was given
};
struct ContactExport {
    std::int64_t run = 0;
    ContactSheet sheet;
    std::filesystem::path file;
};

/// Writes the contact sheet 联系图 of a batch's current run, with the cases' numbers. The ledger notes who
/// exported what. Throws layers::Error, geo::Cancelled.
ContactExport exportContact(layers::ProjectFile& project, const layers::Stamp& stamp,
                            const ContactExportRequest& request, geo::Progress& progress);

} // namespace app
