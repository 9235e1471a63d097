#include "loader/registry.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <seedbed/error.hpp>

#include "loader/nearest.hpp"
#include "loader/trust.hpp"
#include "loader/variant.hpp"

namespace seedbed {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kinds = {"",          "environment", "policy",
                                                   "estimator", "baseline",    "optimizer"};

/// The libraries of a folder in the order of their names; none when it cannot be read.
std::vector<fs::path> libraries_in(const fs::path& folder, std::vector<Problem>& problems) {
  std::vector<fs::path> found;
  std::error_code error;
  if (!fs::is_directory(folder, error)) return found;
  for (fs::directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error))
    if (file->path().extension() == ".so") found.push_back(file->path());
  if (error)
    problems.push_back(
        {folder, folder.string() + ": expected a readable folder, got: " + error.message()});
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

std::string_view kind_name(std::uint32_t kind) {
  return kind < kinds.size() ? kinds[kind] : "";
}

std::uint32_t kind_named(std::string_view name) {
  for (std::uint32_t kind = 1; kind < kinds.size(); ++kind)
    if (kinds[kind] == name) return kind;
  return 0;
}

std::string Plugin::title() const {
  return std::string(kind_name(kind())) + " '" + descriptor->name + "'";
}

fs::path Plugin::data_folder() const {
  return library->path.parent_path() / library->path.stem();
}

const void* Plugin::capability(std::string_view id) const {
  for (std::uint64_t i = 0; i < descriptor->capability_count; ++i)
    if (id == descriptor->capabilities[i].id) return descriptor->capabilities[i].functions;
  return nullptr;
}

Registry::Registry(SearchPath path) : folders_(std::move(path.folders)) {
  search(path.unsafe_too);
}

Registry::Registry(SearchPath path, const std::vector<fs::path>& libraries)
    : folders_(std::move(path.folders)) {
  for (const fs::path& library : libraries) {
    if (const std::string reason = path.unsafe_too ? "" : distrust(library); !reason.empty())
      throw Error(reason, Exit::plugin);
    first_.push_back(&load_library(library));
    add(library, path.unsafe_too);
  }
  search(path.unsafe_too);
}

void Registry::search(bool unsafe_too) {
  cpu_has_variants();  // or says what is wrong with it, once
  for (const fs::path& folder : folders_) {
    if (const std::string reason = unsafe_too ? "" : distrust(folder); !reason.empty()) {
      problems_.push_back({folder, reason});
      continue;
    }
    for (const fs::path& file : libraries_in(folder, problems_)) add(file, unsafe_too);
  }
  refuse_twins();
}

void Registry::add(const fs::path& file, bool unsafe_too) {
  try {
    if (const std::string reason = unsafe_too ? "" : distrust(file); !reason.empty())
      throw Error(reason, Exit::plugin);
    const Library& library = load_library(file);
    const auto seen = [&](const Plugin& plugin) { return plugin.library == &library; };
    if (std::any_of(plugins_.begin(), plugins_.end(), seen)) return;
    for (std::uint32_t i = 0; i < library.table->descriptor_count; ++i)
      plugins_.push_back({library.table->descriptors[i], &library});
  } catch (const Error& error) {
    problems_.push_back({file, error.what()});
  }
}

/// Of plugins with one kind and name none is used, or which one it is would depend on the path;
/// but the first libraries were asked for.
void Registry::refuse_twins() {
  std::map<std::string, std::vector<const Plugin*>> by_title;
  for (const Plugin& plugin : plugins_) by_title[plugin.title()].push_back(&plugin);
  std::deque<Plugin> unique;
  for (const Plugin& plugin : plugins_) {
    const auto& twins = by_title[plugin.title()];
    const auto asked_for = [&](const Plugin* twin) {
      return std::find(first_.begin(), first_.end(), twin->library) != first_.end();
    };
    const bool hidden = twins.size() > 1 && asked_for(twins[0]) && !asked_for(twins[1]);
    if (twins.size() == 1 || (hidden && twins[0] == &plugin)) unique.push_back(plugin);
    if (twins.size() == 1 || hidden || twins[0] != &plugin) continue;
    std::string files;
    for (const Plugin* twin : twins)
      files += (files.empty() ? "" : " and ") + twin->library->path.string();
    problems_.push_back({twins[1]->library->path,
                         plugin.title() + ": expected one library to have it, got " + files});
  }
  plugins_ = std::move(unique);
}

const Plugin* Registry::look_up(std::uint32_t kind, std::string_view name) const {
  for (const Plugin& plugin : plugins_)
    if (plugin.kind() == kind && plugin.name() == name) return &plugin;
  return nullptr;
}

const Plugin& Registry::find(std::uint32_t kind, std::string_view name) const {
  if (const Plugin* plugin = look_up(kind, name)) return *plugin;
  std::vector<std::string> names;
  for (const Plugin& plugin : plugins_)
    if (plugin.kind() == kind) names.emplace_back(plugin.name());
  const std::string word(kind_name(kind));
  std::string text =
      word + " '" + std::string(name) + "': expected a plugin of that name, got none";
  if (const std::string near = nearest(name, names); !near.empty())
    text += "; did you mean '" + near + "'?";
  text += "\n  searched:";
  for (const fs::path& folder : folders_)
    text += "\n    " + folder.string() + (fs::exists(folder) ? "" : " (does not exist)");
  if (folders_.empty()) text += " no folder";
  for (const Problem& problem : problems_) text += "\n  not used: " + problem.reason;
  throw Error(text, Exit::plugin);
}

}  // namespace seedbed
