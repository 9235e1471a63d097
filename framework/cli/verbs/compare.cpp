#include <fmt/format.h>
#include <unistd.h>

#include <seedbed/error.hpp>

#include "analysis/comparison/account.hpp"
#include "cli/arguments.hpp"
#include "runner/terminal.hpp"

namespace seedbed {

namespace {

using namespace comparison;

/// Columns of standard output; 0 when it is no terminal.
std::size_t columns_of_output() {
  Terminal terminal = Terminal::of_standard_error();
  terminal.descriptor = STDOUT_FILENO;
  return ::isatty(STDOUT_FILENO) == 1 ? terminal.size().columns : 0;
}

void print(const std::vector<StageComparison>& stages, const Names& names) {
  const std::size_t columns = columns_of_output();
  for (const StageComparison& stage : stages) {
    fmt::print("{}", table_of(stage, names).text());
    const std::string curves = columns > 0 ? sparklines(stage, columns) : "";
    fmt::print("{}{}\n{}\n\n", curves.empty() ? "" : "\n", curves, verdict(stage, names));
  }
}

int compare_results(const Arguments& arguments) {
  arguments.expect_operands(1, 2);
  const bool two = arguments.operands().size() == 2;
  if (two && arguments.has("reference"))
    throw Error("seedbed compare: --reference: expected one folder, got two");
  if (arguments.has("json") && arguments.has("csv"))
    throw Error("seedbed compare: expected --json or --csv, got both");
  if (arguments.has("metric") && arguments.has("reach"))
    throw Error("seedbed compare: expected --metric or --reach, got both");
  ComparisonSettings settings{arguments.value("metric"), arguments.value("stage"),
                              arguments.value("reference")};
  if (arguments.has("reach")) settings.reach = arguments.real("reach", 0.0);
  std::vector<ResultsFile> files;
  for (const std::string& each : arguments.operands()) files.emplace_back(each);
  const auto stages = two ? compare(files[0], files[1], settings) : compare(files[0], settings);
  const Names names = two ? Names{"A", "B"} : Names{};
  if (arguments.has("json")) {
    fmt::print("{}", json_of(stages, names, files));
  } else if (arguments.has("csv")) {
    fmt::print("{}", flat_table(stages).csv());
  } else {
    if (two) fmt::print("A: {}\nB: {}\n\n", arguments.operand(0), arguments.operand(1));
    print(stages, names);
  }
  return 0;
}

}  // namespace

extern const Verb compare_verb;
const Verb compare_verb{
    "compare",
    "A [B]",
    "Compare two results folders, or the cells of one with its first cell",
    {{"metric", "NAME", "What is compared (return_mean, area, variance_trace, J_final, ...)"},
     {"stage", "NAME", "This stage only"},
     {"reference", "TEXT", "One folder: part of the name of the cell that others are held against"},
     {"reach", "LEVEL", "Instead of a metric: environment steps until learning has this return"},
     {"csv", "", "One row per comparison, numbers in full, as CSV"}},
    compare_results,
    takes_json};

}  // namespace seedbed
