#include "runner/process_state.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xmmintrin.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cfenv>
#include <climits>
#include <clocale>
#include <cstdlib>
#include <fstream>

namespace seedbed {

namespace {

constexpr const char* line_of_answers = "the line to the process that waits for it";

/// Which file a descriptor stands for; "": none.
std::string file_of(int descriptor) {
  struct stat file {};
  if (::fstat(descriptor, &file) != 0) return "";
  return std::to_string(file.st_dev) + ":" + std::to_string(file.st_ino);
}

std::string working_folder() {
  std::array<char, PATH_MAX> path{};
  return ::getcwd(path.data(), path.size()) ? path.data() : "";
}

bool has_children() {
  siginfo_t child{};
  return ::waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

std::string rounding() {
  constexpr unsigned flags = 0x3f;  // what happened, not what is asked for
  return std::to_string(_mm_getcsr() & ~flags) + " " + std::to_string(std::fegetround());
}

std::uint64_t data_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_DATA, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return 0;
  return limit.rlim_cur >> 10;
}

/// Without those two that the C library handles itself once there is a thread (32 and 33).
std::string without_threads(const std::string& handlers) {
  constexpr std::uint64_t of_threads = std::uint64_t{3} << 31;
  return std::to_string(std::strtoull(handlers.c_str(), nullptr, 16) & ~of_threads);
}

}  // namespace

ProcessState ProcessState::now(int answers) {
  ProcessState state;
  state.what_ = {{"the working folder", working_folder()},
                 {"the rounding mode", rounding()},
                 {"the locale", std::setlocale(LC_ALL, nullptr)},
                 {"the processes", has_children() ? "some" : ""},
                 {"standard input", file_of(STDIN_FILENO)},
                 {"standard output", file_of(STDOUT_FILENO)},
                 {"standard error", file_of(STDERR_FILENO)},
                 {line_of_answers, file_of(answers)}};
  const std::map<std::string, const char*> lines{{"SigBlk:", "the signal mask"},
                                                 {"SigIgn:", "the ignored signals"},
                                                 {"SigCgt:", "the signal handlers"},
                                                 {"Umask:", "the umask"}};
  std::ifstream status("/proc/self/status");
  for (std::string word, value; status >> word && std::getline(status, value);) {
    if (const auto line = lines.find(word); line != lines.end())
      state.what_[line->second] = word == "SigCgt:" ? without_threads(value) : value;
    if (word == "VmData:") state.data_kibibytes_ = std::strtoull(value.c_str(), nullptr, 10);
  }
  state.data_limit_ = data_limit();
  return state;
}

bool ProcessState::can_answer_as(const ProcessState& before) const {
  return what_.at(line_of_answers) == before.what_.at(line_of_answers);
}

/// Memory that was not given back is a leak from a quarter of the room that there was, or a GiB.
std::string ProcessState::change_since(const ProcessState& before) const {
  std::string text;
  const auto add = [&](const std::string& name) { text += (text.empty() ? "" : ", ") + name; };
  for (const auto& [name, value] : what_)
    if (before.what_.at(name) != value) add(name);
  constexpr std::uint64_t gibibyte = 1 << 20;
  const std::uint64_t room =
      data_limit_ ? data_limit_ - std::min(data_limit_, before.data_kibibytes_) : 4 * gibibyte;
  if (data_kibibytes_ > before.data_kibibytes_ + room / 4) add("the memory");
  return text;
}

}  // namespace seedbed
