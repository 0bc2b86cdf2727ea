#pragma once

#include <stdexcept>
#include <string>

namespace geo {

/// A failure of the spatial engine that the caller cannot mend by looking at the data: a library that refuses
/// to start, an unknown coordinate system, a GEOS call that raises. The message says what, why and what to
/// do.
class Error : public std::runtime_error {
  public:
    explicit Error(const std::string& message) : std::runtime_error(message) {}
};

} // namespace geo
