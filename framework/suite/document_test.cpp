#include "suite/document.hpp"

#include <catch2/catch.hpp>

#include "suite/diagnostic.hpp"

namespace seedbed {

namespace {

std::string refusal_of(const std::string& text) {
  try {
    parse_document("suite.toml", text);
  } catch (const SuiteError& error) {
    return error.what();
  }
  return "nothing";
}

std::string utf8(std::uint32_t c) {
  if (c < 0x800) return {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
  return {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
          static_cast<char>(0x80 | (c & 0x3F))};
}

}  // namespace

TEST_CASE("where the library of TOML would end the program an error names the line") {
  CHECK_THAT(refusal_of("a = 1\nb = [1, }]\n"), Catch::StartsWith("suite.toml:2:"));
  CHECK_THAT(refusal_of("a = 1\n\n[a\x01]\n"), Catch::StartsWith("suite.toml:3:3:"));
  CHECK_THAT(refusal_of(std::string("[a") + '\0' + "b]"), Catch::StartsWith("suite.toml:1:3:"));
}

TEST_CASE("letters of all languages are refused as numbers and taken in strings") {
  for (std::uint32_t c = 0xA1; c < 0x3200; ++c) {
    if (c >= 0x2028 && c <= 0x2029) continue;  // they end a line
    const Node root = parse_document("suite.toml", "a = \"" + utf8(c) + "\"", false);
    if (root.members.at(0).value.text != utf8(c)) FAIL("U+" << std::hex << c);
    const std::string refusal = refusal_of("a = 1." + utf8(c) + "\n");
    if (refusal.find("suite.toml:1:") != 0) FAIL("U+" << std::hex << c << ": " << refusal);
  }
}

}  // namespace seedbed
