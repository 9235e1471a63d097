#include "oracle/noise_pass.hpp"

#include <algorithm>
#include <cmath>
#include <seedbed/error.hpp>

#include "engine/call.hpp"
#include "engine/estimate.hpp"
#include "engine/statistics.hpp"
#include "oracle/noise_batches.hpp"

namespace seedbed {

NoisePass::NoisePass(const NoiseStudy& study, std::size_t nodes, Arena& arena)
    : study_(study),
      functions_(study.estimator.functions<seedbed_estimator>()),
      nodes_(nodes),
      arena_(arena),
      left_(study.most),
      info_(described<seedbed_estimator>(study.estimator)),
      tree_(study.problem, info_.needs, nodes, arena),
      gradient_(study.theta.size()),
      smoothed_(study.theta.size()) {}

bool NoisePass::run() {
  if (study_.earlier_theta.empty()) return measure(study_.state, 1.0);
  bool fits = true;
  const bool first = each_batch(
      study_.earlier_theta, study_.state, [&](const seedbed_batch& batch, double probability) {
        if (fits) fits = measure(committed(batch, study_.earlier_theta), probability);
      });
  return first && fits;
}

bool NoisePass::counts_all() const {
  return !tree_.has_normals() && info_.plan_normals + info_.plan_uniforms == 0;
}

std::optional<std::vector<double>> NoisePass::some_state() {
  std::optional<std::vector<double>> state;
  each_batch(study_.theta, study_.state, [&](const seedbed_batch& batch, double) {
    if (!state) state = committed(batch, study_.theta);
  });
  return state;
}

void NoisePass::demand_J(const Exact& truth) {
  const std::optional<NoiseCases> cases = tree_.grow({{study_.theta}}, study_.most);
  if (!cases) return;  // nor will the pass fit
  Recording episodes = cases->episodes;
  episodes.discount = study_.problem.objective().discount;
  const std::vector<double> R = returns_of(episodes.view());
  WeighedMoments moments(1);
  for (std::size_t c = 0; c < R.size(); ++c) moments.add(cases->probability[c], &R[c]);
  const double J = moments.mean()[0];
  const double scale = std::abs(truth.J) + std::sqrt(std::max(0.0, moments.variance(0)));
  if (!(std::abs(J - truth.J) <= 1e-9 * scale))
    throw Error(study_.problem.environment().plugin().title() + " with " +
                study_.problem.policy().plugin().title() +
                ": enumeration: expected a mean return of J = " + std::to_string(truth.J) +
                ", got " + std::to_string(J));
}

bool NoisePass::measure(const std::vector<double>& state, double weight) {
  return each_batch(study_.theta, state, [&](const seedbed_batch& batch, double probability) {
    const Estimate made = estimate(study_.estimator, batch, study_.theta, state, false, arena_);
    gradient_.add(weight * probability, made.gradient.data());
  });
}

std::vector<double> NoisePass::committed(const seedbed_batch& batch,
                                         const std::vector<double>& theta) {
  std::vector<double> state = study_.state;
  if (functions_.commit)
    call(study_.estimator, "commit", [&](seedbed_message* message) {
      return functions_.commit(study_.estimator.self(), &batch, theta.data(), state.data(),
                               arena_.fresh(), message);
    });
  return state;
}

/// Over the numbers of the plan, then over what they ask for.
bool NoisePass::each_batch(const std::vector<double>& theta, const std::vector<double>& state,
                           const Visit& visit) {
  const double count = grid_size(info_.plan_uniforms, info_.plan_normals, nodes_);
  if (count > static_cast<double>(left_)) return false;
  const NoiseNodes plans = noise_grid(info_.plan_uniforms, info_.plan_normals, nodes_);
  const std::size_t before = left_;
  bool fits = true;
  for (std::size_t k = 0; fits && k < plans.size(); ++k) {
    // One plan is as much work as another: what would not end is not begun.
    if (k == 1 && (before - left_) * (plans.size() - 1) > left_) return false;
    const std::vector<Request> requests =
        functions_.plan ? planned_requests(study_.estimator, study_.problem, theta, state,
                                           plans[k].uniform, plans[k].normal)
                        : std::vector<Request>{{theta, study_.N, 0, SEEDBED_PLAIN, {}, {}}};
    smooth(requests, theta, plans[k].weight);
    fits = for_each_batch(tree_, study_.problem, requests, left_,
                          [&](const seedbed_batch& batch, double probability) {
                            visit(batch, plans[k].weight * probability);
                          });
  }
  return fits;
}

void NoisePass::smooth(const std::vector<Request>& requests, const std::vector<double>& theta,
                       double weight) {
  if (info_.estimand != SEEDBED_GRADIENT_OF_SMOOTHED_J) return;
  if (moves_.empty())  // at the first node no number of the plan is 0
    for (const Request& request : requests) moves_.push_back(request.theta != theta);
  const bool any = std::ranges::find(moves_, true) != moves_.end();
  const Objective& o = study_.problem.objective();
  std::vector<double> sum(theta.size(), 0.0);
  double episodes = 0.0;
  for (std::size_t k = 0; k < requests.size(); ++k) {
    if (any && !moves_.at(k)) continue;
    const auto n = static_cast<double>(requests[k].episodes);
    const auto at = exact(study_.problem.environment(), study_.problem.policy(), o.horizon,
                          o.discount, requests[k].theta, arena_);
    for (std::size_t j = 0; j < sum.size(); ++j) sum[j] += n * at->gradient[j];
    episodes += n;
  }
  for (double& entry : sum) entry /= episodes;
  smoothed_.add(weight, sum.data());
}

}  // namespace seedbed
