#include "layers/column_names.hpp"

#include "layers/text.hpp"

#include <algorithm>

namespace layers {

int columnOf(const std::vector<std::string>& names, const std::string& wanted) {
    const auto exact = std::find(names.begin(), names.end(), wanted);
    if (exact != names.end()) {
        return static_cast<int>(exact - names.begin());
    }
    const std::string asked = folded(wanted);
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const std::string& name) { return folded(name) == asked; });
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

std::string uniqueName(const std::string& name, std::set<std::string>& taken) {
    std::string unique = name;
    for (int n = 2; !taken.insert(folded(unique)).second; ++n) {
        unique = name + "_" + std::to_string(n);
    }
    return unique;
}

} // namespace layers
