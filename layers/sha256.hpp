#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace layers {

/// sha256 over the bytes of files, in the order given, as lower-case hex. Throws layers::Error.
[[nodiscard]] std::string sha256Of(const std::vector<std::filesystem::path>& files);
[[nodiscard]] std::string sha256OfText(std::string_view text);

} // namespace layers
