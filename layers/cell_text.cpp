#include "layers/cell_text.hpp"

#include "layers/error.hpp"

#include <fmt/format.h>

#include <fstream>

namespace layers {

std::string cellText(const Column& column, const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        return *text;
    }
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        return fmt::format("{}", *integer);
    }
    if (const auto* real = std::get_if<double>(&value)) {
        return fmt::format("{:.{}f}", *real, column.decimals);
    }
    return {};
}

void writeWholeFile(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream out(file, std::ios::binary);
    out << bytes;
    out.close();
    if (!out) {
        throw Error(fmt::format(
            "无法写入 {}，请检查磁盘空间和权限 / cannot write {}: check free space and permissions",
            file.string(), file.string()));
    }
}

} // namespace layers
