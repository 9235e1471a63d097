#include "check/confinement.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <seedbed/error.hpp>

namespace seedbed {
namespace {

constexpr std::size_t kept = 1 << 20;  // bytes of output

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool limits_memory = false;  // their shadow memory is address space
#else
constexpr bool limits_memory = true;
#endif

/// Between fork and exec: system calls only.
[[noreturn]] void become(char* const* argv, int output, const Limits& limits) {
  ::setpgid(0, 0);
  const rlimit no_core{0, 0}, memory{limits.bytes, limits.bytes};
  ::setrlimit(RLIMIT_CORE, &no_core);
  if (limits_memory) ::setrlimit(RLIMIT_AS, &memory);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::execv("/proc/self/exe", argv);
  ::_exit(127);
}

pid_t start(const std::vector<std::string>& arguments, int output, const Limits& limits) {
  std::vector<char*> argv;
  for (const std::string& word : arguments) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child < 0) throw Error(fmt::format("check: expected to fork, got: {}", std::strerror(errno)));
  if (child == 0) become(argv.data(), output, limits);
  ::setpgid(child, child);
  return child;
}

/// Takes what is there; false at the end.
bool take(int from, std::string& output) {
  char bytes[4096];
  const ssize_t count = ::read(from, bytes, sizeof bytes);
  if (count <= 0) return count < 0 && (errno == EAGAIN || errno == EINTR);
  output.append(bytes, static_cast<std::size_t>(count));
  if (output.size() > 2 * kept) output.erase(0, output.size() - kept);
  return true;
}

std::string how(int status, const rusage& usage, const Limits& limits) {
  std::string text;
  if (WIFSIGNALED(status))
    text = fmt::format("stopped by SIG{}", sigabbrev_np(WTERMSIG(status)));
  else if (WEXITSTATUS(status) != 0)
    text = fmt::format("ended with exit code {}", WEXITSTATUS(status));
  const auto resident = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  if (!text.empty() && limits_memory && resident > limits.bytes / 10 * 8)
    text += fmt::format(", at the limit of {} MiB of memory", limits.bytes >> 20);
  return text;
}

}  // namespace

Confined run_confined(const std::vector<std::string>& arguments, const Limits& limits) {
  int line[2];
  if (::pipe2(line, O_CLOEXEC | O_NONBLOCK) != 0)
    throw Error(fmt::format("check: expected a pipe, got: {}", std::strerror(errno)));
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = start(arguments, line[1], limits);
  ::close(line[1]);
  Confined result;
  int status = 0;
  rusage usage{};
  bool open = true;
  while (true) {
    pollfd readable{line[0], POLLIN, 0};
    ::poll(&readable, open ? 1 : 0, open ? 20 : 2);
    open = open && take(line[0], result.output);
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (::wait4(child, &status, WNOHANG, &usage) == child) {
      result.failure = how(status, usage, limits);
      break;
    }
    if (result.seconds <= limits.seconds) continue;
    ::kill(-child, SIGKILL);
    ::wait4(child, &status, 0, &usage);
    result.failure = fmt::format("no answer in {:g} s", limits.seconds);
    break;
  }
  ::kill(-child, SIGKILL);  // what it started
  for (pollfd rest{line[0], POLLIN, 0}; open && ::poll(&rest, 1, 0) > 0;)
    open = take(line[0], result.output);
  ::close(line[0]);
  return result;
}

}  // namespace seedbed
