#include "runner/worker.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <seedbed/error.hpp>
#include <sstream>

#include "runner/process_state.hpp"
#include "runner/provenance.hpp"
#include "runner/replicate.hpp"
#include "runner/shared_call_record.hpp"
#include "runner/stop_request.hpp"

namespace seedbed {

namespace {

/// Where answers go: standard output as it was; what is printed from now on goes to standard error.
std::FILE* take_answers() {
  std::FILE* answers = ::fdopen(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3), "w");
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  return answers;
}

std::string one_line(std::string text) {
  for (char& c : text)
    if (c == '\n') c = ' ';
  return text;
}

std::string run_one(const Suite& suite, const Plan& plan, const Provenance& provenance,
                    const std::filesystem::path& output, const std::vector<std::string>& argv,
                    double checkpoint_every, std::size_t index, const std::string& id) {
  call_record() = CallRecord();
  try {
    const Task& task = plan.tasks.at(index);
    if (!id.empty() && task.id != id)
      throw Error("the suite or a plugin changed while it ran; run again", Exit::tasks_failed);
    const Ending ending =
        run_replicate({suite, task.stage, task.cell, task.replicate, task.id,
                       provenance.of(task.stage, task.cell, task.replicate), execution(argv),
                       noise_key(suite, task.stage, task.cell, task.replicate),
                       theta_input(suite, plan, task, output), checkpoint_every},
                      output / task.file);
    return ending == Ending::done ? "done" : "stopped";
  } catch (const std::exception& error) {
    return "failed " + one_line(error.what());
  }
}

/// False: a plugin has changed what later tasks would run under; this worker takes no more.
bool give(std::FILE* answers, const std::string& answer, const ProcessState& before) {
  const ProcessState now = ProcessState::now(::fileno(answers));
  if (!now.can_answer_as(before)) ::_exit(static_cast<int>(Exit::plugin));
  const std::string change = now.change_since(before);
  if (!change.empty()) {
    std::fprintf(answers, "leaving %s\n", change.c_str());
    std::fprintf(stderr, "worker: a plugin changed %s; another worker goes on\n", change.c_str());
  }
  std::fprintf(answers, "%s\n", answer.c_str());
  return std::fflush(answers) == 0 && change.empty();
}

/// What plugins start, and leave behind, holds neither the lock of the run nor anything else.
void keep_descriptors() {
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
    if (const int file = std::atoi(entry.path().filename().c_str()); file > STDERR_FILENO)
      ::fcntl(file, F_SETFD, FD_CLOEXEC);
}

}  // namespace

void limit_worker(int call_record, std::uint64_t mebibytes) {
  listen_for_stop();
  keep_descriptors();
  std::ofstream("/proc/self/oom_score_adj") << 500;  // a worker goes before the one that waits
  if (call_record >= 0) SharedCallRecord::attach(call_record);
  if (!mebibytes) return;
  const rlimit data{mebibytes << 20, mebibytes << 20};
  if (::setrlimit(RLIMIT_DATA, &data) != 0)
    throw Error("seedbed worker: expected a memory limit that the system allows, got " +
                std::to_string(mebibytes) + " MiB");
}

int work(const Suite& suite, const Plan& plan, const std::filesystem::path& suite_path,
         const std::filesystem::path& output, const std::vector<std::string>& argv,
         double checkpoint_every) {
  std::FILE* answers = take_answers();
  const Provenance provenance(suite, suite_path);
  ::pthread_atfork(nullptr, nullptr, [] { ::_exit(static_cast<int>(Exit::plugin)); });
  const ProcessState before = ProcessState::now(::fileno(answers));
  bool failed = false;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::size_t index = 0;
    std::string id;
    words >> index >> id;
    const std::string answer = stop_requested() ? "stopped"
                                                : run_one(suite, plan, provenance, output, argv,
                                                          checkpoint_every, index, id);
    failed = failed || answer.starts_with("failed");
    if (!give(answers, answer, before)) break;
  }
  return static_cast<int>(failed ? Exit::tasks_failed : Exit::done);
}

}  // namespace seedbed
