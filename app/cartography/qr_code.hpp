#pragma once

#include "app/cartography/canvas.hpp"

#include <string>

namespace app {

/// Draws a QR code (ISO/IEC 18004, error correction M) into a square, with the quiet zone of four modules
/// that readers need. Throws layers::Error for a text that no code can hold.
void paintQrCode(Canvas& canvas, const std::string& text, const PageBox& square);

} // namespace app
