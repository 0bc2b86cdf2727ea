# One INTERFACE target for warnings, linked privately by every target of ours; outside headers are SYSTEM.
add_library(project_warnings INTERFACE)
target_compile_options(project_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
    # The same doubles on every run and machine: no fused multiply-add behind our back.
    -ffp-contract=off
    # g++ 12 reports these falsely inside std::string's own concatenation (GCC bugs 105329, 105651).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>)

# Build types beside Debug and Release (CMakePresets.json). Plain variables: project() has put empty ones into the cache for
# whatever CMAKE_BUILD_TYPE says, and a default in the cache would not replace them.
# Asan is for clang: what libFuzzer needs is in it too, so that tests and fuzz targets are one build.
set(CMAKE_CXX_FLAGS_ASAN "-O1 -g1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined")
set(CMAKE_EXE_LINKER_FLAGS_ASAN "-fsanitize=address,undefined")
set(CMAKE_CXX_FLAGS_COVERAGE "-O0 -g --coverage")
set(CMAKE_EXE_LINKER_FLAGS_COVERAGE "--coverage")
