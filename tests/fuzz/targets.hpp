#pragma once

#include <cstdint>
#include <span>

/// What the fuzzers feed. Each takes any bytes; a wrong answer aborts, so that a fuzzer
/// (tests/fuzz/entry.cpp.in, clang's libFuzzer) and the replay of kept inputs (replay_test.cpp) both see it.
namespace fuzz {

using Bytes = std::span<const std::uint8_t>;

void profile(Bytes bytes);    ///< import profiles as YAML: read, or every fault told
void rules(Bytes bytes);      ///< rule files as YAML
void form(Bytes bytes);       ///< superiors' forms as YAML
void coordinate(Bytes bytes); ///< coordinate notations, one and two in a cell
void date(Bytes bytes);       ///< date notations
void ringIndex(Bytes bytes);  ///< locate over the box hierarchy against a plain ray over all segments
void overlay(Bytes bytes);    ///< the localised overlay against the whole one, validity before it

} // namespace fuzz
