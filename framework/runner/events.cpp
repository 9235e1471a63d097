#include "runner/events.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>
#include <utility>

namespace seedbed {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& path) {
  throw Error(path.string() + ": expected a file of events that can be written, got \"" +
                  std::strerror(errno) + "\"",
              Exit::tasks_failed);
}

std::string line_of(const Event& event) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  nlohmann::ordered_json line{{"time", std::chrono::duration<double>(now).count()},
                              {"event", event.event}};
  if (!event.task.empty()) line["task"] = event.task;
  if (event.worker) line["worker"] = event.worker;
  if (event.seconds >= 0.0) line["seconds"] = event.seconds;
  if (!event.message.empty()) line["message"] = event.message;
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

/// True when the file ends within a line, which a kill or a full disk has cut.
bool is_cut(int file) {
  char last = '\n';
  const off_t end = ::lseek(file, 0, SEEK_END);
  return end > 0 && ::pread(file, &last, 1, end - 1) == 1 && last != '\n';
}

}  // namespace

EventLog::EventLog(const std::vector<std::filesystem::path>& files) {
  for (const auto& path : files) {
    if (path == "-")
      throw Error("--events: expected a file, got '-': standard output is for results");
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    const int problem = errno;
    // a pipe cannot be opened for reading and writing by everybody
    const int other = file < 0 ? ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC) : file;
    errno = problem;
    if (other < 0) refuse(path);
    files_.push_back({path, other});
    if (is_cut(other) && ::write(other, "\n", 1) != 1) refuse(path);
  }
}

EventLog::~EventLog() {
  for (const File& file : files_) ::close(file.descriptor);
}

/// Rationale: a full disk under the log costs no task; what it is about says so itself.
void EventLog::warn(const std::filesystem::path& path) {
  if (!std::exchange(warned_, true))
    std::cerr << path.string() + ": warning: events are lost: \"" + std::strerror(errno) + "\"\n";
}

void EventLog::add(const Event& event) {
  const std::string line = line_of(event);
  for (const File& file : files_)
    if (::write(file.descriptor, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
      warn(file.path);
}

std::vector<std::string> failed_tasks(const std::filesystem::path& events) {
  std::map<std::string, bool> failed;
  std::ifstream file(events);
  for (std::string text; std::getline(file, text);) {
    const auto line = nlohmann::json::parse(text, nullptr, false);
    if (!line.is_object() || !line.contains("task") || !line["task"].is_string()) continue;
    const std::string event = line.value("event", "");
    if (event != "task-started" && event != "task-stopped")  // then it is as it was
      failed[line["task"]] = event == "task-failed" || event == "task-not-run";
  }
  std::vector<std::string> tasks;
  for (const auto& [task, is_failed] : failed)
    if (is_failed) tasks.push_back(task);
  return tasks;
}

}  // namespace seedbed
