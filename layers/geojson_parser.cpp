#include "layers/error.hpp"
#include "layers/file_bytes.hpp"
#include "layers/geojson_handle.hpp"

#include <algorithm>
#include <iterator>
#include <span>

namespace layers {

namespace {

/// The characters of a file, read in pieces.
class Characters {
  public:
    explicit Characters(const std::filesystem::path& file) : m_bytes(file) { fill(); }
    [[nodiscard]] bool atEnd() const { return m_at == m_piece.size(); }
    [[nodiscard]] char current() const { return std::to_integer<char>(m_piece[m_at]); }
    void advance() {
        if (++m_at == m_piece.size()) {
            fill();
        }
    }

  private:
    void fill() {
        constexpr std::uint64_t kPiece = std::uint64_t{1} << 20U;
        m_start += m_piece.size();
        m_piece = m_bytes.at(m_start, static_cast<std::size_t>(std::min(kPiece, m_bytes.size() - m_start)));
        m_at = 0;
    }
    FileBytes m_bytes;
    std::span<const std::byte> m_piece;
    std::uint64_t m_start = 0;
    std::size_t m_at = 0;
};

/// Characters as the pair of iterators that the parser takes.
class CharacterIterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    CharacterIterator() = default;
    explicit CharacterIterator(Characters& characters) : m_characters(&characters) {}
    char operator*() const { return m_characters->current(); }
    CharacterIterator& operator++() {
        m_characters->advance();
        return *this;
    }
    CharacterIterator operator++(int) {
        const CharacterIterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const CharacterIterator& a, const CharacterIterator& b) {
        return a.isEnd() == b.isEnd();
    }
    friend bool operator!=(const CharacterIterator& a, const CharacterIterator& b) { return !(a == b); }

  private:
    [[nodiscard]] bool isEnd() const { return m_characters == nullptr || m_characters->atEnd(); }
    Characters* m_characters = nullptr;
};

} // namespace

GeoJsonFile parseGeoJson(const std::filesystem::path& file, ProblemLog& log) {
    Characters characters(file);
    GeoJsonEvents handler(
        file.filename().string(), [&] { return characters.atEnd(); }, log);
    if (characters.atEnd()) {
        throw Error(file.filename().string() + "：文件为空 / the file is empty");
    }
    nlohmann::json::sax_parse(CharacterIterator(characters), CharacterIterator(), &handler);
    return handler.finish();
}

} // namespace layers
