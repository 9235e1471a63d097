#include "loader/parameter.hpp"

#include <fmt/format.h>

#include <cmath>
#include <sstream>

namespace seedbed {

std::vector<std::string> choices_of(const seedbed_parameter& parameter) {
  std::vector<std::string> words;
  std::istringstream text(parameter.choices ? parameter.choices : "");
  for (std::string word; std::getline(text, word, '|');) words.push_back(word);
  return words;
}

std::string type_text(const seedbed_parameter& parameter) {
  switch (parameter.type) {
    case SEEDBED_BOOLEAN:
      return "true or false";
    case SEEDBED_INTEGER:
      return "integer";
    case SEEDBED_REAL:
      return "real";
    case SEEDBED_STRING:
      return "string";
    case SEEDBED_REALS:
      return "array of reals";
    case SEEDBED_MATRIX:
      return "matrix of reals";
    case SEEDBED_FILE:
      return "file";
    case SEEDBED_COMPONENT:
      return std::string(parameter.choices ? parameter.choices : "plugin") + " or \"none\"";
    default:
      break;
  }
  std::string text;
  for (const std::string& word : choices_of(parameter))
    text += (text.empty() ? "\"" : ", \"") + word + "\"";
  return "one of " + text;
}

std::string range_text(const seedbed_parameter& parameter) {
  const bool numbers = parameter.type == SEEDBED_INTEGER || parameter.type == SEEDBED_REAL ||
                       parameter.type == SEEDBED_REALS || parameter.type == SEEDBED_MATRIX;
  const bool low = std::isfinite(parameter.low), high = std::isfinite(parameter.high);
  if (!numbers || (!low && !high)) return "";
  std::string text = parameter.key;
  if (low)
    text = fmt::format("{:g} {} ", parameter.low, parameter.range & SEEDBED_LOW_OPEN ? "<" : "<=") +
           text;
  if (high)
    text +=
        fmt::format(" {} {:g}", parameter.range & SEEDBED_HIGH_OPEN ? "<" : "<=", parameter.high);
  return text;
}

bool in_range(const seedbed_parameter& parameter, double value) {
  if (!std::isfinite(value)) return false;
  const bool low =
      parameter.range & SEEDBED_LOW_OPEN ? value > parameter.low : value >= parameter.low;
  const bool high =
      parameter.range & SEEDBED_HIGH_OPEN ? value < parameter.high : value <= parameter.high;
  return low && high;
}

std::string describe(const seedbed_parameter& parameter) {
  std::string text = type_text(parameter);
  if (const std::string range = range_text(parameter); !range.empty()) text += ", " + range;
  if (parameter.unit && *parameter.unit) text += fmt::format(", in {}", parameter.unit);
  text += parameter.default_toml ? fmt::format(", default {}", parameter.default_toml)
                                 : std::string(", required");
  return text;
}

}  // namespace seedbed
