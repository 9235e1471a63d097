#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace seedbed {

/// One change of state of a run.
struct Event {
  /// run-started, task-started, task-done, task-failed, task-stopped, task-not-run, run-ended
  std::string event;
  std::string task{};     ///< Its run file; "": of the whole run.
  unsigned worker = 0;    ///< From 1; 0: none.
  double seconds = -1.0;  ///< What it took, by the clock; negative: does not apply.
  std::string message{};
};

/// Files of events: one JSON object per line, keys time (seconds since 1970), event, task, worker,
/// seconds, message, without those that do not apply. Lines are appended, each by one write, so
/// that several processes may share a file of a local file system.
class EventLog {
 public:
  /// Throws Error (exit 1) when one cannot be opened. "-" is refused: stdout is for results.
  explicit EventLog(const std::vector<std::filesystem::path>& files);
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;
  ~EventLog();

  /// What cannot be written is lost, with one warning on standard error.
  void add(const Event& event);

 private:
  void warn(const std::filesystem::path& path);

  struct File {
    std::filesystem::path path;
    int descriptor;
  };
  std::vector<File> files_;
  bool warned_ = false;
};

/// Tasks (run files) whose last end is a failure: task-failed or task-not-run. Who was stopped
/// since has not ended. Lines that a full disk or a kill has cut are skipped; no file: none.
std::vector<std::string> failed_tasks(const std::filesystem::path& events);

}  // namespace seedbed
