#include "suite/value_reader.hpp"

#include <fmt/format.h>

#include <system_error>

#include "loader/parameter.hpp"
#include "loader/sha256.hpp"
#include "suite/file_text.hpp"

namespace seedbed {
namespace {

bool is_number(const Node& node) {
  return node.is(Node::Type::integer) || node.is(Node::Type::real);
}

}  // namespace

ValueReader::ValueReader(const Plugin& plugin, const std::filesystem::path& folder,
                         Diagnostics& diagnostics)
    : plugin_(plugin), folder_(folder), diagnostics_(diagnostics) {}

std::optional<Value> ValueReader::read(Parameter parameter, const Node& node) const {
  switch (parameter.type) {
    case SEEDBED_BOOLEAN:
      if (!node.is(Node::Type::boolean)) return refuse(parameter, node, shown(node));
      return node.boolean;
    case SEEDBED_INTEGER:
    case SEEDBED_REAL:
      return number(parameter, node);
    case SEEDBED_STRING:
    case SEEDBED_CHOICE:
      return text(parameter, node);
    case SEEDBED_REALS:
      return reals(parameter, node);
    case SEEDBED_MATRIX:
      return matrix(parameter, node);
    case SEEDBED_FILE:
      return file(parameter, node);
    default:
      return refuse(parameter, node, "a type that this seedbed does not know");
  }
}

std::optional<Value> ValueReader::number(Parameter parameter, const Node& node) const {
  const bool integer = parameter.type == SEEDBED_INTEGER;
  if (!is_number(node) || (integer && !node.is(Node::Type::integer)) ||
      !in_range(parameter, node.real))
    return refuse(parameter, node, shown(node));
  if (integer) return node.integer;
  return node.real;
}

std::optional<Value> ValueReader::text(Parameter parameter, const Node& node) const {
  if (!node.is(Node::Type::string)) return refuse(parameter, node, shown(node));
  if (node.text.find('\0') != std::string::npos)
    return refuse(parameter, node, "a string with a zero byte");
  if (parameter.type == SEEDBED_STRING) return node.text;
  const std::vector<std::string> words = choices_of(parameter);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == node.text) return ChoiceValue{static_cast<std::int64_t>(i), node.text};
  diagnostics_.add(node.place,
                   fmt::format("parameter '{}' of {}: expected {}, got {}", parameter.key,
                               plugin_.title(), type_text(parameter), shown(node)),
                   did_you_mean(node.text, words));
  return std::nullopt;
}

/// Appends one row; its place is where an entry is wrong.
bool ValueReader::add_row(Parameter parameter, const Node& row, Matrix& matrix) const {
  for (const Node& entry : row.items) {
    if (!is_number(entry) || !in_range(parameter, entry.real)) {
      refuse(parameter, entry, shown(entry));
      return false;
    }
    matrix.data.push_back(entry.real);
  }
  matrix.rows += 1;
  matrix.columns = row.items.size();
  return true;
}

std::optional<Value> ValueReader::reals(Parameter parameter, const Node& node) const {
  Matrix matrix;
  Node row = node;
  if (is_number(node)) row.items = {node};
  if (!is_number(node) && !node.is(Node::Type::array)) return refuse(parameter, node, shown(node));
  if (!add_row(parameter, row, matrix)) return std::nullopt;
  return matrix;
}

std::optional<Value> ValueReader::matrix(Parameter parameter, const Node& node) const {
  if (!node.is(Node::Type::array)) return refuse(parameter, node, shown(node));
  if (node.items.empty()) return Matrix();
  if (!node.items[0].is(Node::Type::array)) return reals(parameter, node);
  Matrix matrix;
  for (const Node& row : node.items) {
    if (!row.is(Node::Type::array)) return refuse(parameter, row, shown(row));
    if (row.items.size() != node.items[0].items.size())
      return refuse(parameter, row,
                    fmt::format("a row of {} numbers below one of {}", row.items.size(),
                                node.items[0].items.size()));
    if (!add_row(parameter, row, matrix)) return std::nullopt;
  }
  return matrix;
}

std::optional<Value> ValueReader::file(Parameter parameter, const Node& node) const {
  if (!node.is(Node::Type::string)) return refuse(parameter, node, shown(node));
  if (node.text.empty()) return FileValue{};  // no file: an optional parameter's default
  const std::filesystem::path places[] = {folder_ / node.text, plugin_.data_folder() / node.text};
  std::error_code ignored;
  for (const std::filesystem::path& path : places) {
    if (!std::filesystem::exists(path, ignored)) continue;
    try {
      std::string contents = file_text(path, "a file");
      std::string hash = sha256(contents);
      return FileValue{node.text, std::move(contents), std::move(hash)};
    } catch (const SuiteError& error) {
      diagnostics_.add(node.place, fmt::format("parameter '{}' of {}: {}", parameter.key,
                                               plugin_.title(), error.what()));
      return std::nullopt;
    }
  }
  diagnostics_.add(
      node.place,
      fmt::format("parameter '{}' of {}: expected a file, got none at {} or {}", parameter.key,
                  plugin_.title(), places[0].string(), places[1].string()));
  return std::nullopt;
}

std::nullopt_t ValueReader::refuse(Parameter parameter, const Node& node,
                                   const std::string& got) const {
  const std::string range = range_text(parameter);
  diagnostics_.add(
      node.place,
      fmt::format("parameter '{}' of {}: expected {}{}, got {}", parameter.key, plugin_.title(),
                  type_text(parameter), range.empty() ? "" : " with " + range, got),
      parameter.doc ? parameter.doc : "");
  return std::nullopt;
}

}  // namespace seedbed
