#include <fmt/format.h>
#include <seedbed/plugin.h>

#include <cstdio>
#include <seedbed/error.hpp>
#include <string>
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
  report_crashes();
  try {
    return run({words + 1, words + count});
  } catch (const Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return static_cast<int>(error.exit());
  } catch (const std::exception& error) {
    fmt::print(stderr, "seedbed: internal error: {}\n", error.what());
    return static_cast<int>(Exit::tasks_failed);
  }
}
