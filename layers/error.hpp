#pragma once

#include <stdexcept>
#include <string>

namespace layers {

/// A failure with files, layers or the database that stops the work: it names what failed, where (file,
/// layer, feature, field), why, and what to do. Defects in the data do not throw; they are Problem records
/// (problem.hpp).
class Error : public std::runtime_error {
  public:
    explicit Error(const std::string& message) : std::runtime_error(message) {}
};

} // namespace layers
