#include "app/check/configuration.hpp"

#include "layers/error.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace app {

namespace {

constexpr std::size_t kMostBytes =
    1U << 20U; ///< the shipped files have some 20 kB; a larger one is something else

} // namespace

std::string configurationText(const std::filesystem::path& file) {
    std::error_code fault;
    std::ifstream stream(file, std::ios::binary);
    if (!stream || !std::filesystem::is_regular_file(file, fault)) {
        throw layers::Error(fmt::format(
            "{}：无法读取，请检查路径和权限 / cannot be read, check path and rights", file.string()));
    }
    if (std::filesystem::file_size(file, fault) > kMostBytes) {
        throw layers::Error(fmt::format("{}：超过 1 MB，不是配置文件 / is larger than 1 MB, no configuration",
                                        file.string()));
    }
    std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (stream.bad()) {
        throw layers::Error(fmt::format("{}：读取失败 / reading failed", file.string()));
    }
    return text;
}

void refuseFaults(const std::string& name, const std::vector<RuleFault>& faults) {
    std::string message;
    for (const RuleFault& fault : faults) {
        if (fault.severity == layers::Severity::Error) {
            message += fmt::format("\n{}:{}:{}: {} / {}", name, fault.line, fault.column, fault.textZh,
                                   fault.textEn);
        }
    }
    if (!message.empty()) {
        throw layers::Error(
            fmt::format("{}：有错误，未使用 / has faults and was not used:{}", name, message));
    }
}

RuleSet usableRules(std::string_view text, const std::string& name) {
    RuleLoad load = parseRules(text, name);
    refuseFaults(name, load.faults);
    return std::move(load.rules);
}

} // namespace app
