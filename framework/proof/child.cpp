#include "proof/child.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <seedbed/error.hpp>

#include "runner/worker_process.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

constexpr const char* failure_file = "failure";
constexpr const char* warnings_file = "warnings";

std::string contents_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What a plugin said before it died: the end of the log.
std::string last_words(const fs::path& folder) {
  constexpr std::size_t longest = 2000;
  std::string log = contents_of(folder / "worker-0.log");
  while (!log.empty() && std::isspace(static_cast<unsigned char>(log.back()))) log.pop_back();
  if (log.size() > longest) log.erase(0, log.size() - longest);
  return log.empty() ? "" : "\n  it printed last: " + log;
}

/// The child wrote down what it threw and answered with the exit code; one that died did not.
Error error_of(const std::string& message, const fs::path& folder) {
  if (message.size() == 1 && std::isdigit(static_cast<unsigned char>(message[0])))
    return Error(contents_of(folder / failure_file), static_cast<Exit>(message[0] - '0'));
  return Error(message.substr(0, message.find("; see ")) + last_words(folder), Exit::plugin);
}

/// Waits for the one task of the worker.
TaskOutcome outcome_of(const WorkerCommand& command) {
  WorkerProcess process(command, 0);
  process.give(0, "");
  for (;;) {
    if (auto outcome = process.answer()) return *outcome;
    constexpr int at_most = 200;  // ms: also when nobody can write to the line any more
    pollfd line{process.descriptor(), POLLIN, 0};
    ::poll(&line, 1, at_most);
  }
}

}  // namespace

WorkFolder::WorkFolder() {
  std::string name = (fs::temp_directory_path() / "seedbed-XXXXXX").string();
  if (!::mkdtemp(name.data()))
    throw Error(name + ": expected a folder that can be made, got: " + std::strerror(errno),
                Exit::tasks_failed);
  path_ = name;
}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::vector<std::string> run_child(const ChildCommand& command, const WorkFolder& folder) {
  const WorkerCommand worker{
      command.program, command.arguments, folder.path(), {command.seconds, 0}};
  const TaskOutcome outcome = outcome_of(worker);
  if (outcome.kind == TaskChange::Kind::stopped)
    throw Error("stopped before it was done", Exit::stopped);
  if (outcome.kind == TaskChange::Kind::failed) throw error_of(outcome.message, folder.path());
  std::vector<std::string> warnings;
  std::ifstream file(folder.path() / warnings_file);
  for (std::string line; std::getline(file, line);) warnings.push_back(line);
  return warnings;
}

int serve_parent(const fs::path& folder, const std::function<std::vector<std::string>()>& work) {
  std::FILE* answers = ::fdopen(::dup(STDOUT_FILENO), "w");
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  std::string line;
  std::getline(std::cin, line);
  std::string answer = "done";
  try {
    std::ofstream file(folder / warnings_file);
    for (const std::string& warning : work()) file << warning << "\n";
  } catch (const std::exception& error) {
    const auto* known = dynamic_cast<const Error*>(&error);
    const Exit exit = known ? known->exit() : Exit::tasks_failed;
    std::ofstream(folder / failure_file) << error.what();
    answer = "failed " + std::to_string(std::min(static_cast<int>(exit), 9));
  }
  std::fprintf(answers, "%s\n", answer.c_str());
  std::fflush(answers);
  return 0;
}

}  // namespace seedbed
