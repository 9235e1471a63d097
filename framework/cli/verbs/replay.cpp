#include "proof/replay.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <seedbed/error.hpp>

#include "cli/arguments.hpp"
#include "runner/worker.hpp"

namespace seedbed {

namespace {

ReplayRequest request_of(const Arguments& arguments) {
  if (!arguments.has("episode"))
    throw Error("seedbed replay: expected --episode N, the number of an episode, got none");
  ReplayRequest request{arguments.operand(0), arguments.number("episode", 0), {}};
  if (arguments.has("iteration")) request.iteration = arguments.number("iteration", 0);
  return request;
}

int replay_in_child(const Arguments& arguments) {
  limit_worker(static_cast<int>(arguments.number("call-record", 0)), 0);
  const std::filesystem::path folder = arguments.value("child");
  return serve_parent(
      folder, [&] { return recreate_in(request_of(arguments), arguments.plugin_path(), folder); });
}

int replay_verb_body(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  if (arguments.has("child")) return replay_in_child(arguments);
  ChildCommand child{std::filesystem::read_symlink("/proc/self/exe"), {"replay"}};
  for (const std::string& word : arguments.plugin_options()) child.arguments.push_back(word);
  const auto episode = replay(request_of(arguments), child);
  const bool compared = episode["compared"], equal = compared && episode["equal"];
  if (!arguments.has("quiet"))
    for (const auto& warning : episode["warnings"])
      fmt::print(stderr, "warning: {}\n", warning.get<std::string>());
  if (arguments.has("json"))
    fmt::print("{}\n", episode.dump(2));
  else if (arguments.has("csv"))
    fmt::print("{}", csv_of(episode));
  else if (!arguments.has("quiet"))
    fmt::print("{}\n", table_of(episode));
  std::fflush(stdout);
  if (compared && !equal)
    fmt::print(stderr, "{}: differs from the recorded episode: {} (stored against remade)\n",
               episode["file"].get<std::string>(), episode["difference"].get<std::string>());
  else if (compared && !arguments.has("quiet"))
    fmt::print(stderr, "equal to the recorded one, bit for bit: {} numbers\n",
               episode["numbers"].get<std::uint64_t>());
  return static_cast<int>(compared && !equal ? Exit::mismatch : Exit::done);
}

}  // namespace

extern const Verb replay_verb;
const Verb replay_verb{
    "replay",
    "RUN.h5",
    "Make one episode again from its noise, compare it with the recorded one and print it",
    {{"episode", "N", "Number of the episode in /trajectories"},
     {"iteration", "K", "Then N is its number in the batch of iteration K, recorded or not"},
     {"csv", "", "The table as CSV, with 17 digits"},
     {"child", "DIR", "Work folder of a child process (started by replay)", false, true},
     {"call-record", "FD", "Shared memory for the plugin call under way", false, true}},
    replay_verb_body,
    takes_plugins | takes_quiet | takes_json};

}  // namespace seedbed
