#include "app/cases/result_digest.hpp"

#include "app/report/results_rows.hpp"
#include "geo/wkb.hpp"
#include "layers/sha256.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

#include <fmt/format.h>

namespace app {

namespace {

/// Each row as bytes that no other row has: type and length stand before every value.
void appendBytes(std::string& bytes, const layers::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        fmt::format_to(std::back_inserter(bytes), "t{}:", text->size());
        bytes += *text;
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        fmt::format_to(std::back_inserter(bytes), "i{};", *whole);
    } else if (const auto* real = std::get_if<double>(&value)) {
        fmt::format_to(std::back_inserter(bytes), "r{:016x};", std::bit_cast<std::uint64_t>(*real));
    } else {
        bytes += "n;";
    }
}

/// Sums rows up by hashing each onto what stands there already.
class RowDigest final : public layers::TableSink {
  public:
    explicit RowDigest(std::size_t patches) { m_digest.patches.resize(patches); }

    void useTable(const std::string& name) override {
        constexpr std::array<std::string_view, 3> kOfAPatch{"overlaps", "atoms", "near"};
        m_table = name;
        m_rows = 0;
        m_namesPatch = std::find(kOfAPatch.begin(), kOfAPatch.end(), name) != kOfAPatch.end();
    }

    void addRow(std::span<const layers::Value> values, const geo::Shape* shape) override {
        m_bytes = m_table + "\n";
        for (const layers::Value& value : values) {
            appendBytes(m_bytes, value);
        }
        if (shape != nullptr) {
            geo::appendWkb(*shape, m_wkb);
            m_bytes.append(reinterpret_cast<const char*>(m_wkb.data()), m_wkb.size());
        }
        const std::string row = layers::sha256OfText(m_bytes);
        m_digest.whole = layers::sha256OfText(m_digest.whole + row);
        if (m_namesPatch || m_table == "patches") {
            // Rows of other tables begin with their patch, counted from 1.
            const std::size_t patch =
                m_namesPatch ? static_cast<std::size_t>(std::get<std::int64_t>(values.front())) - 1 : m_rows;
            std::string& sum = m_digest.patches.at(patch);
            sum = layers::sha256OfText(sum + row);
        }
        ++m_rows;
    }

    [[nodiscard]] ResultDigest take() { return std::move(m_digest); }

  private:
    ResultDigest m_digest;
    std::string m_table;
    std::size_t m_rows = 0;
    bool m_namesPatch = false;
    std::string m_bytes;
    std::vector<std::byte> m_wkb;
};

} // namespace

ResultDigest digestOf(const CheckResult& result, geo::Progress& progress) {
    constexpr std::int64_t kPasses = 3; // patches, overlaps, atoms
    progress.begin("校验和 digest", kPasses * static_cast<std::int64_t>(result.patches.size()));
    RowDigest digest(result.patches.size());
    ResultsRows(result, digest).writeAll([&progress] { progress.step(); });
    return digest.take();
}

} // namespace app
