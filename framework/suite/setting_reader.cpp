#include "suite/setting_reader.hpp"

#include <fmt/format.h>

#include "loader/parameter.hpp"
#include "suite/canonical.hpp"
#include "suite/contains.hpp"
#include "suite/value_reader.hpp"

namespace seedbed {
namespace {

/// Tells nodes apart by what is written and where.
void append_identity(const Node& node, std::string& text) {
  fmt::format_to(std::back_inserter(text), "{}:{}:{}:{}{{", fmt::ptr(node.place.source.get()),
                 node.place.line, node.place.column, node.written);
  for (const Member& member : node.members) {
    text += member.key + "=";
    append_identity(member.value, text);
  }
  text += '}';
}

/// The default of a parameter as a node: TOML text, or a bare word where a string is wanted.
Node default_of(const Plugin& plugin, const seedbed_parameter& parameter) {
  return parse_value(fmt::format("default of parameter '{}' of {}", parameter.key, plugin.title()),
                     parameter.default_toml);
}

}  // namespace

SettingReader::SettingReader(const Registry& registry, std::filesystem::path folder,
                             Diagnostics& diagnostics)
    : registry_(registry), folder_(std::move(folder)), diagnostics_(diagnostics) {}

std::shared_ptr<const PlacedSetting> SettingReader::read(std::uint32_t kind, const Node& node) {
  std::string identity = fmt::format("{} ", kind);
  append_identity(node, identity);
  std::shared_ptr<const PlacedSetting>& known = known_[identity];
  if (!known) known = std::make_shared<const PlacedSetting>(read_anew(kind, node));
  return known;
}

PlacedSetting SettingReader::read_anew(std::uint32_t kind, const Node& node) {
  PlacedSetting placed;
  placed.place = node.place;
  const std::size_t before = diagnostics_.count();
  placed.setting.plugin = plugin(kind, node);
  if (const Node* name = node.find("plugin")) placed.place = name->place;
  if (placed.setting.plugin) read_parameters(node, placed);
  placed.sound = placed.setting.plugin && diagnostics_.count() == before &&
                 placed.setting.values.size() == placed.setting.plugin->descriptor->parameter_count;
  if (placed.sound) placed.resolved = canonical(placed.setting);
  return placed;
}

const Plugin* SettingReader::plugin(std::uint32_t kind, const Node& node) {
  const std::string word(kind_name(kind));
  const Node* name = node.is(Node::Type::table) ? node.find("plugin") : &node;
  if (!name) {
    diagnostics_.add(node.place, fmt::format("missing key 'plugin': which {}?", word),
                     fmt::format("plugin = \"...\", the name of an {0} or other {0}", word));
    return nullptr;
  }
  if (!name->is(Node::Type::string)) {
    diagnostics_.add(name->place,
                     fmt::format("expected the name of a plugin ({}), got {}", word, shown(*name)));
    return nullptr;
  }
  if (const Plugin* found = registry_.look_up(kind, name->text)) return found;
  std::vector<std::string> names;
  for (const Plugin& plugin : registry_.plugins())
    if (plugin.kind() == kind) names.emplace_back(plugin.name());
  diagnostics_.add(name->place, fmt::format("no {} plugin is named '{}'", word, name->text),
                   did_you_mean(name->text, names));
  std::string searched = "plugins were searched in";
  for (const auto& folder : registry_.folders())
    searched += "\n  " + folder.string() + (exists(folder) ? "" : " (does not exist)");
  for (const Problem& problem : registry_.problems()) searched += "\n  not used: " + problem.reason;
  diagnostics_.note(searched);
  return nullptr;
}

void SettingReader::read_parameters(const Node& node, PlacedSetting& placed) {
  const Plugin& plugin = *placed.setting.plugin;
  const seedbed_descriptor& descriptor = *plugin.descriptor;
  std::vector<std::string> keys;
  for (std::uint64_t i = 0; i < descriptor.parameter_count; ++i) {
    const seedbed_parameter& parameter = descriptor.parameters[i];
    keys.emplace_back(parameter.key);
    const Node* given = node.find(parameter.key);
    placed.places.push_back(given ? given->place : placed.place);
    if (!given && !parameter.default_toml) {
      diagnostics_.add(placed.place,
                       fmt::format("missing parameter '{}' of {}", parameter.key, plugin.title()),
                       fmt::format("({})", describe(parameter)));
      continue;
    }
    std::optional<Value> read =
        value(plugin, parameter, given ? *given : default_of(plugin, parameter));
    if (read) placed.setting.values.push_back(std::move(*read));
  }
  for (const Member& member : node.members) {
    if (member.key == "plugin") continue;
    if (contains(keys, member.key)) continue;
    std::string hint = did_you_mean(member.key, keys);
    for (std::uint64_t i = 0; i < descriptor.parameter_count; ++i)
      if (hint.find(fmt::format("'{}'", keys[i])) != std::string::npos)
        hint += fmt::format("  ({})", describe(descriptor.parameters[i]));
    if (hint.empty()) hint = "it has: " + listed(keys);
    if (keys.empty()) hint = "it has no parameters";
    diagnostics_.add(member.place,
                     fmt::format("unknown parameter '{}' of {}", member.key, plugin.title()), hint);
  }
}

std::optional<Value> SettingReader::value(const Plugin& plugin, const seedbed_parameter& parameter,
                                          const Node& node) {
  if (parameter.type == SEEDBED_COMPONENT) return component(parameter, node);
  return ValueReader(plugin, folder_, diagnostics_).read(parameter, node);
}

std::optional<Value> SettingReader::component(const seedbed_parameter& parameter,
                                              const Node& node) {
  if (node.is(Node::Type::string) && node.text == "none") return ComponentValue();
  const auto placed = read(kind_named(parameter.choices ? parameter.choices : ""), node);
  if (!placed->sound) return std::nullopt;
  return std::make_shared<const Setting>(placed->setting);
}

}  // namespace seedbed
