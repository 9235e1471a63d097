#include "contract/setting.hpp"

#include <toml++/toml.h>

#include <fstream>
#include <seedbed/error.hpp>
#include <sstream>

#include "loader/sha256.hpp"

namespace seedbed::contract {
namespace {

Value to_value(const Plugin& plugin, const seedbed_parameter& parameter, const toml::node& node);

[[noreturn]] void wrong_type(const seedbed_parameter& parameter) {
  throw Error(std::string("parameter '") + parameter.key + "': a value of a wrong type");
}

template <class T>
T scalar(const seedbed_parameter& parameter, const toml::node& node) {
  if (const auto value = node.value<T>()) return *value;
  wrong_type(parameter);
}

Matrix matrix(const seedbed_parameter& parameter, const toml::node& node) {
  Matrix m{{}, 1, 0};
  const toml::array* array = node.as_array();
  if (!array) return {{scalar<double>(parameter, node)}, 1, 1};
  if (array->empty()) return {};
  const bool nested = array->front().is_array();
  for (const toml::node& entry : *array) {
    const Matrix row = matrix(parameter, entry);
    m.data.insert(m.data.end(), row.data.begin(), row.data.end());
    m.columns = nested ? row.columns : array->size();
  }
  m.rows = m.data.size() / m.columns;
  return m;
}

FileValue file(const Plugin& plugin, const std::string& name) {
  if (name.empty()) return {};
  std::ifstream stream(plugin.data_folder() / name, std::ios::binary);
  if (!stream) throw Error(name + ": expected a file in " + plugin.data_folder().string());
  std::ostringstream contents;
  contents << stream.rdbuf();
  return {name, contents.str(), sha256(contents.str())};
}

Setting from_table(const Plugin& plugin, toml::table table) {
  Setting setting{&plugin, {}};
  for (std::uint64_t i = 0; i < plugin.descriptor->parameter_count; ++i) {
    const seedbed_parameter& parameter = plugin.descriptor->parameters[i];
    toml::table fallback;
    const toml::node* node = table.get(parameter.key);
    if (!node && parameter.default_toml) {
      fallback = toml::parse("value = " + std::string(parameter.default_toml));
      node = fallback.get("value");
    }
    if (!node) throw Error(std::string("parameter '") + parameter.key + "': expected a value");
    setting.values.push_back(to_value(plugin, parameter, *node));
    table.erase(parameter.key);
  }
  if (!table.empty())
    throw Error(plugin.title() + ": no parameter '" + std::string(table.begin()->first.str()) +
                "'");
  return setting;
}

ComponentValue component(const seedbed_parameter& parameter, const toml::node& node) {
  const std::uint32_t kind = kind_named(parameter.choices);
  if (const toml::table* given = node.as_table()) {
    toml::table rest = *given;
    rest.erase("plugin");
    const std::string name = given->get("plugin")->value_or(std::string());
    return std::make_shared<const Setting>(from_table(registry().find(kind, name), rest));
  }
  const auto name = scalar<std::string>(parameter, node);
  return name == "none" ? nullptr : std::make_shared<const Setting>(setting(kind, name));
}

ChoiceValue choice(const seedbed_parameter& parameter, const std::string& text) {
  std::istringstream choices(parameter.choices);
  std::string word;
  for (std::int64_t i = 0; std::getline(choices, word, '|'); ++i)
    if (word == text) return {i, text};
  wrong_type(parameter);
}

Value to_value(const Plugin& plugin, const seedbed_parameter& parameter, const toml::node& node) {
  switch (parameter.type) {
    case SEEDBED_BOOLEAN:
      return scalar<bool>(parameter, node);
    case SEEDBED_INTEGER:
      return scalar<std::int64_t>(parameter, node);
    case SEEDBED_REAL:
      return scalar<double>(parameter, node);
    case SEEDBED_STRING:
      return scalar<std::string>(parameter, node);
    case SEEDBED_CHOICE:
      return choice(parameter, scalar<std::string>(parameter, node));
    case SEEDBED_REALS:
    case SEEDBED_MATRIX:
      return matrix(parameter, node);
    case SEEDBED_FILE:
      return file(plugin, scalar<std::string>(parameter, node));
    case SEEDBED_COMPONENT:
      return component(parameter, node);
    default:
      wrong_type(parameter);
  }
}

}  // namespace

const Registry& registry() {
  static const Registry found({SEEDBED_PLUGINS});
  return found;
}

Setting setting(std::uint32_t kind, const std::string& name, const std::string& toml) {
  return from_table(registry().find(kind, name), toml::parse(toml));
}

seedbed_context context() {
  seedbed_context about{};
  about.horizon = 10;
  about.discount = 0.9;
  about.episodes = 8;
  return about;
}

seedbed_context context(const Space& observation, const Space& action) {
  seedbed_context about = context();
  about.observation = observation.raw();
  about.action = action.raw();
  return about;
}

Space box(const std::string& name, std::size_t size) {
  std::vector<SpaceCoordinate> coordinates(size);
  for (std::size_t i = 0; i < size; ++i) coordinates[i].name = name + std::to_string(i);
  return Space::box(coordinates);
}

Instance environment(const std::string& name, const std::string& toml) {
  return Instance(setting(SEEDBED_ENVIRONMENT, name, toml), context());
}

Instance policy(const std::string& name, const Space& observation, const Space& action,
                const std::string& toml) {
  return Instance(setting(SEEDBED_POLICY, name, toml), context(observation, action));
}

std::string refusal(const Setting& setting, const seedbed_context& context) {
  try {
    const Instance instance(setting, context);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace seedbed::contract
