#include "oracle/noise_certificate.hpp"

#include <algorithm>
#include <cmath>
#include <seedbed/error.hpp>

#include "engine/call.hpp"

namespace seedbed {

namespace {

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double largest = 0.0;
  for (std::size_t j = 0; j < a.size(); ++j) largest = std::max(largest, std::abs(a[j] - b[j]));
  return largest;
}

constexpr std::size_t first_rule = 4, last_rule = 24;

}  // namespace

std::optional<std::vector<double>> state_after_a_batch(const NoiseStudy& study, Arena& arena) {
  return NoisePass(study, first_rule, arena).some_state();
}

std::optional<Certificate> certify_over_noise(const NoiseStudy& study, Arena& arena) {
  constexpr double agreed = 1e-12, settled = 1e-8;
  constexpr std::size_t enough = 1 << 12;  // for a variance that no polynomial follows
  const auto info = described<seedbed_estimator>(study.estimator);
  const Objective& o = study.problem.objective();
  const auto truth = exact(study.problem.environment(), study.problem.policy(), o.horizon,
                           o.discount, study.theta, arena);
  if (!truth)
    throw Error(study.problem.environment().plugin().title() + " with " +
                study.problem.policy().plugin().title() +
                ": certify: expected a process whose gradient is known");
  std::optional<Certificate> known, result;
  for (std::size_t nodes = first_rule; nodes <= last_rule; ++nodes) {
    NoisePass pass(study, nodes, arena);
    if (nodes == first_rule) pass.demand_J(*truth);
    if (!pass.run()) break;
    Certificate now{*truth, study.N, pass.gradient()};
    if (info.estimand == SEEDBED_GRADIENT_OF_SMOOTHED_J) now.truth.gradient = pass.smoothed();
    if (pass.counts_all()) return now;
    if (known) {
      now.mean_error = std::max(largest_difference(now.gradient.mean(), known->gradient.mean()),
                                largest_difference(now.truth.gradient, known->truth.gradient));
      now.trace_error = std::abs(now.trace() - known->trace());
      result = now;
      double scale = std::sqrt(now.trace());
      for (const double g : now.truth.gradient) scale = std::max(scale, std::abs(g));
      if (now.mean_error <= agreed * scale && now.trace_error <= agreed * scale * scale) break;
      if (now.mean_error <= settled * scale && pass.work() > enough) break;
    }
    known = std::move(now);
  }
  return result;
}

}  // namespace seedbed
