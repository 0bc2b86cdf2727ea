#pragma once

#include "layers/encoding.hpp"
#include "layers/problem_log.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace layers {

/// A text file as UTF-8, piece by piece, so that memory does not follow its size. The encoding is decided as
/// for attribute tables: --encoding, byte order mark (UTF-8, UTF-16), else the bytes of the lines that are
/// not ASCII, taken from all over the file.
class TextStream {
  public:
    /// Throws layers::Error when the file cannot be read, is no text, or `given` is no encoding.
    TextStream(const std::filesystem::path& file, const std::string& given, ProblemLog& log);

    /// The next piece, whole lines of it; false at the end. Throws layers::Error where a line has no end
    /// within 16 MiB.
    [[nodiscard]] bool next(std::string& piece);
    [[nodiscard]] const EncodingDecision& encoding() const { return m_encoding; }
    /// Up to five lines that are not ASCII, as they come out, each cut to what a page can show.
    [[nodiscard]] const std::vector<std::string>& encodingSamples() const { return m_shown; }
    /// Lines of the file, counted once at the start.
    [[nodiscard]] std::int64_t lines() const { return m_lines; }
    /// Bytes that did not fit the encoding so far (each became U+FFFD).
    [[nodiscard]] std::int64_t faulty() const { return m_faulty; }
    /// Back to the first line.
    void rewind();

  private:
    enum class Width { Bytes, Little16, Big16 };
    void lookAtStart();
    void decide(const std::string& given, ProblemLog& log);
    [[nodiscard]] std::vector<std::string> samples();
    [[nodiscard]] std::size_t endOfLines() const;
    [[nodiscard]] std::string decoded(std::string_view bytes);

    std::filesystem::path m_file;
    std::ifstream m_stream;
    std::string m_bytes; ///< read and not yet given out
    bool m_atEnd = false;
    Width m_width = Width::Bytes;
    std::size_t m_markBytes = 0; ///< of the byte order mark
    EncodingDecision m_encoding;
    std::vector<std::string> m_shown;
    std::int64_t m_lines = 0;
    std::int64_t m_faulty = 0;
};

} // namespace layers
