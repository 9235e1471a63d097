#pragma once
#include <cstdint>
#include <vector>

#include "diagnostics/measured.hpp"

namespace seedbed {

/// Running mean and centred sums of powers of a vector. Source: Pebay 2008.
struct Moments {
  explicit Moments(std::size_t size)
      : mean(size, 0.0), m2(size, 0.0), m3(size, 0.0), m4(size, 0.0) {}
  void add(const std::vector<double>& x);

  /// s^2 = m2/(M-1) of component j, with the interval of its logarithm. NaN when M < 2.
  ///   Var(s^2) = sigma^4 (kappa - (M-3)/(M-1)) / M
  /// Source: Cramer 1946, 27.4.2.
  Measured variance(std::size_t j) const;
  double kurtosis(std::size_t j) const;        ///< kappa = M m4/m2^2; NaN when m2 = 0.
  double standard_error(std::size_t j) const;  ///< s/sqrt(M) of the mean

  /// All that it holds, for one that saves or restores it.
  template <class Visitor>
  void members(Visitor& visit) {
    visit("count", count);
    visit("mean", mean);
    visit("m2", m2);
    visit("m3", m3);
    visit("m4", m4);
  }

  std::uint64_t count = 0;
  std::vector<double> mean, m2, m3, m4;
};

}  // namespace seedbed
