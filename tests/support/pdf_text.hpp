#pragma once

#include "tests/support/program.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

namespace tests {

/// What a command prints, with the paths as arguments in quotes of the shell.
inline std::string printedBy(const std::string& command) {
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) {
        return text;
    }
    std::array<char, 4096> room{};
    for (std::size_t n = 0; (n = fread(room.data(), 1, room.size(), pipe)) > 0;) {
        text.append(room.data(), n);
    }
    pclose(pipe);
    return text;
}

inline bool hasPdfTools() {
    return printedBy("command -v pdftotext && command -v pdffonts && command -v pdfinfo && echo all")
        .ends_with("all\n");
}

inline std::string quoted(const std::filesystem::path& file) {
    return "'" + file.string() + "'";
}

/// Text without white space: how a line was broken on paper is no part of it.
inline std::string unbroken(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 3, "\u3000") == 0) {
            i += 2;
        } else if (static_cast<unsigned char>(text[i]) > ' ') {
            plain += text[i];
        }
    }
    return plain;
}

/// The text of pages as they were drawn, unbroken. @param last 0: up to the end
inline std::string pdfText(const std::filesystem::path& file, int first = 1, int last = 0) {
    std::string command = "pdftotext -raw -enc UTF-8 -f " + std::to_string(first);
    if (last > 0) {
        command += " -l " + std::to_string(last);
    }
    return unbroken(printedBy(command + " " + quoted(file) + " - 2>&1"));
}

inline int pdfPages(const std::filesystem::path& file) {
    const std::string info = printedBy("pdfinfo " + quoted(file) + " 2>&1");
    const std::size_t at = info.find("Pages:");
    return at == std::string::npos ? -1 : std::stoi(info.substr(at + 6));
}

} // namespace tests
