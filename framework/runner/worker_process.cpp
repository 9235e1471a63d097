#include "runner/worker_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>

#include <algorithm>
#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <seedbed/error.hpp>

#include "runner/shared_call_record.hpp"

namespace seedbed {

namespace process = boost::process;

struct WorkerProcess::Running {
  process::opstream tasks;
  process::ipstream answers;
  process::child child;
  SharedCallRecord calls;
};

namespace {

/// False when nothing can be read from `source` before the time is over.
bool answers_within(int source, std::uint64_t seconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::seconds(seconds);
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    constexpr std::int64_t longest = 60'000;  // poll counts in int
    pollfd waiting{source, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left, longest))) > 0)
      return true;
  }
}

/// "killed by signal 11 (Segmentation fault)"
std::string end_of(int status) {
  if (!WIFSIGNALED(status)) return "ended with exit code " + std::to_string(WEXITSTATUS(status));
  return std::string("was killed by signal ") + std::to_string(WTERMSIG(status)) + " (" +
         strsignal(WTERMSIG(status)) + ")";
}

}  // namespace

WorkerProcess::WorkerProcess(const WorkerCommand& command, unsigned number)
    : command_(command), number_(number) {}

WorkerProcess::~WorkerProcess() {
  if (!running_) return;
  running_->tasks.close();
  running_->tasks.pipe().close();
  std::error_code ignored;
  running_->child.wait(ignored);
}

void WorkerProcess::start() {
  static std::mutex one_at_a_time;  // a fork must not inherit the pipes of another in the making
  const std::lock_guard lock(one_at_a_time);
  running_ = std::make_unique<Running>();
  const auto path = command_.logs / ("worker-" + std::to_string(number_) + ".log");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> log(
      std::fopen(path.c_str(), restarted_ ? "ae" : "we"), std::fclose);
  if (!log)
    throw Error(path.string() + ": expected a log that can be written: " + std::strerror(errno),
                Exit::tasks_failed);
  restarted_ = true;
  std::error_code failure;
  std::vector<std::string> arguments = command_.arguments;
  arguments.insert(arguments.end(),
                   {"--call-record", std::to_string(running_->calls.descriptor())});
  if (command_.limits.mebibytes)
    arguments.insert(arguments.end(),
                     {"--memory-per-worker", std::to_string(command_.limits.mebibytes)});
  running_->child =
      process::child(command_.program.string(), process::args(arguments),
                     process::std_in<running_->tasks, process::std_out> running_->answers,
                     process::std_err > log.get(), failure);
  for (int end : {running_->tasks.pipe().native_sink(), running_->answers.pipe().native_source()})
    if (end >= 0) ::fcntl(end, F_SETFD, FD_CLOEXEC);  // not for the workers that come later
  if (failure)
    throw Error(command_.program.string() + ": expected to start as a worker: " + failure.message(),
                Exit::tasks_failed);
}

Outcome WorkerProcess::run(std::size_t index, const std::string& id) {
  if (!running_) start();
  running_->tasks << index << ' ' << id << std::endl;
  const std::uint64_t seconds = command_.limits.seconds;
  if (seconds && !answers_within(running_->answers.pipe().native_source(), seconds)) {
    std::error_code ignored;
    running_->child.terminate(ignored);
    return died("was still at work after the time limit of " + std::to_string(seconds) + " s");
  }
  std::string answer;
  if (!std::getline(running_->answers, answer)) return died("");
  if (answer == "done") return {true, ""};
  constexpr std::string_view failed = "failed ";
  return {false, answer.rfind(failed, 0) == 0 ? answer.substr(failed.size()) : answer};
}

/// Who was at work when the process ended, and how it did: `how`, or what the system says.
Outcome WorkerProcess::died(std::string how) {
  std::error_code ignored;
  running_->child.wait(ignored);
  if (how.empty()) how = end_of(running_->child.native_exit_code());
  const CallRecord calls = running_->calls.record();
  running_.reset();
  if (command_.limits.mebibytes)
    how += " (memory limit " + std::to_string(command_.limits.mebibytes) + " MiB)";
  const std::string log = "; see logs/worker-" + std::to_string(number_) + ".log";
  if (calls.active)
    return {false, calls.call() + ": the worker process " + how + calls.place() + log};
  const std::string last = calls.call().empty() ? "" : ", after " + calls.call();
  return {false, "the worker process " + how + last + calls.place() + log};
}

}  // namespace seedbed
