#include "app/cli/stamp.hpp"

#include "app/cli/today.hpp"

#include <CLI/CLI.hpp>

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include <fmt/format.h>

namespace app {

namespace {

std::string userName() {
    constexpr std::size_t kRoom = 4096;
    std::array<char, kRoom> room{};
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(getuid(), &entry, room.data(), room.size(), &found) == 0 && found != nullptr) {
        return found->pw_name;
    }
    return fmt::format("uid {}", getuid());
}

} // namespace

layers::Stamp stampOf(const std::string& who) {
    constexpr std::int64_t kDay = 86400;
    constexpr std::int64_t kHour = 3600;
    constexpr std::int64_t kMinute = 60;
    const std::int64_t seconds = chinaSeconds();
    const std::int64_t second = seconds % kDay;
    layers::Stamp stamp;
    stamp.at = fmt::format("{}T{:02}:{:02}:{:02}+08:00",
                           layers::isoFromDay(static_cast<layers::Day>(seconds / kDay)), second / kHour,
                           second % kHour / kMinute, second % kMinute);
    const char* named = std::getenv("ECOREDLINE_WHO");
    stamp.who = !who.empty() ? who : named != nullptr && *named != '\0' ? named : userName();
    return stamp;
}

} // namespace app
