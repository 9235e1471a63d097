#include "oracle/linear_gaussian_process.hpp"

#include <algorithm>
#include <cmath>
#include <seedbed/error.hpp>
#include <string>

namespace seedbed {

namespace {

seedbed_linear_quadratic_model linear_quadratic_model_of(const Instance& environment) {
  const void* functions = environment.plugin().capability(SEEDBED_ENVIRONMENT_LINEAR_QUADRATIC);
  if (!functions)
    throw Error(environment.plugin().title() + ": expected a linear-quadratic model, got none");
  seedbed_linear_quadratic_model model{};
  static_cast<const seedbed_linear_quadratic*>(functions)->model(environment.self(), &model);
  return model;
}

const seedbed_linear_gaussian& gaussian_of(const Instance& policy) {
  const void* functions = policy.plugin().capability(SEEDBED_POLICY_LINEAR_GAUSSIAN);
  if (!functions)
    throw Error(policy.plugin().title() + ": expected a linear-Gaussian policy, got another");
  return *static_cast<const seedbed_linear_gaussian*>(functions);
}

/// L with L L' = S for a positive semidefinite S; a pivot that rounding leaves of 0 is 0.
Dense root(const Dense& S) {
  Dense L(S.rows, S.rows);
  for (std::size_t j = 0; j < S.rows; ++j) {
    double pivot = S(j, j);
    for (std::size_t k = 0; k < j; ++k) pivot -= L(j, k) * L(j, k);
    if (pivot <= 1e-12 * S(j, j)) continue;
    L(j, j) = std::sqrt(pivot);
    for (std::size_t i = j + 1; i < S.rows; ++i) {
      double rest = S(i, j);
      for (std::size_t k = 0; k < j; ++k) rest -= L(i, k) * L(j, k);
      L(i, j) = rest / L(j, j);
    }
  }
  return L;
}

/// Puts L into the columns from `first` of the rows of an affine vector.
void put(const Dense& L, std::size_t first, Dense& rows) {
  for (std::size_t i = 0; i < L.rows; ++i)
    for (std::size_t j = 0; j < L.columns; ++j) rows(i, first + j) += L(i, j);
}

/// The columns of theta's derivatives, by the policy, one natural parameter at a time.
Dense pull_back_of(const Instance& policy, const std::vector<double>& theta, std::size_t gains,
                   std::size_t actions) {
  const std::size_t p = gains + actions, d = theta.size();
  Dense result(d, p);
  std::vector<double> unit(p, 0.0), gradient(d);
  for (std::size_t c = 0; c < p; ++c) {
    unit[c] = 1.0;
    gaussian_of(policy).pull_back(policy.self(), theta.data(), unit.data(), unit.data() + gains,
                                  gradient.data());
    for (std::size_t j = 0; j < d; ++j) result(j, c) = gradient[j];
    unit[c] = 0.0;
  }
  return result;
}

}  // namespace

bool LinearGaussianProcess::supports(const Instance& environment, const Instance& policy) {
  return environment.plugin().capability(SEEDBED_ENVIRONMENT_LINEAR_QUADRATIC) &&
         policy.plugin().capability(SEEDBED_POLICY_LINEAR_GAUSSIAN);
}

LinearGaussianProcess::LinearGaussianProcess(const Instance& environment, const Instance& policy,
                                             const Objective& objective,
                                             const std::vector<double>& theta)
    : A(0, 0),
      B(0, 0),
      Q(0, 0),
      R(0, 0),
      Q_next(0, 0),
      K(0, 0),
      objective_(objective),
      pull_back_(0, 0) {
  const seedbed_linear_quadratic_model model = linear_quadratic_model_of(environment);
  A = Dense(model.n, model.n, model.A);
  B = Dense(model.n, model.m, model.B);
  Q = symmetric(model.Q, model.n);
  R = symmetric(model.R, model.m);
  Q_next = symmetric(model.Q_next, model.n);
  K = Dense(model.m, model.n);
  variance.assign(model.m, 0.0);
  gaussian_of(policy).gain(policy.self(), theta.data(), K.data.data(), variance.data());
  pull_back_ = pull_back_of(policy, theta, model.m * model.n, model.m);
  const double numbers = static_cast<double>(H() + 1) * std::pow(static_cast<double>(D() + 1), 2);
  if (numbers > 0x1p26)
    throw Error(environment.plugin().title() + ": exact variance: expected at most 2^26 numbers " +
                "in the forms of all steps, got " +
                std::to_string(static_cast<std::uint64_t>(numbers)) +
                " (a shorter horizon has less)");
  unroll(model);
}

///   x_0 = m_0 + X_0^½ z      u_t = K x_t + e_t      x_{t+1} = A x_t + B u_t + W^½ z
void LinearGaussianProcess::unroll(const seedbed_linear_quadratic_model& model) {
  const Dense noise = root(symmetric(model.W, n()));
  Dense first(n(), D() + 1);
  put(root(symmetric(model.X_0, n())), 0, first);
  put(Dense(n(), 1, model.m_0), D(), first);
  x_.push_back(first);
  for (std::size_t t = 0; t < H(); ++t) {
    u_.push_back(K * x_[t] + exploration(t));
    x_.push_back(A * x_[t] + B * u_[t]);
    put(noise, known_at(t) + m(), x_.back());
  }
}

double LinearGaussianProcess::discount(std::size_t t) const {
  return std::pow(gamma(), static_cast<double>(t));
}

Dense LinearGaussianProcess::exploration(std::size_t t) const {
  Dense e(m(), D() + 1);
  for (std::size_t i = 0; i < m(); ++i) e(i, known_at(t) + i) = std::sqrt(variance[i]);
  return e;
}

///   r_t = −(x_t'Q x_t + u_t'R u_t + x_{t+1}'Q⁺x_{t+1})
GaussianForm LinearGaussianProcess::reward(std::size_t t) const {
  GaussianForm r(D());
  r.add(-1.0, x_[t], Q, x_[t]);
  r.add(-1.0, u_[t], R, u_[t]);
  r.add(-1.0, x_[t + 1], Q_next, x_[t + 1]);
  return r;
}

std::vector<GaussianForm> LinearGaussianProcess::returns_from() const {
  std::vector<GaussianForm> from(H() + 1, GaussianForm(D()));
  for (std::size_t t = H(); t-- > 0;) {
    from[t] = from[t + 1];
    from[t].add(discount(t), reward(t));
  }
  return from;
}

}  // namespace seedbed
