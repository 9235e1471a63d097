#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "check/child.hpp"
#include "check/examination.hpp"
#include "cli/arguments.hpp"
#include "loader/nearest.hpp"

namespace seedbed {
namespace {

using Json = nlohmann::ordered_json;

Inquiry inquiry_of(const Arguments& arguments) {
  const auto program = std::filesystem::read_symlink("/proc/self/exe");
  Inquiry inquiry;
  inquiry.library = arguments.operand(0);
  inquiry.settings = arguments.values("set");
  inquiry.seed = arguments.number("seed", 1);
  // A child is handed the folders that were given; it adds the others as this process did.
  for (const std::string& folder : arguments.values("plugin-path"))
    inquiry.plugin_path.folders.emplace_back(folder);
  inquiry.plugin_path.unsafe_too = arguments.has("allow-unsafe-plugin-path");
  inquiry.processes = arguments.value(
      "processes", (program.parent_path().parent_path() / "share/seedbed/processes").string());
  return inquiry;
}

/// A whole name, its plugin's ("policy/softmax"), or its last part, for every plugin of a library.
bool names(const std::string& only, const std::string& name) {
  return name == only || name.ends_with('/' + only) || name.starts_with(only + '/');
}

std::vector<Listed> chosen(const std::vector<Listed>& all, const std::string& only) {
  std::vector<Listed> some;
  std::vector<std::string> candidates;
  for (const Listed& each : all) {
    if (only.empty() || names(only, each.name)) some.push_back(each);
    candidates.push_back(each.name);
    candidates.push_back(each.name.substr(each.name.rfind('/') + 1));
  }
  if (!some.empty()) return some;
  const std::string near = nearest(only, candidates);
  throw Error(fmt::format("seedbed check: --only: expected the name of a case, got '{}'{}", only,
                          near.empty() ? " (a check without --only lists them)"
                                       : fmt::format("; did you mean '{}'?", near)));
}

/// 'seedbed check ...', each word quoted where a shell needs it.
std::string command_of(const Inquiry& inquiry, const std::string& name) {
  std::string text = "seedbed";
  for (const std::string& word : words_of(inquiry, name)) {
    const bool plain = word.find_first_not_of(
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                           "0123456789-_./=") == std::string::npos;
    text += plain ? ' ' + word : " '" + word + "'";
  }
  return text;
}

void print(const CaseOutcome& outcome, const Inquiry& inquiry) {
  const Verdict& v = outcome.verdict;
  const bool pass = v.result == Result::pass;
  fmt::print("{:<7}  {}", name_of(v.result), outcome.name);
  if (!v.text.empty()) fmt::print("{}{}{}", pass ? "  (" : "\n         ", v.text, pass ? ")" : "");
  fmt::print("\n");
  if (v.result == Result::fail)
    fmt::print("         again: {}\n", command_of(inquiry, outcome.name));
  std::fflush(stdout);
}

std::size_t count(const std::vector<CaseOutcome>& outcomes, Result result) {
  return static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(),
                    [&](const CaseOutcome& each) { return each.verdict.result == result; }));
}

Json json_of(const Inquiry& inquiry, const std::vector<CaseOutcome>& outcomes) {
  Json json = {{"library", inquiry.library.string()}, {"seed", inquiry.seed}};
  json["cases"] = Json::array();
  for (const CaseOutcome& each : outcomes) {
    json["cases"].push_back({{"name", each.name},
                             {"result", name_of(each.verdict.result)},
                             {"text", each.verdict.text},
                             {"seconds", each.seconds}});
    if (each.verdict.result == Result::fail)
      json["cases"].back()["again"] = command_of(inquiry, each.name);
  }
  json["passed"] = count(outcomes, Result::pass);
  json["failed"] = count(outcomes, Result::fail);
  json["skipped"] = count(outcomes, Result::skipped);
  return json;
}

int run_check(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  Inquiry inquiry = inquiry_of(arguments);
  if (arguments.has("in-child")) {
    inquiry.plugin_path = arguments.plugin_path();
    return answer(inquiry, arguments.value("in-child"));
  }
  const bool as_json = arguments.has("json");
  const Limits limits{static_cast<double>(arguments.number("time-limit", 10, 1)),
                      arguments.number("memory-limit", 4096, 64) << 20};
  const Opening opening = open_library(inquiry, limits);
  std::vector<CaseOutcome> outcomes;
  const auto add = [&](const CaseOutcome& outcome) {
    outcomes.push_back(outcome);
    if (!as_json) print(outcome, inquiry);
  };
  std::vector<Listed> all = opening.cases;
  all.insert(all.begin(), {opening.loads.name, false});
  for (const Listed& each : chosen(all, arguments.value("only")))
    add(each.name == opening.loads.name ? opening.loads : try_case(inquiry, each, limits));
  if (as_json)
    fmt::print("{}\n",
               json_of(inquiry, outcomes).dump(2, ' ', false, Json::error_handler_t::replace));
  else
    fmt::print("{} passed, {} failed, {} skipped; seed {}\n", count(outcomes, Result::pass),
               count(outcomes, Result::fail), count(outcomes, Result::skipped), inquiry.seed);
  return count(outcomes, Result::fail) ? static_cast<int>(Exit::mismatch) : 0;
}

}  // namespace

extern const Verb check_verb;
const Verb check_verb{
    "check",
    "LIBRARY",
    "Every law of the plugin contract, each in a process of its own",
    {{"only", "CASE", "One case, one law of all plugins, or all cases of one plugin"},
     {"seed", "N", "Of the random inputs; default: 1"},
     {"time-limit", "S", "Seconds for a case; default: 10"},
     {"memory-limit", "MIB", "Address space for a case; default: 4096"},
     {"processes", "DIR", "Suites of small processes instead of the shipped ones"},
     {"in-child", "CASE", "Run one case in this process (started by check)", false, true}},
    run_check,
    takes_set | takes_plugins | takes_json};

}  // namespace seedbed
