#include <utility>

#include "suite/document.hpp"

namespace seedbed {

const Node* Node::find(std::string_view key) const {
  for (const Member& member : members)
    if (member.key == key) return &member.value;
  return nullptr;
}

Node* Node::find(std::string_view key) {
  return const_cast<Node*>(std::as_const(*this).find(key));
}

std::string type_name(const Node& node) {
  constexpr const char* names[] = {"a table",  "an array",  "a string",      "an integer",
                                   "a number", "a boolean", "a date or time"};
  return names[static_cast<int>(node.type)];
}

std::string shown(const Node& node) {
  if (node.is(Node::Type::table) || node.is(Node::Type::array)) return type_name(node);
  return node.written.size() <= 40 ? node.written : type_name(node);
}

}  // namespace seedbed
