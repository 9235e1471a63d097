#include "runner/run_result.hpp"

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

namespace seedbed {

using Kind = TaskChange::Kind;

std::size_t RunResult::count(Kind kind) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(became, [=](const auto& task) { return task.second == kind; }));
}

std::size_t RunResult::missing() const {
  return static_cast<std::size_t>(std::ranges::count(done, false));
}

int RunResult::exit() const {
  if (aborted_by) return aborted_by == SIGINT ? 130 : 143;
  if (by_signal && !is_finished()) return static_cast<int>(Exit::stopped);
  if (!failures.empty()) return static_cast<int>(Exit::tasks_failed);
  return static_cast<int>(count(Kind::stopped) || waiting ? Exit::stopped : Exit::done);
}

std::string RunResult::status() const {
  if (exit() == static_cast<int>(Exit::tasks_failed)) return "failed";
  if (exit() != 0) return "stopped";
  return missing() ? "incomplete" : "done";
}

bool RunResult::is_finished() const {
  return became.size() == todo && count(Kind::stopped) == 0;
}

std::string to_json(const RunResult& result, const Plan& plan,
                    const std::filesystem::path& output) {
  using nlohmann::ordered_json;
  ordered_json failures = ordered_json::array(), runs = failures, report = failures;
  for (const std::filesystem::path& file : result.report) report.push_back(file.string());
  for (const Failure& failure : result.failures)
    failures.push_back(
        {{"task", failure.task}, {"message", failure.message}, {"alone", failure.alone}});
  for (std::size_t i = 0; i < result.done.size(); ++i)
    if (result.done[i]) runs.push_back((output / plan.tasks[i].file).string());
  const ordered_json json = {{"status", result.status()},
                             {"exit", result.exit()},
                             {"tasks",
                              {{"total", result.tasks},
                               {"done", result.tasks - result.missing()},
                               {"done_before", result.done_before},
                               {"done_now", result.count(Kind::done)},
                               {"failed", result.count(Kind::failed)},
                               {"not_run", result.count(Kind::not_run)},
                               {"stopped", result.count(Kind::stopped)},
                               {"missing", result.missing()}}},
                             {"failures", failures},
                             {"files",
                              {{"results", result.results.string()},
                               {"events", (output / "events.jsonl").string()},
                               {"logs", (output / "logs").string()},
                               {"report", report},
                               {"runs", runs}}},
                             {"seconds", result.seconds}};
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace seedbed
