#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "check/inquiry.hpp"
#include "engine/instance.hpp"

namespace seedbed {

/// Where a plugin is tried: "box of 2 -> 3 actions", and what an instance is created with there.
struct Site {
  std::string label;
  seedbed_context context;
};

/// Small spaces that are always there; for kinds that need none, one place. Live for ever.
const std::vector<Site>& sites_for(std::uint32_t kind);

/// One plugin of the library, and the settings that it is made with.
class Bench {
 public:
  Bench(const Inquiry& inquiry, const Registry& registry, const Plugin& plugin)
      : inquiry_(inquiry), registry_(registry), plugin_(plugin) {}

  const Inquiry& inquiry() const { return inquiry_; }
  const Registry& registry() const { return registry_; }
  const Plugin& plugin() const { return plugin_; }
  const seedbed_descriptor& descriptor() const { return *plugin_.descriptor; }

  /// The given settings that are this plugin's.
  std::vector<std::string> own_settings() const;
  /// Read as a suite's are, with some parameters written otherwise, or one of them left out.
  /// Throws Error with what the user would be told.
  Setting setting(const std::vector<std::pair<std::string, std::string>>& changed = {},
                  const std::string& without = "") const;
  /// "needs --set A=..." when a required parameter was not given, else "".
  std::string lack() const;

 private:
  const Inquiry& inquiry_;
  const Registry& registry_;
  const Plugin& plugin_;
};

}  // namespace seedbed
