#pragma once
// For tests: exact moments of what a regulator's trajectory is mapped to.
#include <catch2/catch.hpp>
#include <functional>

#include "oracle/contribution_moments.hpp"
#include "oracle/linear_gaussian_path.hpp"
#include "oracle/weighed_moments.hpp"

namespace seedbed {

/// Moments of g(path), exact: E f(z) over `coordinates` standard normals by Gauss-Hermite
/// quadrature of 5 nodes, right for every degree up to 9; products of two g have 8 in each.
inline WeighedMoments integrate(const RegulatorCase& c, const Deviations& spread,
                                const std::vector<double>& x0,
                                const std::function<std::vector<double>(const RegulatorPath&)>& g) {
  const double a = std::sqrt(5.0 - std::sqrt(10.0)), b = std::sqrt(5.0 + std::sqrt(10.0));
  const double node[] = {0.0, a, -a, b, -b};
  const double inner = (7.0 + 2.0 * std::sqrt(10.0)) / 60.0;
  const double outer = (7.0 - 2.0 * std::sqrt(10.0)) / 60.0;
  const double weight[] = {8.0 / 15.0, inner, inner, outer, outer};
  std::size_t coordinates = c.process.H() * c.process.m();
  for (const double deviation : spread.first) coordinates += deviation > 0.0 ? 1 : 0;
  for (const double deviation : spread.step) coordinates += deviation > 0.0 ? c.process.H() : 0;
  WeighedMoments moments(c.theta.size());
  Arena arena;
  std::vector<std::size_t> digit(coordinates, 0);
  for (std::size_t i = 0; i < coordinates;) {
    std::vector<double> z;
    double probability = 1.0;
    for (const std::size_t k : digit) {
      z.push_back(node[k]);
      probability *= weight[k];
    }
    RegulatorPath path = simulate(c, spread, x0, z);
    score(c, path, arena);
    moments.add(probability, g(path).data());
    for (i = 0; i < coordinates && ++digit[i] == 5; ++i) digit[i] = 0;
  }
  return moments;
}

/// The two sides agree, and are two computations.
inline void check_integral(const ContributionMoments& exact, const WeighedMoments& integrated) {
  const std::size_t d = exact.mean.size();
  CHECK_THAT(integrated.total(), Catch::Matchers::WithinAbs(1.0, 1e-12));
  bool identical = true;
  for (std::size_t i = 0; i < d; ++i) {
    CHECK_THAT(exact.mean[i], Catch::Matchers::WithinRel(integrated.mean()[i], 1e-10));
    identical = identical && exact.mean[i] == integrated.mean()[i];
    for (std::size_t j = 0; j < d; ++j) {
      const double expected = i <= j ? integrated.covariance(i, j) : integrated.covariance(j, i);
      identical = identical && exact.covariance(i, j) == expected;
      const double size = std::sqrt(integrated.variance(i) * integrated.variance(j));
      CHECK_THAT(exact.covariance(i, j), Catch::Matchers::WithinAbs(expected, 1e-10 * size));
    }
  }
  CHECK(!identical);
}

inline double to_go_of(const RegulatorPath& path, std::size_t t, double gamma) {
  double sum = 0.0;
  for (std::size_t k = t; k < path.r.size(); ++k)
    sum += std::pow(gamma, static_cast<double>(k)) * path.r[k];
  return sum;
}

}  // namespace seedbed
