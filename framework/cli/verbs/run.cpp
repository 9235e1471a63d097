#include "runner/run.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <optional>

#include "analysis/report/report.hpp"
#include "cli/arguments.hpp"
#include "cli/episodes.hpp"
#include "proof/crate.hpp"
#include "runner/events.hpp"
#include "runner/gathering.hpp"
#include "runner/lock.hpp"
#include "runner/published_runs.hpp"
#include "runner/report_stage.hpp"
#include "runner/selection.hpp"
#include "runner/slice.hpp"
#include "suite/plan.hpp"
#include "suite/plan_file.hpp"

namespace seedbed {

namespace {

/// The options that decide the plan, for the workers.
std::vector<std::string> worker_options(const Arguments& arguments) {
  std::vector<std::string> options;
  for (const std::string& setting : arguments.values("set"))
    options.insert(options.end(), {"--set", setting});
  for (const std::string& folder : arguments.values("plugin-path"))
    options.insert(options.end(), {"--plugin-path", folder});
  if (arguments.has("checkpoint-every"))
    options.insert(options.end(), {"--checkpoint-every",
                                   std::to_string(arguments.number("checkpoint-every", 60))});
  if (arguments.has("allow-unsafe-plugin-path")) options.push_back("--allow-unsafe-plugin-path");
  return options;
}

/// As far as somebody reads: what was run is done all the same (main sees to a full disk).
void put(std::FILE* where, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), where);
}

/// What did not come to an end, and what to do about it.
std::string explanation(const RunResult& result, const std::filesystem::path& output,
                        const std::optional<ReportStage>& report) {
  std::string text;
  if (const std::size_t failed = result.failures.size())
    text = fmt::format("{} of {} tasks failed; the others are kept. Messages: {}, {}\n{}", failed,
                       result.tasks, (output / "events.jsonl").string(), (output / "logs").string(),
                       result.count(TaskChange::Kind::failed)
                           ? "Run the same command again to try the failed ones again.\n"
                           : "");
  if (report && !result.failures.empty() && !report->missing.empty())
    text += fmt::format("stage '{}': not run: needs {}\n", report->name, report->missing);
  if (result.was_stopped || result.count(TaskChange::Kind::stopped))
    text += fmt::format("{}: {} of {} tasks are not done; run again to continue\n",
                        result.aborted_by ? "ended at once" : "stopped", result.missing(),
                        result.tasks);
  return text;
}

/// Of everything when all is done; else of what the report stage waits for, when that is done.
std::optional<Report> report_of(const RunResult& result, const std::filesystem::path& output,
                                const std::optional<ReportStage>& stage,
                                const Arguments& arguments) {
  std::filesystem::path results = result.results;
  if (results.empty()) {
    if (!stage || !stage->missing.empty() || result.was_stopped || arguments.has("slice"))
      return std::nullopt;
    results = gather_for_report(read_plan_file(output), output, stage->stages);
  }
  Report report(results, stage ? stage->stages : std::vector<std::string>{});
  if (stage) show_episodes(report, results, output, arguments.plugin_options());
  return report;
}

/// What a person wants to know of what is done.
std::string text_of(const RunResult& result, const Suite& suite,
                    const std::optional<Report>& report) {
  std::string text;
  if (report) {
    if (!suite.question.empty()) text += suite.question + "\n\n";
    text += report->text() + "\n";
    if (!result.results.empty()) text += fmt::format("results  {}\n", result.results.string());
    if (!result.report.empty())
      text += fmt::format("report   {}\n", result.report.front().string());  // index.html
  }
  if (result.exit() != 0 || !result.results.empty()) return text;
  if (result.missing())
    return text + fmt::format("{} of {} tasks are not done; results.h5 is collected when all are\n",
                              result.missing(), result.tasks);
  return text + "all tasks are done; the last slice at work collects results.h5\n";
}

/// What of the plan this run takes; says so where that is nothing.
Selection selection_of(const Arguments& arguments, const Suite& suite, const Plan& plan,
                       const std::filesystem::path& output, const std::optional<Slice>& slice) {
  SelectionOptions options{arguments.value("only"), std::nullopt, arguments.has("force"), slice};
  if (arguments.has("failed")) options.failed = failed_tasks(output / "events.jsonl");
  const Selection selection = select(suite, plan, options);
  if (options.failed && selection.selected.empty())
    put(stderr, "--failed: no task of this suite failed when it last ran\n");
  if (!selection.waiting.empty())
    put(stderr,
        fmt::format("{} tasks not run: need {} and the like of other slices; run again when "
                    "they are there\n",
                    selection.waiting.size(), missing_need(plan, selection.waiting[0])));
  return selection;
}

int run_verb_body(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  const Registry registry(arguments.plugin_path());
  const Suite suite = read_suite(arguments.operand(0), arguments.values("set"), registry);
  const std::filesystem::path output = arguments.output(suite.name);
  std::optional<Slice> slice;
  if (arguments.has("slice")) slice = slice_named(arguments.value("slice"));
  RunLock lock(output, slice ? slice->name() : "", std::cerr);
  const Plan plan = plan_below(suite, output);
  const Selection selection = selection_of(arguments, suite, plan, output, slice);
  RunOptions options;
  options.suite = arguments.operand(0);
  options.output = output;
  options.program = std::filesystem::read_symlink("/proc/self/exe");
  options.worker_options = worker_options(arguments);
  options.jobs = static_cast<unsigned>(arguments.number("jobs", processors(), 1));
  options.events = arguments.value("events");
  options.locks = lock.descriptors();
  if (slice) options.slice = slice->name();
  options.quiet = arguments.has("quiet");
  options.fail_fast = arguments.has("fail-fast");
  options.limits = {arguments.number("time-limit", 0, 1),
                    arguments.number("memory-per-worker", 0, 1)};
  RunResult result = run(suite, plan, selection, options, std::cerr);
  if (slice && lock.take_whole()) result.results = collect_if_done(suite, options);
  if (!result.results.empty()) result.done.assign(result.tasks, true);
  const std::optional<ReportStage> stage = report_stage(suite, plan, result.done);
  put(stderr, explanation(result, output, stage));
  const std::optional<Report> report = report_of(result, output, stage, arguments);
  if (report) result.report = write_report(*report, output / "report", stage.has_value()).files;
  put(stdout, arguments.has("json") ? to_json(result, plan, output) + "\n"
                                    : text_of(result, suite, report));
  if (!result.results.empty()) publish_crate(output);
  return result.exit();
}

}  // namespace

extern const Verb run_verb;
const Verb run_verb{
    "run",
    "SUITE",
    "Plan, run what is missing, collect results.h5, print the table",
    {{"slice", "I/N", "Part I of N beside others on one folder; auto: of this rank or job array"},
     {"checkpoint-every", "SECONDS", "Time between segments of a long run; default: 60"},
     {"only", "EXPR", "Tasks for which it holds: --only 'stage = learn and replicate < 5'"},
     {"failed", "", "Tasks that failed when they last ran, alone"},
     {"force", "", "Run what is selected again though it is done"},
     {"fail-fast", "", "Stop after the first failure"},
     {"events", "FILE", "Append events there, too, one JSON object a line"},
     {"time-limit", "SECONDS", "Wall time of a task, then it fails; default: none"},
     {"memory-per-worker", "MIB", "Data memory of a worker; default: no limit"}},
    run_verb_body};

}  // namespace seedbed
