#include "app/cases/case_sample.hpp"

#include "app/cases/zone_kinds.hpp"
#include "app/check/list_words.hpp"
#include "layers/error.hpp"
#include "layers/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>

namespace app {

namespace {

/// A stratum's part of what is to be shared: whole ones and the remainder over the common divisor.
struct Part {
    std::size_t stratum = 0;
    std::int64_t whole = 0;
    std::int64_t remainder = 0;
};

/// part · whole / all as whole ones and remainder; sizes of ledgers keep the product within 63 bits.
Part partOf(std::size_t stratum, std::int64_t size, std::int64_t total, std::int64_t all) {
    const std::int64_t product = size * total;
    return {stratum, product / all, product % all};
}

} // namespace

std::optional<SampleShare> SampleShare::parse(std::string_view text) {
    constexpr std::size_t kMostDecimals = 9;
    constexpr std::int64_t kTen = 10;
    const std::size_t point = text.find('.');
    const std::string_view decimals = point == std::string_view::npos ? "" : text.substr(point + 1);
    std::string digits(text.substr(0, point));
    digits += decimals;
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (digits.empty() || decimals.size() > kMostDecimals || digits.size() > kMostDecimals + 1 ||
        !std::all_of(digits.begin(), digits.end(), isDigit) || point == 0 ||
        (point != std::string_view::npos && decimals.empty())) {
        return std::nullopt;
    }
    SampleShare share;
    share.text = text;
    std::from_chars(digits.data(), digits.data() + digits.size(), share.part);
    for (std::size_t i = 0; i < decimals.size(); ++i) {
        share.whole *= kTen;
    }
    return share.part > 0 && share.part <= share.whole ? std::optional(share) : std::nullopt;
}

std::int64_t SampleShare::of(std::int64_t population) const {
    return (population * part + whole - 1) / whole;
}

std::int64_t leastTotal(const std::vector<std::int64_t>& sizes, std::int64_t leastEach) {
    std::int64_t least = 0;
    for (const std::int64_t size : sizes) {
        least += std::min(leastEach, size);
    }
    return least;
}

std::vector<std::int64_t> allocate(const std::vector<std::int64_t>& sizes, std::int64_t total,
                                   std::int64_t leastEach) {
    std::int64_t all = std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0});
    if (total < leastTotal(sizes, leastEach) || total > all) {
        throw layers::Error(
            "内部错误：样本数与各层不符 / internal error: the sample does not fit its strata");
    }
    std::vector<std::int64_t> counts(sizes.size());
    std::vector<std::size_t> open(sizes.size());
    std::iota(open.begin(), open.end(), std::size_t{0});
    // Each round settles the strata that the proportion leaves short; what the others share only shrinks.
    for (bool isSettled = false; !isSettled;) {
        std::vector<std::size_t> left;
        const std::int64_t shared = total;
        const std::int64_t among = all;
        for (const std::size_t i : open) {
            const std::int64_t least = std::min(leastEach, sizes[i]);
            if (sizes[i] * shared < least * among) {
                counts[i] = least;
                total -= least;
                all -= sizes[i];
            } else {
                left.push_back(i);
            }
        }
        isSettled = left.size() == open.size();
        open = std::move(left);
    }
    std::vector<Part> parts;
    std::int64_t rest = total;
    for (const std::size_t i : open) {
        parts.push_back(all == 0 ? Part{i} : partOf(i, sizes[i], total, all));
        counts[i] = parts.back().whole;
        rest -= counts[i];
    }
    std::sort(parts.begin(), parts.end(), [&sizes](const Part& a, const Part& b) {
        if (a.remainder != b.remainder) {
            return a.remainder > b.remainder;
        }
        return sizes[a.stratum] != sizes[b.stratum] ? sizes[a.stratum] > sizes[b.stratum]
                                                    : a.stratum < b.stratum;
    });
    for (std::size_t i = 0; i < static_cast<std::size_t>(rest); ++i) {
        ++counts[parts[i].stratum];
    }
    return counts;
}

SampleKey sampleKey(std::uint64_t seed, const std::string& number) {
    constexpr std::size_t kDigits = 16; // of 64 bits
    constexpr int kHex = 16;
    const std::string hash = layers::sha256OfText(std::to_string(seed) + ":" + number);
    SampleKey key;
    std::from_chars(hash.data(), hash.data() + kDigits, key.high, kHex);
    std::from_chars(hash.data() + kDigits, hash.data() + 2 * kDigits, key.low, kHex);
    return key;
}

std::vector<std::size_t> drawSample(const std::vector<SampleCandidate>& candidates,
                                    const std::vector<std::int64_t>& counts) {
    std::vector<std::size_t> order(candidates.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&candidates](std::size_t a, std::size_t b) {
        const SampleCandidate& one = candidates[a];
        const SampleCandidate& other = candidates[b];
        return one.key != other.key ? one.key < other.key : one.number < other.number;
    });
    std::vector<std::int64_t> wanted = counts;
    std::vector<std::size_t> drawn;
    for (const std::size_t place : order) {
        std::int64_t& left = wanted[candidates[place].stratum];
        if (left > 0) {
            --left;
            drawn.push_back(place);
        }
    }
    std::sort(drawn.begin(), drawn.end());
    return drawn;
}

const std::vector<StratumFieldName>& stratumFields() {
    static const std::vector<StratumFieldName> kFields{{StratumField::County, "county", "县(市)"},
                                                       {StratumField::ZoneKind, "zone_kind", "管控区类型"},
                                                       {StratumField::Priority, "priority", "优先级"},
                                                       {StratumField::Verdict, "verdict", "初步判定"},
                                                       {StratumField::Conclusion, "conclusion", "核查结论"},
                                                       {StratumField::Status, "status", "状态"}};
    return kFields;
}

const StratumFieldName& nameOf(StratumField field) {
    return stratumFields()[static_cast<std::size_t>(field)];
}

std::string stratumValue(StratumField field, const layers::CaseRecord& record) {
    const auto orNone = [](const std::string& text) { return text.empty() ? "（空）" : text; };
    switch (field) {
    case StratumField::County:
        return record.countyCode.empty() || record.county.empty() ? orNone(record.countyCode + record.county)
                                                                  : record.countyCode + " " + record.county;
    case StratumField::ZoneKind:
        return orNone(joinedTexts(kindsOf(record.zoneKind)));
    case StratumField::Priority:
        return std::to_string(record.priorityNow());
    case StratumField::Verdict:
        return orNone(record.verdictNow());
    case StratumField::Conclusion:
        return orNone(record.conclusion);
    case StratumField::Status:
        break;
    }
    return orNone(record.status);
}

} // namespace app
