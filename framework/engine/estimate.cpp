#include "engine/estimate.hpp"

#include "engine/call.hpp"
#include "engine/collector.hpp"

namespace seedbed {

std::vector<double> Estimate::variance() const {
  std::vector<double> result(m2.size(), 0.0);
  for (std::size_t j = 0; j < m2.size() && units > 1; ++j)
    result[j] = m2[j] / static_cast<double>(units - 1);
  return result;
}

Estimate estimate(const Instance& estimator, const seedbed_batch& batch,
                  const std::vector<double>& theta, const std::vector<double>& state,
                  bool keep_contributions, Arena& arena) {
  return estimate(estimator, batch, theta, state, keep_contributions, arena.fresh());
}

Estimate estimate(const Instance& estimator, const seedbed_batch& batch,
                  const std::vector<double>& theta, const std::vector<double>& state,
                  bool keep_contributions, seedbed_scratch* scratch) {
  Collector collector(theta.size(), keep_contributions);
  call(estimator, "estimate", [&](seedbed_message* message) {
    return estimator.functions<seedbed_estimator>().estimate(
        estimator.self(), &batch, theta.data(), state.data(), &collector, scratch, message);
  });
  return collector.result(estimator);
}

}  // namespace seedbed
