#include "layers/profile_settings.hpp"

#include "layers/column_names.hpp"
#include "layers/feature_source.hpp"

#include <algorithm>

namespace layers {

namespace {

bool settlesSomething(const ImportProfile& profile, Role role) {
    const bool serves = std::find(profile.roles.begin(), profile.roles.end(), role) != profile.roles.end();
    return serves && (!profile.encoding.empty() || profile.datum.kind != geo::DatumShift::Kind::None);
}

} // namespace

ReadOptions withProfileSettings(const LayerRef& ref, const ReadOptions& options) {
    for (const ImportProfile* profile : options.profiles) {
        if (!settlesSomething(*profile, options.role)) {
            continue;
        }
        const std::string from = "profile " + profile->name;
        ReadOptions tried = options;
        if (tried.encoding.empty() && !profile->encoding.empty()) {
            tried.encoding = profile->encoding;
            tried.encodingFrom = from;
        }
        if (tried.positions.datum.kind == geo::DatumShift::Kind::None) {
            tried.positions.datum = profile->datum;
            tried.positions.datumFrom = from;
        }
        // Field names are known once they are decoded; what is wrong with the file is told when it is read.
        ProblemLog unheard("", "");
        const auto source = openSource(ref, tried, unheard);
        const std::vector<SourceField>& fields = source->info().fields;
        if (profileFits(*profile, options.role, fieldNames(fields), cutFieldNames(fields))) {
            return tried;
        }
    }
    return options;
}

} // namespace layers
