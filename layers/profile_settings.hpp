#pragma once

#include "layers/reader.hpp"

namespace layers {

/// The options with what a named profile settles before a file can be read: `encoding:`, `datum:`, `plane:`
/// of the first profile of options.profiles that fits the file read with that encoding. What the command line
/// gives wins. Throws like openSource().
[[nodiscard]] ReadOptions withProfileSettings(const LayerRef& ref, const ReadOptions& options);

} // namespace layers
