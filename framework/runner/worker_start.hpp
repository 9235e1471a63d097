#pragma once
#include <chrono>
#include <filesystem>
#include <memory>

#include "engine/call_record.hpp"
#include "runner/crew.hpp"

namespace seedbed {

/// A worker process that was started: its two pipes, its record of calls, and its end.
class StartedWorker {
 public:
  StartedWorker(StartedWorker&&) noexcept;
  ~StartedWorker();

  int tasks() const;    ///< To write to.
  int answers() const;  ///< To read from, without waiting.
  CallRecord calls() const;

  bool has_ended();
  bool ends_within(std::chrono::milliseconds patience);
  int wait();                  ///< For its end; as waitpid gives it.
  void signal(int number);     ///< To the process and all that it started.
  void signal_it(int number);  ///< To the process alone.
  void let_go();               ///< No more tasks; waits for its end, and kills when it takes long.

 private:
  friend StartedWorker start_worker(const WorkerCommand&, const std::filesystem::path&, bool);
  struct Parts;
  explicit StartedWorker(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// Starts a worker whose standard error is `log`, which goes on or begins anew. Throws Error (exit
/// 1). One thread at a time.
StartedWorker start_worker(const WorkerCommand& command, const std::filesystem::path& log,
                           bool log_goes_on);

}  // namespace seedbed
