#include "suite/toml_limits.hpp"

#include <algorithm>
#include <cctype>
#include <cstring>

namespace seedbed {

std::optional<Place> overlong_key(const std::shared_ptr<const Source>& source) {
  for (std::uint32_t l = 0; l < source->lines.size(); ++l) {
    const std::string& line = source->lines[l];
    int dots = 0;
    for (std::uint32_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      const bool part_of_key =
          std::isalnum(static_cast<unsigned char>(c)) || std::strchr("_-\"' \t", c);
      const bool repeated = c == '.' && i > 0 && line[i - 1] == '.';  // a rule in a comment
      dots = repeated ? 0 : c == '.' ? dots + 1 : part_of_key && c ? dots : 0;
      if (dots == longest_key) return Place{source, l + 1, i + 1, 1};
    }
  }
  return std::nullopt;
}

std::optional<Place> forbidden_character(const std::shared_ptr<const Source>& source) {
  for (std::uint32_t l = 0; l < source->lines.size(); ++l) {
    const std::string& line = source->lines[l];
    const auto at = std::ranges::find_if(
        line, [](unsigned char c) { return (c < ' ' && c != '\t') || c == 0x7F; });
    if (at != line.end())
      return Place{source, l + 1, static_cast<std::uint32_t>(at - line.begin() + 1), 1};
  }
  return std::nullopt;
}

}  // namespace seedbed
