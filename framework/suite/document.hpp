#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace seedbed {

/// A text that nodes come from: a suite file, a --set override, or the default of a parameter.
struct Source {
  std::string name;  ///< As errors name it.
  bool file = true;  ///< Errors give line and column, and show the line.
  std::vector<std::string> lines;
};

/// A part of one line of a source; line and column count from 1, columns in code points.
struct Place {
  std::shared_ptr<const Source> source;
  std::uint32_t line = 1, column = 1, width = 1;
};

struct Member;

/// A TOML value with its place. Tables keep their members in the order of the text.
struct Node {
  enum class Type { table, array, string, integer, real, boolean, time };

  Type type = Type::table;
  Place place;
  std::string written;  ///< As it stands in the text; empty for a table under a header.
  std::string text;     ///< Of a string.
  std::int64_t integer = 0;
  double real = 0.0;  ///< Of an integer, too.
  bool boolean = false;
  std::vector<Node> items;      ///< Of an array.
  std::vector<Member> members;  ///< Of a table.

  bool is(Type other) const { return type == other; }
  const Node* find(std::string_view key) const;
  Node* find(std::string_view key);
};

struct Member {
  std::string key;
  Place place;
  Node value;
};

/// "a table", "an integer", ... for messages.
std::string type_name(const Node& node);
/// What stands there: `string "abc"`, `integer 5`, `a table`.
std::string shown(const Node& node);

/// Parses TOML text. Throws SuiteError (diagnostic.hpp) at the place where it is none.
Node parse_document(const std::string& name, const std::string& text, bool file = true);

/// Parses one value; what is no TOML value is taken as a bare string (`leave-one-out`).
Node parse_value(const std::string& name, const std::string& text);

/// A dotted path as TOML has it: a.b, "a.b".c. Empty when it is none.
std::vector<std::string> parse_path(const std::string& text);

}  // namespace seedbed
