#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "loader/registry.hpp"
#include "loader/setting.hpp"
#include "suite/diagnostic.hpp"

namespace seedbed {

/// A setting and where it stands in the suite.
struct PlacedSetting {
  Setting setting;
  Place place;                ///< Of the plugin's name.
  std::vector<Place> places;  ///< Of the parameters; of the name, where a default holds.
  bool sound = true;          ///< False: errors were found, and the setting must not be used.
  std::string resolved;       ///< Canonical text (canonical.hpp); equal where the settings are.
};

/// Reads the component form of TOML — "name", { plugin = "name", ... }, "none" — against the
/// parameter table of the plugin: types, ranges, defaults, files, components.
class SettingReader {
 public:
  /// Relative file parameters are looked for in `folder`, then in the plugin's data folder.
  SettingReader(const Registry& registry, std::filesystem::path folder, Diagnostics& diagnostics);

  /// Never null. The same node is read once, so its errors are said once.
  std::shared_ptr<const PlacedSetting> read(std::uint32_t kind, const Node& node);

 private:
  PlacedSetting read_anew(std::uint32_t kind, const Node& node);
  const Plugin* plugin(std::uint32_t kind, const Node& node);
  void read_parameters(const Node& node, PlacedSetting& placed);
  std::optional<Value> value(const Plugin& plugin, const seedbed_parameter& parameter,
                             const Node& node);
  std::optional<Value> component(const seedbed_parameter& parameter, const Node& node);

  const Registry& registry_;
  std::filesystem::path folder_;
  Diagnostics& diagnostics_;
  std::map<std::string, std::shared_ptr<const PlacedSetting>> known_;
};

}  // namespace seedbed
