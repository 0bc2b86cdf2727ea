#include "app/cases/zone_kinds.hpp"

#include "app/check/list_words.hpp"

#include <algorithm>
#include <array>

namespace app {

std::size_t kindPlace(const std::string& kind) {
    using layers::ZoneKind;
    constexpr std::array kKinds{ZoneKind::NationalPark, ZoneKind::NatureReserve, ZoneKind::ScenicArea,
                                ZoneKind::NaturePark,   ZoneKind::RedLine,       ZoneKind::WaterSource};
    const auto* found = std::find_if(kKinds.begin(), kKinds.end(),
                                     [&kind](ZoneKind each) { return layers::zoneKindNameZh(each) == kind; });
    return static_cast<std::size_t>(found - kKinds.begin()) + (kind.empty() ? 1 : 0);
}

std::vector<std::string> kindsOf(const std::string& text) {
    std::vector<std::string> kinds;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find(kListSeparator, start), text.size());
        addOnce(kinds, text.substr(start, end - start));
        start = end + kListSeparator.size();
    }
    std::sort(kinds.begin(), kinds.end(), [](const std::string& a, const std::string& b) {
        return std::pair(kindPlace(a), a) < std::pair(kindPlace(b), b);
    });
    return kinds.empty() ? std::vector<std::string>{""} : kinds;
}

} // namespace app
