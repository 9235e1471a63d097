#include "suite/label.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "suite/sweep.hpp"

namespace seedbed {
namespace {

using Type = Node::Type;

void append(std::string& text, const char* separator, const std::string& part) {
  if (!text.empty()) text += separator;
  text += part;
}

/// The plugin that a value names; "" when it names none.
std::string plugin_of(const Node& node) {
  if (node.is(Type::string)) return node.text;
  const Node* name = node.find("plugin");
  return name && name->is(Type::string) ? name->text : "";
}

bool is_component(const std::string& plugin, const std::string& key, const Registry& registry) {
  for (std::uint32_t kind = SEEDBED_ENVIRONMENT; kind <= SEEDBED_OPTIMIZER; ++kind)
    if (const Plugin* found = registry.look_up(kind, plugin))
      for (std::uint64_t i = 0; i < found->descriptor->parameter_count; ++i)
        if (found->descriptor->parameters[i].key == key &&
            found->descriptor->parameters[i].type == SEEDBED_COMPONENT)
          return true;
  return false;
}

/// "reinforce+leave-one-out": the plugin and its components, joined.
std::string with_components(const Node& node, const Registry& registry) {
  std::string text = plugin_of(node);
  for (const Member& member : node.members)
    if (is_component(plugin_of(node), member.key, registry))
      append(text, "+", with_components(member.value, registry));
  return text;
}

/// "optimizer,step=1e-3": all members in which `node` differs from another of its group.
std::string with_differences(const Node& node, const std::string& label,
                             const std::vector<const Node*>& group) {
  std::string text = label;
  for (const Member& member : node.members) {
    if (member.key == "plugin") continue;
    const auto differs = [&](const Node* other) {
      const Node* value = other->find(member.key);
      return !value || compact(*value) != compact(member.value);
    };
    if (std::any_of(group.begin(), group.end(), differs))
      append(text, ",", fmt::format("{}={}", member.key, compact(member.value)));
  }
  return text;
}

/// Replaces the labels that several values share.
template <class Relabel>
void tell_apart(const std::vector<Node>& values, std::vector<std::string>& labels,
                Relabel&& relabel) {
  std::map<std::string, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < values.size(); ++i) groups[labels[i]].push_back(i);
  for (const auto& [label, members] : groups) {
    if (members.size() < 2) continue;
    std::vector<const Node*> group;
    for (const std::size_t i : members) group.push_back(&values[i]);
    for (const std::size_t i : members) labels[i] = relabel(values[i], label, group);
  }
}

}  // namespace

std::string compact(const Node& node) {
  if (node.is(Type::string)) return node.text;
  if (node.is(Type::table)) {
    const Node* plugin = node.find("plugin");
    std::string text = plugin ? plugin->text : "";
    for (const Member& member : node.members)
      if (member.key != "plugin")
        append(text, ",", fmt::format("{}={}", member.key, compact(member.value)));
    return text;
  }
  if (!node.is(Type::array)) return node.written;
  std::string text;
  for (const Node& item : node.items) append(text, ",", compact(item));
  return fmt::format("[{}]", text);
}

std::vector<std::string> labels_of(const std::vector<Node>& values, const Registry& registry) {
  std::vector<std::string> labels;
  for (const Node& value : values) {
    const std::string plugin = plugin_of(value);
    labels.push_back(plugin.empty() ? compact(value) : plugin);
  }
  tell_apart(values, labels, [&](const Node& value, const std::string& label, const auto&) {
    return plugin_of(value).empty() ? label : with_components(value, registry);
  });
  tell_apart(values, labels, [](const Node& value, const std::string& label, const auto& group) {
    return with_differences(value, label, group);
  });
  return labels;
}

std::optional<double> number_of(const std::string& label) {
  std::string digits = label;
  std::erase(digits, '_');
  if (digits.starts_with('+')) digits.erase(0, 1);
  double value = 0.0;
  const char* end = digits.data() + digits.size();
  const auto [stop, problem] = std::from_chars(digits.data(), end, value);
  if (problem != std::errc() || stop != end || std::isnan(value)) return std::nullopt;
  return value;
}

}  // namespace seedbed
