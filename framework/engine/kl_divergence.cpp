#include "engine/kl_divergence.hpp"

#include <algorithm>
#include <cmath>
#include <seedbed/arrays.hpp>
#include <seedbed/math.hpp>

#include "engine/call.hpp"

namespace seedbed {

namespace {

constexpr std::size_t samples_at_once = 256;  // as scores: activations stay in the cache

/// e^x - 1 - x, where it is small too.
double expm1_minus(double x) {
  constexpr double near = 0.34;  // less than log(2)/2
  return std::abs(x) <= near ? x * x * elementary::exp_beyond_linear(x) : (math::exp(x) - 1.0) - x;
}

/// `values` of the samples first .. first+n-1, by the policy's distribution.
void exact_divergence(const Instance& policy, const seedbed_policy_distribution& distribution,
                      const seedbed_batch& batch, const std::vector<double>& theta,
                      const std::vector<double>& other, std::size_t first, std::size_t n,
                      double* values, Arena& arena) {
  call(policy, "divergence", [&](seedbed_message* message) {
    return distribution.divergence(policy.self(), theta.data(), other.data(), n, batch.t + first,
                                   from(In(batch.observation), first), values, arena.fresh(),
                                   message);
  });
}

/// The same, from the actions that were taken.
void sampled_divergence(const Instance& policy, const seedbed_batch& batch,
                        const std::vector<double>& other, std::size_t first, std::size_t n,
                        double* values, Arena& arena) {
  call(policy, "log_prob", [&](seedbed_message* message) {
    return policy.functions<seedbed_policy>().log_prob(
        policy.self(), other.data(), n, batch.t + first, from(In(batch.observation), first),
        from(In(batch.action), first), values, arena.fresh(), message);
  });
  for (std::size_t j = 0; j < n; ++j)
    values[j] = expm1_minus(values[j] - batch.log_prob[first + j]);
}

}  // namespace

double kl_divergence(const DecisionProblem& problem, const seedbed_batch& batch,
                     const std::vector<double>& theta, const std::vector<double>& other,
                     Arena& arena) {
  const Instance& policy = problem.policy();
  const auto* distribution = static_cast<const seedbed_policy_distribution*>(
      policy.plugin().capability(SEEDBED_POLICY_DISTRIBUTION));
  double sum = 0.0, values[samples_at_once];
  for (std::size_t first = 0; first < batch.samples; first += samples_at_once) {
    const std::size_t n = std::min<std::size_t>(samples_at_once, batch.samples - first);
    if (distribution)
      exact_divergence(policy, *distribution, batch, theta, other, first, n, values, arena);
    else
      sampled_divergence(policy, batch, other, first, n, values, arena);
    sum += math::sum(values, n);
  }
  return sum / static_cast<double>(batch.samples);
}

}  // namespace seedbed
