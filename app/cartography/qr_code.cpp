#include "app/cartography/qr_code.hpp"

#include "layers/error.hpp"

#include <qrencode.h>

#include <memory>

namespace app {

namespace {

struct CodeFree {
    void operator()(QRcode* code) const noexcept { QRcode_free(code); }
};

} // namespace

void paintQrCode(Canvas& canvas, const std::string& text, const PageBox& square) {
    const std::unique_ptr<QRcode, CodeFree> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
    if (!code) {
        throw layers::Error("二维码容不下文字 / no QR code can hold the text: " + text);
    }
    constexpr int kQuiet = 4;
    const int width = code->width;
    const double module = square.width / (width + 2 * kQuiet);
    const auto isDark = [&](int row, int column) { return (code->data[row * width + column] & 1U) != 0; };
    for (int row = 0; row < width; ++row) {
        for (int column = 0; column < width; ++column) {
            if (!isDark(row, column)) {
                continue;
            }
            int end = column;
            while (end < width && isDark(row, end)) {
                ++end;
            }
            canvas.rectangle({square.x + (column + kQuiet) * module, square.y + (row + kQuiet) * module,
                              (end - column) * module, module});
            column = end;
        }
    }
    canvas.fill({kBlack});
}

} // namespace app
