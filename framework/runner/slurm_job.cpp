#include "runner/slurm_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <seedbed/error.hpp>

#include "runner/shell_word.hpp"

namespace seedbed {

namespace {

/// A value of an #SBATCH line: in quotes where it needs them, in which sbatch reads \" and \\.
std::string directive_word(const std::string& word) {
  if (shell_word(word) == word) return word;
  std::string text = "\"";
  for (const char c : word) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + "\"";
}

/// A path in which sbatch replaces %j and the like.
std::string without_patterns(const std::string& path) {
  std::string text;
  for (const char c : path) text += c == '%' ? "%%" : std::string(1, c);
  return text;
}

class Script {
 public:
  explicit Script(const std::string& about) : text_("#!/bin/bash\n# " + about + "\n") {}
  /// An option of sbatch; none where its value is empty.
  void option(const std::string& name, const std::string& value) {
    if (!value.empty()) text_ += fmt::format("#SBATCH --{}={}\n", name, directive_word(value));
  }
  void line(const std::string& text) { text_ += text + "\n"; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void common_options(Script& script, const SlurmJob& job, const std::string& log) {
  script.option("output", without_patterns((job.output / "logs").string()) + "/" + log);
  script.option("partition", job.partition);
  script.option("account", job.account);
  script.option("mem", job.memory);
  script.option("time", job.time);
  for (const std::string& option : job.sbatch) script.line("#SBATCH " + option);
}

void exports(Script& script, const SlurmJob& job) {
  for (const auto& [name, value] : job.variables)
    script.line(fmt::format("export {}={}", name, shell_word(value)));
}

std::string array_of(const SlurmJob& job) {
  return job.at_once ? fmt::format("1-{}%{}", job.slices, job.at_once)
                     : fmt::format("1-{}", job.slices);
}

/// Before the end of the time limit, in seconds.
std::uint64_t warning(const SlurmJob& job) {
  constexpr std::uint64_t most = 60, least = 1;
  return job.time.empty() ? most : std::clamp(slurm_seconds(job.time) / 10, least, most);
}

/// scancel tells every process of a job, so TERM is not passed on; USR1 reaches this shell alone. A
/// trap ends `wait`, which tells the end of a process as often as it is asked.
constexpr const char* wait_for_run = R"(run=$!
warned=
trap 'warned=yes; again=yes; kill -s TERM "$run"' USR1
trap 'again=yes' TERM
again=yes
while [ -n "$again" ]; do again=; wait "$run"; code=$?; done
[ "$code" = 75 ] && [ "${1:-}" = first ] && [ -z "$warned" ] && code=0)";

constexpr const char* go_back = R"(if [ "$code" = 75 ] && [ -n "$warned" ]; then
  [ "${SLURM_RESTART_COUNT:-0}" -lt 1000 ] && scontrol requeue "$SLURM_JOB_ID"
fi)";

}  // namespace

std::string array_script(const SlurmJob& job) {
  Script script(fmt::format("Slices of {}, by seedbed slurm.", shell_word(job.name)));
  script.option("job-name", job.name);
  script.option("array", array_of(job));
  script.option("ntasks", "1");
  script.option("cpus-per-task", std::to_string(job.cpus));
  common_options(script, job, "slurm-%A_%a.out");
  script.option("signal", fmt::format("B:USR1@{}", warning(job)));
  script.option("open-mode", "append");
  script.line("#SBATCH --requeue");
  exports(script, job);
  std::vector<std::string> words{
      job.program.string(), "run",    job.suite.string(),      "--output",
      job.output.string(),  "--jobs", std::to_string(job.cpus)};
  words.insert(words.end(), job.run_options.begin(), job.run_options.end());
  script.line(
      fmt::format("{} --slice \"$SLURM_ARRAY_TASK_ID/{}\" &", shell_line(words), job.slices));
  script.line(wait_for_run);
  if (job.requeue) script.line(go_back);
  script.line("exit \"$code\"");
  return script.text();
}

std::string collect_script(const SlurmJob& job) {
  Script script(fmt::format("Results of {}, by seedbed slurm.", shell_word(job.name)));
  script.option("job-name", job.name + "-collect");
  script.option("ntasks", "1");
  script.option("cpus-per-task", "1");
  common_options(script, job, "slurm-%j-collect.out");
  exports(script, job);
  script.line("set -e");
  script.line(shell_line({job.program.string(), "collect", job.output.string()}));
  script.line(shell_line({job.program.string(), "report", job.output.string()}));
  return script.text();
}

std::uint64_t slurm_seconds(const std::string& time) {
  static const std::regex days("(\\d{1,6})-(\\d{1,4})(?::(\\d{1,4})(?::(\\d{1,4}))?)?");
  static const std::regex minutes("(?:(\\d{1,6}):(?=\\d+:))?(\\d{1,8})(?::(\\d{1,4}))?");
  const auto number = [](const std::string& text) {
    return text.empty() ? std::uint64_t{0} : std::uint64_t{std::stoull(text)};
  };
  std::smatch part;
  if (std::regex_match(time, part, days))
    return ((number(part[1]) * 24 + number(part[2])) * 60 + number(part[3])) * 60 + number(part[4]);
  if (std::regex_match(time, part, minutes))
    return (number(part[1]) * 60 + number(part[2])) * 60 + number(part[3]);
  throw Error(
      "--time: expected a limit such as 90 (minutes), 90:00, 1:30:00, 1-12 (days-hours), 1-12:30 "
      "or "
      "1-12:30:00, got '" +
      time + "'");
}

std::pair<std::size_t, std::size_t> slurm_array(const std::string& text) {
  std::smatch part;
  if (!std::regex_match(text, part, std::regex("([1-9]\\d{0,5})(?:%([1-9]\\d{0,5}))?")))
    throw Error(
        "--array: expected the number of slices, as 8, or 8%2 for two of them at a time, got '" +
        text + "'");
  return {std::stoul(part[1]), part[2].matched ? std::stoul(part[2]) : 0};
}

void check(const SlurmJob& job) {
  if (!job.time.empty() && slurm_seconds(job.time) == 0)
    throw Error("--time: expected more than no time, got '" + job.time + "'");
  if (!job.memory.empty() && !std::regex_match(job.memory, std::regex("[1-9]\\d{0,9}[KMGT]?")))
    throw Error("--mem: expected a size such as 4000M or 4G, got '" + job.memory + "'");
  std::vector<std::string> texts{job.output.string(), job.name, job.partition, job.account};
  texts.insert(texts.end(), job.sbatch.begin(), job.sbatch.end());
  for (const std::string& text : texts)
    if (text.find('\n') != std::string::npos)
      throw Error("seedbed slurm: expected one line, got " + shell_word(text));
  for (const std::string& option : job.sbatch)
    if (option.rfind('-', 0) != 0)
      throw Error("--sbatch: expected an option, such as --sbatch=--exclusive, got '" + option +
                  "'");
}

}  // namespace seedbed
