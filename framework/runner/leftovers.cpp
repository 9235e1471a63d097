#include "runner/leftovers.hpp"

#include <system_error>
#include <vector>

namespace seedbed {

namespace fs = std::filesystem;

namespace {

bool is_partial(const fs::path& path) {
  return path.extension() == ".partial";
}

std::vector<fs::path> partials_below(const fs::path& folder) {
  std::vector<fs::path> partials;
  std::error_code ignored;
  fs::recursive_directory_iterator entry(folder, ignored), end;
  for (; entry != end; entry.increment(ignored))
    if (is_partial(entry->path())) partials.push_back(entry->path());
  return partials;
}

/// r0007.h5 of r0007.s003.h5.partial
fs::path run_file_of(const fs::path& partial) {
  const std::string name = partial.filename().string();
  return partial.parent_path() / (name.substr(0, name.find('.')) + ".h5");
}

/// What cannot be removed is overwritten, or says so itself.
void discard(const fs::path& path) {
  std::error_code ignored;
  fs::remove(path, ignored);
}

}  // namespace

void remove_leftovers(const fs::path& runs) {
  for (const fs::path& partial : partials_below(runs)) discard(partial);
}

void remove_leftovers(const fs::path& runs, const std::set<std::string>& run_files) {
  for (const fs::path& partial : partials_below(runs))
    if (run_files.contains(run_file_of(partial).string())) discard(partial);
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
