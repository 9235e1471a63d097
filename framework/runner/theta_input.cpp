#include "runner/theta_input.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "store/reader.hpp"

namespace seedbed {

namespace {

void read(ThetaInput& input, const std::filesystem::path& path) {
  const Reader run(path);
  if (const std::string task = run.text_attribute("/", "task").value_or(""); task != input.task)
    throw Error(path.string() + ": expected the run of task " + input.task.substr(0, 12) +
                    ", got that of task " + task.substr(0, 12) + "; run again",
                Exit::tasks_failed);
  const std::vector<std::int64_t> kept = run.integers("/policy/checkpoint");
  const auto found = std::ranges::find(kept, static_cast<std::int64_t>(input.checkpoint));
  const bool is_last = found == kept.end() || found + 1 == kept.end();
  input.diverged = is_last && run.text_attribute("/", "status") == "diverged";
  if (input.diverged) return;
  if (found == kept.end())
    throw Error(path.string() + ": expected checkpoint " + std::to_string(input.checkpoint) +
                    " in /policy, got none",
                Exit::damaged);
  const auto row = static_cast<std::uint64_t>(found - kept.begin());
  input.values = run.reals("/policy/theta", {row, 0}, {1, run.shape("/policy/theta")[1]});
}

}  // namespace

std::string ThetaInput::json() const {
  return nlohmann::ordered_json{{"file", file}, {"task", task}, {"checkpoint", checkpoint}}.dump();
}

std::optional<ThetaInput> theta_input(const Suite& suite, const Plan& plan, const Task& task,
                                      const std::filesystem::path& output) {
  const Cell& cell = suite.stages[task.stage].cells[task.cell];
  if (!cell.configuration.theta_from) return std::nullopt;
  const Task& needed = plan.tasks[task.needs.at(0)];
  ThetaInput input;
  input.file = needed.file;
  input.task = needed.id;
  input.checkpoint = cell.configuration.theta_from->checkpoint;
  read(input, output / needed.file);
  return input;
}

}  // namespace seedbed
