#include "store/publication.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <regex>
#include <seedbed/error.hpp>
#include <system_error>

namespace seedbed {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, const char* what) {
  throw Error(path.string() + ": expected to " + what + ", got \"" +
                  std::generic_category().message(errno) + "\"",
              Exit::damaged);
}

void sync_to_disk(const std::filesystem::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) refuse(path, "open it for fsync");
  const int status = ::fsync(file), problem = errno;
  ::close(file);  // read-only: nothing can be lost here
  errno = problem;
  if (status != 0) refuse(path, "fsync it");
}

struct flock whole_file() {
  struct flock whole = {};
  whole.l_type = F_WRLCK;
  return whole;
}

}  // namespace

std::filesystem::path partial_path(const std::filesystem::path& path) {
  return path.string() + ".partial";
}

std::filesystem::path own_path(const std::filesystem::path& path) {
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  return path.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(now);
}

void remove_dead_partials(const std::filesystem::path& folder) {
  static const std::regex own(R"(.+\.[0-9]+-[0-9]+\.partial)");
  std::error_code ignored;
  for (std::filesystem::directory_iterator entry(folder, ignored), end; entry != end;
       entry.increment(ignored)) {
    if (!std::regex_match(entry->path().filename().string(), own)) continue;
    const int file = ::open(entry->path().c_str(), O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0) continue;
    struct flock whole = whole_file();
    if (::fcntl(file, F_OFD_SETLK, &whole) == 0) ::unlink(entry->path().c_str());
    ::close(file);
  }
}

PartialLock::PartialLock(const std::filesystem::path& path) {
  const auto partial = partial_path(path);
  file_ = ::open(partial.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file_ < 0) refuse(partial, "create it");
  // Rationale: flock() is what readers' HDF5 asks for, and they may open the file as soon as it has
  // its name, while the lock is still held.
  struct flock whole = whole_file();
  if (::fcntl(file_, F_OFD_SETLK, &whole) != 0 && (errno == EAGAIN || errno == EACCES)) {
    ::close(file_);
    throw Error(path.string() + ": expected to be its only writer, got another one at work",
                Exit::damaged);
  }
}

PartialLock::~PartialLock() {
  ::close(file_);
}

void publish_partial(const std::filesystem::path& path, const std::filesystem::path& target) {
  const auto partial = partial_path(path);
  sync_to_disk(partial, O_RDONLY);
  if (std::rename(partial.c_str(), target.c_str()) != 0) refuse(partial, "rename it");
  const auto folder = target.parent_path();
  sync_to_disk(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

}  // namespace seedbed
