#include "runner/published_runs.hpp"

#include <unistd.h>

#include <map>
#include <memory>
#include <seedbed/error.hpp>

#include "runner/change.hpp"
#include "store/checked_seals.hpp"
#include "store/publication.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

/// The run files of each stage by the task that they hold; looked for when first asked.
class RunsByTask {
 public:
  RunsByTask(const Suite& suite, fs::path output, std::shared_ptr<CheckedSeals> seals)
      : suite_(suite), output_(std::move(output)), seals_(std::move(seals)) {}

  std::optional<std::string> file_of(const Task& task) {
    const auto [stage, is_new] = known_.try_emplace(task.stage);
    if (is_new) look(fs::path("runs") / suite_.stages[task.stage].name, stage->second);
    const auto found = stage->second.find(task.id);
    return found == stage->second.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  void look(const fs::path& below, std::map<std::string, std::string>& files) {
    std::error_code problem;
    for (fs::recursive_directory_iterator entry(output_ / below, problem), end;
         !problem && entry != end; entry.increment(problem)) {
      const std::string name = entry->path().filename().string();
      if (!name.starts_with('r') || !name.ends_with(".h5") ||
          name.find_first_not_of("0123456789", 1) != name.size() - 3)
        continue;  // a segment, or something half-made
      const std::string file = entry->path().lexically_relative(output_).generic_string();
      try {
        if (const auto id = seals_->task_id_of(file)) files.emplace(*id, file);
      } catch (const Error&) {  // damaged: of no task
      }
    }
  }

  const Suite& suite_;
  fs::path output_;
  std::shared_ptr<CheckedSeals> seals_;
  std::map<std::size_t, std::map<std::string, std::string>> known_;
};

void name_run(const fs::path& from, const fs::path& to) {
  const fs::path partial = partial_path(to.string() + "." + std::to_string(::getpid()));
  std::error_code problem;
  fs::create_directories(to.parent_path(), problem);
  fs::create_hard_link(from, partial, problem);
  if (problem) fs::copy_file(from, partial, fs::copy_options::overwrite_existing, problem);
  if (!problem) fs::rename(partial, to, problem);
  std::error_code ignored;
  fs::remove(partial, ignored);
  if (problem)
    throw Error(to.string() + ": expected to give " + from.string() + " this name, got \"" +
                    problem.message() + '"',
                Exit::tasks_failed);
}

}  // namespace

Plan plan_below(const Suite& suite, const fs::path& output) {
  const auto seals = std::make_shared<CheckedSeals>(output);
  const auto runs = std::make_shared<RunsByTask>(suite, output, seals);
  return make_plan(
      suite, [seals](const std::string& file) { return seals->task_id_of(file); },
      changes_below(suite, output), [runs](const Task& task) { return runs->file_of(task); });
}

void name_found_runs(const Plan& plan, const fs::path& output) {
  for (const Task& task : plan.tasks)
    if (!task.found.empty()) name_run(output / task.found, output / task.file);
}

}  // namespace seedbed
