#pragma once
#include <cstdint>
#include <vector>

namespace seedbed {

/// The episodes of a policy as numbers, one of each per episode.
struct ReturnSample {
  std::vector<double> returns;           ///< R = sum gamma^t r_t
  std::vector<double> reward_sums;       ///< sum r_t
  std::vector<std::int64_t> lengths;     ///< Steps.
  std::vector<std::uint8_t> terminated;  ///< 1: the process ended; 0: the horizon cut it.
};

/// Sum in the order of the episodes, over their number. Precondition: there is one.
double mean_of(const std::vector<double>& values);
double mean_of(const std::vector<std::int64_t>& values);
double mean_of(const std::vector<std::uint8_t>& values);

/// Sample deviation sqrt(sum (x_i - mean)^2 / (N - 1)), summed in order; NaN for N = 1.
double deviation_of(const std::vector<double>& values);

/// x_(k) + (h - k)(x_(k+1) - x_(k)) with h = (N - 1) p, k = floor h, x_(0) <= x_(1) <= ... Source:
/// Hyndman & Fan 1996, definition 7. Precondition: p in [0, 1], sorted values.
double quantile_of(const std::vector<double>& sorted, double p);

}  // namespace seedbed
