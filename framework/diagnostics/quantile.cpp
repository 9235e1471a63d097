#include "diagnostics/quantile.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <charconv>
#include <cmath>

namespace seedbed {

namespace {

double nine_decimals(double x) {
  return std::round(x * 1e9) / 1e9;
}

/// Significant ones: a tail is small.
double nine_digits(double x) {
  char text[32];
  const auto written = std::to_chars(text, text + sizeof text, x, std::chars_format::scientific, 8);
  std::from_chars(text, written.ptr, x);
  return x;
}

/// Boost throws where the distribution is asked beyond the numbers.
template <class Distribution>
double tail(const Distribution& distribution, double x) {
  if (std::isnan(x)) return x;
  if (std::isinf(x)) return 0.0;
  return nine_digits(boost::math::cdf(boost::math::complement(distribution, x)));
}

}  // namespace

double student_t(std::uint64_t df) {
  const boost::math::students_t distribution(static_cast<double>(df));
  return nine_decimals(boost::math::quantile(distribution, 0.975));
}

double chi_square_95(double df) {
  return nine_decimals(boost::math::quantile(boost::math::chi_squared(df), 0.95));
}

double f_tail(double x, std::uint64_t df1, std::uint64_t df2) {
  return tail(boost::math::fisher_f(static_cast<double>(df1), static_cast<double>(df2)), x);
}

double chi_square_tail(double x, std::uint64_t df) {
  return tail(boost::math::chi_squared(static_cast<double>(df)), x);
}

}  // namespace seedbed
