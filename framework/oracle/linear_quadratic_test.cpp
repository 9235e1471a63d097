#include "oracle/linear_quadratic.hpp"

#include <catch2/catch.hpp>
#include <functional>

using namespace seedbed;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

/// Recht's double integrator: cost sum of x_{t+1}' diag(1,0) x_{t+1} + u_t^2 over 10 steps.
seedbed_linear_quadratic_model recht_model() {
  static const std::vector<double> A{1, 1, 0, 1}, B{0, 1}, zero(4, 0.0), one(1, 1.0),
      first_coordinate{1, 0, 0, 0}, W{1e-4, 0, 0, 1e-4}, m_0{-1, 0};
  seedbed_linear_quadratic_model model{};
  model.n = 2;
  model.m = 1;
  model.A = A.data();
  model.B = B.data();
  model.Q = zero.data();
  model.R = one.data();
  model.Q_next = first_coordinate.data();
  model.W = W.data();
  model.m_0 = m_0.data();
  model.X_0 = zero.data();
  return model;
}
const Objective ten_steps{10, 1.0};

const std::vector<double> K3{-.2, .1, .05, .1, -.3, .15}, variance2{.04, .09};
/// Two inputs, three states, every matrix full and none symmetric by chance.
seedbed_linear_quadratic_model full_model() {
  static const std::vector<double> A{.9, .2, -.1, .05, .8, .3, 0, -.2, .7},
      B{.5, 0, .1, 1, -.3, .4}, Q{1, .2, 0, .2, 2, .1, 0, .1, .5}, R{.6, .1, .1, .9},
      Q_next{.3, 0, .1, 0, .4, 0, .1, 0, .2}, W{.02, .005, 0, .005, .03, 0, 0, 0, .01},
      m_0{1, -.5, .25}, X_0{.1, 0, .02, 0, .2, 0, .02, 0, .3};
  seedbed_linear_quadratic_model model{};
  model.n = 3;
  model.m = 2;
  model.A = A.data();
  model.B = B.data();
  model.Q = Q.data();
  model.R = R.data();
  model.Q_next = Q_next.data();
  model.W = W.data();
  model.m_0 = m_0.data();
  model.X_0 = X_0.data();
  return model;
}

/// The expected cost forward in time, through second moments and not through P:
///   E c_t = tr (Q + K'RK) M_t + tr R Σ_u + tr Q⁺ M_{t+1}
double forward_cost(const seedbed_linear_quadratic_model& p, const std::vector<double>& K,
                    const std::vector<double>& variance, const Objective& objective) {
  const std::size_t n = p.n, m = p.m;
  std::vector<double> M(n * n), F(p.A, p.A + n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      M[i * n + j] = p.m_0[i] * p.m_0[j] + p.X_0[i * n + j];
      for (std::size_t k = 0; k < m; ++k) F[i * n + j] += p.B[i * m + k] * K[k * n + j];
    }
  double J = 0.0, power = 1.0;
  for (std::size_t t = 0; t < objective.horizon; ++t, power *= objective.discount) {
    std::vector<double> next(p.W, p.W + n * n);
    double cost = 0.0;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) {
        cost += p.Q[i * n + j] * M[i * n + j];
        for (std::size_t k = 0; k < m; ++k) {
          for (std::size_t l = 0; l < m; ++l)
            cost += K[k * n + i] * p.R[k * m + l] * K[l * n + j] * M[i * n + j];
          next[i * n + j] += p.B[i * m + k] * variance[k] * p.B[j * m + k];
        }
        for (std::size_t k = 0; k < n; ++k)
          for (std::size_t l = 0; l < n; ++l)
            next[i * n + j] += F[i * n + k] * M[k * n + l] * F[j * n + l];
      }
    for (std::size_t k = 0; k < m; ++k) cost += p.R[k * m + k] * variance[k];
    for (std::size_t i = 0; i < n * n; ++i) cost += p.Q_next[i] * next[i];
    M = next;
    J -= power * cost;
  }
  return -J;
}

double central_difference(const std::function<double(double)>& J) {
  constexpr double h = 1e-5;
  return (J(h) - J(-h)) / (2.0 * h);
}

}  // namespace

TEST_CASE("Recht's regulator costs 10.088 under zero control") {
  CHECK_THAT(solve(recht_model(), {0, 0}, {0}, ten_steps).J, WithinAbs(-10.088, 5e-4));
}

TEST_CASE("Recht's regulator has its published best static gain") {
  const std::vector<double> K = best_static_gain(recht_model(), {0}, ten_steps);
  CHECK_THAT(K[0], WithinAbs(-0.480450, 5e-7));
  CHECK_THAT(K[1], WithinAbs(-1.249350, 5e-7));
  CHECK_THAT(solve(recht_model(), K, {0}, ten_steps).J, WithinAbs(-1.605774, 5e-7));
}

TEST_CASE("Recht's regulator has its published gradient under zero control") {
  const LinearQuadraticValue value = solve(recht_model(), {0, 0}, {0.04 * 0.04}, ten_steps);
  CHECK_THAT(value.dJ_dK[0], WithinAbs(-341.0616, 5e-5));
}

TEST_CASE("J by the cost-to-go is J by the forward moments") {
  bool identical = true;  // two computations, not one: their rounding differs somewhere
  for (const Objective& objective : {Objective{7, 0.9}, Objective{4, 1.0}, Objective{1, 0.5}}) {
    const double backward = solve(full_model(), K3, variance2, objective).J;
    const double forward = -forward_cost(full_model(), K3, variance2, objective);
    identical = identical && backward == forward;
    CHECK_THAT(backward, WithinRel(forward, 1e-13));
  }
  CHECK(!identical);
}

TEST_CASE("the gradient in the gain is the central difference of J") {
  const Objective objective{7, 0.9};
  const LinearQuadraticValue value = solve(full_model(), K3, variance2, objective);
  for (std::size_t j = 0; j < K3.size(); ++j) {
    const double difference = central_difference([&](double h) {
      std::vector<double> K = K3;
      K[j] += h;
      return solve(full_model(), K, variance2, objective).J;
    });
    CHECK(value.dJ_dK[j] != difference);
    CHECK_THAT(value.dJ_dK[j], WithinAbs(difference, 1e-7));
  }
}

TEST_CASE("the gradient in the variance is the central difference of J") {
  const Objective objective{7, 0.9};
  const LinearQuadraticValue value = solve(full_model(), K3, variance2, objective);
  for (std::size_t j = 0; j < variance2.size(); ++j) {
    const double difference = central_difference([&](double h) {
      std::vector<double> variance = variance2;
      variance[j] += h;
      return solve(full_model(), K3, variance, objective).J;
    });
    CHECK(value.dJ_dvariance[j] != difference);
    CHECK_THAT(value.dJ_dvariance[j], WithinAbs(difference, 1e-7));
  }
}

TEST_CASE("one step of a scalar regulator has the cost written out by hand") {
  // x' = .5 x + 2 u + w, W = .1; cost 3 x^2 + .7 u^2 + 1.5 x'^2; x ~ N(2, .25), u = -.4 x + e.
  const double a = .5, b = 2, q = 3, r = .7, q_next = 1.5, w = .1, mean = 2, spread = .25;
  const seedbed_linear_quadratic_model model{1, 1, &a, &b, &q, &r, &q_next, &w, &mean, &spread};
  const double second = 4.25, variance = .01, closed = .5 - .8;
  const double cost = 3 * second + .7 * (.16 * second + variance) +
                      1.5 * (closed * closed * second + 4 * variance + w);
  CHECK_THAT(solve(model, {-.4}, {variance}, {1, 1.0}).J, WithinAbs(-cost, 1e-14));
}

TEST_CASE("the best static gain has no gradient and no better neighbour") {
  const Objective objective{20, 0.95};
  const std::vector<double> best = best_static_gain(full_model(), variance2, objective);
  const LinearQuadraticValue value = solve(full_model(), best, variance2, objective);
  for (std::size_t j = 0; j < best.size(); ++j) {
    CHECK_THAT(value.dJ_dK[j], WithinAbs(0.0, 1e-7));
    for (const double h : {-1e-3, 1e-3}) {
      std::vector<double> K = best;
      K[j] += h;
      CHECK(solve(full_model(), K, variance2, objective).J < value.J);
    }
  }
}
