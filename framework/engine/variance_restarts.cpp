#include "engine/variance_restarts.hpp"

#include <cmath>
#include <seedbed/error.hpp>

#include "engine/time_span.hpp"

namespace seedbed {

namespace {

constexpr std::uint32_t no_stage = 0xFFFFFFFF;  // whose stream of noise no study has

using Contributions = std::vector<double>;  // [M][d]

/// A part from each trajectory's share q_i = factor (g_i - mean g) . x_i of it.
///
///   Σ_i q_i / (M − 1)      √(Σ_i (q_i − q̄)² / (M (M − 1)))
void append(VarianceParts& parts, const Contributions& centred, const Contributions& x,
            std::uint64_t trajectories, double factor = 1.0) {
  const auto M = static_cast<double>(trajectories);
  const std::size_t d = x.size() / trajectories;
  std::vector<double> q(trajectories, 0.0);
  double sum = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < q.size(); ++i) {
    for (std::size_t j = i * d; j < (i + 1) * d; ++j) q[i] += factor * centred[j] * x[j];
    sum += q[i];
  }
  for (const double each : q) squares += (each - sum / M) * (each - sum / M);
  parts.variance.push_back(sum / (M - 1.0));
  parts.standard_error.push_back(std::sqrt(squares / (M * (M - 1.0))));
}

/// x - y
Contributions difference(Contributions x, const Contributions& y) {
  for (std::size_t k = 0; k < x.size(); ++k) x[k] -= y[k];
  return x;
}

Contributions centred(Contributions g, std::uint64_t M) {
  const std::size_t d = g.size() / M;
  for (std::size_t j = 0; j < d; ++j) {
    double sum = 0.0;
    for (std::size_t i = 0; i < M; ++i) sum += g[i * d + j];
    for (std::size_t i = 0; i < M; ++i) g[i * d + j] -= sum / static_cast<double>(M);
  }
  return g;
}

/// Pick-freeze: g_i is of the noise named i, and g_i^k of the same noise up to draw k and that
/// named M + i after it, so that Cov(g_i, g_i^k) = Var E[g|F_k]. Consecutive ones differ in one
/// draw only.
///
///   part_k = Σ_i (g_i − ĝ) · (g_i^k − g_i^{k−1}) / (M − 1)
///
/// Source: Sobol' 1993, theorem 2; Saltelli et al. 2010 for the difference.
class Restarts {
 public:
  Restarts(const DecisionProblem& problem, const std::vector<double>& theta,
           std::span<const EstimatorInUse* const> estimators, std::uint64_t M, const Noise& noise)
      : theta_(theta),
        estimators_(estimators),
        M_(M),
        noise_(noise.stream(no_stage, 0)),
        rollout_(problem, needs_of(estimators)),
        recording_(rollout_.shape()),
        parts_(estimators.size()) {}

  std::vector<VarianceParts> parts(std::uint64_t horizon) {
    for (Contributions& g : contributions({})) g_.push_back(centred(std::move(g), M_));
    for (std::size_t e = 0; e < g_.size(); ++e) {
      VarianceParts total;
      append(total, g_[e], g_[e], M_);
      parts_[e].total = total.variance[0];
    }
    Splice at = splice(std::vector<std::uint32_t>(M_, 0), 0, 0);
    std::vector<Contributions> now = contributions(at);
    for (std::size_t e = 0; e < g_.size(); ++e) append(parts_[e], g_[e], centred(now[e], M_), M_);
    for (const TimeSpan& span : time_spans(horizon)) add(span, at, now);
    return std::move(parts_);
  }

 private:
  /// The draws of a_t and of what follows it, t of this span.
  void add(const TimeSpan& span, Splice& at, std::vector<Contributions>& now) {
    const std::vector<std::uint32_t> t = steps(span);
    if (Splice before = splice(t, 0, 0); before != at) now = contributions(before);
    const auto count = static_cast<double>(span.count);
    for (const std::uint32_t moved : {0u, 1u}) {
      at = splice(t, 1, moved);
      const std::vector<Contributions> next = contributions(at);
      for (std::size_t e = 0; e < g_.size(); ++e)
        append(parts_[e], g_[e], difference(next[e], now[e]), M_, count);
      now = next;
    }
  }

  /// A step of the span for each trajectory, all with the same probability.
  std::vector<std::uint32_t> steps(const TimeSpan& span) const {
    std::vector<double> u(M_), none;
    noise_.sequence(Purpose::estimator_plan, static_cast<std::uint32_t>(span.first), u, none);
    std::vector<std::uint32_t> t(M_);
    for (std::size_t i = 0; i < M_; ++i)
      t[i] = static_cast<std::uint32_t>(
          span.first + (static_cast<std::uint64_t>(u[i] * 0x1p32) * span.count >> 32));
    return t;
  }

  /// Other noise after step t, that step's action (transition) shared where `acted` (`moved`) is 1.
  Splice splice(std::vector<std::uint32_t> t, std::uint32_t acted, std::uint32_t moved) const {
    Splice made{M_, t, std::move(t)};
    for (std::uint32_t& step : made.policy) step += acted;
    for (std::uint32_t& step : made.environment) step += moved;
    return made;
  }

  std::vector<Contributions> contributions(const Splice& splice) {
    Request request{theta_, M_, 0, SEEDBED_PLAIN, {}, {}, splice};
    rollout_.run({request}, noise_, 0, recording_, arena_);
    const seedbed_batch batch = recording_.view();
    std::vector<Contributions> all;
    for (const EstimatorInUse* estimator : estimators_) {
      Estimate made = estimate(estimator->instance, batch, theta_, estimator->state, true, arena_);
      if (made.units != M_)
        throw Error(estimator->instance.plugin().title() + ": sources: expected " +
                    std::to_string(M_) + " contributions, one of each trajectory, got " +
                    std::to_string(made.units));
      all.push_back(std::move(made.contributions));
    }
    return all;
  }

  static std::uint32_t needs_of(std::span<const EstimatorInUse* const> estimators) {
    std::uint32_t needs = 0;
    for (const EstimatorInUse* estimator : estimators) needs |= estimator->info.needs;
    return needs;
  }

  const std::vector<double>& theta_;
  std::span<const EstimatorInUse* const> estimators_;
  std::uint64_t M_;
  Noise noise_;
  Rollout rollout_;
  Recording recording_;
  Arena arena_;
  std::vector<Contributions> g_;  // centred
  std::vector<VarianceParts> parts_;
};

}  // namespace

std::vector<std::string> source_labels(std::uint64_t horizon) {
  std::vector<std::string> labels{"initial"};
  for (const TimeSpan& span : time_spans(horizon))
    labels.insert(labels.end(), {"action " + span.label(), "transition " + span.label()});
  return labels;
}

std::string refuses_split(const EstimatorInUse& estimator) {
  const std::string who = estimator.instance.plugin().title() + ": sources: expected ";
  if (estimator.plans())
    return who + "trajectories under theta, got an estimator that plans others";
  if (estimator.info.coupling != SEEDBED_INDEPENDENT)
    return who + "independent contributions, got ones that hang together";
  return "";
}

std::vector<VarianceParts> variance_by_restarts(const DecisionProblem& problem,
                                                const std::vector<double>& theta,
                                                std::span<const EstimatorInUse* const> estimators,
                                                std::uint64_t M, const Noise& noise) {
  if (M < 2) throw Error("sources: expected at least 2 trajectories, got " + std::to_string(M));
  if (estimators.empty()) return {};
  for (const EstimatorInUse* estimator : estimators)
    if (const std::string why = refuses_split(*estimator); !why.empty()) throw Error(why);
  return Restarts(problem, theta, estimators, M, noise).parts(problem.objective().horizon);
}

}  // namespace seedbed
