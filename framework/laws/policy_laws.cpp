#include <fmt/format.h>

#include <cmath>

#include "laws/policy.hpp"
#include "laws/threads.hpp"
#include "loader/registry.hpp"
#include "loader/sha256.hpp"

namespace seedbed::contract {
namespace {

constexpr double scales[] = {0.0, 1e-3, 1.0, 30.0};

std::string where(const Acted& acted, std::size_t j, double scale) {
  return fmt::format(" (theta of scale {}, sample {}: t {}{}{})", scale, j, acted.t[j],
                     column_text("observation", acted.observation, j),
                     column_text("action", acted.action, j));
}

void demand_same(const Acted& expected, const Acted& got, const char* law) {
  demand_same(expected.action, got.action, law, "action of act");
  demand_same(expected.log_prob, got.log_prob, law, "log pi of act");
}

void blocks_tile_theta(const PolicyTrial& trial) {
  const seedbed_policy_info info = describe_policy(trial.policy);
  std::uint64_t offset = 0;
  for (std::uint64_t i = 0; i < info.block_count; ++i) {
    const seedbed_block& block = info.blocks[i];
    demand(block.offset == offset && block.name && *block.name, "blocks tile theta",
           fmt::format("block {}: expected offset {} and a name, got {}", i, offset, block.offset));
    offset += block.rows * block.columns;
  }
  demand(offset == info.parameters, "blocks tile theta",
         fmt::format("expected {} numbers in all, got {}", info.parameters, offset));
}

void init(const PolicyTrial& trial) {
  const Theta theta = theta_of(trial, 0.0);
  for (const double value : theta)
    demand(std::isfinite(value), "outputs are finite", fmt::format("init gave {}", value));
  demand(theta == theta_of(trial, 0.0), "same inputs give the same bits", "init differs");
}

/// body(theta, situation, scale): theta of every scale, in both situations.
template <class Body>
void everywhere(const PolicyTrial& trial, Body&& body) {
  for (const double scale : scales)
    for (const Situation& s : {ordinary_situation(trial), nasty_situation(trial)})
      body(theta_of(trial, scale), s, scale);
}

void finite(const PolicyTrial& trial) {
  everywhere(trial, [&](const Theta& theta, const Situation& s, double scale) {
    const Acted acted = act(trial, theta, s);
    const std::vector<double> log_pi = log_prob(trial.policy, theta, acted);
    const std::vector<double> psi = single_scores(trial.policy, theta, acted);
    const auto look = [&](double x, const char* what, std::size_t j) {
      if (!std::isfinite(x))
        demand(false, "outputs are finite",
               fmt::format("{} gave {}{}", what, x, where(acted, j, scale)));
    };
    for (std::size_t j = 0; j < s.t.size(); ++j) {
      for (std::size_t i = 0; i < acted.action.rows(); ++i) look(acted.action(i, j), "act", j);
      look(acted.log_prob(0, j), "act's log pi", j);
      look(log_pi[j], "log_prob", j);
      for (std::size_t i = 0; i < theta.size(); ++i) look(psi[j * theta.size() + i], "score", j);
    }
  });
}

void in_space(const PolicyTrial& trial) {
  const seedbed_space& space = *trial.context.action;
  everywhere(trial, [&](const Theta& theta, const Situation& s, double scale) {
    const Acted acted = act(trial, theta, s);
    for (std::size_t j = 0; j < s.t.size() && space.kind == SEEDBED_DISCRETE; ++j) {
      const double a = acted.action(0, j);
      if (!(a == std::floor(a) && a >= 0.0 && a < static_cast<double>(space.count)))
        demand(false, "actions lie in their space",
               fmt::format("expected one of {} values, got {}{}", space.count, a,
                           where(acted, j, scale)));
    }
  });
}

void writes_outputs_only(const PolicyTrial& trial) {
  everywhere(trial, [&](const Theta& theta, const Situation& s, double) {
    const Acted acted = act(trial, theta, s);  // the calls look
    log_prob(trial.policy, theta, acted);
    single_scores(trial.policy, theta, acted);
  });
}

void same_log_prob(const PolicyTrial& trial) {
  for (const double scale : exact_scales(trial)) {
    const Theta theta = theta_of(trial, scale);
    const Acted acted = act(trial, theta, ordinary_situation(trial));
    const std::vector<double> log_pi = log_prob(trial.policy, theta, acted);
    for (std::size_t j = 0; j < log_pi.size(); ++j)
      if (!(std::abs(log_pi[j] - acted.log_prob(0, j)) <= 1e-12 * (1.0 + std::abs(log_pi[j]))))
        demand(false, "the log pi of act is that of log_prob",
               expected_got(log_pi[j], acted.log_prob(0, j)) + where(acted, j, scale));
  }
}

void same_inputs(const PolicyTrial& trial) {
  everywhere(trial, [&](const Theta& theta, const Situation& s, double) {
    const Acted acted = act(trial, theta, s);
    demand_same(acted, act(trial, theta, s), "same inputs give the same bits");
    Block first(1, s.t.size()), second(1, s.t.size());
    for (Block* block : {&first, &second}) {
      const std::vector<double> log_pi = log_prob(trial.policy, theta, acted);
      std::copy(log_pi.begin(), log_pi.end(), block->row(0));
    }
    demand_same(first, second, "same inputs give the same bits", "log_prob");
  });
}

void permuted(const PolicyTrial& trial) {
  Source source(trial.seed + 3);
  everywhere(trial, [&](const Theta& theta, const Situation& s, double) {
    const std::vector<std::size_t> order = source.permutation(s.t.size());
    demand_same(columns(act(trial, theta, s), order), act(trial, theta, columns(s, order)),
                "permuted lanes give the same bits");
  });
}

void split(const PolicyTrial& trial) {
  everywhere(trial, [&](const Theta& theta, const Situation& s, double) {
    const Acted acted = act(trial, theta, s);
    for (const std::vector<std::size_t>& run : runs_of_columns(s.t.size()))
      demand_same(columns(acted, run), act(trial, theta, columns(s, run)),
                  "a batch that is split gives the same bits");
  });
}

void scratch(const PolicyTrial& trial) {
  everywhere(trial, [&](const Theta& theta, const Situation& s, double) {
    demand_same(act(trial, theta, s), act(trial, theta, s, 1e300),
                "other scratch memory gives the same bits");
  });
}

void any_number_of_samples(const PolicyTrial& trial) {
  const Theta theta = theta_of(trial, 1.0);
  const Acted acted = act(trial, theta, nasty_situation(trial));
  const std::size_t n = acted.t.size();
  const std::vector<double> log_pi = log_prob(trial.policy, theta, acted);
  Source source(trial.seed + 4);
  for (const std::size_t count : {n, std::size_t{1}, std::size_t{7}, std::size_t{50}}) {
    std::vector<std::size_t> order = source.permutation(n);
    order.resize(count);
    const std::vector<double> some = log_prob(trial.policy, theta, columns(acted, order));
    for (std::size_t j = 0; j < count; ++j)
      if (some[j] != log_pi[order[j]])
        demand(false, "permuted or split samples give the same bits",
               fmt::format("log_prob among {} samples: {}{}", count,
                           expected_got(log_pi[order[j]], some[j]), where(acted, order[j], 1.0)));
  }
}

void threads(const PolicyTrial& trial) {
  const std::string alone = fingerprint(trial);
  in_two_threads([&](std::size_t) {
    for (int i = 0; i < 4; ++i)
      demand(fingerprint(trial) == alone, "two threads give the same bits", "the numbers differ");
  });
}

}  // namespace

/// Rationale: an action of a continuous policy is mean + sigma z, and where the mean is many times
/// sigma, rounding takes z. Only discrete policies keep numerical laws at theta of scale 30.
std::vector<double> exact_scales(const PolicyTrial& trial) {
  return {scales, scales + (trial.context.action->kind == SEEDBED_DISCRETE ? 4 : 3)};
}

const Laws<PolicyTrial>& policy_laws() {
  static const Laws<PolicyTrial> laws = {
      {"blocks-tile-theta", blocks_tile_theta},
      {"init-is-finite-and-repeats", init},
      {"only-outputs-are-written", writes_outputs_only},
      {"outputs-are-finite", finite},
      {"actions-lie-in-their-space", in_space},
      {"log-pi-of-act-is-that-of-log-prob", same_log_prob},
      {"same-inputs-give-the-same-bits", same_inputs},
      {"permuted-lanes-give-the-same-bits", permuted},
      {"a-split-batch-gives-the-same-bits", split},
      {"other-scratch-gives-the-same-bits", scratch},
      {"any-number-of-samples-gives-the-same-bits", any_number_of_samples},
      {"two-threads-give-the-same-bits", threads}};
  return laws;
}

Laws<PolicyTrial> policy_laws(const Plugin& plugin, const seedbed_context& context) {
  Laws<PolicyTrial> laws = policy_laws();
  const auto add = [&](const Laws<PolicyTrial>& more) {
    laws.insert(laws.end(), more.begin(), more.end());
  };
  add(score_laws());
  if (context.action->kind == SEEDBED_DISCRETE && plugin.capability(SEEDBED_POLICY_ENUMERATE))
    add(enumeration_laws());
  if (context.action->kind == SEEDBED_BOX && context.action->size == 1) add(density_laws());
  if (plugin.capability(SEEDBED_POLICY_PATHWISE))
    laws.push_back({"pull-back-is-the-central-difference-of-act", policy_pathwise_laws});
  if (plugin.capability(SEEDBED_POLICY_DISTRIBUTION) &&
      (context.action->kind == SEEDBED_DISCRETE || context.action->size <= 4))
    laws.push_back({"distributions-are-expectations-over-actions", policy_distribution_laws});
  if (plugin.capability(SEEDBED_POLICY_PREPARED))
    laws.push_back({"a-prepared-policy-gives-the-same-bits", policy_prepared_laws});
  return laws;
}

void policy_laws(const Instance& policy, const seedbed_context& context) {
  demand_all(policy_laws(policy.plugin(), context), {policy, context});
}

std::string fingerprint(const PolicyTrial& trial) {
  std::string bytes;
  const auto add = [&](const double* x, std::size_t count) {
    bytes.append(reinterpret_cast<const char*>(x), count * sizeof(double));
  };
  everywhere(trial, [&](const Theta& theta, const Situation& s, double) {
    const Acted acted = act(trial, theta, s);
    for (std::size_t i = 0; i < acted.action.rows(); ++i) add(acted.action.row(i), s.t.size());
    add(acted.log_prob.row(0), s.t.size());
    const std::vector<double> psi = single_scores(trial.policy, theta, acted);
    add(psi.data(), psi.size());
  });
  return sha256(bytes);
}

}  // namespace seedbed::contract
