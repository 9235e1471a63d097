#include "suite/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "suite/diagnostic.hpp"
#include "suite/toml.hpp"
#include "suite/toml_limits.hpp"

namespace seedbed {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text)
    if (c == '\n')
      lines.emplace_back();
    else if (c != '\r')
      lines.back() += c;
  return lines;
}

/// Byte where code point `column` (from 1) of a line begins.
std::size_t byte_of(const std::string& line, std::uint32_t column) {
  std::size_t byte = 0;
  for (std::uint32_t i = 1; i < column && byte < line.size(); ++i) do
      ++byte;
    while (byte < line.size() && (static_cast<unsigned char>(line[byte]) & 0xC0) == 0x80);
  return byte;
}

[[noreturn]] void refuse(const Place& place, const std::string& message) {
  Diagnostics diagnostics;
  diagnostics.add(place, message);
  diagnostics.check();
  std::abort();  // not reached: check() throws
}

bool fails_in_toml(std::string_view text) {
  try {
    static_cast<void>(toml::parse(text));
  } catch (const toml::parse_error&) {
  } catch (const std::logic_error&) {
    return true;
  }
  return false;
}

/// The first line with which toml++ gives up: it reads from the first to the last.
std::uint32_t line_of_failure(std::string_view text) {
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n' || i + 1 == text.size()) ends.push_back(i + 1);
  const auto line = std::ranges::partition_point(
      ends, [&](std::size_t end) { return !fails_in_toml(text.substr(0, end)); });
  return static_cast<std::uint32_t>(line - ends.begin() + 1);
}

class Reader {
 public:
  explicit Reader(std::shared_ptr<const Source> source) : source_(std::move(source)) {}

  Place place(const toml::source_region& region) const {
    Place place{source_, region.begin.line, region.begin.column, 1};
    if (region.end.line == region.begin.line && region.end.column > region.begin.column)
      place.width = region.end.column - region.begin.column;
    else if (region.end.line > region.begin.line && place.line <= source_->lines.size())
      place.width = static_cast<std::uint32_t>(
          std::max(source_->lines[place.line - 1].size(), std::size_t{place.column}) -
          place.column + 1);
    return place;
  }

  Node read(const toml::node& from, int depth = 0) const {
    Node node;
    node.place = place(from.source());
    if (depth > deepest)
      refuse(node.place, fmt::format("expected at most {} levels of nesting", deepest));
    node.written = written(from.source());
    if (const auto* table = from.as_table()) {
      for (const auto& [key, value] : *table)
        node.members.push_back(
            {std::string(key.str()), place(key.source()), read(value, depth + 1)});
      std::stable_sort(node.members.begin(), node.members.end(), before);
    } else if (const auto* array = from.as_array()) {
      node.type = Node::Type::array;
      for (const toml::node& item : *array) node.items.push_back(read(item, depth + 1));
    } else {
      read_scalar(from, node);
    }
    return node;
  }

 private:
  static bool before(const Member& a, const Member& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  }

  static void read_scalar(const toml::node& from, Node& node) {
    if (const auto* text = from.as_string()) {
      node.type = Node::Type::string;
      node.text = text->get();
    } else if (const auto* integer = from.as_integer()) {
      node.type = Node::Type::integer;
      node.integer = integer->get();
      node.real = static_cast<double>(node.integer);
    } else if (const auto* real = from.as_floating_point()) {
      node.type = Node::Type::real;
      node.real = real->get();
    } else if (const auto* boolean = from.as_boolean()) {
      node.type = Node::Type::boolean;
      node.boolean = boolean->get();
    } else {
      node.type = Node::Type::time;
    }
  }

  std::string written(const toml::source_region& region) const {
    std::string text;
    for (std::uint32_t l = region.begin.line; l >= 1 && l <= region.end.line; ++l) {
      if (l > source_->lines.size()) break;
      const std::string& line = source_->lines[l - 1];
      const std::size_t begin = l == region.begin.line ? byte_of(line, region.begin.column) : 0;
      const std::size_t end = l == region.end.line ? byte_of(line, region.end.column) : line.size();
      if (l != region.begin.line) text += ' ';
      text += line.substr(begin, end - std::min(begin, end));
    }
    return text;
  }

  std::shared_ptr<const Source> source_;
};

}  // namespace

Node parse_document(const std::string& name, const std::string& text, bool file) {
  const auto source = std::make_shared<const Source>(Source{name, file, lines_of(text)});
  const Reader reader(source);
  if (const auto at = forbidden_character(source))
    refuse(*at, "expected text, got a control character");
  if (const auto at = overlong_key(source))
    refuse(*at, fmt::format("expected a key of at most {} parts", longest_key));
  try {
    Node root = reader.read(toml::parse(std::string_view(text)));
    root.place = {source, 1, 1, 1};
    return root;
  } catch (const toml::parse_error& error) {
    refuse(reader.place(error.source()), std::string(error.description()));
  } catch (const std::logic_error&) {
    refuse({source, line_of_failure(text), 1, 1}, "expected TOML, got something else");
  }
}

Node parse_value(const std::string& name, const std::string& text) {
  try {
    const Node root = parse_document(name, "v = " + text, false);
    if (root.members.size() == 1) return root.members[0].value;
  } catch (const SuiteError&) {  // a bare word
  }
  Node node;
  node.type = Node::Type::string;
  node.place.source = std::make_shared<const Source>(Source{name, false, {text}});
  node.text = node.written = text;
  return node;
}

std::vector<std::string> parse_path(const std::string& text) {
  std::vector<std::string> path;
  try {
    const Node root = parse_document(text, text + " = 0", false);
    for (const Node* node = &root; !node->members.empty(); node = &node->members[0].value)
      path.push_back(node->members[0].key);
  } catch (const SuiteError&) {
    path.clear();
  }
  return path;
}

}  // namespace seedbed
