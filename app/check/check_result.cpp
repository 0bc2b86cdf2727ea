#include "app/check/check_result.hpp"

#include <algorithm>

namespace app {

std::int64_t CheckResult::countOf(layers::Bucket bucket) const {
    if (bucket == layers::Bucket::Rejected) {
        return std::count_if(rejects.begin(), rejects.end(), [&](const layers::Reject& reject) {
            return inputs[static_cast<std::size_t>(reject.input)].role == layers::Role::Changes;
        });
    }
    return std::count_if(results.begin(), results.end(),
                         [&](const PatchResult& patch) { return patch.bucket == bucket; });
}

} // namespace app
