#include "engine/estimate.hpp"

#include <algorithm>
#include <cmath>

#include "engine/call.hpp"

namespace seedbed {

namespace {

/// The receiving end of seedbed_results.
struct Collector : seedbed_results {
  Collector(std::size_t parameters, bool keep_) : d(parameters), keep(keep_) {
    contribute = [](seedbed_results* self, uint64_t first, uint64_t count, const double* g) {
      static_cast<Collector*>(self)->add(first, count, g);
    };
    set_gradient = [](seedbed_results* self, const double* gradient) {
      auto& collector = *static_cast<Collector*>(self);
      collector.estimate.gradient.assign(gradient, gradient + collector.d);
    };
    diagnose = [](seedbed_results* self, const char* name, double value) {
      static_cast<Collector*>(self)->estimate.diagnostics[name] = value;
    };
    estimate.mean.assign(d, 0.0);
    estimate.m2.assign(d, 0.0);
  }

  /// mean += (g - mean)/n,  m2 += (g - mean_before)(g - mean_after).   Welford 1962
  /// Some components of all contributions after the other, so that their moments stay in L1.
  void add(std::uint64_t first, std::uint64_t count, const double* g) {
    constexpr std::size_t some = 1024;
    in_order = in_order && first == estimate.units;
    for (std::size_t begin = 0; begin < d; begin += some) {
      const std::size_t end = std::min(d, begin + some);
      double *mean = estimate.mean.data(), *m2 = estimate.m2.data();
      const double* x = g;
      for (std::uint64_t i = 1; i <= count; ++i, x += d) {
        const double weight = 1.0 / static_cast<double>(estimate.units + i);
        for (std::size_t j = begin; j < end; ++j) {
          const double before = x[j] - mean[j];
          mean[j] += before * weight;
          m2[j] += before * (x[j] - mean[j]);
        }
      }
    }
    estimate.units += count;
    if (keep) estimate.contributions.insert(estimate.contributions.end(), g, g + count * d);
  }

  std::size_t d;
  bool keep, in_order = true;
  Estimate estimate;
};

void check(const Instance& estimator, const Collector& collector) {
  const std::string who = estimator.plugin().title() + ": estimate: expected ";
  const std::string place = call_record().place();
  if (!collector.in_order)
    throw Error(who + "contributions in the order of units, got another" + place,
                Exit::tasks_failed);
  if (collector.estimate.gradient.empty())
    throw Error(who + "contributions or a gradient, got neither" + place, Exit::tasks_failed);
  for (std::size_t j = 0; j < collector.d; ++j)
    if (!std::isfinite(collector.estimate.gradient[j]))
      throw Error(who + "finite numbers, got " + std::to_string(collector.estimate.gradient[j]) +
                      " in component " + std::to_string(j) + " of the gradient" + place,
                  Exit::tasks_failed);
}

}  // namespace

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
  if (collector.estimate.gradient.empty() && collector.estimate.units > 0)
    collector.estimate.gradient = collector.estimate.mean;
  check(estimator, collector);
  return std::move(collector.estimate);
}

}  // namespace seedbed
