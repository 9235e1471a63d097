#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <regex>

#include "cli/examination.hpp"

namespace seedbed {
namespace {

namespace fs = std::filesystem;

/// A file that is made in a folder and gone when this is.
class Probe {
 public:
  explicit Probe(const fs::path& folder) : name_((folder / ".seedbed-doctor-XXXXXX").string()) {
    file_ = ::mkostemp(name_.data(), O_CLOEXEC);
    error_ = errno;
  }
  Probe(const Probe&) = delete;
  ~Probe() {
    if (file_ < 0) return;
    ::close(file_);
    ::unlink(name_.c_str());
  }
  int file() const { return file_; }
  const std::string& name() const { return name_; }
  std::string error() const { return std::strerror(error_); }

  /// Renames it; false where that fails.
  bool rename() {
    const std::string to = name_ + "-renamed";
    if (::rename(name_.c_str(), to.c_str()) != 0) return false;
    name_ = to;
    return true;
  }

 private:
  std::string name_;
  int file_ = -1, error_ = 0;
};

Finding examine_writing(Probe& probe, const fs::path& folder) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const int parent = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool written = ::write(probe.file(), "seedbed", 7) == 7 && ::fsync(probe.file()) == 0;
  const bool renamed = written && probe.rename() && parent >= 0 && ::fsync(parent) == 0;
  const std::string error = std::strerror(errno);
  if (parent >= 0) ::close(parent);
  const double ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  constexpr double slow = 200;  // ms: a run file that takes longer to publish than many to make
  const std::string found = fmt::format("write, fsync and rename in {:.1f} ms", ms);
  if (!renamed)
    return {"writing", Health::fail, "write, fsync or rename: " + error,
            "another file system: --output DIR"};
  if (ms > slow)
    return {"writing", Health::warn, found, "a local disk for many short tasks: --output DIR"};
  return {"writing", Health::ok, found, ""};
}

Finding examine_locks(const Probe& probe) {
  const int other = ::open(probe.name().c_str(), O_RDWR | O_CLOEXEC);
  const bool taken = other >= 0 && ::flock(probe.file(), LOCK_EX | LOCK_NB) == 0;
  const bool refused = taken && ::flock(other, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  if (other >= 0) ::close(other);
  if (refused) return {"file locks", Health::ok, "a second holder is refused", ""};
  return {"file locks", Health::warn, taken ? "a second holder is let in" : "not supported",
          "never start two runs on one folder here: nothing keeps them apart"};
}

Finding examine_space(const fs::path& folder) {
  std::error_code failure;
  const fs::space_info space = fs::space(folder, failure);
  if (failure) return {"disk", Health::warn, failure.message(), "look at df"};
  const double gib = static_cast<double>(space.available) / std::pow(2.0, 30);
  const std::string found = fmt::format("{:.1f} GiB free", gib);
  if (gib >= 1) return {"disk", Health::ok, found, ""};
  return {"disk", Health::warn, found, "make room, or --output DIR on another disk"};
}

/// Network file systems have a clock of their own.
Finding examine_file_clock(const Probe& probe) {
  struct stat status {};
  ::fstat(probe.file(), &status);
  const double apart = std::abs(std::difftime(std::time(nullptr), status.st_mtime));
  constexpr double allowed = 5;
  if (apart <= allowed) return {"file times", Health::ok, "agree with the clock", ""};
  return {"file times", Health::warn, fmt::format("{:.0f} s apart from the clock", apart),
          "synchronise the clocks of this machine and of the file server (NTP)"};
}

Finding examine_run_lock(const fs::path& folder) {
  const fs::path path = folder / ".run.lock";
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {"lock", Health::ok, "no run at work", ""};
  const bool free = ::flock(file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
  ::close(file);
  if (free) return {"lock", Health::ok, "no run at work", ""};
  std::ifstream text(path);
  std::string line, holder;
  while (std::getline(text, line)) holder += (holder.empty() ? "" : ", ") + line;
  return {"lock", Health::warn, "held by " + (holder.empty() ? "a run" : holder),
          "wait for it, or stop it"};
}

/// What the earlier runs left: half-made files of a kill, and checkpoints of runs to be continued.
Findings examine_results(const fs::path& folder) {
  static const std::regex segment(R"(r\d+\.s\d+\.h5)");
  std::size_t partial = 0, segments = 0, runs = 0;
  std::error_code failure;
  for (fs::recursive_directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    const std::string name = at->path().filename().string();
    if (at->path().extension() == ".partial")
      ++partial;
    else if (std::regex_match(name, segment))
      ++segments;
    else if (at->path().extension() == ".h5" && name != "results.h5")
      ++runs;
  }
  const Finding lock = examine_run_lock(folder);
  if (lock.health != Health::ok)
    return {lock, {"results", Health::ok, fmt::format("{} run files, at work", runs), ""}};
  Findings findings{lock, {"results", Health::ok, fmt::format("{} run files", runs), ""}};
  if (partial)
    findings.push_back({"partial files", Health::warn, fmt::format("{} of killed runs", partial),
                        "run again: they are made anew; or delete *.partial"});
  if (segments)
    findings.push_back({"segments", Health::warn,
                        fmt::format("{} checkpoints of unfinished runs", segments),
                        "run again to continue from them"});
  return findings;
}

}  // namespace

Findings examine_folder(const fs::path& folder) {
  fs::path there = fs::absolute(folder).lexically_normal();
  while (!fs::exists(there) && there.has_relative_path()) there = there.parent_path();
  Findings findings;
  Probe probe(there);
  if (probe.file() < 0) {
    findings.push_back({"output", Health::fail, there.string() + ": " + probe.error(),
                        "a folder that you may write to: --output DIR"});
    return findings;
  }
  findings = {{"output", Health::ok, there.string(), ""},
              examine_writing(probe, there),
              examine_locks(probe),
              examine_space(there),
              examine_file_clock(probe)};
  if (fs::exists(folder / "runs"))
    for (Finding& finding : examine_results(folder)) findings.push_back(finding);
  return findings;
}

}  // namespace seedbed
