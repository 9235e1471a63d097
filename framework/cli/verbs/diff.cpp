#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "cli/arguments.hpp"
#include "proof/run_difference.hpp"

namespace seedbed {

namespace {

using Json = nlohmann::ordered_json;

std::string number(double x) {
  return std::isnan(x) ? "-" : fmt::format("{:.3g}", x);
}

void print_divergences(const RunDifference& d) {
  std::size_t name = 7, place = 8, there = 5;
  for (const Divergence& each : d.divergences) {
    name = std::max(name, each.dataset.size());
    place = std::max(place, each.place.size());
    there = std::max(there, each.first.size() + each.second.size() + 9);
  }
  fmt::print("  {:<{}}  {:<{}}  {:<{}}  {:>9}  {:>9}\n", "dataset", name, "first at", place,
             "there", there, "largest", "at last");
  for (const Divergence& each : d.divergences)
    fmt::print("  {:<{}}  {:<{}}  {:<{}}  {:>9}  {:>9}\n", each.dataset, name, each.place, place,
               each.first + " against " + each.second, there, number(each.largest),
               number(each.last));
}

void print(const RunDifference& d) {
  fmt::print("{}\n{}\n", d.first.string(), d.second.string());
  for (const std::string& change : d.changes) fmt::print("  {}\n", change);
  if (d.changes.empty()) fmt::print("  same configuration, noise, plugins and build\n");
  if (d.divergences.empty()) {
    fmt::print("equal, bit for bit: {} datasets, {} numbers\n", d.equal, d.numbers);
    return;
  }
  const Divergence& first = *d.earliest();
  fmt::print("{} datasets differ, first {}{}; {} are equal ({} numbers)\n", d.divergences.size(),
             first.dataset, first.place.empty() ? "" : " at " + first.place, d.equal, d.numbers);
  print_divergences(d);
}

/// One line of a pair among many.
void print_line(const RunDifference& d) {
  const std::string place = d.first.string();
  if (!d.missing.empty()) return fmt::print("{}: {}\n", place, d.missing);
  if (d.is_equal()) return fmt::print("{}: equal, {} datasets\n", place, d.equal);
  const Divergence& first = *d.earliest();
  std::string changes;
  for (const std::string& change : d.changes) changes += "; " + change;
  fmt::print("{}: {} of {} datasets differ, first {}{}: {} against {}{}\n", place,
             d.divergences.size(), d.divergences.size() + d.equal, first.dataset,
             first.place.empty() ? "" : " at " + first.place, first.first, first.second, changes);
}

Json json_of(const RunDifference& d) {
  Json divergences = Json::array();
  for (const Divergence& each : d.divergences) {
    Json json{{"dataset", each.dataset}, {"place", each.place},     {"first", each.first},
              {"second", each.second},   {"largest", each.largest}, {"last", each.last}};
    if (each.iteration) json["iteration"] = *each.iteration;
    divergences.push_back(std::move(json));
  }
  Json json{{"first", d.first.string()}, {"second", d.second.string()}, {"equal", d.is_equal()},
            {"changes", d.changes},      {"datasets_equal", d.equal},   {"numbers", d.numbers},
            {"divergences", divergences}};
  if (!d.missing.empty()) json["missing"] = d.missing;
  return json;
}

int diff_verb_body(const Arguments& arguments) {
  arguments.expect_operands(2, 2);
  const auto differences = differences_between(arguments.operand(0), arguments.operand(1));
  const auto equal = static_cast<std::size_t>(
      std::count_if(differences.begin(), differences.end(),
                    [](const RunDifference& each) { return each.is_equal(); }));
  Json all = Json::array();
  for (const RunDifference& each : differences) {
    if (arguments.has("json"))
      all.push_back(json_of(each));
    else if (arguments.has("quiet"))
      continue;
    else
      differences.size() == 1 ? print(each) : print_line(each);
  }
  if (arguments.has("json"))
    fmt::print("{}\n", Json{{"equal", equal}, {"of", differences.size()}, {"pairs", all}}.dump(2));
  else if (differences.size() > 1 && !arguments.has("quiet"))
    fmt::print("{} of {} pairs are equal, bit for bit\n", equal, differences.size());
  return static_cast<int>(equal == differences.size() ? Exit::done : Exit::mismatch);
}

}  // namespace

extern const Verb diff_verb;
const Verb diff_verb{
    "diff",
    "A B",
    "Two runs, results files or folders: what was asked of them, then where they begin to differ",
    {},
    diff_verb_body,
    takes_quiet | takes_json};

}  // namespace seedbed
