#pragma once
#include <seedbed/plugin.h>

#include <deque>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "loader/library.hpp"

namespace seedbed {

/// One plugin of a loaded library. Pointers live as long as the process: libraries are never
/// unloaded.
struct Plugin {
  const seedbed_descriptor* descriptor = nullptr;
  const Library* library = nullptr;

  std::string_view name() const { return descriptor->name; }
  std::uint32_t kind() const { return descriptor->kind; }
  /// As in errors: "estimator 'reward-to-go'".
  std::string title() const;
  /// Folder where its shipped data files lie: <folder of the library>/<stem of the library>.
  std::filesystem::path data_folder() const;
  const void* capability(std::string_view id) const;  ///< Null when it has none of that id.
};

/// "environment", "policy", ...; `kind_named` gives 0 for an unknown word.
std::string_view kind_name(std::uint32_t kind);
std::uint32_t kind_named(std::string_view name);

/// A library that could not be used, and why.
struct Problem {
  std::filesystem::path library;
  std::string reason;
};

/// Where plugins are looked for.
struct SearchPath {
  SearchPath(std::vector<std::filesystem::path> folders_, bool unsafe_too_ = false)
      : folders(std::move(folders_)), unsafe_too(unsafe_too_) {}
  SearchPath(std::initializer_list<std::filesystem::path> folders_) : folders(folders_) {}

  std::vector<std::filesystem::path> folders;
  bool unsafe_too = false;  ///< Also what others may write to (trust.hpp).
};

/// The plugins found along a search path. One bad library never prevents the others from loading.
class Registry {
 public:
  /// Loads every *.so in the folders, in the order of the names (missing folders are skipped). What
  /// others may write to is a problem, and so are two plugins of one kind and name: neither is
  /// used, and the reason names both files. One file reached twice is fine.
  explicit Registry(SearchPath path);
  /// The same beside the plugins of `library`, which hide those of their kind and name. Throws
  /// Error when a library cannot be used.
  Registry(SearchPath path, const std::filesystem::path& library)
      : Registry(std::move(path), std::vector{library}) {}
  Registry(SearchPath path, const std::vector<std::filesystem::path>& libraries);

  /// Throws Error (exit 3) naming what was asked for, every folder searched, problems and the
  /// nearest names.
  const Plugin& find(std::uint32_t kind, std::string_view name) const;
  const Plugin* look_up(std::uint32_t kind, std::string_view name) const;  ///< Null when absent.

  const std::deque<Plugin>& plugins() const { return plugins_; }
  const std::vector<Problem>& problems() const { return problems_; }
  const std::vector<std::filesystem::path>& folders() const { return folders_; }

 private:
  void search(bool unsafe_too);
  void add(const std::filesystem::path& file, bool unsafe_too);
  void refuse_twins();

  std::vector<std::filesystem::path> folders_;
  std::vector<const Library*> first_;  ///< Their plugins hide others.
  std::deque<Plugin> plugins_;
  std::vector<Problem> problems_;
};

/// `given` (from --plugin-path), SEEDBED_PLUGIN_PATH, $XDG_DATA_HOME/seedbed/plugins and
/// <folder of the executable>/../lib/seedbed/plugins, in this order.
std::vector<std::filesystem::path> search_path(const std::vector<std::filesystem::path>& given);

}  // namespace seedbed
