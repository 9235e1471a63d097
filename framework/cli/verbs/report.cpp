#include "analysis/report/report.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "cli/arguments.hpp"

namespace seedbed {

namespace {

int report(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  const std::filesystem::path folder = arguments.operand(0);
  const Report report(folder / "results.h5");
  fmt::print("{}", report.text());
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
    {},
    report,
    takes_none};

}  // namespace seedbed
