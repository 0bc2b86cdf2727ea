// UTF-8 as Unicode 15, table 3-7, has it.

#include "layers/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

TEST(Utf8, EveryCodePointIsReadAsItIsWritten) {
    constexpr char32_t kLast = 0x10FFFF;
    for (char32_t code = 0; code <= kLast; ++code) {
        std::string text;
        if (code < 0x80) {
            text = {static_cast<char>(code)};
        } else if (code < 0x800) {
            text = {static_cast<char>(0xC0U | (code >> 6U)), static_cast<char>(0x80U | (code & 0x3FU))};
        } else if (code < 0x10000) {
            text = {static_cast<char>(0xE0U | (code >> 12U)),
                    static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)),
                    static_cast<char>(0x80U | (code & 0x3FU))};
        } else {
            text = {
                static_cast<char>(0xF0U | (code >> 18U)), static_cast<char>(0x80U | ((code >> 12U) & 0x3FU)),
                static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)), static_cast<char>(0x80U | (code & 0x3FU))};
        }
        const layers::Utf8Character read = layers::firstCharacter(text + "x");
        const bool isSurrogate = code >= 0xD800 && code <= 0xDFFF;
        ASSERT_EQ(read.length, isSurrogate ? 0 : text.size()) << static_cast<std::uint32_t>(code);
        ASSERT_EQ(read.code, isSurrogate ? 0 : code) << static_cast<std::uint32_t>(code);
        ASSERT_EQ(layers::firstCharacter(std::string_view(text).substr(0, text.size() - 1)).length, 0);
    }
}

TEST(Utf8, WhatIsNotWellFormedIsNoCharacter) {
    for (const char* bytes :
         {"", "\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE4\xB8", "\xE4\xB8 ", "\xF0\xA0\xAE"}) {
        EXPECT_EQ(layers::firstCharacter(bytes).length, 0) << ::testing::PrintToString(bytes);
    }
}

TEST(Utf8, TextsAreCutBetweenCharacters) {
    EXPECT_EQ(layers::firstBytes("中a𠮷b", 8), "中a𠮷");
    EXPECT_EQ(layers::firstBytes("中a𠮷b", 7), "中a");
    EXPECT_EQ(layers::firstBytes("中a𠮷b", 2), "");
    EXPECT_EQ(layers::firstBytes("中a𠮷b", 100), "中a𠮷b");
    EXPECT_EQ(layers::firstCharacters("中a𠮷b", 3), "中a𠮷");
    EXPECT_EQ(layers::characterCount("中a𠮷b"), 4);
}

} // namespace
