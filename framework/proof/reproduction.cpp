#include "proof/reproduction.hpp"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <chrono>
#include <map>
#include <mutex>
#include <seedbed/error.hpp>
#include <thread>

#include "proof/rebuilt.hpp"
#include "runner/change.hpp"
#include "store/reader.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

constexpr const char* remade_file = "remade.h5";

/// r0007.h5, but no segment (r0007.s003.h5) and nothing half-written.
bool is_run_file(const fs::path& path) {
  const std::string stem = path.stem().string();
  return path.extension() == ".h5" && stem.size() > 1 && stem[0] == 'r' &&
         std::all_of(stem.begin() + 1, stem.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0; });
}

void compare_files(const fs::path& remade, Reproduction& result) {
  static std::mutex one_thread_reads;  // HDF5
  const std::lock_guard lock(one_thread_reads);
  const Reader then(result.run_file), now(remade);
  result.comparison = compare(then, now, {"/timing", "/provenance"});
  result.changes = changes_between(provenance_in(then), provenance_in(now));
  result.exit = static_cast<int>(result.comparison.difference ? Exit::mismatch : Exit::done);
}

/// runs/learn/c0/r0007.h5 -> <keep>/runs/learn/c0/r0007.h5, whatever comes before runs/.
fs::path place_in(const fs::path& keep, const fs::path& run_file) {
  const std::string text = run_file.string();
  const auto at = text.rfind("runs/");
  return keep / (at == std::string::npos ? run_file.filename() : fs::path(text.substr(at)));
}

void keep_file(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
}

}  // namespace

std::vector<std::string> remake(const fs::path& run_file, const SearchPath& path,
                                const fs::path& folder) {
  const Recipe recipe = read_recipe(run_file);
  const Rebuilt rebuilt(recipe, path, folder);
  rebuilt.run(folder / remade_file);
  return rebuilt.warnings();
}

Reproduction reproduce(const fs::path& run_file, const ChildCommand& child, const fs::path& keep) {
  const auto begin = std::chrono::steady_clock::now();
  Reproduction result;
  result.run_file = run_file;
  try {
    const WorkFolder folder;
    ChildCommand command = child;
    command.arguments.insert(command.arguments.end(),
                             {run_file.string(), "--child", folder.path().string()});
    result.warnings = run_child(command, folder);
    compare_files(folder.path() / remade_file, result);
    if (!keep.empty()) keep_file(folder.path() / remade_file, place_in(keep, run_file));
  } catch (const Error& error) {
    result.failure = error.what();
    result.exit = static_cast<int>(error.exit());
  } catch (const fs::filesystem_error& error) {
    result.failure = error.what();
    result.exit = static_cast<int>(Exit::tasks_failed);
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return result;
}

std::vector<fs::path> run_files_below(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator file(path, error), end; !error && file != end;
       file.increment(error))
    if (is_run_file(file->path()) && file->is_regular_file()) files.push_back(file->path());
  if (files.empty()) throw Error(path.string() + ": expected run files (r0000.h5, ...), got none");
  std::sort(files.begin(), files.end());
  return files;
}

void reproduce_all(const std::vector<fs::path>& run_files, unsigned jobs, const ChildCommand& child,
                   const std::function<void(const Reproduction&)>& report, const fs::path& keep) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::map<std::size_t, Reproduction> waiting;
  std::size_t reported = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < run_files.size(); i = next++) {
      Reproduction result = reproduce(run_files[i], child, keep);
      const std::lock_guard lock(mutex);
      waiting.emplace(i, std::move(result));
      for (auto first = waiting.find(reported); first != waiting.end();
           first = waiting.find(++reported)) {
        report(first->second);
        waiting.erase(first);
      }
    }
  };
  std::vector<std::thread> threads;
  for (unsigned k = 1; k < std::min<std::size_t>(jobs, run_files.size()); ++k)
    threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace seedbed
