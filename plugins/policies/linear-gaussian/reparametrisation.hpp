#pragma once
#include <algorithm>
#include <seedbed/linear.hpp>
#include <seedbed/segment_run.hpp>

namespace seedbed {

/// a = K s + sigma epsilon as a function of K and log sigma while epsilon stands still:
///
///   s_bar = K' a_bar        K_bar = sum_j a_bar_j s_j'        (log sigma)_bar = sum_j a_bar_j
///   sigma epsilon_j, entry by entry
struct Reparametrisation {
  std::size_t m, f;
  const double* K;      ///< [m][f]
  const double* sigma;  ///< [m]
  bool learned;         ///< log sigma follows K in theta

  /// s_bar of n samples.
  void to_observation(In a_bar, Out s_bar, std::size_t n) const {
    for (std::size_t k = 0; k < f; ++k) {
      double* bar = s_bar.row(k);
      std::fill_n(bar, n, 0.0);
      for (std::size_t i = 0; i < m; ++i)
        for (std::size_t j = 0; j < n; ++j) bar[j] += K[i * f + k] * a_bar(i, j);
    }
  }

  /// G [segments][d], d = m f, and m more when sigma is learned.
  void to_theta(In s, In epsilon, In a_bar, const seedbed_segments& segments, double* G,
                Scratch& scratch) const {
    constexpr std::size_t capacity = SegmentRun::capacity;
    const std::size_t d = m * f + (learned ? m : 0);
    const Out width_bar(scratch.take(m * capacity), capacity);
    double* one = scratch.take(capacity);
    std::fill_n(one, capacity, 1.0);
    OuterSums gain(m, f, scratch), width(m, 1, scratch);
    for (SegmentRun run(segments); run.next();) {
      const In bar = from(a_bar, run.first);
      for (std::size_t i = 0; learned && i < m; ++i)
        for (std::size_t j = 0; j < run.count; ++j)
          width_bar(i, j) = bar(i, j) * (sigma[i] * epsilon(i, run.first + j));
      gain.add(run, bar, from(s, run.first), d, [&](std::size_t i) { return G + i * f; });
      if (learned)
        width.add(run, width_bar, {one, 0}, d, [&](std::size_t i) { return G + m * f + i; });
    }
  }
};

}  // namespace seedbed
