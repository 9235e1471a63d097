#include "analysis/report/report.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "cli/arguments.hpp"
#include "cli/episodes.hpp"
#include "proof/scenes.hpp"
#include "runner/worker.hpp"

namespace seedbed {

namespace {

int draw_episodes_in_child(const Arguments& arguments) {
  limit_worker(static_cast<int>(arguments.number("call-record", 0)), 0);
  const std::filesystem::path folder = arguments.value("child");
  return serve_parent(folder, [&] {
    return draw_scenes_in(arguments.operand(0), arguments.plugin_path(), folder);
  });
}

int report(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  if (arguments.has("child")) return draw_episodes_in_child(arguments);
  const std::filesystem::path folder = arguments.operand(0);
  Report report(folder / "results.h5");
  fmt::print("{}", report.text());
  show_episodes(report, folder / "results.h5", folder, arguments.plugin_options());
  const WrittenReport written = write_report(report, folder / "report", true);
  for (const auto& file : written.files) fmt::print(stderr, "{}\n", file.string());
  if (!written.problem.empty()) fmt::print(stderr, "{}\n", written.problem);
  return 0;
}

}  // namespace

extern const Verb report_verb;
const Verb report_verb{
    "report",
    "DIR",
    "Print the tables of results.h5 in a folder and write report/: index.html, tables, figures",
    {{"child", "DIR", "Work folder of a child process (started by report)", false, true},
     {"call-record", "FD", "Shared memory for the plugin call under way", false, true}},
    report,
    takes_plugins};

}  // namespace seedbed
