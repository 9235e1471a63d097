#include "runner/worker_process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <seedbed/error.hpp>

#include "runner/worker_start.hpp"

namespace seedbed {

using Kind = TaskChange::Kind;

struct WorkerProcess::Running {
  StartedWorker process;
  std::string heard{};    ///< Of its answers, what is not yet a line.
  std::string leaving{};  ///< Why it takes no more tasks; "": it does.
  Clock::time_point deadline = Clock::time_point::max();
  bool killed = false;
};

namespace {

/// "was killed by signal 11 (Segmentation fault)"
std::string end_of(int status) {
  if (!WIFSIGNALED(status)) return "ended with exit code " + std::to_string(WEXITSTATUS(status));
  const int signal = WTERMSIG(status);
  std::string text =
      "was killed by signal " + std::to_string(signal) + " (" + strsignal(signal) + ")";
  if (signal == SIGKILL) text += ", by somebody or by a system that is short of memory";
  return text;
}

bool begins(const std::string& line, std::string_view word) {
  return line.rfind(word, 0) == 0;
}

/// What can be read at once. False: nobody is left who could write more.
bool hear(int source, std::string& text) {
  std::array<char, 4096> bytes;
  for (;;) {
    const ssize_t got = ::read(source, bytes.data(), bytes.size());
    if (got > 0)
      text.append(bytes.data(), static_cast<std::size_t>(got));
    else if (got == 0 || errno != EINTR)
      return got < 0 && errno == EAGAIN;
  }
}

}  // namespace

WorkerProcess::WorkerProcess(const WorkerCommand& command, unsigned number)
    : command_(&command), number_(number) {}
WorkerProcess::WorkerProcess(WorkerProcess&&) noexcept = default;

WorkerProcess::~WorkerProcess() {
  if (running_) running_->process.let_go();
}

void WorkerProcess::start() {
  const auto log = command_->logs / (command_->log + "-" + std::to_string(number_) + ".log");
  running_ = std::make_unique<Running>(Running{start_worker(*command_, log, restarted_)});
  restarted_ = true;
}

bool WorkerProcess::send(const std::string& line) {
  return ::write(running_->process.tasks(), line.data(), line.size()) ==
         static_cast<ssize_t>(line.size());
}

void WorkerProcess::give(std::size_t index, const std::string& id) {
  const std::string line = std::to_string(index) + ' ' + id + '\n';
  if (running_ && (has_ended() || !send(line))) end();  // it died while nobody asked anything of it
  if (!running_) {
    start();
    send(line);  // when it cannot be sent, the process has ended, and answer() says how
  }
  running_->heard.clear();
  if (command_->limits.seconds)
    running_->deadline = Clock::now() + std::chrono::seconds(command_->limits.seconds);
}

std::optional<TaskOutcome> WorkerProcess::answer() {
  const bool ended = has_ended();
  const bool open = hear(running_->process.answers(), running_->heard);
  for (std::size_t end; (end = running_->heard.find('\n')) != std::string::npos;) {
    const std::string line = running_->heard.substr(0, end);
    running_->heard.erase(0, end + 1);
    if (begins(line, "leaving "))
      running_->leaving = line.substr(8);
    else
      return outcome_of(line);
  }
  if (ended) return died("");
  if (!open) return hung_up();
  if (Clock::now() < running_->deadline) return std::nullopt;
  running_->process.signal(SIGKILL);
  return died("was still at work after the time limit of " +
              std::to_string(command_->limits.seconds) + " s");
}

/// Nobody can answer any more: it is ending, or a plugin closed what is not its own.
TaskOutcome WorkerProcess::hung_up() {
  if (running_->process.ends_within(std::chrono::seconds(1))) return died("");
  running_->process.signal(SIGKILL);
  return died("closed the line to the process that waits for it");
}

std::optional<TaskOutcome> WorkerProcess::outcome_of(std::string line) {
  TaskOutcome outcome{Kind::failed, line};
  const bool stopped = line == "stopped";
  if (line == "done" || stopped) outcome = {stopped ? Kind::stopped : Kind::done, ""};
  const bool failed = begins(line, "failed ");
  if (failed) outcome.message = line.substr(7);
  const bool odd = outcome.kind == Kind::failed && !failed;  // no answer of ours
  if (odd) outcome.message = "expected an answer of the worker, got '" + line + "'";
  if (!running_->leaving.empty() && outcome.kind == Kind::done)
    outcome.message = "a plugin changed " + running_->leaving + " of its process";
  if (stopped || odd || !running_->leaving.empty()) end();
  return outcome;
}

/// Who was at work when the process ended, and how it did: `how`, or what the system says.
TaskOutcome WorkerProcess::died(std::string how) {
  const int status = running_->process.wait();
  const bool stopped = running_->killed || (WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
  const CallRecord calls = running_->process.calls();
  end();
  if (stopped) return {Kind::stopped, ""};
  if (how.empty()) how = end_of(status);
  if (command_->limits.mebibytes)
    how += " (memory limit " + std::to_string(command_->limits.mebibytes) + " MiB)";
  const std::string log = "; see logs/" + command_->log + "-" + std::to_string(number_) + ".log";
  if (calls.active)
    return {Kind::failed, calls.call() + ": the worker process " + how + calls.place() + log};
  const std::string last = calls.call().empty() ? "" : ", after " + calls.call();
  return {Kind::failed, "the worker process " + how + last + calls.place() + log};
}

bool WorkerProcess::has_ended() {
  return running_->process.has_ended();
}

void WorkerProcess::end() {
  running_->process.signal(SIGKILL);  // also what it left behind
  running_->process.wait();
  running_.reset();
}

int WorkerProcess::descriptor() const {
  return running_ ? running_->process.answers() : -1;
}

WorkerProcess::Clock::time_point WorkerProcess::deadline() const {
  return running_ ? running_->deadline : Clock::time_point::max();
}

std::uint64_t WorkerProcess::iteration() const {
  return running_ ? running_->process.calls().iteration : CallRecord::none;
}

void WorkerProcess::stop() {
  if (running_) running_->process.signal_it(SIGTERM);
}

void WorkerProcess::kill() {
  if (!running_) return;
  running_->killed = true;
  running_->process.signal(SIGKILL);
}

void WorkerProcess::pause() {
  if (running_) running_->process.signal(SIGSTOP);
}

void WorkerProcess::go_on(Clock::duration pause) {
  if (!running_) return;
  if (command_->limits.seconds) running_->deadline += pause;
  running_->process.signal(SIGCONT);
}

}  // namespace seedbed
