#pragma once

#include "app/cartography/page.hpp"
#include "app/check/detail_rows.hpp"
#include "app/check/rules.hpp"
#include "layers/list_columns.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// The task sheet 任务单 as data (docs/formats.md: the sheet's YAML): what stands on it and every text of its
/// own. Where it stands is the program's affair.
namespace app {

/// A fact of the list's row, as the list prints it. `span` of three cells a row.
struct SheetFact {
    std::string label;
    std::vector<layers::ListColumn> list;
    std::string join;
    int span = 1;
};

/// A column of the table of overlaps, as 涉及管控区明细 prints it.
struct SheetColumn {
    std::string header;
    std::vector<DetailColumn> detail;
    std::string join;
    double widthMm = 0; ///< in proportion to the others'
    TextAlign align = TextAlign::Left;
};

/// Something to be filled in by hand. `span` of two cells a row.
struct SheetBlank {
    std::string label;
    int span = 1;
    int lines = 1;
    std::vector<std::string> choices; ///< boxes to tick
};

struct SheetSignature {
    std::string label;
    bool isSeal = false; ///< room for a seal of 40 mm
};

struct SheetTemplate {
    std::string name; ///< of the files
    std::string version;
    std::string title;
    std::string cover;
    std::string mark;   ///< 内部资料; empty: none
    std::string notice; ///< stands on every page
    std::vector<SheetFact> facts;
    std::string overlapsTitle;
    std::vector<SheetColumn> overlaps;
    std::string mapTitle;
    std::string imageryTitle = "影像对比";
    /// Before and after image on the sheet: always by the template, else when images are given.
    bool showsImagery = false;
    std::string pointsTitle;
    std::string checklistTitle;
    std::vector<std::string> always;
    std::map<std::string, std::vector<std::string>> activities; ///< by our code A01 …
    std::string recordTitle;
    std::vector<SheetBlank> record;
    std::vector<SheetSignature> signatures;
    std::string sha256; ///< of the YAML
};

struct SheetTemplateLoad {
    SheetTemplate sheet;
    std::vector<RuleFault> faults; ///< every one, by line and column
};
/// Reads a template and checks it whole. Never throws for what the text holds.
[[nodiscard]] SheetTemplateLoad parseSheetTemplate(std::string_view yaml);

/// The template that comes with the program, built in.
[[nodiscard]] std::string_view shippedSheetTemplate();
/// The YAML of a file; the shipped one's for an empty name. Throws layers::Error when it cannot be read.
[[nodiscard]] std::string sheetTemplateText(const std::string& file);
/// Throws layers::Error that lists line and column of every fault.
[[nodiscard]] SheetTemplate loadSheetTemplate(const std::string& file);

} // namespace app
