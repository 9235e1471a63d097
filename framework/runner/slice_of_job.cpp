#include <fmt/format.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <seedbed/error.hpp>

#include "runner/slice.hpp"

namespace seedbed {

namespace {

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Throws where the variable is set to something else than a whole number.
std::optional<std::size_t> number(const Environment& environment, const std::string& name) {
  const auto text = environment(name);
  if (!text) return std::nullopt;
  if (const auto value = whole_number(*text)) return value;
  throw Error(fmt::format("--slice auto: expected {} to be a whole number, got '{}'", name, *text));
}

/// "2" and "2(x3)", Slurm's tasks per node, as the number on this node; 0 where it is not set.
std::size_t leading_number(const std::optional<std::string>& text) {
  if (!text) return 0;
  return whole_number(text->substr(0, text->find_first_of("(,"))).value_or(0);
}

/// Index from 0, count.
using Place = std::pair<std::size_t, std::size_t>;

Place checked(std::size_t index, std::size_t count, const std::string& where) {
  if (index < count) return {index, count};
  throw Error(fmt::format("--slice auto: expected {} below their number, got {} of {}", where,
                          index, count));
}

std::optional<Place> rank(const Environment& environment) {
  constexpr std::pair<const char*, const char*> launchers[] = {
      {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"},
      {"PMI_RANK", "PMI_SIZE"},
      {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS"},
      {"SLURM_PROCID", "SLURM_NTASKS"}};
  for (const auto& [index, count] : launchers) {
    const auto r = number(environment, index), n = number(environment, count);
    if (!r || !n) continue;
    const bool batch = environment("SLURM_JOB_ID") && !environment("SLURM_STEP_ID");
    if (index == std::string("SLURM_PROCID") && batch && *n > 1)
      throw Error(
          fmt::format("--slice auto: expected to be one of the {} tasks of Slurm job {}, got its "
                      "batch script: start the tasks with srun",
                      *n, *environment("SLURM_JOB_ID")));
    return checked(*r, *n, index);
  }
  return std::nullopt;
}

std::optional<Place> array_task(const Environment& environment) {
  const auto id = number(environment, "SLURM_ARRAY_TASK_ID");
  if (!id) return std::nullopt;
  const std::size_t least = number(environment, "SLURM_ARRAY_TASK_MIN").value_or(0);
  const std::size_t step =
      std::max<std::size_t>(number(environment, "SLURM_ARRAY_TASK_STEP").value_or(1), 1);
  const auto most = number(environment, "SLURM_ARRAY_TASK_MAX");
  const auto count = number(environment, "SLURM_ARRAY_TASK_COUNT");
  const std::size_t tasks = count                    ? *count
                            : most && *most >= least ? (*most - least) / step + 1
                                                     : 0;
  if (*id < least || (*id - least) % step || (*id - least) / step >= tasks)
    throw Error(fmt::format(
        "--slice auto: expected an array without gaps, such as --array=1-8, got task {} of {} "
        "tasks from {} by {}; or say which with --slice i/n",
        *id, tasks, least, step));
  return Place{(*id - least) / step, tasks};
}

}  // namespace

std::optional<std::string> variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? std::optional<std::string>(value) : std::nullopt;
}

Slice slice_of_job(const Environment& environment) {
  const auto process = rank(environment), task = array_task(environment);
  if (!process && !task)
    throw Error(
        "--slice auto: expected a job array or parallel processes, got none of "
        "SLURM_ARRAY_TASK_ID, SLURM_PROCID with SLURM_NTASKS, OMPI_COMM_WORLD_RANK, PMI_RANK; say "
        "which with --slice i/n");
  const auto [r, R] = process.value_or(Place{0, 1});
  const auto [a, A] = task.value_or(Place{0, 1});
  return {a * R + r + 1, A * R};
}

Slice slice_named(const std::string& text, const Environment& environment) {
  if (text == "auto") return slice_of_job(environment);
  const std::size_t bar = text.find('/');
  const auto index = whole_number(std::string_view(text).substr(0, bar));
  const auto count = bar == std::string::npos
                         ? std::nullopt
                         : whole_number(std::string_view(text).substr(bar + 1));
  if (!index || !count || *index < 1 || *index > *count)
    throw Error(fmt::format(
        "--slice: expected i/n with 1 <= i <= n, such as 2/4, or auto, got '{}'", text));
  return {*index, *count};
}

unsigned processors(const Environment& environment) {
  const auto all = static_cast<std::size_t>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
  cpu_set_t mine;
  CPU_ZERO(&mine);
  const bool known = ::sched_getaffinity(0, sizeof mine, &mine) == 0;
  std::size_t usable = known ? static_cast<std::size_t>(CPU_COUNT(&mine)) : all;
  std::size_t beside = leading_number(environment("OMPI_COMM_WORLD_LOCAL_SIZE"));
  if (!beside && environment("SLURM_STEP_ID"))
    beside = leading_number(environment("SLURM_STEP_TASKS_PER_NODE"));
  const std::size_t share = leading_number(environment("SLURM_CPUS_PER_TASK"));
  const std::size_t node = leading_number(environment("SLURM_CPUS_ON_NODE"));
  if (share)
    usable = std::min(usable, share);
  else if (node)
    usable = std::min(usable, std::max<std::size_t>(node / std::max<std::size_t>(beside, 1), 1));
  else if (usable >= all && beside)
    usable /= beside;
  return static_cast<unsigned>(std::max<std::size_t>(usable, 1));
}

}  // namespace seedbed
