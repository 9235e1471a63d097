#include "check/bench.hpp"

#include <fmt/format.h>

#include <seedbed/space.hpp>

#include "suite/setting_reader.hpp"
#include "suite/sweep.hpp"

namespace seedbed {
namespace {

seedbed_context context(const Space& observation, const Space& action, std::uint64_t d) {
  return {observation.raw(), action.raw(), d, 10, 0.9, 8};
}

std::string key_of(const std::string& setting) {
  return setting.substr(0, setting.find_first_of(".="));
}

}  // namespace

const char* name_of(Result result) {
  return result == Result::pass ? "pass" : result == Result::fail ? "FAIL" : "skipped";
}

const std::vector<Site>& sites_for(std::uint32_t kind) {
  static const Space observations[] = {Space::box({{"x", ""}, {"v", "", -1.0, 2.0}}),
                                       Space::discrete("state", 3)};
  static const Space actions[] = {Space::discrete("action", 3), Space::box({{"u", ""}}),
                                  Space::box({{"u", ""}, {"w", ""}})};
  static const char* const names[] = {"a box of 2", "3 states", "3 actions", "a box of 1",
                                      "a box of 2"};
  static const std::vector<Site> environment = {{"", {nullptr, nullptr, 0, 10, 0.9, 8}}};
  static const std::vector<Site> component = {{"", context(observations[0], actions[0], 8)}};
  static const std::vector<Site> policy = [] {
    std::vector<Site> all;
    for (std::size_t o = 0; o < 2; ++o)
      for (std::size_t a = 0; a < 3; ++a)
        all.push_back({fmt::format("{} -> {}", names[o], names[2 + a]),
                       context(observations[o], actions[a], 0)});
    return all;
  }();
  return kind == SEEDBED_ENVIRONMENT ? environment : kind == SEEDBED_POLICY ? policy : component;
}

std::vector<std::string> Bench::own_settings() const {
  std::vector<std::string> own;
  for (const std::string& setting : inquiry_.settings)
    for (std::uint64_t i = 0; i < descriptor().parameter_count; ++i)
      if (key_of(setting) == descriptor().parameters[i].key) own.push_back(setting);
  return own;
}

Setting Bench::setting(const std::vector<std::pair<std::string, std::string>>& changed,
                       const std::string& without) const {
  std::vector<std::pair<std::string, std::string>> all;
  for (const std::string& text : own_settings())
    all.emplace_back(text.substr(0, text.find('=')), text.substr(text.find('=') + 1));
  all.insert(all.end(), changed.begin(), changed.end());
  Node root = parse_document("check", fmt::format("plugin = \"{}\"", plugin_.name()), false);
  for (const auto& [key, text] : all) {
    if (key == without) continue;
    const Node value = parse_value(fmt::format("{}={}", key, text), text);
    put(root, parse_path(key), value.place, value);
  }
  Diagnostics diagnostics;
  SettingReader reader(registry_, std::filesystem::current_path(), diagnostics);
  const auto placed = reader.read(plugin_.kind(), root);
  diagnostics.check();
  return placed->setting;
}

std::string Bench::lack() const {
  std::string missing;
  for (std::uint64_t i = 0; i < descriptor().parameter_count; ++i) {
    const seedbed_parameter& parameter = descriptor().parameters[i];
    bool given = parameter.default_toml != nullptr;
    for (const std::string& setting : own_settings()) given |= key_of(setting) == parameter.key;
    if (!given) missing += fmt::format(" --set {}=...", parameter.key);
  }
  return missing.empty() ? "" : "needs" + missing;
}

}  // namespace seedbed
