#include "runner/lock.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <seedbed/error.hpp>

namespace seedbed {

namespace fs = std::filesystem;

namespace {

const std::string prefix = ".run.", suffix = "lock";

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// One JSON object: who this process is.
std::string card() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  std::string command = contents("/proc/self/cmdline");
  if (!command.empty() && command.back() == '\0') command.pop_back();
  std::replace(command.begin(), command.end(), '\0', ' ');
  const nlohmann::ordered_json text{
      {"host", host.data()},
      {"pid", ::getpid()},
      {"since", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))},
      {"command", command}};
  return text.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

/// "process 4711 on host x since ... (command)", from the file of who has locked it.
std::string holder(const fs::path& path) {
  const auto text = nlohmann::json::parse(contents(path), nullptr, false);
  if (!text.is_object()) return "another process that has not said who it is";
  return fmt::format("process {} on host {} since {} ({})", text.value("pid", 0),
                     text.value("host", "?"), text.value("since", "?"), text.value("command", "?"));
}

[[noreturn]] void refuse(const fs::path& folder, const std::string& expected,
                         const fs::path& locked) {
  throw Error(fmt::format("{}: expected to be the only {}, got {}; wait for it or stop it",
                          folder.string(), expected, holder(locked)),
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

void leave_card(int file) {
  const std::string text = card();
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
  if (!lock(whole_, slice.empty() ? LOCK_EX : LOCK_SH, whole, messages)) {
    const auto other = slice.empty() ? slice_at_work(folder) : std::nullopt;
    ::close(whole_);
    refuse(folder, "run", other.value_or(whole));
  }
  if (slice.empty()) {
    leave_card(whole_);
    return;
  }
  const fs::path own = folder / (prefix + slice + "." + suffix);
  try {
    slice_ = open_to_lock(own);
    if (!lock(slice_, LOCK_EX, own, messages)) refuse(folder, "run of slice " + slice, own);
  } catch (...) {
    release(slice_, false);
    release(whole_, false);
    throw;
  }
  leave_card(slice_);
}

/// A conversion gives up the shared lock first, so of two that try at once one succeeds.
bool RunLock::take_whole() {
  return ::flock(whole_, LOCK_EX | LOCK_NB) == 0;
}

RunLock::~RunLock() {
  release(slice_, true);
  release(whole_, slice_ < 0);
}

}  // namespace seedbed
