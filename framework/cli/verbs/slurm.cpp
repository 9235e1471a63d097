#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "cli/arguments.hpp"
#include "runner/published_runs.hpp"
#include "runner/run.hpp"
#include "runner/shell_word.hpp"
#include "runner/slice.hpp"
#include "runner/slurm_job.hpp"
#include "suite/plan.hpp"

namespace seedbed {
namespace {

namespace fs = std::filesystem;

/// Options of `run` that are passed on, and the variables that it reads, with absolute paths.
void pass_on(const Arguments& arguments, SlurmJob& job) {
  for (const char* option : {"set", "only", "checkpoint-every", "time-limit", "memory-per-worker"})
    for (const std::string& value : arguments.values(option))
      job.run_options.insert(job.run_options.end(), {fmt::format("--{}", option), value});
  for (const std::string& folder : arguments.values("plugin-path"))
    job.run_options.insert(job.run_options.end(), {"--plugin-path", fs::absolute(folder)});
  if (arguments.has("allow-unsafe-plugin-path"))
    job.run_options.emplace_back("--allow-unsafe-plugin-path");
  job.run_options.emplace_back("--quiet");
  if (const auto path = variable("SEEDBED_PLUGIN_PATH")) {
    std::string folders;
    for (std::size_t at = 0; at <= path->size();) {
      const std::size_t end = std::min(path->find(':', at), path->size());
      if (end > at)
        folders += (folders.empty() ? "" : ":") + fs::absolute(path->substr(at, end - at)).string();
      at = end + 1;
    }
    job.variables.emplace_back("SEEDBED_PLUGIN_PATH", folders);
  }
}

SlurmJob job_of(const Arguments& arguments, const Suite& suite, std::size_t missing) {
  SlurmJob job;
  job.program = fs::read_symlink("/proc/self/exe");
  job.suite = fs::absolute(arguments.operand(0));
  job.output = fs::absolute(arguments.output(suite.name)).lexically_normal();
  job.name = arguments.value("job-name", suite.name);
  constexpr std::size_t usual = 8;
  job.slices = std::clamp<std::size_t>(missing, 1, usual);
  if (arguments.has("array"))
    std::tie(job.slices, job.at_once) = slurm_array(arguments.value("array"));
  job.cpus = arguments.number("cpus", 1, 1);
  job.time = arguments.value("time");
  job.memory = arguments.value("mem");
  job.partition = arguments.value("partition");
  job.account = arguments.value("account");
  job.requeue = arguments.has("requeue");
  job.sbatch = arguments.values("sbatch");
  pass_on(arguments, job);
  check(job);
  return job;
}

void write(const fs::path& path, const std::string& text) {
  if (!path.parent_path().empty()) fs::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file << text << std::flush;
  if (!file)
    throw Error(path.string() + ": expected a script that can be written", Exit::tasks_failed);
}

/// What one types to submit them.
std::string commands(const std::vector<std::vector<std::string>>& submissions) {
  std::string text;
  for (const std::vector<std::string>& words : submissions) {
    text += "sbatch";
    for (const std::string& word : words)
      text += " " + (word.find("<id>") == std::string::npos ? shell_word(word) : word);
    text += "\n";
  }
  return text;
}

void print(const SlurmSubmission& jobs, const SlurmJob& job, bool json) {
  if (json) {
    fmt::print("{}\n", nlohmann::ordered_json{{"arrays", jobs.arrays},
                                              {"collect", jobs.collect},
                                              {"slices", job.slices},
                                              {"output", job.output.string()}}
                           .dump(2));
    return;
  }
  for (const std::string& id : jobs.arrays) fmt::print("array    {}  {} slices\n", id, job.slices);
  fmt::print("collect  {}\nresults  {}\nlogs     {}/slurm-*.out\n", jobs.collect,
             job.output.string(), (job.output / "logs").string());
}

int run_slurm(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  const Registry registry(arguments.plugin_path());
  const Suite suite = read_suite(arguments.operand(0), arguments.values("set"), registry);
  const fs::path output = arguments.output(suite.name);
  const Plan plan = plan_below(suite, output);
  const std::size_t missing = plan.tasks.size() - plan.count(Task::State::done);
  const SlurmJob job = job_of(arguments, suite, missing);
  const std::string array = array_script(job), collect = collect_script(job);

  fs::path file = fs::absolute(arguments.value("script", (job.output / "slurm/run.sh").string()));
  fs::path collect_file = file;
  collect_file.replace_filename(file.stem().string() + "-collect" + file.extension().string());
  const auto jobs =
      submissions(file, collect_file, cut(plan, nominal_costs(suite, plan), job.slices).waves);
  if (arguments.has("dry-run")) {
    fmt::print("{}\n{}\n{}", array, collect, commands(jobs));
    return 0;
  }
  if (missing == 0 && !arguments.has("script")) {
    fmt::print(stderr, "all {} tasks are done; seedbed collect {} collects them\n",
               plan.tasks.size(), shell_word(job.output.string()));
    return 0;
  }
  fs::create_directories(job.output / "logs");  // Slurm makes none
  write(file, array);
  write(collect_file, collect);
  if (arguments.has("script"))
    fmt::print("{}", commands(jobs));
  else
    print(submit(jobs), job, arguments.has("json"));
  return 0;
}

}  // namespace

extern const Verb slurm_verb;
const Verb slurm_verb{
    "slurm",
    "SUITE",
    "Submit a suite to Slurm: a job array of slices, and a job that collects",
    {{"array", "N[%M]", "Slices, at most M at a time; default: one per task, up to 8"},
     {"cpus", "N", "Processors and workers of a slice; default: 1"},
     {"time", "LIMIT", "Of a slice: 90 (minutes), 1:30:00, 1-12; it stops at a checkpoint before"},
     {"mem", "SIZE", "Memory of a slice: 4000M, 4G"},
     {"partition", "PARTITION", "Where to run"},
     {"account", "ACCOUNT", "Whom to charge"},
     {"job-name", "TEXT", "Default: the name of the suite"},
     {"sbatch", "OPTION", "One more option of sbatch: --sbatch=--exclusive", true},
     {"requeue", "", "A slice whose time is over goes back into the queue"},
     {"dry-run", "", "Print scripts and commands, write and submit nothing"},
     {"script", "FILE", "Write the scripts, FILE and FILE-collect, and submit nothing"},
     {"only", "EXPR", "Of run: the tasks that match"},
     {"checkpoint-every", "SECONDS", "Of run"},
     {"time-limit", "SECONDS", "Of run"},
     {"memory-per-worker", "MIB", "Of run"}},
    run_slurm,
    takes_set | takes_output | takes_plugins | takes_json};

}  // namespace seedbed
