#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <seedbed/error.hpp>

#include "check/cases.hpp"
#include "laws/environment.hpp"
#include "laws/optimizer.hpp"
#include "laws/policy.hpp"

namespace seedbed {
namespace {

/// A plugin that refuses its defaults or a site keeps no law there, and that is said.
struct Tried {
  std::size_t sites = 0;
  std::string refusal;

  Verdict verdict(const std::string& text = "") const {
    if (sites == 0) return {Result::skipped, "no instance: " + refusal};
    return {Result::pass, text};
  }
};

/// body(instance, place) wherever the plugin lets itself be made.
template <class Body>
Tried at_each_site(const Bench& bench, Body&& body) {
  Tried tried;
  const Setting setting = bench.setting();
  for (const Site& site : sites_for(bench.plugin().kind())) {
    std::optional<Instance> instance;
    try {
      instance.emplace(setting, site.context);
    } catch (const Error& error) {
      tried.refusal = error.what();
      continue;
    }
    try {
      tried.sites += body(*instance, site);
    } catch (const Error& error) {
      throw Error(site.label.empty() ? error.what()
                                     : fmt::format("{}, on {}", error.what(), site.label));
    }
  }
  return tried;
}

/// One case; `run` is given the bench when nothing is lacking.
Case one(const Bench& bench, const std::string& name, std::function<Verdict()> run,
         bool repeated = false) {
  return {name, [&bench, run] { return unless_lacking(bench, run); }, repeated};
}

}  // namespace

Cases environment_cases(const Bench& bench) {
  using contract::EnvironmentTrial;
  Cases cases;
  for (const auto& law : contract::environment_laws(bench.plugin()))
    cases.push_back(one(bench, law.name, [&bench, law] {
      return at_each_site(bench,
                          [&](const Instance& e, const Site&) {
                            law.demand({e, bench.inquiry().seed});
                            return 1u;
                          })
          .verdict();
    }));
  cases.push_back(one(
      bench, repeats,
      [&bench] {
        std::string text;
        return at_each_site(bench,
                            [&](const Instance& e, const Site&) {
                              text = fingerprint(EnvironmentTrial{e, bench.inquiry().seed});
                              return 1u;
                            })
            .verdict(text);
      },
      true));
  return cases;
}

Cases policy_cases(const Bench& bench) {
  using contract::PolicyTrial;
  std::vector<std::string> names;
  for (const Site& site : sites_for(SEEDBED_POLICY))
    for (const auto& law : contract::policy_laws(bench.plugin(), site.context))
      if (std::find(names.begin(), names.end(), law.name) == names.end())
        names.emplace_back(law.name);
  Cases cases;
  for (const std::string& name : names)
    cases.push_back(one(bench, name, [&bench, name] {
      std::string where;
      const Tried tried = at_each_site(bench, [&](const Instance& policy, const Site& site) {
        for (const auto& law : contract::policy_laws(bench.plugin(), site.context)) {
          if (law.name != name) continue;
          law.demand({policy, site.context, bench.inquiry().seed});
          where += (where.empty() ? "" : "; ") + site.label;
          return 1u;
        }
        return 0u;
      });
      return tried.verdict(where);
    }));
  cases.push_back(one(
      bench, repeats,
      [&bench] {
        std::string text;
        return at_each_site(
                   bench,
                   [&](const Instance& policy, const Site& site) {
                     text += fingerprint(PolicyTrial{policy, site.context, bench.inquiry().seed});
                     return 1u;
                   })
            .verdict(text);
      },
      true));
  return cases;
}

Cases optimizer_cases(const Bench& bench) {
  using contract::OptimizerTrial;
  const auto at_sizes = [&bench](auto&& body) {
    const Setting setting = bench.setting();
    for (const std::size_t d : {1u, 7u, 50u}) {
      seedbed_context context = sites_for(SEEDBED_OPTIMIZER)[0].context;
      context.parameters = d;
      const Instance optimizer(setting, context);
      body(OptimizerTrial{optimizer, d, bench.inquiry().seed});
    }
  };
  Cases cases;
  for (const auto& law : contract::optimizer_laws())
    cases.push_back(one(bench, law.name, [at_sizes, law]() -> Verdict {
      at_sizes(law.demand);
      return {};
    }));
  cases.push_back(one(
      bench, repeats,
      [at_sizes]() -> Verdict {
        std::string text;
        at_sizes([&](const OptimizerTrial& trial) { text += fingerprint(trial); });
        return {Result::pass, text};
      },
      true));
  return cases;
}

}  // namespace seedbed
