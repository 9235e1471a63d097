#include "engine/call_record.hpp"

#include <unistd.h>

#include <csignal>
#include <seedbed/error.hpp>

namespace seedbed {

namespace {

/// The text in an array that another process may have left without its end.
template <std::size_t n>
std::string_view text_of(const std::array<char, n>& array) {
  return {array.data(),
          static_cast<std::size_t>(std::find(array.begin(), array.end(), '\0') - array.begin())};
}

void say(std::string_view text) {
  if (::write(STDERR_FILENO, text.data(), text.size()) < 0) return;  // nobody listens
}

/// Calls nothing but what a signal handler may.
void on_crash(int signal) {
  const CallRecord& record = call_record();
  if (!record.active || of_thread::shared_record) return;  // again, with the system's answer
  const char digits[] = {static_cast<char>('0' + signal / 10),
                         static_cast<char>('0' + signal % 10)};
  say(text_of(record.title));
  say(": ");
  say(text_of(record.function));
  say(": expected to return, got killed by signal ");
  say({digits + (signal < 10), static_cast<std::size_t>(signal < 10 ? 1 : 2)});
  say(" (a plugin that crashes; seedbed check finds out more)\n");
  ::_exit(static_cast<int>(Exit::plugin));
}

}  // namespace

std::string CallRecord::call() const {
  if (!title[0]) return "";
  return std::string(text_of(title)) + ": " + std::string(text_of(function));
}

std::string CallRecord::place() const {
  if (iteration == none) return "";
  std::string text = " at iteration " + std::to_string(iteration);
  if (last_episode == none) return text;
  if (first_episode == last_episode) return text + ", episode " + std::to_string(first_episode);
  return text + ", episodes " + std::to_string(first_episode) + " to " +
         std::to_string(last_episode);
}

void report_crashes() {
  static std::array<char, 1 << 15> stack;  // one that overflowed cannot hold the handler
  stack_t other{};
  other.ss_sp = stack.data();
  other.ss_size = stack.size();
  ::sigaltstack(&other, nullptr);
  struct sigaction action {};
  action.sa_handler = on_crash;
  action.sa_flags = SA_ONSTACK | SA_RESETHAND;
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL})
    ::sigaction(signal, &action, nullptr);
}

}  // namespace seedbed
