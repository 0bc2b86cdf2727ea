#pragma once

#include "tests/support/program.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tests {

/// Runs the program in a mount namespace of its own, after `setup` (a shell line; $1 is `folder`) has mounted
/// something there. What stands in the folder afterwards is appended to `out`, a line each.
inline Ended runMounted(const std::string& setup, const std::filesystem::path& folder,
                        const std::vector<std::string>& arguments) {
    const std::string script =
        setup +
        R"( || exit 99; folder="$1"; shift; "$@"; status=$?; find "$folder" -mindepth 1; exit $status)";
    std::vector<std::string> words{"--map-root-user", "--mount",           "sh", "-c", script, "sh",
                                   folder.string(),   RunOptions{}.program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    RunOptions options;
    options.program = "/usr/bin/unshare";
    return runProgram(words, options);
}

/// Empty when this machine lets tests mount; else why not.
inline std::string whyNoMounts() {
    const TemporaryFolder folder;
    RunOptions options;
    options.program = "/usr/bin/unshare";
    const Ended ended = runProgram(
        {"--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", folder.path().string()}, options);
    return ended.status == 0 ? std::string() : "no user namespaces with mounts here: " + ended.err;
}

} // namespace tests
