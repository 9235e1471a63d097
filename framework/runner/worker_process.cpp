#include "runner/worker_process.hpp"

#include <fcntl.h>
#include <sys/wait.h>

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>
#include <cstring>
#include <mutex>
#include <seedbed/error.hpp>

namespace seedbed {

namespace process = boost::process;

struct WorkerProcess::Running {
  process::opstream tasks;
  process::ipstream answers;
  process::child child;
};

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
  const auto log = command_.logs / ("worker-" + std::to_string(number_) + ".log");
  std::error_code failure;
  running_->child =
      process::child(command_.program.string(), process::args(command_.arguments),
                     process::std_in<running_->tasks, process::std_out> running_->answers,
                     process::std_err > log.string(), failure);
  for (int end : {running_->tasks.pipe().native_sink(), running_->answers.pipe().native_source()})
    if (end >= 0) ::fcntl(end, F_SETFD, FD_CLOEXEC);  // not for the workers that come later
  if (failure)
    throw Error(command_.program.string() + ": expected to start as a worker: " + failure.message(),
                Exit::tasks_failed);
}

Outcome WorkerProcess::run(std::size_t index, const std::string& id) {
  if (!running_) start();
  running_->tasks << index << ' ' << id << std::endl;
  std::string answer;
  if (!std::getline(running_->answers, answer)) return died();
  if (answer == "done") return {true, ""};
  constexpr std::string_view failed = "failed ";
  return {false, answer.rfind(failed, 0) == 0 ? answer.substr(failed.size()) : answer};
}

/// The line broke: what the system says of the process.
Outcome WorkerProcess::died() {
  std::error_code ignored;
  running_->child.wait(ignored);
  const int status = running_->child.native_exit_code();
  running_.reset();
  const std::string how = WIFSIGNALED(status)
                              ? std::string("was killed by signal ") +
                                    std::to_string(WTERMSIG(status)) + " (" +
                                    strsignal(WTERMSIG(status)) + ")"
                              : "ended with exit code " + std::to_string(WEXITSTATUS(status));
  return {false,
          "the worker process " + how + "; see logs/worker-" + std::to_string(number_) + ".log"};
}

}  // namespace seedbed
