#include "loader/library.hpp"

#include <boost/dll/shared_library.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <seedbed/error.hpp>
#include <utility>

#include "loader/entry.hpp"
#include "loader/sha256.hpp"

namespace seedbed {
namespace {

/// Boost wraps the text of dlerror: "load() failed (dlerror system message: <text>): Bad file ...".
std::string dlerror_text(std::string what, const std::string& path) {
  constexpr std::string_view opening = "(dlerror system message: ";
  if (const auto begin = what.find(opening); begin != std::string::npos)
    what.erase(0, begin + opening.size());
  if (const auto end = what.rfind("): "); end != std::string::npos) what.erase(end);
  if (what.starts_with(path + ": ")) what.erase(0, path.size() + 2);
  return what;
}

/// What the registry relies on: every descriptor has a name, a kind and functions.
void check_descriptors(const seedbed_library& table, const std::string& path) {
  const auto refuse = [&](std::uint32_t index, const std::string& what) {
    throw Error(
        path + ": expected descriptor " + std::to_string(index) + " to have " + what + ", got none",
        Exit::plugin);
  };
  for (std::uint32_t i = 0; i < table.descriptor_count; ++i) {
    const seedbed_descriptor* plugin = table.descriptors ? table.descriptors[i] : nullptr;
    if (!plugin || plugin->struct_size < sizeof(seedbed_descriptor)) refuse(i, "its whole struct");
    if (!plugin->name || !*plugin->name) refuse(i, "a name");
    if (plugin->kind < SEEDBED_ENVIRONMENT || plugin->kind > SEEDBED_OPTIMIZER)
      refuse(i, "a kind that ABI 1 knows");
    if (!plugin->functions || !plugin->create || !plugin->destroy)
      refuse(i, "functions, create and destroy");
    if (plugin->parameter_count && !plugin->parameters) refuse(i, "a parameter table");
    for (std::uint64_t p = 0; p < plugin->parameter_count; ++p)
      if (!plugin->parameters[p].key) refuse(i, "a key for parameter " + std::to_string(p));
  }
}

const seedbed_library* open(const std::string& path) {
  namespace load_mode = boost::dll::load_mode;
  try {
    boost::dll::shared_library library(path, load_mode::rtld_now | load_mode::rtld_local);
    const auto* table = &library.get<const seedbed_library>(SEEDBED_ENTRY);
    // Rationale: never unloaded. dlclose often does nothing, and destructors then run after main.
    static auto* opened = new std::vector<boost::dll::shared_library>;
    opened->push_back(std::move(library));
    return table;
  } catch (const std::exception& error) {
    throw Error(path + ": expected a library that loads, got: " + dlerror_text(error.what(), path),
                Exit::plugin);
  }
}

}  // namespace

const Library& load_library(const std::filesystem::path& path) {
  static std::mutex mutex;
  static auto* libraries = new std::map<std::filesystem::path, std::unique_ptr<Library>>;
  std::error_code missing;
  const std::filesystem::path file = std::filesystem::canonical(path, missing);
  if (missing)
    throw Error(path.string() + ": expected a plugin library, got: " + missing.message(),
                Exit::plugin);
  const std::lock_guard lock(mutex);
  std::unique_ptr<Library>& library = (*libraries)[file];
  if (library) return *library;
  check_entry(read_entry(file), file);
  auto loaded = std::make_unique<Library>();
  loaded->path = file;
  loaded->sha256 = sha256_of_file(file);
  loaded->table = open(file.string());
  check_descriptors(*loaded->table, file.string());
  library = std::move(loaded);
  return *library;
}

}  // namespace seedbed
