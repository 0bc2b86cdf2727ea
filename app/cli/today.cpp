#include "app/cli/today.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <string_view>

namespace app {

std::int64_t chinaSeconds() {
    if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH")) {
        const std::string_view text(epoch);
        std::int64_t seconds = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        if (fault != std::errc() || end != text.data() + text.size() || seconds < 0) {
            throw CLI::ValidationError("SOURCE_DATE_EPOCH “" + std::string(text) +
                                       "”: 应为自 1970-01-01 起的秒数 / should be seconds since 1970-01-01");
        }
        return seconds;
    }
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    // Offices keep China standard time (UTC+8), whatever the machine's zone.
    constexpr std::int64_t kChinaOffset = 8 * 3600;
    return std::chrono::duration_cast<std::chrono::seconds>(now).count() + kChinaOffset;
}

layers::Day today() {
    constexpr std::int64_t kSecondsPerDay = 86400;
    return static_cast<layers::Day>(chinaSeconds() / kSecondsPerDay);
}

} // namespace app
