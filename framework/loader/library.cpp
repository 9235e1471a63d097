#include "loader/library.hpp"

#include <boost/dll/shared_library.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <seedbed/error.hpp>
#include <utility>

#include "loader/entry.hpp"
#include "loader/sha256.hpp"
#include "loader/trial.hpp"
#include "loader/variant.hpp"

namespace seedbed {
namespace {

/// frame_dummy of crtbegin.o, which is in every library and does nothing.
constexpr std::uint64_t constructors_of_the_compiler = 1;

/// Boost wraps the text of dlerror: "load() failed (dlerror system message: <text>): Bad file ...".
std::string dlerror_text(std::string what, const std::string& path) {
  constexpr std::string_view opening = "(dlerror system message: ";
  if (const auto begin = what.find(opening); begin != std::string::npos)
    what.erase(0, begin + opening.size());
  if (const auto end = what.rfind("): "); end != std::string::npos) what.erase(end);
  if (what.starts_with(path + ": ")) what.erase(0, path.size() + 2);
  return what;
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
  const Entry entry = read_entry(file);
  check_entry(entry, file);
  if (entry.constructors > constructors_of_the_compiler) try_to_load(file);
  auto loaded = std::make_unique<Library>();
  loaded->path = file;
  loaded->code = variant_of(file);
  loaded->sha256 = sha256_of_file(file);
  loaded->owner = std::make_unique<Exports>(*open(loaded->code.string()), file.string());
  loaded->table = &loaded->owner->library();
  library = std::move(loaded);
  return *library;
}

}  // namespace seedbed
