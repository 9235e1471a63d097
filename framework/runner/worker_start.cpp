#include "runner/worker_start.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <seedbed/error.hpp>
#include <thread>
#include <vector>

#include "runner/shared_call_record.hpp"

namespace seedbed {

namespace process = boost::process;

struct StartedWorker::Parts {
  process::pipe tasks, answers;
  process::child child;
  SharedCallRecord calls;
};

namespace {

/// In the child, before it becomes the worker: nothing that comes later can be too late.
void prepare(pid_t parent, const std::vector<int>& inherited) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);  // it died before that
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);     // so it finds out what plugins have started
  ::setpgid(0, 0);
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGPIPE, SIG_DFL);  // ignored by whoever waits for it
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int file : inherited) ::fcntl(file, F_SETFD, 0);
}

std::vector<std::string> arguments_of(const WorkerCommand& command, int call_record) {
  std::vector<std::string> arguments = command.arguments;
  arguments.insert(arguments.end(), {"--call-record", std::to_string(call_record)});
  if (command.limits.mebibytes)
    arguments.insert(arguments.end(),
                     {"--memory-per-worker", std::to_string(command.limits.mebibytes)});
  return arguments;
}

void close_on_exec(const process::pipe& pipe) {
  for (const int end : {pipe.native_source(), pipe.native_sink()})
    if (end >= 0) ::fcntl(end, F_SETFD, FD_CLOEXEC);
}

}  // namespace

StartedWorker start_worker(const WorkerCommand& command, const std::filesystem::path& path,
                           bool log_goes_on) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> log(
      std::fopen(path.c_str(), log_goes_on ? "ae" : "we"), std::fclose);
  if (!log)
    throw Error(path.string() + ": expected a log that can be written: " + std::strerror(errno),
                Exit::tasks_failed);
  auto parts = std::make_unique<StartedWorker::Parts>();
  close_on_exec(parts->tasks);
  close_on_exec(parts->answers);
  std::error_code failure;
  const pid_t parent = ::getpid();
  const int record = parts->calls.descriptor();
  std::vector<int> inherited = command.descriptors;
  inherited.push_back(record);
  parts->child = process::child(
      command.program.string(), process::args(arguments_of(command, record)),
      process::std_in<parts->tasks, process::std_out> parts->answers, process::std_err > log.get(),
      process::extend::on_exec_setup = [&](auto&) { prepare(parent, inherited); }, failure);
  if (failure)
    throw Error(command.program.string() + ": expected to start as a worker: " + failure.message(),
                Exit::tasks_failed);
  ::fcntl(parts->answers.native_source(), F_SETFL, O_NONBLOCK);
  return StartedWorker(std::move(parts));
}

StartedWorker::StartedWorker(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
StartedWorker::StartedWorker(StartedWorker&&) noexcept = default;

StartedWorker::~StartedWorker() {
  if (!parts_ || has_ended()) return;
  signal(SIGKILL);
  wait();
}

int StartedWorker::tasks() const {
  return parts_->tasks.native_sink();
}

int StartedWorker::answers() const {
  return parts_->answers.native_source();
}

CallRecord StartedWorker::calls() const {
  return parts_->calls.record();
}

bool StartedWorker::has_ended() {
  std::error_code ignored;
  return !parts_->child.running(ignored);
}

int StartedWorker::wait() {
  std::error_code ignored;
  parts_->child.wait(ignored);
  return parts_->child.native_exit_code();
}

void StartedWorker::signal(int number) {
  ::kill(-parts_->child.id(), number);  // the group is there as long as one of it is
}

void StartedWorker::signal_it(int number) {
  if (!has_ended()) ::kill(parts_->child.id(), number);
}

bool StartedWorker::ends_within(std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!has_ended() && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return has_ended();
}

void StartedWorker::let_go() {
  ::close(parts_->tasks.native_sink());
  parts_->tasks.assign_sink(-1);
  ends_within(std::chrono::seconds(2));
  signal(SIGKILL);
  wait();
}

}  // namespace seedbed
