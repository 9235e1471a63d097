#include <fcntl.h>
#include <fmt/format.h>
#include <seedbed/plugin.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <seedbed/error.hpp>
#include <string>
#include <system_error>
#include <vector>

#include "cli/arguments.hpp"
#include "engine/call_record.hpp"
#include "loader/nearest.hpp"

namespace {

using namespace seedbed;

const Verb& verb_named(const std::string& name) {
  std::vector<std::string> names;
  for (const Verb* verb : verbs()) {
    if (verb->name == name) return *verb;
    names.emplace_back(verb->name);
  }
  const std::string near = nearest(name, names);
  throw Error(fmt::format(
      "seedbed: expected a verb, got '{}'{}", name,
      near.empty() ? " (seedbed --help lists them)" : fmt::format("; did you mean '{}'?", near)));
}

/// Without this, the next file that is opened would get what is printed.
void hold_standard_streams() {
  for (int file = ::open("/dev/null", O_RDWR); file >= 0; file = ::open("/dev/null", O_RDWR))
    if (file > STDERR_FILENO) {
      ::close(file);
      return;
    }
}

/// To standard error, as far as somebody listens.
void say(const std::string& text) {
  std::fputs((text + "\n").c_str(), stderr);
}

/// Results that nobody reads any more are no error; those that cannot be written are.
void finish_output() {
  const bool gone = std::fflush(stdout) != 0 && errno == EPIPE;
  if (!std::ferror(stdout) || gone) return;
  throw Error(fmt::format("standard output: expected to be writable, got \"{}\"",
                          std::strerror(errno ? errno : EIO)),
              Exit::tasks_failed);
}

int run(const std::vector<std::string>& words) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    fmt::print(words.empty() ? stderr : stdout, "{}", usage());
    return words.empty() ? static_cast<int>(Exit::usage) : 0;
  }
  if (words[0] == "--version") {
    fmt::print("seedbed {} (plugin ABI {}.{})\n", SEEDBED_VERSION, SEEDBED_ABI_MAJOR,
               SEEDBED_ABI_MINOR);
    return 0;
  }
  const Verb& verb = verb_named(words[0]);
  const Arguments arguments(verb, {words.begin() + 1, words.end()});
  if (arguments.has("help")) {
    fmt::print("{}", usage(verb));
    return 0;
  }
  return verb.run(arguments);
}

}  // namespace

int main(int count, char** words) {
  hold_standard_streams();
  std::signal(SIGPIPE, SIG_IGN);  // a write to who has gone fails instead
  report_crashes();
  try {
    const int code = run({words + 1, words + count});
    finish_output();
    return code;
  } catch (const Error& error) {
    say(error.what());
    return static_cast<int>(error.exit());
  } catch (const std::system_error& error) {
    if (error.code().value() == EPIPE) return 0;  // whoever read has seen enough
    say(std::string("standard output: expected to be writable, got ") + error.what());
    return static_cast<int>(Exit::tasks_failed);
  } catch (const std::exception& error) {
    say(std::string("seedbed: internal error: ") + error.what());
    return static_cast<int>(Exit::tasks_failed);
  }
}
