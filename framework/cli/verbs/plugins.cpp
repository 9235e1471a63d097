#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "cli/arguments.hpp"
#include "loader/nearest.hpp"
#include "loader/parameter.hpp"
#include "loader/registry.hpp"

namespace seedbed {
namespace {

using Json = nlohmann::ordered_json;

const char* text(const char* given) {
  return given ? given : "";
}

std::vector<const Plugin*> sorted(const Registry& registry) {
  std::vector<const Plugin*> plugins;
  for (const Plugin& plugin : registry.plugins()) plugins.push_back(&plugin);
  std::sort(plugins.begin(), plugins.end(), [](const Plugin* a, const Plugin* b) {
    return std::pair(a->kind(), a->name()) < std::pair(b->kind(), b->name());
  });
  return plugins;
}

Json json_of(const seedbed_parameter& parameter) {
  Json json = {{"key", parameter.key}, {"type", type_text(parameter)}};
  if (const std::string range = range_text(parameter); !range.empty()) json["range"] = range;
  json["unit"] = text(parameter.unit);
  json["default"] = parameter.default_toml ? Json(parameter.default_toml) : Json(nullptr);
  json["doc"] = text(parameter.doc);
  return json;
}

Json json_of(const Plugin& plugin) {
  const seedbed_descriptor& descriptor = *plugin.descriptor;
  const seedbed_library& table = *plugin.library->table;
  Json json = {{"kind", std::string(kind_name(plugin.kind()))},
               {"name", descriptor.name},
               {"version", text(descriptor.version)},
               {"license", text(descriptor.license)},
               {"summary", text(descriptor.summary)},
               {"source", text(descriptor.source)},
               {"library", plugin.library->path.string()},
               {"sha256", plugin.library->sha256},
               {"code", plugin.library->code.string()},
               {"build",
                {{"compiler", text(table.compiler)},
                 {"isa", text(table.isa)},
                 {"abi", fmt::format("{}.{}", table.abi_major, table.abi_minor)},
                 {"fast_math", table.fast_math != 0}}}};
  json["capabilities"] = Json::array();
  for (std::uint64_t i = 0; i < descriptor.capability_count; ++i)
    json["capabilities"].push_back(descriptor.capabilities[i].id);
  json["parameters"] = Json::array();
  for (std::uint64_t i = 0; i < descriptor.parameter_count; ++i)
    json["parameters"].push_back(json_of(descriptor.parameters[i]));
  return json;
}

void print_plugin(const Plugin& plugin) {
  const seedbed_descriptor& descriptor = *plugin.descriptor;
  const seedbed_library& table = *plugin.library->table;
  fmt::print("{} {}, {}\n{}\n", plugin.title(), text(descriptor.version), text(descriptor.license),
             text(descriptor.summary));
  if (*text(descriptor.source)) fmt::print("source: {}\n", descriptor.source);
  fmt::print("\n{}\n", descriptor.parameter_count ? "parameters:" : "no parameters");
  for (std::uint64_t i = 0; i < descriptor.parameter_count; ++i) {
    const seedbed_parameter& parameter = descriptor.parameters[i];
    fmt::print("  {:<14} {}\n  {:<14} {}\n", parameter.key, text(parameter.doc), "",
               describe(parameter));
  }
  for (std::uint64_t i = 0; i < descriptor.capability_count; ++i)
    fmt::print("{}  {}\n", i ? "" : "\ncapabilities:\n", descriptor.capabilities[i].id);
  fmt::print("\nlibrary: {}\n", plugin.library->path.string());
  if (plugin.library->code != plugin.library->path)
    fmt::print("code:    {}\n", plugin.library->code.string());
  fmt::print("sha256:  {}\nbuild:   {}{}{}, plugin ABI {}.{}{}\n",
             plugin.library->sha256, text(table.compiler),
             *text(table.isa) ? ", " : "", text(table.isa), table.abi_major, table.abi_minor,
             table.fast_math ? ", with -ffast-math" : "");
}

/// What is there and cannot be used belongs to the list: a reason says which file and why.
void print_problems(const Registry& registry) {
  if (!registry.problems().empty()) fmt::print("\nnot used:\n");
  for (const Problem& problem : registry.problems()) fmt::print("  {}\n", problem.reason);
}

void print_list(const Registry& registry, bool as_json) {
  if (as_json) {
    Json json = {{"plugins", Json::array()}, {"problems", Json::array()}};
    for (const Plugin* plugin : sorted(registry)) json["plugins"].push_back(json_of(*plugin));
    for (const Problem& problem : registry.problems())
      json["problems"].push_back(
          {{"library", problem.library.string()}, {"reason", problem.reason}});
    fmt::print("{}\n", json.dump(2, ' ', false, Json::error_handler_t::replace));
    return;
  }
  std::size_t width = 4;
  for (const Plugin& plugin : registry.plugins()) width = std::max(width, plugin.name().size());
  fmt::print("{:<11}  {:<{}}  {:<7}  summary\n", "kind", "name", width, "version");
  for (const Plugin* plugin : sorted(registry))
    fmt::print("{:<11}  {:<{}}  {:<7}  {}\n", kind_name(plugin->kind()), plugin->name(), width,
               text(plugin->descriptor->version), text(plugin->descriptor->summary));
  print_problems(registry);
  if (!registry.plugins().empty()) return;
  fmt::print(stderr, "no plugins; searched:\n");
  for (const auto& folder : registry.folders()) fmt::print(stderr, "  {}\n", folder.string());
}

/// Every plugin of that name, whatever its kind; "estimator/reinforce" is one of them.
std::vector<const Plugin*> named(const Registry& registry, const std::string& name) {
  std::vector<const Plugin*> found;
  std::vector<std::string> names;
  for (const Plugin* plugin : sorted(registry)) {
    const std::string full = fmt::format("{}/{}", kind_name(plugin->kind()), plugin->name());
    if (plugin->name() == name || full == name) found.push_back(plugin);
    names.emplace_back(plugin->name());
  }
  if (!found.empty()) return found;
  std::string message =
      fmt::format("seedbed plugins: expected the name of a plugin, got '{}'", name);
  if (const std::string near = nearest(name, names); !near.empty())
    message += fmt::format("; did you mean '{}'?", near);
  message += "\n  searched:";
  for (const auto& folder : registry.folders()) message += fmt::format("\n    {}", folder.string());
  for (const Problem& problem : registry.problems()) message += "\n  not used: " + problem.reason;
  throw Error(message, Exit::plugin);
}

int run_plugins(const Arguments& arguments) {
  arguments.expect_operands(0, 1);
  const Registry registry(arguments.plugin_path());
  if (arguments.operands().empty()) {
    print_list(registry, arguments.has("json"));
    return 0;
  }
  Json json = Json::array();
  bool first = true;
  for (const Plugin* plugin : named(registry, arguments.operand(0))) {
    if (arguments.has("json")) {
      json.push_back(json_of(*plugin));
      continue;
    }
    if (!first) fmt::print("\n");
    print_plugin(*plugin);
    first = false;
  }
  if (arguments.has("json"))
    fmt::print("{}\n", json.dump(2, ' ', false, Json::error_handler_t::replace));
  return 0;
}

}  // namespace

extern const Verb plugins_verb;
const Verb plugins_verb = {
    "plugins", "[PLUGIN]",  "List the plugins, or describe one: parameters, source, library",
    {},        run_plugins, takes_plugins | takes_json};

}  // namespace seedbed
