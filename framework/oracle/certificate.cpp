#include "oracle/certificate.hpp"

#include <algorithm>
#include <cmath>
#include <seedbed/error.hpp>

#include "engine/call.hpp"
#include "engine/estimate.hpp"
#include "oracle/enumeration.hpp"

namespace seedbed {

namespace {

/// The certificate without its moments.
Certificate begin(const Instance& estimator, const FiniteProcess& process, std::size_t N,
                  Arena& arena) {
  const auto about = described<seedbed_estimator>(estimator);
  const std::string who = estimator.plugin().title() + ": certify";
  if (estimator.functions<seedbed_estimator>().plan)
    throw Error(who + ": expected an estimator of plain trajectories, got one that plans its own");
  if (about.needs != 0)
    throw Error(who +
                ": expected an estimator of plain trajectories, got one that needs noise or "
                "environment states");
  const TabularSolution solution = solve(process.problem());
  return {{solution.J, process.weighted_score(solution.weight, arena)},
          N,
          WeighedMoments(process.theta().size())};
}

}  // namespace

std::vector<double> Certificate::bias() const {
  std::vector<double> result = gradient.mean();
  for (std::size_t j = 0; j < result.size(); ++j) result[j] -= truth.gradient[j];
  return result;
}

/// Of a deterministic estimate the difference of two squares may round to less than 0.
double Certificate::trace() const {
  double sum = 0.0;
  for (std::size_t j = 0; j < gradient.size(); ++j) sum += gradient.variance(j);
  return std::max(0.0, sum);
}

double Certificate::largest_bias() const {
  double largest = 0.0;
  for (const double b : bias()) largest = std::max(largest, std::abs(b));
  return largest;
}

Certificate certify(const Instance& estimator, const FiniteProcess& process, std::size_t N,
                    const std::vector<double>& state, Arena& arena) {
  Certificate certificate = begin(estimator, process, N, arena);
  for_each_batch(process, N, [&](const seedbed_batch& batch, double probability) {
    const Estimate made = estimate(estimator, batch, process.theta(), state, false, arena);
    certificate.gradient.add(probability, made.gradient.data());
  });
  return certificate;
}

Certificate certify_contribution(const Instance& estimator, const FiniteProcess& process,
                                 const std::vector<double>& state, Arena& arena) {
  constexpr std::size_t block = 1024;  // trajectories; a few hundred KiB
  Certificate certificate = begin(estimator, process, 1, arena);
  if (described<seedbed_estimator>(estimator).coupling != SEEDBED_INDEPENDENT)
    throw Error(estimator.plugin().title() +
                ": certify: expected independent contributions, got ones that hang together");
  const std::size_t d = process.theta().size();
  for_each_block(process, block, [&](WeighedTrajectories& trajectories) {
    const Estimate made =
        estimate(estimator, trajectories.recording.view(), process.theta(), state, true, arena);
    for (std::size_t i = 0; i < trajectories.probability.size(); ++i)
      certificate.gradient.add(trajectories.probability[i], made.contributions.data() + i * d);
  });
  return certificate;
}

}  // namespace seedbed
