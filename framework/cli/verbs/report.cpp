#include "analysis/report/report.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "cli/arguments.hpp"

namespace seedbed {

namespace {

int report(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  const std::filesystem::path folder = arguments.operand(0);
  fmt::print("{}", Report(folder / "results.h5").text());
  for (const auto& file : write_report(folder)) fmt::print(stderr, "{}\n", file.string());
  return 0;
}

}  // namespace

extern const Verb report_verb;
const Verb report_verb{
    "report", "DIR",  "Print the tables of results.h5 in a folder and write them and the figures",
    {},       report, takes_none};

}  // namespace seedbed
