#include <fmt/format.h>

#include <seedbed/error.hpp>

#include "certify/certification.hpp"
#include "check/cases.hpp"
#include "check/practice.hpp"
#include "laws/baseline.hpp"
#include "laws/estimator.hpp"

namespace seedbed {
namespace {

/// body(practice) on every process; what it throws says on which.
template <class Body>
Verdict on_processes(const Bench& bench, Body&& body) {
  Practices practices = practices_for(bench);
  if (practices.all.empty()) return {Result::skipped, "no small process: " + practices.omission};
  std::string where;
  for (auto& [name, practice] : practices.all) {
    try {
      body(practice);
    } catch (const Error& error) {
      throw Error(fmt::format("{}, on {}", error.what(), name));
    }
    where += (where.empty() ? "" : ", ") + name;
  }
  return {Result::pass, where};
}

template <class Body>
Case one(const Bench& bench, const std::string& name, Body body) {
  return {name, [&bench, body] {
            return unless_lacking(bench, [&] { return on_processes(bench, body); });
          }};
}

/// A law's numbers from every process, as one text.
template <class Body>
Case repeated(const Bench& bench, Body fingerprint_of) {
  return {repeats,
          [&bench, fingerprint_of] {
            return unless_lacking(bench, [&] {
              std::string text;
              Verdict verdict = on_processes(
                  bench, [&](Practice& practice) { text += fingerprint_of(practice); });
              if (verdict.result == Result::pass) verdict.text = text;
              return verdict;
            });
          },
          true};
}

contract::EstimatorTrial trial_of(const Practice& practice) {
  return {practice.estimator().instance, practice.problem().policy(), practice.recording(),
          practice.theta(), practice.estimator().state};
}

Verdict is_as_declared(const Bench& bench) {
  const Certification c =
      certify_on_all(bench.inquiry().processes, std::string(bench.plugin().name()),
                     bench.own_settings(), bench.registry());
  if (c.passed) return {Result::pass, c.verdict};
  std::string text = c.verdict;
  for (const Behaviour& f : c.behaviours) {
    if (f.as_declared) continue;
    text += fmt::format(" (theta_0 of {}: expected {}, got a bias of {})", f.process,
                        fmt::join(f.truth, " "), fmt::join(f.bias, " "));
    break;
  }
  return {Result::fail, "law 'bias is as declared': " + text};
}

}  // namespace

Cases estimator_cases(const Bench& bench) {
  Cases cases;
  for (const auto& law : contract::estimator_laws(bench.plugin()))
    cases.push_back(one(bench, law.name, [law](Practice& practice) {
      law.demand(trial_of(practice));
      practice.commit();  // and with a later state
      law.demand(trial_of(practice));
    }));
  cases.push_back(
      repeated(bench, [](const Practice& practice) { return fingerprint(trial_of(practice)); }));
  cases.push_back({"bias-is-as-declared", [&bench] {
                     return unless_lacking(bench, [&] { return is_as_declared(bench); });
                   }});
  return cases;
}

Cases baseline_cases(const Bench& bench) {
  const auto made = [&bench](const Practice& practice) {
    return Instance(bench.setting(), practice.problem().context());
  };
  Cases cases;
  for (const auto& law : contract::baseline_laws())
    cases.push_back(one(bench, law.name, [made, law](Practice& practice) {
      law.demand({made(practice), practice.recording()});
    }));
  cases.push_back(repeated(bench, [made](const Practice& practice) {
    const Instance baseline = made(practice);
    return fingerprint(contract::BaselineTrial{baseline, practice.recording()});
  }));
  return cases;
}

}  // namespace seedbed
