#include "runner/lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <ostream>
#include <seedbed/error.hpp>
#include <thread>
#include <utility>

#include "runner/lock_holder.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

const std::string prefix = ".run.", suffix = "lock";

/// "process 4711 on host x since ... (command)", from the file of who has locked it.
std::string holder_of(const fs::path& locked) {
  const auto holder = LockHolder::in(locked);
  if (!holder) return "another process that has not said who it is";
  return (holder->has_ended() ? "the workers of one that was killed, " : "") + holder->text();
}

[[noreturn]] void refuse(const fs::path& folder, const std::string& expected,
                         const fs::path& locked) {
  throw Error(fmt::format("{}: expected to be the only {}, got {}; wait for it or stop it",
                          folder.string(), expected, holder_of(locked)),
              Exit::tasks_failed);
}

/// The file of a slice that is at work, if there is one.
std::optional<fs::path> slice_at_work(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix) || name == prefix + suffix || !name.ends_with(suffix)) continue;
    const int file = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) continue;
    const bool locked = ::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(file);
    if (locked) return entry.path();
  }
  return std::nullopt;
}

int open_to_lock(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0)
    throw Error(fmt::format("{}: expected a lock that can be written, got \"{}\"", path.string(),
                            std::strerror(errno)),
                Exit::tasks_failed);
  return file;
}

/// False: someone else has it.
bool lock(int file, int operation, const fs::path& path, std::ostream& messages) {
  if (::flock(file, operation | LOCK_NB) == 0) return true;
  if (errno == EWOULDBLOCK) return false;
  messages << fmt::format(
                  "{}: warning: this file system has no locks ({}); start no second run on this "
                  "folder",
                  path.string(), std::strerror(errno))
           << std::endl;
  return true;
}

/// How long is waited for a lock. Who was just killed is given a moment to end; its workers, who
/// hold the lock as long as one of them is there, the time that a disk may take. Nobody else is
/// waited for.
class Patience {
 public:
  explicit Patience(std::ostream& messages) : messages_(messages) {}

  /// Waits a little. False: for long enough.
  bool bears_with(const fs::path& locked) {
    using namespace std::chrono_literals;
    const auto holder = LockHolder::in(locked);
    const bool late = holder && holder->has_ended();
    if (std::chrono::steady_clock::now() - start_ > (late ? 60s : 200ms)) return false;
    if (late && !std::exchange(said_, true))
      messages_ << fmt::format("waiting for the workers of process {}, which was killed, to end",
                               holder->pid)
                << std::endl;
    std::this_thread::sleep_for(10ms);
    return true;
  }

 private:
  std::ostream& messages_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool said_ = false;
};

void leave_card(int file) {
  const std::string text = LockHolder::here().to_json();
  const bool written = ::ftruncate(file, 0) == 0 && ::pwrite(file, text.data(), text.size(), 0) ==
                                                        static_cast<ssize_t>(text.size());
  if (!written) return;  // a full disk: locked all the same, and its holder stays unnamed
}

void release(int file, bool clear) {
  if (file < 0) return;
  if (clear && ::ftruncate(file, 0) != 0) errno = 0;  // then a stale name stays, which is harmless
  ::close(file);
}

}  // namespace

RunLock::RunLock(const fs::path& folder, const std::string& slice, std::ostream& messages) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure)
    throw Error(fmt::format("{}: expected a folder that can be made, got \"{}\"", folder.string(),
                            failure.message()),
                Exit::tasks_failed);
  const fs::path whole = folder / (prefix + suffix);
  whole_ = open_to_lock(whole);
  Patience patience(messages);
  try {
    while (!lock(whole_, slice.empty() ? LOCK_EX : LOCK_SH, whole, messages)) {
      const fs::path other = slice.empty() ? slice_at_work(folder).value_or(whole) : whole;
      if (!patience.bears_with(other)) refuse(folder, "run", other);
    }
    if (slice.empty()) {
      leave_card(whole_);
      return;
    }
    const fs::path own = folder / (prefix + slice + "." + suffix);
    slice_ = open_to_lock(own);
    while (!lock(slice_, LOCK_EX, own, messages))
      if (!patience.bears_with(own)) refuse(folder, "run of slice " + slice, own);
    leave_card(slice_);
  } catch (...) {
    release(slice_, false);
    release(whole_, false);
    throw;
  }
}

/// A conversion gives up the shared lock first, so of two that try at once one succeeds.
bool RunLock::take_whole() {
  return ::flock(whole_, LOCK_EX | LOCK_NB) == 0;
}

std::vector<int> RunLock::descriptors() const {
  return slice_ < 0 ? std::vector{whole_} : std::vector{whole_, slice_};
}

RunLock::~RunLock() {
  release(slice_, true);
  release(whole_, slice_ < 0);
}

}  // namespace seedbed
