#include "check/child.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <deque>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "check/cases.hpp"
#include "loader/nearest.hpp"

namespace seedbed {
namespace {

using Json = nlohmann::json;

/// Beyond it, loading fails the case. Rationale: the promise is 100 ms, but a busy machine may take
/// several times as long for nothing that the library did.
constexpr double unbearable = 1.0;

Cases cases_of(const Bench& bench) {
  Cases cases = parameter_cases(bench);
  Cases (*const of_kind[])(const Bench&) = {nullptr,         environment_cases, policy_cases,
                                            estimator_cases, baseline_cases,    optimizer_cases};
  for (Case& each : of_kind[bench.plugin().kind()](bench)) cases.push_back(std::move(each));
  for (Case& each : cases)
    each.name =
        fmt::format("{}/{}/{}", kind_name(bench.plugin().kind()), bench.plugin().name(), each.name);
  return cases;
}

/// Every setting is a parameter of some plugin of the library.
void demand_known(const Inquiry& inquiry, const std::deque<Bench>& benches) {
  std::vector<std::string> keys;
  for (const Bench& bench : benches)
    for (std::uint64_t i = 0; i < bench.descriptor().parameter_count; ++i)
      keys.emplace_back(bench.descriptor().parameters[i].key);
  for (const std::string& setting : inquiry.settings) {
    const std::string key = setting.substr(0, setting.find_first_of(".="));
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    const std::string near = nearest(key, keys);
    throw Error(fmt::format("--set {}: expected a parameter of the library's plugins{}", setting,
                            near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
  }
}

Verdict run(const Case& chosen) {
  try {
    return chosen.run();
  } catch (const std::exception& error) {
    return {Result::fail, error.what()};
  }
}

Json listing(const Cases& cases) {
  Json json = Json::array();
  for (const Case& each : cases) json.push_back({{"name", each.name}, {"repeats", each.repeats}});
  return json;
}

void print_answer(const Json& json) {
  fmt::print("\n{}{}\n", answer_mark, json.dump(-1, ' ', false, Json::error_handler_t::replace));
  std::fflush(stdout);
}

Json examined(const Inquiry& inquiry, const std::string& name) {
  const auto before = std::chrono::steady_clock::now();
  load_library(inquiry.library);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
  const Registry registry(inquiry.plugin_path, inquiry.library);
  std::deque<Bench> benches;
  Cases cases = library_cases(inquiry);
  for (const Plugin& plugin : registry.plugins()) {
    if (plugin.library != registry.plugins().front().library) break;
    benches.emplace_back(inquiry, registry, plugin);
    for (Case& each : cases_of(benches.back())) cases.push_back(std::move(each));
  }
  demand_known(inquiry, benches);
  Verdict verdict;
  if (name == loading) {
    verdict.text = fmt::format("in {:.1f} ms", 1e3 * seconds);
    if (seconds > unbearable)
      verdict = {Result::fail,
                 fmt::format("law 'loads in under 100 ms': took {:.0f} ms", 1e3 * seconds)};
  } else {
    const auto chosen = std::find_if(cases.begin(), cases.end(),
                                     [&](const Case& each) { return each.name == name; });
    if (chosen == cases.end()) throw Error("check: expected the name of a case, got " + name);
    verdict = run(*chosen);
  }
  Json json = {{"result", static_cast<int>(verdict.result)}, {"text", verdict.text}};
  if (name == loading) json["cases"] = listing(cases);
  return json;
}

}  // namespace

int answer(const Inquiry& inquiry, const std::string& name) {
  // Rationale: how a plugin crashes is the parent's to see, not report_crashes' to tell.
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) std::signal(signal, SIG_DFL);
  try {
    print_answer(examined(inquiry, name));
  } catch (const Error& error) {
    print_answer({{"refused", error.what()}, {"exit", static_cast<int>(error.exit())}});
  }
  // Rationale: what a library does at exit is not what was asked.
  std::_Exit(0);
}

}  // namespace seedbed
