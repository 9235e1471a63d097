#include <fmt/format.h>

#include <charconv>
#include <seedbed/error.hpp>

#include "analysis/comparison/plan.hpp"
#include "cli/arguments.hpp"

namespace seedbed {

namespace {

using namespace comparison;

/// A positive number, or a percentage: "0.1", "10%".
double real_option(const Arguments& arguments, const char* option, double fallback) {
  if (!arguments.has(option)) return fallback;
  const std::string text = arguments.value(option);
  double value = 0.0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  const bool is_percentage = read.ptr + 1 == end && *read.ptr == '%';
  if (read.ec != std::errc() || !(value > 0.0) || !(read.ptr == end || is_percentage))
    throw Error(fmt::format(
        "seedbed power: --{}: expected a positive number or a percentage, got '{}'", option, text));
  return is_percentage ? value / 100.0 : value;
}

int plan_power(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  if (arguments.has("effect") && arguments.has("difference"))
    throw Error("seedbed power: expected --effect or --difference, got both");
  PlanSettings settings;
  settings.what = {arguments.value("metric"), arguments.value("stage"),
                   arguments.value("reference")};
  settings.effect.relative = real_option(arguments, "effect", 0.1);
  if (arguments.has("difference")) settings.effect.absolute = arguments.real("difference", 0.0);
  settings.power = real_option(arguments, "power", 0.8);
  settings.alpha = real_option(arguments, "alpha", 0.05);
  const ResultsFile file(arguments.operand(0));
  const auto plans = plan_replicates(file, settings);
  if (arguments.has("json")) {
    fmt::print("{}", json_of(plans, file));
    return 0;
  }
  for (const StagePlan& plan : plans)
    fmt::print("{}\n{}\n\n", table_of(plan).text(), verdict(plan));
  return 0;
}

}  // namespace

extern const Verb power_verb;
const Verb power_verb{
    "power",
    "DIR",
    "Say how many replicates it takes to find an effect, and what those in a folder can",
    {{"effect", "SHARE", "Difference to find, as a share of the first cell's mean (0.1 or 10%)"},
     {"difference", "X", "The same in the metric's unit, instead of --effect"},
     {"power", "SHARE", "Probability to find it (0.8)"},
     {"alpha", "SHARE", "Level of the two-sided test (0.05)"},
     {"metric", "NAME", "What is compared (return_mean, area, variance_trace, J_final, ...)"},
     {"stage", "NAME", "This stage only"},
     {"reference", "TEXT", "Part of the name of the cell that others are held against"}},
    plan_power,
    takes_json};

}  // namespace seedbed
