#include "runner/progress.hpp"

#include <fmt/format.h>

#include <ostream>

namespace seedbed {

namespace {
constexpr std::chrono::milliseconds redraw{100};
constexpr std::chrono::seconds plain_line{30};
}  // namespace

Progress::Progress(std::ostream& out, std::size_t tasks, bool terminal, bool quiet)
    : out_(out),
      tasks_(tasks),
      terminal_(terminal),
      quiet_(quiet),
      start_(Clock::now()),
      drawn_(start_) {}

void Progress::task_done() {
  ++done_;
  draw(false);
}

void Progress::task_failed(const std::string& task, const std::string& message) {
  ++failed_;
  if (terminal_ && !quiet_) out_ << "\r\033[K";
  out_ << task << ": " << message << std::endl;
  draw(true);
}

void Progress::finish() {
  if (quiet_ || tasks_ == 0) return;
  if (terminal_) out_ << "\r\033[K";
  out_ << line() << std::endl;
}

void Progress::draw(bool now) {
  if (quiet_) return;
  const auto time = Clock::now();
  if (!now && time - drawn_ < (terminal_ ? redraw : std::chrono::milliseconds(plain_line))) return;
  drawn_ = time;
  if (terminal_)
    out_ << "\r\033[K" << line() << std::flush;
  else
    out_ << line() << std::endl;
}

std::string Progress::line() const {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  const std::size_t ended = done_ + failed_;
  std::string text = fmt::format("{}/{} tasks, {:.0f} s", ended, tasks_, seconds);
  if (failed_) text += fmt::format(", {} failed", failed_);
  if (ended > 0 && ended < tasks_)
    text += fmt::format(", about {:.0f} s left",
                        seconds * static_cast<double>(tasks_ - ended) / static_cast<double>(ended));
  return text;
}

}  // namespace seedbed
