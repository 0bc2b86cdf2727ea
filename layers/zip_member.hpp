#pragma once

#include "layers/xml_tags.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace layers {

/// How GDAL calls the inside of a ZIP archive.
[[nodiscard]] std::string zipRoot(const std::filesystem::path& archive);

/// Hands the tags of a member (a path of GDAL's) to take(tag, text before it), piece by piece. A member that
/// is not there has none.
void readXmlMember(const std::string& member,
                   const std::function<void(std::string_view tag, std::string_view text)>& take);

} // namespace layers
