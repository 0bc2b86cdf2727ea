#include "layers/yaml_documents.hpp"
#include "layers/yaml_handle.hpp"

#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace layers::yaml {

namespace {

std::string placed(const std::string& file, const YAML::Mark& mark, const std::string& text) {
    if (mark.is_null()) {
        return fmt::format("{}: {}", file, text);
    }
    return fmt::format("{}:{}:{}: {}", file, mark.line + 1, mark.column + 1, text);
}

} // namespace

void Faults::add(const YAML::Mark& mark, const std::string& text) {
    m_lines.push_back(placed(m_file, mark, text));
}

void Faults::throwIfAny() const {
    if (m_lines.empty()) {
        return;
    }
    std::string all;
    for (const std::string& line : m_lines) {
        all += all.empty() ? line : "\n" + line;
    }
    throw Error(all);
}

std::vector<YAML::Node> documents(const std::string& text, const std::string& file) {
    if (const std::optional<TextPlace> place = endlessDocument(text)) {
        throw Error(
            fmt::format("{}:{}:{}: YAML 语法错误，此处不应有“,”等符号 / YAML syntax: no document begins "
                        "with such a sign",
                        file, place->line + 1, place->column + 1));
    }
    try {
        return YAML::LoadAll(text);
    } catch (const YAML::Exception& e) {
        throw Error(placed(file, e.mark, "YAML 语法错误 / YAML syntax: " + e.msg));
    }
}

std::string textOf(const std::filesystem::path& file) {
    std::error_code ignored; // what cannot be asked about cannot be opened either
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file, ignored)) {
        throw Error(
            fmt::format("{}: 无法读取，请检查路径与权限 / cannot be read; check the path and the permissions",
                        file.string()));
    }
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad()) {
        throw Error(fmt::format("{}: 读取中断 / reading stopped", file.string()));
    }
    return text;
}

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) {
        all += all.empty() ? word : ", " + word;
    }
    return all;
}

} // namespace layers::yaml
