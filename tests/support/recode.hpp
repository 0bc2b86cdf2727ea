#pragma once

#include <stdexcept>
#include <string>

#include <iconv.h>

namespace tests {

/// UTF-8 text in another encoding (iconv's name).
inline std::string encoded(const std::string& text, const std::string& encoding) {
    iconv_t converter = iconv_open(encoding.c_str(), "UTF-8");
    std::string input = text;
    std::string output(text.size() * 4 + 4, '\0');
    char* in = input.data();
    std::size_t inLeft = input.size();
    char* out = output.data();
    std::size_t outLeft = output.size();
    const std::size_t status = iconv(converter, &in, &inLeft, &out, &outLeft);
    iconv_close(converter);
    if (status == static_cast<std::size_t>(-1)) {
        throw std::runtime_error("cannot write this text in " + encoding);
    }
    output.resize(output.size() - outLeft);
    return output;
}

} // namespace tests
