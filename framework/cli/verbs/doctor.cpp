#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "cli/arguments.hpp"
#include "cli/examination.hpp"

namespace seedbed {
namespace {

void add(Findings& all, const Findings& more) {
  all.insert(all.end(), more.begin(), more.end());
}

void print_json(const Findings& findings) {
  auto json = nlohmann::ordered_json::array();
  for (const Finding& finding : findings)
    json.push_back({{"what", finding.what},
                    {"verdict", health_name(finding.health)},
                    {"found", finding.found},
                    {"remedy", finding.remedy}});
  fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

int run_doctor(const Arguments& arguments) {
  arguments.expect_operands(0, 0);
  Findings findings = examine_machine();
  add(findings, examine_program(arguments.plugin_path()));
  add(findings, examine_folder(arguments.value("output", ".")));
  add(findings, examine_surroundings());
  if (arguments.has("json")) {
    print_json(findings);
  } else {
    for (const Finding& finding : findings) {
      fmt::print("{:<4}  {:<13}  {}\n", health_name(finding.health), finding.what, finding.found);
      if (!finding.remedy.empty()) fmt::print("{:<4}  {:<13}  -> {}\n", "", "", finding.remedy);
    }
  }
  const bool fails = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.health == Health::fail;
  });
  return static_cast<int>(fails ? Exit::tasks_failed : Exit::done);
}

}  // namespace

extern const Verb doctor_verb;
const Verb doctor_verb = {
    "doctor", "",         "Examine this machine, its plugins and a folder, and say what to do",
    {},       run_doctor, takes_output | takes_plugins | takes_json};

}  // namespace seedbed
