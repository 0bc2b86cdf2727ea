#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace layers {

/// A text as a GBK file can hold it.
struct GbkText {
    std::string utf8;  ///< what will be read back: 〓 for what GBK lacks, spaces for control characters
    std::string bytes; ///< the same in GBK
    std::vector<std::string>
        replaced; ///< the characters lost, in order ("䶮"; "\xNN" for bytes that are no UTF-8)
};

/// Turns UTF-8 into GBK, character by character (iconv). Throws layers::Error when the machine knows no GBK.
class GbkEncoder {
  public:
    GbkEncoder();
    ~GbkEncoder();
    GbkEncoder(const GbkEncoder&) = delete;
    GbkEncoder& operator=(const GbkEncoder&) = delete;

    [[nodiscard]] GbkText encode(std::string_view utf8);

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Cuts a UTF-8 text that GBK can hold into parts of at most `most` bytes in GBK, never inside a character
/// and never beside a space (DBF readers trim). The parts joined are the text. One part (maybe empty) at
/// least.
[[nodiscard]] std::vector<std::string> splitForGbk(const GbkText& text, std::size_t most);

} // namespace layers
