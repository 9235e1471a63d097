#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "cli/arguments.hpp"
#include "proof/crate.hpp"
#include "runner/gathering.hpp"
#include "store/reader.hpp"
#include "suite/plan_file.hpp"

namespace seedbed {

namespace {

namespace fs = std::filesystem;

/// How many runs of the plan results.h5 has, and how many it should have.
std::pair<std::size_t, std::size_t> counted(const PlanFile& plan, const fs::path& results) {
  const Reader file(results);
  std::size_t present = 0, all = 0;
  for (const PlanFile::Stage& stage : plan.stages) {
    const std::string mask = "/" + stage.name + "/present";
    if (!file.has(mask)) continue;
    for (const std::int64_t each : file.integers(mask)) present += each == 1;
    for (const PlanFile::Cell& cell : stage.cells) all += cell.tasks.size();
  }
  return {present, all};
}

int collect_body(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  const fs::path folder = arguments.operand(0);
  if (!fs::exists(folder / PlanFile::name))
    throw Error(fmt::format("{}: expected a results folder with a {}, got none", folder.string(),
                            PlanFile::name));
  const PlanFile plan = read_plan_file(folder);
  gather(plan, folder, arguments.has("partial"));
  publish_crate(folder);
  const fs::path results = folder / "results.h5";
  const auto [present, all] = counted(plan, results);
  if (arguments.has("json"))
    fmt::print("{}\n",
               nlohmann::ordered_json{
                   {"results", results.string()}, {"runs", present}, {"missing", all - present}}
                   .dump(2));
  else
    fmt::print("{}: {} of {} runs\n", results.string(), present, all);
  return 0;
}

}  // namespace

extern const Verb collect_verb;
const Verb collect_verb{"collect",
                        "DIR",
                        "Collect the runs of a results folder into its results.h5",
                        {{"partial", "", "With what is there: the rest is NaN, `present` is 0"}},
                        collect_body,
                        takes_json};

}  // namespace seedbed
