#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace layers {

/// A number that its format shows as a date or a time. GDAL's XLSX driver counts all dates from 1899-12-30
/// and hands a time beyond 24 hours as a fraction of days, or without its days.
struct TimedCell {
    enum class Kind {
        Date,    ///< its days count from 1904-01-01; kept only of a workbook that counts so
        Clock,   ///< hours, minutes, seconds: 30:15:20
        Minutes, ///< shown without hours (mm:ss): which part is which cannot be known
    };
    std::uint32_t row = 0;    ///< from 1, as a spreadsheet counts
    std::uint32_t column = 0; ///< from 1
    Kind kind = Kind::Clock;
    double days = 0;
};

struct SpreadsheetTimes {
    bool countFrom1904 = false;
    std::vector<TimedCell> cells; ///< by row and column
};

/// Looks through a sheet of an .xlsx, 16 bytes for each such cell. Nothing for what is no readable workbook:
/// that is for the driver to say.
[[nodiscard]] SpreadsheetTimes spreadsheetTimes(const std::filesystem::path& file, const std::string& sheet);

/// "30:15:20" of 1.2606481481, with thousandths of a second where there are any.
[[nodiscard]] std::string clockText(double days);
/// "2024/03/15" (and " 12:00:00") of days since 1904-01-01; empty beyond the years 1904 to 9999.
[[nodiscard]] std::string dateTextFrom1904(double days);

} // namespace layers
