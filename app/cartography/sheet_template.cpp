#include "app/cartography/sheet_template.hpp"

#include "app/check/configuration.hpp"

namespace app {

std::string sheetTemplateText(const std::string& file) {
    return file.empty() ? std::string(shippedSheetTemplate()) : configurationText(file);
}

SheetTemplate loadSheetTemplate(const std::string& file) {
    SheetTemplateLoad load = parseSheetTemplate(sheetTemplateText(file));
    refuseFaults(file.empty() ? "task_sheet.yaml" : std::filesystem::path(file).filename().string(),
                 load.faults);
    return std::move(load.sheet);
}

} // namespace app
