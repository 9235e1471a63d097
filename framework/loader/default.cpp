#include "loader/default.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "loader/parameter.hpp"
#include "loader/registry.hpp"

namespace seedbed {
namespace {

bool is_number(const toml::node& value, const seedbed_parameter& parameter) {
  return value.is_number() && in_range(parameter, *value.value<double>());
}

bool are_numbers(const toml::node& value, const seedbed_parameter& parameter) {
  const toml::array* row = value.as_array();
  return row && std::all_of(row->begin(), row->end(),
                            [&](const toml::node& entry) { return is_number(entry, parameter); });
}

bool is_matrix(const toml::node& value, const seedbed_parameter& parameter) {
  const toml::array* rows = value.as_array();
  return rows && std::all_of(rows->begin(), rows->end(),
                             [&](const toml::node& row) { return are_numbers(row, parameter); });
}

bool fits(const toml::node& value, const seedbed_parameter& parameter) {
  switch (parameter.type) {
    case SEEDBED_BOOLEAN:
      return value.is_boolean();
    case SEEDBED_INTEGER:
      return value.is_integer() && is_number(value, parameter);
    case SEEDBED_REAL:
      return is_number(value, parameter);
    case SEEDBED_REALS:
      return is_number(value, parameter) || are_numbers(value, parameter);
    case SEEDBED_MATRIX:
      return are_numbers(value, parameter) || is_matrix(value, parameter);
    case SEEDBED_COMPONENT:
      return value.is_string() || value.is_table();
    default:
      return value.is_string();
  }
}

bool is_choice(const seedbed_parameter& parameter, const std::string& word) {
  const std::vector<std::string> words = choices_of(parameter);
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// TOML, or a bare word where a string is wanted.
bool default_fits(const seedbed_parameter& parameter) {
  toml::table table;
  try {
    table = toml::parse(fmt::format("v = {}", parameter.default_toml));
  } catch (const toml::parse_error&) {
    table.insert_or_assign("v", std::string(parameter.default_toml));
  }
  const toml::node* value = table.get("v");
  if (!value || table.size() != 1 || !fits(*value, parameter)) return false;
  return parameter.type != SEEDBED_CHOICE || is_choice(parameter, *value->value<std::string>());
}

}  // namespace

std::string wrong_parameter(const seedbed_parameter& parameter) {
  if (parameter.type < SEEDBED_BOOLEAN || parameter.type > SEEDBED_COMPONENT)
    return fmt::format("the unknown type {}", parameter.type);
  if (!(parameter.low <= parameter.high))
    return fmt::format("the range from {} to {}", parameter.low, parameter.high);
  if (parameter.type == SEEDBED_CHOICE && choices_of(parameter).empty()) return "no choices";
  if (parameter.type == SEEDBED_COMPONENT &&
      !kind_named(parameter.choices ? parameter.choices : ""))
    return "a component of no known kind";
  if (!parameter.default_toml || default_fits(parameter)) return "";
  const std::string range = range_text(parameter);
  return fmt::format("the default {}, which is not {}{}{}", parameter.default_toml,
                     type_text(parameter), range.empty() ? "" : " with ", range);
}

}  // namespace seedbed
