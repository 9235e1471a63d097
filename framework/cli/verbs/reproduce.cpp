#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>
#include <thread>

#include "cli/arguments.hpp"
#include "proof/crate.hpp"
#include "proof/reproduction.hpp"
#include "runner/worker.hpp"

namespace seedbed {

namespace {

using Json = nlohmann::ordered_json;

int reproduce_in_child(const Arguments& arguments) {
  limit_worker(static_cast<int>(arguments.number("call-record", 0)), 0);
  const std::filesystem::path folder = arguments.value("child");
  return serve_parent(
      folder, [&] { return remake(arguments.operand(0), arguments.plugin_path(), folder); });
}

ChildCommand child_command(const Arguments& arguments) {
  ChildCommand child{std::filesystem::read_symlink("/proc/self/exe"),
                     {"reproduce"},
                     arguments.number("time-limit", 0, 1)};
  for (const std::string& word : arguments.plugin_options()) child.arguments.push_back(word);
  return child;
}

/// What a difference may come from, or that nothing that is recorded explains it.
std::string explanation(const Reproduction& result) {
  if (result.changes.empty())
    return "  same build and plugins: the file was changed, or the numbers depend on something "
           "that it does not record\n";
  std::string text;
  for (const std::string& change : result.changes) text += "  since then: " + change + "\n";
  return text;
}

void print(const Reproduction& result, bool quiet) {
  const std::string file = result.run_file.string();
  if (!quiet)
    for (const std::string& warning : result.warnings)
      fmt::print(stderr, "{}: warning: {}\n", file, warning);
  if (!result.failure.empty()) {
    fmt::print(stderr, "{}\n",
               result.failure.find(file) == 0 ? result.failure : file + ": " + result.failure);
    return;
  }
  const Comparison& c = result.comparison;
  if (c.difference)
    fmt::print("{}: differs\n  {} (stored against remade)\n  {} datasets are equal, {} differ\n{}",
               file, *c.difference, c.equal, c.different, explanation(result));
  else if (!quiet)
    fmt::print("{}: equal, bit for bit: {} datasets, {} numbers, {} bytes\n", file, c.equal,
               c.numbers, c.bytes);
  std::fflush(stdout);
}

Json json_of(const Reproduction& result) {
  const Comparison& c = result.comparison;
  Json json{{"file", result.run_file.string()},
            {"equal", result.exit == 0},
            {"exit", result.exit},
            {"seconds", result.seconds},
            {"datasets_equal", c.equal},
            {"datasets_different", c.different},
            {"numbers", c.numbers},
            {"bytes", c.bytes},
            {"changes", result.changes},
            {"warnings", result.warnings}};
  if (c.difference) json["difference"] = *c.difference;
  if (!result.failure.empty()) json["failure"] = result.failure;
  return json;
}

/// A mismatch is what one looks for; then damage, then what could not be run.
int worse(int a, int b) {
  for (const int exit : {4, 5, 3, 2})
    if (a == exit || b == exit) return exit;
  return std::max(a, b);
}

/// The folder against its crate; nothing is run.
int check_files(const Arguments& arguments) {
  const std::filesystem::path folder = arguments.operand(0);
  const CrateCheck check = check_crate(folder);
  if (arguments.has("json")) {
    fmt::print("{}\n", Json{{"whole", check.is_whole()},
                            {"equal", check.equal},
                            {"bytes", check.bytes},
                            {"changed", check.changed},
                            {"missing", check.missing},
                            {"extra", check.extra}}
                           .dump(2));
  } else {
    for (const auto& path : check.changed) fmt::print("changed  {}\n", (folder / path).string());
    for (const auto& path : check.missing) fmt::print("missing  {}\n", (folder / path).string());
    for (const auto& path : check.extra) fmt::print("extra    {}\n", (folder / path).string());
    if (!arguments.has("quiet"))
      fmt::print("{} files are as ro-crate-metadata.json says ({} bytes)\n", check.equal,
                 check.bytes);
  }
  return static_cast<int>(check.is_whole() ? Exit::done : Exit::mismatch);
}

int reproduce_verb_body(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  if (arguments.has("child")) return reproduce_in_child(arguments);
  if (arguments.has("files")) return check_files(arguments);
  const auto files = run_files_below(arguments.operand(0));
  const bool json = arguments.has("json"), quiet = arguments.has("quiet");
  const auto jobs = static_cast<unsigned>(
      arguments.number("jobs", std::max(1u, std::thread::hardware_concurrency()), 1));
  Json all = Json::array();
  int exit = 0;
  std::size_t equal = 0;
  reproduce_all(
      files, jobs, child_command(arguments),
      [&](const Reproduction& result) {
        exit = worse(exit, result.exit);
        equal += result.exit == 0;
        if (json)
          all.push_back(json_of(result));
        else
          print(result, quiet);
      },
      arguments.value("output"));
  if (json)
    fmt::print("{}\n", Json{{"equal", equal}, {"of", files.size()}, {"runs", all}}.dump(2));
  else if (files.size() > 1 && !(quiet && exit == 0))
    fmt::print("{} of {} run files are equal, bit for bit\n", equal, files.size());
  return exit;
}

}  // namespace

extern const Verb reproduce_verb;
const Verb reproduce_verb{
    "reproduce",
    "RUN.h5|DIR",
    "Run a run file again from itself alone and compare every bit; of a folder, all of them",
    {{"files", "", "Check the files of a folder by the hashes in its crate; nothing is run"},
     {"time-limit", "SECONDS", "Wall time of one run, then it fails; default: none"},
     {"child", "DIR", "Work folder of a child process (started by reproduce)", false, true},
     {"call-record", "FD", "Shared memory for the plugin call under way", false, true}},
    reproduce_verb_body,
    takes_jobs | takes_output | takes_plugins | takes_quiet | takes_json};

}  // namespace seedbed
