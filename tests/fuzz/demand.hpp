#pragma once

#include <cstdio>
#include <cstdlib>

namespace fuzz {

/// What must hold whatever the input is; a fuzzer keeps the input that breaks it.
inline void demand(bool holds, const char* what) {
    if (!holds) {
        static_cast<void>(std::fprintf(stderr, "broken: %s\n", what));
        std::abort();
    }
}

} // namespace fuzz
