#pragma once
#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <string>

namespace seedbed {

/// What a person sees of a run: on a terminal one line that is redrawn at most ten times a second,
/// otherwise a line every 30 s. Failures are printed at once.
class Progress {
 public:
  Progress(std::ostream& out, std::size_t tasks, bool terminal, bool quiet);

  void task_done();
  void task_failed(const std::string& task, const std::string& message);
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  void draw(bool now);
  std::string line() const;

  std::ostream& out_;
  std::size_t tasks_, done_ = 0, failed_ = 0;
  bool terminal_, quiet_;
  Clock::time_point start_, drawn_;
};

}  // namespace seedbed
