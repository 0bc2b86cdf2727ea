#include "app/cartography/sheet_key.hpp"

#include "app/cartography/canvas.hpp"

namespace app {

namespace {

/// To be raised when the same content is to be drawn anew by the same version of the program.
constexpr int kDrawing = 1;

void add(ContentDigest& digest, const std::vector<SheetText>& texts) {
    digest.add(texts.size());
    for (const SheetText& text : texts) {
        digest.add(text.label);
        digest.add(text.text);
        digest.add(text.span);
    }
}

void add(ContentDigest& digest, const std::vector<std::string>& texts) {
    digest.add(texts.size());
    for (const std::string& text : texts) {
        digest.add(text);
    }
}

void add(ContentDigest& digest, const SheetContent& content) {
    digest.add(content.number);
    digest.add(content.batch);
    digest.add(content.deadline);
    add(digest, content.facts);
    digest.add(content.overlaps.size());
    for (const std::vector<std::string>& row : content.overlaps) {
        add(digest, row);
    }
    add(digest, content.points);
    add(digest, content.checks);
    digest.add(content.link);
    add(digest, content.alerts);
}

} // namespace

std::string sheetBasis(const SheetTemplate& sheet) {
    ContentDigest digest;
    digest.add(kDrawing);
    digest.add(std::string_view(ECOREDLINE_VERSION));
    digest.add(sheet.sha256);
    digest.add(drawingLibraries());
    digest.add(machineFonts());
    return digest.hex();
}

std::string sheetKey(const std::string& basis, const TaskSheet& sheet, SheetMaps& maps) {
    ContentDigest digest;
    digest.add(basis);
    add(digest, sheet.content());
    maps.addTo(digest, sheet.patch(), sheet.mapBox(), TaskSheet::chipsBox(0));
    return digest.hex();
}

} // namespace app
