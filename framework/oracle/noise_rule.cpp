#include "oracle/noise_rule.hpp"

#include <cmath>

namespace seedbed {

namespace {

/// Orthonormal polynomials of a weight that is even and has mass 1:
///
///   x p_k = b_{k+1} p_{k+1} + b_k p_{k-1},   p_0 = 1,  p_{-1} = 0
///
/// given as b [n+1], b[0] unused.
struct Polynomials {
  std::vector<double> b;

  std::size_t n() const { return b.size() - 1; }

  /// visit(p_k(x)) for k = 0 .. n.
  template <class Visit>
  void each(double x, Visit&& visit) const {
    double before = 0.0, p = 1.0;
    visit(p);
    for (std::size_t k = 0; k < n(); ++k) {
      const double next = (x * p - (k > 0 ? b[k] * before : 0.0)) / b[k + 1];
      before = p;
      visit(p = next);
    }
  }

  /// Roots of p_n above x: sign changes of p_0(x), p_1(x), .., p_n(x). Sturm's theorem.
  std::size_t roots_above(double x) const {
    std::size_t changes = 0;
    double sign = 1.0;
    each(x, [&](double p) {
      if (p * sign < 0.0) ++changes, sign = -sign;
    });
    return changes;
  }
};

/// Gauss quadrature: nodes are the roots of p_n, weights 1 / sum over k < n of p_k(x)^2. Found on
/// the positive side by bisection and mirrored. Source: Golub & Welsch 1969.
NoiseRule gauss(const Polynomials& polynomials, double bound) {
  const std::size_t n = polynomials.n();
  NoiseRule rule{std::vector<double>(n), std::vector<double>(n)};
  for (std::size_t i = 0; i < (n + 1) / 2; ++i) {  // root i from above
    double low = 0.0, high = 2 * i + 1 == n ? 0.0 : bound;
    while (true) {
      const double middle = 0.5 * (low + high);
      if (middle <= low || middle >= high) break;
      (polynomials.roots_above(middle) > i ? low : high) = middle;
    }
    double sum = 0.0;
    std::size_t k = 0;
    polynomials.each(low, [&](double p) { sum += k++ < n ? p * p : 0.0; });
    rule.value[n - 1 - i] = low;
    rule.value[i] = -low;
    rule.weight[i] = rule.weight[n - 1 - i] = 1.0 / sum;
  }
  return rule;
}

}  // namespace

NoiseRule normal_rule(std::size_t n) {
  Polynomials hermite{std::vector<double>(n + 1)};
  for (std::size_t k = 1; k <= n; ++k) hermite.b[k] = std::sqrt(static_cast<double>(k));
  return gauss(hermite, 2.0 * std::sqrt(static_cast<double>(n)) + 1.0);
}

NoiseRule uniform_rule(std::size_t n) {
  Polynomials legendre{std::vector<double>((n + 1) / 2 + 1)};
  for (std::size_t k = 1; k < legendre.b.size(); ++k) {
    const auto order = static_cast<double>(k);
    legendre.b[k] = order / std::sqrt(4.0 * order * order - 1.0);
  }
  const NoiseRule side = gauss(legendre, 1.0);
  NoiseRule rule;
  for (const double shift : {0.25, 0.75})
    for (std::size_t i = 0; i < side.value.size(); ++i) {
      rule.value.push_back(shift + 0.25 * side.value[i]);
      rule.weight.push_back(0.5 * side.weight[i]);
    }
  return rule;
}

}  // namespace seedbed
