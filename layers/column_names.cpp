#include "layers/column_names.hpp"

#include "layers/feature_source.hpp"

#include "layers/text.hpp"

#include <algorithm>
#include <iterator>

namespace layers {

std::vector<std::string> fieldNames(const std::vector<SourceField>& fields) {
    std::vector<std::string> names;
    names.reserve(fields.size());
    std::transform(fields.begin(), fields.end(), std::back_inserter(names),
                   [](const SourceField& field) { return field.name; });
    return names;
}

std::vector<std::string> cutFieldNames(const std::vector<SourceField>& fields) {
    std::vector<SourceField> cut;
    std::copy_if(fields.begin(), fields.end(), std::back_inserter(cut),
                 [](const SourceField& field) { return field.isCut; });
    return fieldNames(cut);
}

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
