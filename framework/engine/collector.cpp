#include "engine/collector.hpp"

#include <algorithm>
#include <cmath>

#include "engine/call.hpp"
#include "loader/variant.hpp"

namespace seedbed {

namespace {

/// mean += (g - mean)/n,  m2 += (g - mean_before)(g - mean_after).   Welford 1962
/// `count` contributions at once, so that moments are read and written once for all of them.
template <std::size_t count, bool scaled>
[[gnu::always_inline]] inline void add_some(const double* g, const double* factor,
                                            const double* weight, std::size_t d,
                                            double* __restrict mean, double* __restrict m2) {
  for (std::size_t j = 0; j < d; ++j) {
    double m = mean[j], s = m2[j];
#pragma GCC unroll 4
    for (std::size_t i = 0; i < count; ++i) {
      const double x = scaled ? factor[i] * g[i * d + j] : g[i * d + j], before = x - m;
      m += before * weight[i];
      s += before * (x - m);
    }
    mean[j] = m;
    m2[j] = s;
  }
}

#if defined(__x86_64__)
template <std::size_t count, bool scaled>
[[gnu::target("avx512f")]] void add_by_eight(const double* g, const double* factor,
                                             const double* weight, std::size_t d, double* mean,
                                             double* m2) {
  add_some<count, scaled>(g, factor, weight, d, mean, m2);
}
#endif

}  // namespace

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

void Collector::add(std::uint64_t first, std::uint64_t count, const double* g,
                    const double* factor) {
  in_order_ = in_order_ && first == estimate_.units;
  const auto factor_of = [&](std::uint64_t i) { return factor ? factor + i : nullptr; };
  std::uint64_t i = 0;
  for (; i + 4 <= count; i += 4) add_to_moments<4>(g + i * d_, factor_of(i));
  if (i + 2 <= count) add_to_moments<2>(g + i * d_, factor_of(i)), i += 2;
  if (i < count) add_to_moments<1>(g + i * d_, factor_of(i));
  if (!keep_) return;
  std::vector<double>& kept = estimate_.contributions;
  kept.insert(kept.end(), g, g + count * d_);
  for (i = 0; factor && i < count * d_; ++i) kept[kept.size() - count * d_ + i] *= factor[i / d_];
}

template <std::size_t count>
void Collector::add_to_moments(const double* g, const double* factor) {
  static const bool by_eight = cpu_has_variants();
  double weight[count], *mean = estimate_.mean.data(), *m2 = estimate_.m2.data();
  for (double& w : weight) w = 1.0 / static_cast<double>(++estimate_.units);
#if defined(__x86_64__)
  if (by_eight && factor) return add_by_eight<count, true>(g, factor, weight, d_, mean, m2);
  if (by_eight) return add_by_eight<count, false>(g, factor, weight, d_, mean, m2);
#endif
  if (factor) return add_some<count, true>(g, factor, weight, d_, mean, m2);
  add_some<count, false>(g, factor, weight, d_, mean, m2);
}

Estimate Collector::result(const Instance& estimator) {
  if (estimate_.gradient.empty() && estimate_.units > 0)
    estimate_.gradient.assign(estimate_.mean.begin(), estimate_.mean.end());
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
