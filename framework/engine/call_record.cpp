#include "engine/call_record.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdlib>
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

/// Calls nothing but what a signal handler may. Returns when no call is under way, or when another
/// process will say so.
void end_of_call(std::string_view what) {
  const CallRecord& record = call_record();
  if (!record.active || of_thread::shared_record) return;
  say(text_of(record.title));
  say(": ");
  say(text_of(record.function));
  say(": expected to return, got ");
  say(what);
  say(" (seedbed check finds out more)\n");
  ::_exit(static_cast<int>(Exit::plugin));
}

void on_crash(int signal) {
  char text[] = "killed by signal ..";
  char* digit = text + sizeof text - 3;
  if (signal >= 10) *digit++ = static_cast<char>('0' + signal / 10);
  *digit++ = static_cast<char>('0' + signal % 10);
  end_of_call({text, static_cast<std::size_t>(digit - text)});
}  // and the system kills: the handler is gone

void on_exit() {
  end_of_call("the end of the process");
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
  std::atexit(on_exit);
  struct sigaction action {};
  action.sa_handler = on_crash;
  action.sa_flags = static_cast<int>(SA_ONSTACK | SA_RESETHAND);
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL})
    ::sigaction(signal, &action, nullptr);
}

}  // namespace seedbed
