#include "proof/inventory.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <exception>
#include <mutex>
#include <seedbed/error.hpp>
#include <thread>
#include <vector>

#include "loader/sha256.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

bool is_published(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  if (name.starts_with('.') || path.starts_with("logs/") || path == "events.jsonl" ||
      path == "ro-crate-metadata.json" || name.ends_with(".partial"))
    return false;
  return !(path.starts_with("runs/") && name.find(".s") != std::string::npos);  // r0007.s003.h5
}

InventoryEntry entry_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0)
    throw Error(path.string() + ": expected a file that can be read, got: " + std::strerror(errno),
                Exit::tasks_failed);
  std::tm utc{};
  ::gmtime_r(&status.st_mtim.tv_sec, &utc);
  return {
      static_cast<std::uint64_t>(status.st_size),
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                  utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, status.st_mtim.tv_nsec),
      ""};
}

/// Several at a time: SHA-256 of what was just written costs a processor, not a disk.
void hash_files(const fs::path& folder,
                const std::vector<std::pair<std::string, InventoryEntry*>>& files) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < files.size(); i = next++)
        files[i].second->sha256 = sha256_of_file(folder / files[i].first);
    } catch (const Error& error) {
      const std::lock_guard lock(mutex);
      failure = std::make_exception_ptr(Error(error.what(), Exit::tasks_failed));
    }
  };
  std::vector<std::thread> threads;
  const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
  for (std::size_t k = 1; k < std::min(cores, files.size()); ++k) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

Inventory take_inventory(const fs::path& folder, const Inventory& known) {
  Inventory inventory;
  std::error_code error;
  for (fs::recursive_directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error)) {
    if (!file->is_regular_file() || file->is_symlink()) continue;
    const std::string path = file->path().lexically_relative(folder).generic_string();
    if (is_published(path)) inventory[path] = entry_of(file->path());
  }
  if (error) throw Error(folder.string() + ": expected a folder of results: " + error.message());
  std::vector<std::pair<std::string, InventoryEntry*>> unknown;
  for (auto& [path, entry] : inventory) {
    const auto before = known.find(path);
    if (before != known.end() && before->second.size == entry.size &&
        before->second.modified == entry.modified)
      entry.sha256 = before->second.sha256;
    else
      unknown.emplace_back(path, &entry);
  }
  hash_files(folder, unknown);
  return inventory;
}

}  // namespace seedbed
