#include "tests/support/shapefile_bytes.hpp"

#include <bit>
#include <cstring>
#include <fstream>

namespace tests {

namespace {

void big(std::string& to, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        to += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xFFU);
    }
}

template <typename T>
void little(std::string& to, T value) {
    std::string bytes(sizeof(T), '\0');
    std::memcpy(bytes.data(), &value, sizeof(T));
    to += bytes;
}

std::string header(std::size_t fileBytes) {
    std::string text;
    big(text, 9994);
    text.append(20, '\0');
    big(text, static_cast<std::uint32_t>(fileBytes / 2));
    little<std::uint32_t>(text, 1000);
    little<std::uint32_t>(text, 5);
    text.append(64, '\0');
    return text;
}

std::string square(double x, double y, double side) {
    std::string text;
    little<std::uint32_t>(text, 5);
    for (const double v : {x, y, x + side, y + side}) {
        little(text, v);
    }
    little<std::uint32_t>(text, 1);
    little<std::uint32_t>(text, 5);
    little<std::uint32_t>(text, 0);
    for (const auto& [dx, dy] : {std::pair{0.0, 0.0}, {0.0, 1.0}, {1.0, 1.0}, {1.0, 0.0}, {0.0, 0.0}}) {
        little(text, x + dx * side);
        little(text, y + dy * side);
    }
    return text;
}

void writeFile(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

} // namespace

void ShapefileBytes::write(const std::filesystem::path& shp) const {
    std::string records;
    std::string index;
    for (std::size_t n = 0; n < rows.size(); ++n) {
        const std::string content = square(x + static_cast<double>(n) * 2 * side, y, side);
        big(index, static_cast<std::uint32_t>((100 + records.size()) / 2));
        big(index, static_cast<std::uint32_t>(content.size() / 2));
        big(records, static_cast<std::uint32_t>(n + 1));
        big(records, static_cast<std::uint32_t>(content.size() / 2));
        records += content;
    }
    std::string table;
    std::size_t rowBytes = 1;
    for (const DbfColumn& column : columns) {
        rowBytes += static_cast<std::size_t>(column.width);
    }
    table += std::string("\x03\x7e\x01\x01", 4);
    little(table, static_cast<std::uint32_t>(rows.size()));
    little(table, static_cast<std::uint16_t>(32 + 32 * columns.size() + 1));
    little(table, static_cast<std::uint16_t>(rowBytes));
    table.append(17, '\0');
    table += static_cast<char>(languageDriver);
    table.append(2, '\0');
    for (const DbfColumn& column : columns) {
        std::string name = column.name;
        name.resize(11, '\0');
        table += name + column.type + std::string(4, '\0') + static_cast<char>(column.width) +
                 std::string(15, '\0');
    }
    table += '\r';
    for (const auto& row : rows) {
        table += ' ';
        for (std::size_t c = 0; c < columns.size(); ++c) {
            std::string cell = row[c];
            cell.resize(static_cast<std::size_t>(columns[c].width), ' ');
            table += cell;
        }
    }
    std::filesystem::path base = shp;
    writeFile(shp, header(100 + records.size()) + records);
    writeFile(base.replace_extension(".shx"), header(100 + index.size()) + index);
    writeFile(base.replace_extension(".dbf"), table);
    if (!cpg.empty()) {
        writeFile(base.replace_extension(".cpg"), cpg);
    }
    if (!prj.empty()) {
        writeFile(base.replace_extension(".prj"), prj);
    }
}

} // namespace tests
