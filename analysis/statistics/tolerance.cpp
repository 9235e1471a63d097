#include "analysis/statistics/tolerance.hpp"

#include <array>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <seedbed/error.hpp>
#include <vector>

#include "analysis/statistics/student.hpp"

namespace seedbed::statistics {

namespace {

using boost::math::cdf;
using boost::math::complement;

/// Root of an ascending f between low and high.
template <class Function>
double root(const Function& f, double low, double high) {
  std::uintmax_t steps = 200;
  const auto [a, b] = boost::math::tools::toms748_solve(
      f, low, high, boost::math::tools::eps_tolerance<double>(48), steps);
  return (a + b) / 2.0;
}

/// r with Phi(z + r) - Phi(z - r) = content
double half_width_around(double z, double content) {
  const boost::math::normal normal;
  const auto excess = [&](double r) { return cdf(normal, z + r) - cdf(normal, z - r) - content; };
  return root(excess, 0.0, std::abs(z) + 1.0 - boost::math::quantile(normal, (1 - content) / 2));
}

void expect_promise(std::size_t n, const Tolerance& promise) {
  const auto is_share = [](double x) { return x > 0.0 && x < 1.0; };
  if (!is_share(promise.content) || !is_share(promise.confidence))
    throw Error("tolerance interval: expected content and confidence between 0 and 1, got " +
                std::to_string(promise.content) + " and " + std::to_string(promise.confidence));
  if (n < 2)
    throw Error("tolerance interval: expected at least two values, got " + std::to_string(n));
}

}  // namespace

double tolerance_factor(std::size_t n, const Tolerance& promise) {
  expect_promise(n, promise);
  using Rule = boost::math::quadrature::gauss<double, 40>;
  constexpr double far = 8.0;  // of u = z sqrt(n), N(0, 1)
  const auto count = static_cast<double>(n);
  std::vector<double> weight, r;
  for (std::size_t i = 0; i < Rule::abscissa().size(); ++i)  // u > 0; the rest by symmetry
    for (const double side : {-1.0, 1.0}) {
      const double u = far / 2.0 * (1.0 + side * Rule::abscissa()[i]);
      weight.push_back(far * Rule::weights()[i] * std::exp(-u * u / 2.0) / std::sqrt(2.0 * M_PI));
      r.push_back(half_width_around(u / std::sqrt(count), promise.content));
    }
  const boost::math::chi_squared chi_square(count - 1.0);
  const auto excess = [&](double k) {
    double confidence = 0.0;
    for (std::size_t i = 0; i < r.size(); ++i)
      confidence += weight[i] * cdf(complement(chi_square, (count - 1.0) * r[i] * r[i] / (k * k)));
    return confidence - promise.confidence;
  };
  double high = 4.0;
  while (excess(high) < 0.0) high *= 2.0;
  return root(excess, 1e-3, high);
}

double one_sided_tolerance_factor(std::size_t n, const Tolerance& promise) {
  expect_promise(n, promise);
  const double root_n = std::sqrt(static_cast<double>(n));
  const double z = boost::math::quantile(boost::math::normal(), promise.content);
  const boost::math::non_central_t t(static_cast<double>(n - 1), z * root_n);
  return boost::math::quantile(t, promise.confidence) / root_n;
}

Estimate tolerance_interval(std::span<const double> values, const Tolerance& promise) {
  const double mean = mean_with_interval(values).value;
  const double half = tolerance_factor(values.size(), promise) * std::sqrt(sample_variance(values));
  return {mean, mean - half, mean + half};
}

double content_of_range(std::size_t n, double confidence) {
  if (n < 2) return 0.0;
  return boost::math::quantile(boost::math::beta_distribution<>(static_cast<double>(n - 1), 2.0),
                               1.0 - confidence);
}

}  // namespace seedbed::statistics
