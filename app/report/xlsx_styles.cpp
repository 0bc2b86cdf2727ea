#include "app/report/xlsx_handle.hpp"

namespace app::xlsx {

namespace {

constexpr const char* kTextFont = "宋体";
constexpr const char* kHeadFont = "黑体";
constexpr double kTextSize = 9;
constexpr double kHeadSize = 9.5;
constexpr double kTitleSize = 16;
constexpr lxw_color_t kBlack = 0x262626;
constexpr lxw_color_t kRed = 0xC00000;
constexpr lxw_color_t kGrey = 0x595959;
constexpr lxw_color_t kBorder = 0xA6A6A6;
constexpr lxw_color_t kNoFill = LXW_COLOR_UNSET;
constexpr lxw_color_t kBlueFill = 0xDCE6F1;
constexpr lxw_color_t kGreenFill = 0xE2EFDA;
constexpr lxw_color_t kOrangeFill = 0xFCE4D6;
constexpr lxw_color_t kYellowFill = 0xFFF2CC;
constexpr lxw_color_t kPaleYellowFill = 0xFFFBF0;
constexpr lxw_color_t kPaleRedFill = 0xFBE5E3;
constexpr lxw_color_t kTotalFill = 0xF2F2F2;

enum class Weight { Normal, Bold };
enum class Border { None, Thin };

/// How a style looks, one row each. What comes from the data is formatted as text ("@"), so that it stays
/// text when somebody edits the cell; long texts of ours are General, for some programs show #### for a long
/// text in "@".
struct Look {
    Style style;
    const char* font;
    double size;
    Weight weight;
    lxw_color_t colour;
    lxw_color_t fill;
    Border border;
    std::uint8_t align;
    bool wraps;
    const char* numbers; ///< number format, "@" for text
};

constexpr const char* kGeneral = "General";
constexpr const char* kText = "@";
constexpr std::uint8_t kLeft = LXW_ALIGN_LEFT;
constexpr std::uint8_t kCentre = LXW_ALIGN_CENTER;
constexpr std::uint8_t kRight = LXW_ALIGN_RIGHT;

constexpr auto kLooks = std::to_array<Look>({
    {Style::Title, kHeadFont, kTitleSize, Weight::Bold, kBlack, kNoFill, Border::None, kLeft, false, kText},
    {Style::TitleCentred, kHeadFont, kTitleSize, Weight::Bold, kBlack, kNoFill, Border::None, kCentre, false,
     kText},
    {Style::Info, kTextFont, kTextSize, Weight::Normal, kGrey, kNoFill, Border::None, kLeft, false, kText},
    {Style::Alert, kHeadFont, kHeadSize, Weight::Bold, kRed, kNoFill, Border::None, kLeft, false, kText},
    {Style::HeadPlace, kHeadFont, kHeadSize, Weight::Bold, kBlack, kBlueFill, Border::Thin, kCentre, true,
     kText},
    {Style::HeadZone, kHeadFont, kHeadSize, Weight::Bold, kBlack, kGreenFill, Border::Thin, kCentre, true,
     kText},
    {Style::HeadVerdict, kHeadFont, kHeadSize, Weight::Bold, kBlack, kOrangeFill, Border::Thin, kCentre, true,
     kText},
    {Style::HeadField, kHeadFont, kHeadSize, Weight::Bold, kBlack, kYellowFill, Border::Thin, kCentre, true,
     kText},
    {Style::Text, kTextFont, kTextSize, Weight::Normal, kBlack, kNoFill, Border::Thin, kLeft, true, kText},
    {Style::Centred, kTextFont, kTextSize, Weight::Normal, kBlack, kNoFill, Border::Thin, kCentre, true,
     kText},
    {Style::Wrapped, kTextFont, kTextSize, Weight::Normal, kBlack, kNoFill, Border::Thin, kLeft, true,
     kGeneral},
    {Style::Whole, kTextFont, kTextSize, Weight::Normal, kBlack, kNoFill, Border::Thin, kCentre, false, "0"},
    {Style::Hectares, kTextFont, kTextSize, Weight::Normal, kBlack, kNoFill, Border::Thin, kRight, false,
     "0.0000"},
    {Style::OneDecimal, kTextFont, kTextSize, Weight::Normal, kBlack, kNoFill, Border::Thin, kRight, false,
     "0.0"},
    {Style::TwoDecimals, kTextFont, kTextSize, Weight::Normal, kBlack, kNoFill, Border::Thin, kRight, false,
     "0.00"},
    {Style::ThreeDecimals, kTextFont, kTextSize, Weight::Normal, kBlack, kNoFill, Border::Thin, kRight, false,
     "0.000"},
    {Style::FiveDecimals, kTextFont, kTextSize, Weight::Normal, kBlack, kNoFill, Border::Thin, kRight, false,
     "0.00000"},
    {Style::Degrees, kTextFont, kTextSize, Weight::Normal, kBlack, kNoFill, Border::Thin, kRight, false,
     "0.000000"},
    {Style::Urgent, kTextFont, kTextSize, Weight::Bold, kRed, kPaleRedFill, Border::Thin, kCentre, true,
     kGeneral},
    {Style::Field, kTextFont, kTextSize, Weight::Normal, kBlack, kPaleYellowFill, Border::Thin, kLeft, true,
     kText},
    {Style::FieldDate, kTextFont, kTextSize, Weight::Normal, kBlack, kPaleYellowFill, Border::Thin, kCentre,
     false, "yyyy-mm-dd"},
    {Style::TotalLabel, kHeadFont, kHeadSize, Weight::Bold, kBlack, kTotalFill, Border::Thin, kCentre, false,
     kText},
    {Style::TotalWhole, kHeadFont, kHeadSize, Weight::Bold, kBlack, kTotalFill, Border::Thin, kCentre, false,
     "0"},
    {Style::TotalHectares, kHeadFont, kHeadSize, Weight::Bold, kBlack, kTotalFill, Border::Thin, kRight,
     false, "0.0000"},
    {Style::TotalOneDecimal, kHeadFont, kHeadSize, Weight::Bold, kBlack, kTotalFill, Border::Thin, kRight,
     false, "0.0"},
    {Style::TotalTwoDecimals, kHeadFont, kHeadSize, Weight::Bold, kBlack, kTotalFill, Border::Thin, kRight,
     false, "0.00"},
    {Style::TotalThreeDecimals, kHeadFont, kHeadSize, Weight::Bold, kBlack, kTotalFill, Border::Thin, kRight,
     false, "0.000"},
    {Style::TotalFiveDecimals, kHeadFont, kHeadSize, Weight::Bold, kBlack, kTotalFill, Border::Thin, kRight,
     false, "0.00000"},
    {Style::TotalSixDecimals, kHeadFont, kHeadSize, Weight::Bold, kBlack, kTotalFill, Border::Thin, kRight,
     false, "0.000000"},
    {Style::Label, kHeadFont, kHeadSize, Weight::Bold, kBlack, kBlueFill, Border::Thin, kLeft, true, kText},
    {Style::Plain, kTextFont, kTextSize, Weight::Normal, kBlack, kNoFill, Border::None, kLeft, false, kText},
    {Style::Note, kTextFont, kTextSize, Weight::Normal, kBlack, kNoFill, Border::None, kLeft, true, kText},
});
static_assert(std::size(kLooks) == static_cast<std::size_t>(Style::Count));

} // namespace

void makeFormats(lxw_workbook* book,
                 std::array<lxw_format*, static_cast<std::size_t>(Style::Count)>& formats) {
    for (const Look& look : kLooks) {
        lxw_format* format = workbook_add_format(book);
        format_set_font_name(format, look.font);
        format_set_font_size(format, look.size);
        format_set_font_color(format, look.colour);
        if (look.weight == Weight::Bold) {
            format_set_bold(format);
        }
        if (look.fill != kNoFill) {
            format_set_pattern(format, LXW_PATTERN_SOLID);
            format_set_bg_color(format, look.fill);
        }
        if (look.border == Border::Thin) {
            format_set_border(format, LXW_BORDER_THIN);
            format_set_border_color(format, kBorder);
        }
        format_set_align(format, look.align);
        format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
        if (look.wraps) {
            format_set_text_wrap(format);
        }
        format_set_num_format(format, look.numbers);
        formats[static_cast<std::size_t>(look.style)] = format;
    }
}

} // namespace app::xlsx
