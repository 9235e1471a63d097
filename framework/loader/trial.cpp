#include "loader/trial.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <initializer_list>
#include <seedbed/error.hpp>
#include <string>

namespace seedbed {
namespace {

constexpr unsigned seconds = 10;
constexpr int survived = 86;  // no exit code that a plugin would think of

[[noreturn]] void load_and_end(const char* path) {
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int output : {STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, output);
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM})
    std::signal(signal, SIG_DFL);
  ::alarm(seconds);
  ::dlopen(path, RTLD_NOW | RTLD_LOCAL);  // one that does not load says so in the parent
  ::_exit(survived);
}

}  // namespace

void try_to_load(const std::filesystem::path& path) {
  const pid_t child = ::fork();
  if (child == 0) load_and_end(path.c_str());
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child)
    throw Error(path.string() +
                    ": expected to be tried in a process of its own, got: " + std::strerror(errno),
                Exit::plugin);
  if (WIFEXITED(status) && WEXITSTATUS(status) == survived) return;
  std::string how = "ends the process";
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
    how = "is at work for " + std::to_string(seconds) + " s";
  else if (WIFSIGNALED(status))
    how = "is killed by signal " + std::to_string(WTERMSIG(status)) + " (" +
          strsignal(WTERMSIG(status)) + ")";
  throw Error(
      path.string() + ": expected a library that loads, got a static constructor that " + how,
      Exit::plugin);
}

}  // namespace seedbed
