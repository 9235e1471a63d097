#include "suite/table_reader.hpp"

#include <fmt/format.h>

#include "suite/contains.hpp"

namespace seedbed {

TableReader::TableReader(const Node& table, std::string what, Diagnostics& diagnostics)
    : table_(table), what_(std::move(what)), diagnostics_(diagnostics) {
  if (!table.is(Node::Type::table))
    diagnostics_.add(table.place, fmt::format("{}: expected a table, got {}", what_, shown(table)));
}

const Node* TableReader::get(const std::string& key) {
  known_.push_back(key);
  return table_.find(key);
}

const Node* TableReader::require(const std::string& key) {
  const Node* node = get(key);
  if (!node && table_.is(Node::Type::table))
    diagnostics_.add(table_.place, fmt::format("missing key '{}' of {}", key, what_));
  return node;
}

std::string TableReader::string(const std::string& key, const std::string& fallback) {
  const Node* node = get(key);
  if (!node) return fallback;
  if (node->is(Node::Type::string)) return node->text;
  refuse(key, *node, "a string");
  return fallback;
}

std::uint64_t TableReader::count(const std::string& key, std::uint64_t fallback, Bounds bounds) {
  const Node* node = get(key);
  if (!node) return fallback;
  if (node->is(Node::Type::integer) && node->integer >= 0) {
    const auto value = static_cast<std::uint64_t>(node->integer);
    if (value >= bounds.low && value <= bounds.high) return value;
  }
  refuse(key, *node, fmt::format("an integer from {} to {}", bounds.low, bounds.high));
  return fallback;
}

std::uint64_t TableReader::require_count(const std::string& key, Bounds bounds) {
  if (!require(key)) return bounds.low;
  return count(key, bounds.low, bounds);
}

double TableReader::real(const std::string& key, double fallback, double above, double up_to) {
  const Node* node = get(key);
  if (!node) return fallback;
  const bool number = node->is(Node::Type::integer) || node->is(Node::Type::real);
  if (number && node->real > above && node->real <= up_to) return node->real;
  refuse(key, *node, fmt::format("a real with {:g} < {} <= {:g}", above, key, up_to));
  return fallback;
}

bool TableReader::boolean(const std::string& key, bool fallback) {
  const Node* node = get(key);
  if (!node) return fallback;
  if (!node->is(Node::Type::boolean)) refuse(key, *node, "true or false");
  return node->boolean;
}

void TableReader::finish() {
  for (const Member& member : table_.members) {
    if (contains(known_, member.key)) continue;
    std::string hint = did_you_mean(member.key, known_);
    if (hint.empty()) hint = "it has: " + listed(known_);
    diagnostics_.add(member.place, fmt::format("unknown key '{}' of {}", member.key, what_), hint);
  }
}

void TableReader::refuse(const std::string& key, const Node& node, const std::string& expected) {
  diagnostics_.add(node.place, fmt::format("'{}' of {}: expected {}, got {}", key, what_, expected,
                                           shown(node)));
}

}  // namespace seedbed
