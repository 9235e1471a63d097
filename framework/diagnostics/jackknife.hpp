#pragma once
#include <cstdint>
#include <span>

#include "diagnostics/measured.hpp"

namespace seedbed {

/// Standard error of a statistic from its values without each of J groups, of unequal sizes m_j.
///
///   h_j = n/m_j     x_j = h_j x - (h_j - 1) x_(-j)     x_J = J x - sum_j (1 - m_j/n) x_(-j)
///   error^2 = 1/J sum_j (x_j - x_J)^2 / (h_j - 1)
///
/// Equal sizes: (J-1)/J sum_j (x_(-j) - mean x_(-j))^2. NaN when J < 2.
/// Source: Busing, Meijer & van der Leeden 1999, equations 3 to 5.
double jackknife_error(double whole, std::span<const double> without,
                       std::span<const std::uint64_t> size);

/// value ± t_{groups-1, 0.975} error
Measured interval(double value, double error, std::uint64_t groups);

/// value exp(± t_{groups-1, 0.975} error), for what is positive; `error` is that of the logarithm.
/// A value of 0 has the interval [0, 0].
Measured log_interval(double value, double error, std::uint64_t groups);

/// Wilson's interval for k successes of n. NaN when n = 0.
///   (p + z^2/2n ± z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n),   p = k/n
/// Source: E. B. Wilson 1927.
Measured proportion(std::uint64_t k, std::uint64_t n);

}  // namespace seedbed
