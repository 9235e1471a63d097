#pragma once
#include <cstdint>

/// Quantiles and tails of Boost.Math, rounded to nine digits, so that the last bits of a libm do
/// not reach a result file.
namespace seedbed {

/// z_{0.975} of the standard normal distribution.
inline constexpr double normal_975 = 1.959963985;

/// t_{df, 0.975} of Student's distribution.
double student_t(std::uint64_t df);

/// chi^2_{df, 0.95}; df need not be whole.
double chi_square_95(double df);

/// P(F_{df1, df2} > x).
double f_tail(double x, std::uint64_t df1, std::uint64_t df2);

/// P(chi^2_df > x).
double chi_square_tail(double x, std::uint64_t df);

}  // namespace seedbed
