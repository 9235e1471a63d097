#include "engine/collector.hpp"

#include <algorithm>
#include <cmath>

#include "engine/call.hpp"

namespace seedbed {

Collector::Collector(std::size_t parameters, bool keep_contributions)
    : seedbed_results{}, d_(parameters), keep_(keep_contributions) {
  contribute = [](seedbed_results* self, std::uint64_t first, std::uint64_t count,
                  const double* g) { static_cast<Collector*>(self)->add(first, count, g); };
  set_gradient = [](seedbed_results* self, const double* gradient) {
    auto& collector = *static_cast<Collector*>(self);
    collector.estimate_.gradient.assign(gradient, gradient + collector.d_);
  };
  diagnose = [](seedbed_results* self, const char* name, double value) {
    static_cast<Collector*>(self)->estimate_.diagnostics[name] = value;
  };
  estimate_.mean.assign(d_, 0.0);
  estimate_.m2.assign(d_, 0.0);
}

/// mean += (g - mean)/n,  m2 += (g - mean_before)(g - mean_after).   Welford 1962
/// Some components of all contributions after the other, so that their moments stay in L1.
void Collector::add(std::uint64_t first, std::uint64_t count, const double* g) {
  constexpr std::size_t some = 1024;
  in_order_ = in_order_ && first == estimate_.units;
  for (std::size_t begin = 0; begin < d_; begin += some) {
    const std::size_t end = std::min(d_, begin + some);
    double *mean = estimate_.mean.data(), *m2 = estimate_.m2.data();
    const double* x = g;
    for (std::uint64_t i = 1; i <= count; ++i, x += d_) {
      const double weight = 1.0 / static_cast<double>(estimate_.units + i);
      for (std::size_t j = begin; j < end; ++j) {
        const double before = x[j] - mean[j];
        mean[j] += before * weight;
        m2[j] += before * (x[j] - mean[j]);
      }
    }
  }
  estimate_.units += count;
  if (keep_) estimate_.contributions.insert(estimate_.contributions.end(), g, g + count * d_);
}

Estimate Collector::result(const Instance& estimator) {
  if (estimate_.gradient.empty() && estimate_.units > 0) estimate_.gradient = estimate_.mean;
  check(estimator);
  return std::move(estimate_);
}

void Collector::check(const Instance& estimator) const {
  const std::string who = estimator.plugin().title() + ": estimate: expected ";
  const std::string place = call_record().place();
  if (!in_order_)
    throw Error(who + "contributions in the order of units, got another" + place,
                Exit::tasks_failed);
  if (estimate_.gradient.empty())
    throw Error(who + "contributions or a gradient, got neither" + place, Exit::tasks_failed);
  for (std::size_t j = 0; j < d_; ++j)
    if (!std::isfinite(estimate_.gradient[j]))
      throw Error(who + "finite numbers, got " + std::to_string(estimate_.gradient[j]) +
                      " in component " + std::to_string(j) + " of the gradient" + place,
                  Exit::tasks_failed);
}

}  // namespace seedbed
