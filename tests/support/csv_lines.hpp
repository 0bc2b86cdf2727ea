#pragma once

#include "tests/support/program.hpp"

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

namespace tests {

/// Lines of a CSV as fields; commas inside quotes part nothing (no text of the sample holds quotes or line
/// ends).
inline std::vector<std::vector<std::string>> csvLines(const std::filesystem::path& csv) {
    std::vector<std::vector<std::string>> lines;
    std::istringstream text(fileText(csv));
    for (std::string line; std::getline(text, line);) {
        std::vector<std::string>& fields = lines.emplace_back(1);
        bool isQuoted = false;
        for (const char c : line) {
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ',' && !isQuoted) {
                fields.emplace_back();
            } else if (c != '\r') {
                fields.back() += c;
            }
        }
    }
    return lines;
}

} // namespace tests
