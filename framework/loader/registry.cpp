#include "loader/registry.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <seedbed/error.hpp>

#include "loader/nearest.hpp"

namespace seedbed {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kinds = {"",          "environment", "policy",
                                                   "estimator", "baseline",    "optimizer"};

bool others_may_write(const fs::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && (status.st_mode & S_IWOTH) != 0;
}

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

/// Loading runs code: what anyone may replace is refused.
std::string refusal(const fs::path& library) {
  if (others_may_write(library))
    return library.string() + ": expected a file that others may not write to (chmod o-w)";
  return "";
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

Registry::Registry(std::vector<fs::path> folders) : folders_(std::move(folders)) {
  search();
}

Registry::Registry(std::vector<fs::path> folders, const fs::path& library)
    : folders_(std::move(folders)) {
  if (const std::string reason = refusal(library); !reason.empty()) throw Error(reason, Exit::plugin);
  first_ = &load_library(library);
  add(library);
  search();
}

void Registry::search() {
  for (const fs::path& folder : folders_) {
    if (others_may_write(folder)) {
      problems_.push_back(
          {folder,
           folder.string() + ": expected a folder that others may not write to (chmod o-w)"});
      continue;
    }
    for (const fs::path& file : libraries_in(folder, problems_)) add(file);
  }
}

void Registry::add(const fs::path& file) {
  const Library* library = nullptr;
  try {
    if (const std::string reason = refusal(file); !reason.empty()) throw Error(reason);
    library = &load_library(file);
  } catch (const Error& error) {
    problems_.push_back({file, error.what()});
    return;
  }
  const auto seen = [&](const Plugin& plugin) { return plugin.library == library; };
  if (std::any_of(plugins_.begin(), plugins_.end(), seen)) return;
  for (std::uint32_t i = 0; i < library->table->descriptor_count; ++i) {
    const Plugin plugin{library->table->descriptors[i], library};
    const Plugin* other = look_up(plugin.kind(), plugin.name());
    if (other && other->library == first_ && library != first_) continue;
    if (other)
      throw Error(plugin.title() + ": expected one library to have it, got two: " +
                      other->library->path.string() + " and " + library->path.string(),
                  Exit::plugin);
    plugins_.push_back(plugin);
  }
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
