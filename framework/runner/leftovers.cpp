#include "runner/leftovers.hpp"

#include <string>
#include <system_error>

namespace seedbed {

namespace fs = std::filesystem;

namespace {

bool is_partial(const fs::path& path) {
  return path.extension() == ".partial";
}

}  // namespace

void remove_leftovers(const fs::path& runs) {
  std::error_code ignored;  // what cannot be removed is overwritten, or says so itself
  fs::recursive_directory_iterator entry(runs, ignored), end;
  for (; entry != end; entry.increment(ignored))
    if (is_partial(entry->path())) fs::remove(entry->path(), ignored);
}

void remove_leftovers_of(const fs::path& run_file) {
  std::error_code ignored;
  const std::string begin = run_file.stem().string() + ".";
  fs::directory_iterator entry(run_file.parent_path(), ignored), end;
  for (; entry != end; entry.increment(ignored))
    if (is_partial(entry->path()) && entry->path().filename().string().starts_with(begin))
      fs::remove(entry->path(), ignored);
}

}  // namespace seedbed
