#include "export/output_folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <seedbed/error.hpp>
#include <system_error>

namespace seedbed {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse(const fs::path& path, const std::string& what, const std::string& got) {
  throw Error(path.string() + ": expected to " + what + ", got \"" + got + "\"",
              Exit::tasks_failed);
}

std::string last_error() {
  return std::generic_category().message(errno);
}

void sync_to_disk(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) refuse(path, "open it for fsync", last_error());
  const int status = ::fsync(file);
  ::close(file);
  if (status != 0) refuse(path, "fsync it", last_error());
}

fs::path without_slash(const fs::path& path) {
  return path.has_filename() ? path : path.parent_path();
}

/// Puts `fresh` in the place of `old`, which goes to the name of `fresh`.
void exchange(const fs::path& fresh, const fs::path& old) {
  if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, old.c_str(), RENAME_EXCHANGE) == 0) return;
  const fs::path aside = old.string() + ".replaced";  // where the file system cannot exchange
  if (std::rename(old.c_str(), aside.c_str()) != 0 || std::rename(fresh.c_str(), old.c_str()) != 0)
    refuse(old, "replace it", last_error());
  std::rename(aside.c_str(), fresh.c_str());
}

}  // namespace

OutputFolder::OutputFolder(fs::path path, const std::string& mark, bool force)
    : path_(without_slash(path)),
      building_(path_.string() + ".partial-" + std::to_string(::getpid())) {
  if (fs::exists(path_) && !force)
    throw Error(path_.string() +
                ": expected a name that is free, got one that is taken; --force "
                "replaces an earlier export");
  const bool is_empty = fs::is_directory(path_) && fs::is_empty(path_);
  if (fs::exists(path_) && !is_empty && !fs::exists(path_ / mark))
    throw Error(path_.string() + ": expected an earlier export with a file " + mark +
                " to replace, got something else");
  std::error_code failure;
  fs::create_directories(building_, failure);
  if (failure) refuse(building_, "make the folder", failure.message());
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  fs::remove_all(building_, ignored);  // after publish(): the one that was replaced
}

void OutputFolder::publish() {
  for (const auto& entry : fs::recursive_directory_iterator(building_)) sync_to_disk(entry.path());
  sync_to_disk(building_);
  if (fs::exists(path_))
    exchange(building_, path_);
  else if (std::rename(building_.c_str(), path_.c_str()) != 0)
    refuse(building_, "rename it", last_error());
  const fs::path folder = path_.parent_path();
  sync_to_disk(folder.empty() ? fs::path(".") : folder);
}

}  // namespace seedbed
