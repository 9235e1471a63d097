#include "oracle/linear_quadratic.hpp"

#include <Eigen/Dense>
#include <cmath>
#include <seedbed/error.hpp>

namespace seedbed {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

MatrixXd matrix(const double* data, std::uint64_t rows, std::uint64_t columns) {
  return Eigen::Map<const RowMajor>(data, static_cast<Eigen::Index>(rows),
                                    static_cast<Eigen::Index>(columns));
}

MatrixXd symmetric(const double* data, std::uint64_t size) {
  const MatrixXd M = matrix(data, size, size);
  return 0.5 * (M + M.transpose());
}

/// The model, in the symbols of the formulas.
struct Regulator {
  MatrixXd A, B, Q, R, Q_next, W, M_0;  ///< M_0 = m_0 m_0' + X_0
  std::size_t H;
  double gamma;

  Regulator(const seedbed_linear_quadratic_model& model, const Objective& objective)
      : A(matrix(model.A, model.n, model.n)),
        B(matrix(model.B, model.n, model.m)),
        Q(symmetric(model.Q, model.n)),
        R(symmetric(model.R, model.m)),
        Q_next(symmetric(model.Q_next, model.n)),
        W(symmetric(model.W, model.n)),
        M_0(symmetric(model.X_0, model.n)),
        H(objective.horizon),
        gamma(objective.discount) {
    const VectorXd m_0 = matrix(model.m_0, model.n, 1);
    M_0 += m_0 * m_0.transpose();
  }

  ///   F = A + BK    S_{t+1} = Q⁺ + γ P_{t+1}    P_t = Q + K'RK + F'S_{t+1}F    P_H = 0, n_H = 0
  ///   n_t = tr Σ_u (R + B'S_{t+1}B) + tr W S_{t+1} + γ n_{t+1}
  ///   J = −(tr P_0 M_0 + n_0)        M_t = E x_t x_t'    M_{t+1} = F M_t F' + B Σ_u B' + W
  ///   ∂J/∂K = −2 Σ_t γᵗ [(R + B'S_{t+1}B) K + B'S_{t+1}A] M_t
  ///   ∂J/∂σ²_i = −Σ_t γᵗ (R + B'S_{t+1}B)_ii          (P_t does not depend on Σ_u)
  ///
  /// for reward = −cost. Source: Fazel et al. 2018, lemma 1, for a finite horizon.
  LinearQuadraticValue value(const MatrixXd& K, const VectorXd& variance) const {
    const MatrixXd F = A + B * K;
    std::vector<MatrixXd> S(H + 1, Q_next);  // S[t]: S_t for t = 1 .. H
    MatrixXd P = MatrixXd::Zero(A.rows(), A.cols());
    double n = 0.0;
    for (std::size_t t = H; t-- > 0;) {
      S[t + 1] = Q_next + gamma * P;
      P = Q + K.transpose() * R * K + F.transpose() * S[t + 1] * F;
      n = curvature(S[t + 1]).diagonal().dot(variance) + W.cwiseProduct(S[t + 1]).sum() + gamma * n;
    }
    MatrixXd M = M_0, dK = MatrixXd::Zero(K.rows(), K.cols());
    VectorXd dvariance = VectorXd::Zero(variance.size());
    const MatrixXd noise = B * variance.asDiagonal() * B.transpose() + W;
    double power = 1.0;
    for (std::size_t t = 0; t < H; ++t, power *= gamma) {
      const MatrixXd C = curvature(S[t + 1]);
      dK -= 2.0 * power * (C * K + B.transpose() * S[t + 1] * A) * M;
      dvariance -= power * C.diagonal();
      M = F * M * F.transpose() + noise;
    }
    LinearQuadraticValue result;
    result.J = -(P.cwiseProduct(M_0).sum() + n);
    result.dJ_dK.resize(static_cast<std::size_t>(K.size()));
    Eigen::Map<RowMajor>(result.dJ_dK.data(), K.rows(), K.cols()) = dK;
    result.dJ_dvariance.assign(dvariance.begin(), dvariance.end());
    return result;
  }

  /// R + B'SB: half the second derivative of the cost in u.
  MatrixXd curvature(const MatrixXd& S) const { return R + B.transpose() * S * B; }
};

/// J and its derivatives in the entries of K, row after row.
struct GainObjective {
  Regulator regulator;
  VectorXd variance;

  double operator()(const VectorXd& K, VectorXd& gradient) const {
    const auto value = regulator.value(matrix(K.data(), rows(), columns()), variance);
    gradient = VectorXd::Map(value.dJ_dK.data(), K.size());
    return value.J;
  }
  /// By central differences of the exact gradient.
  MatrixXd hessian(const VectorXd& K) const {
    constexpr double h = 1e-5;
    MatrixXd D(K.size(), K.size());
    VectorXd up, down;
    for (Eigen::Index j = 0; j < K.size(); ++j) {
      (*this)(K + h * VectorXd::Unit(K.size(), j), up);
      (*this)(K - h * VectorXd::Unit(K.size(), j), down);
      D.col(j) = (up - down) / (2.0 * h);
    }
    return 0.5 * (D + D.transpose());
  }
  std::uint64_t rows() const { return static_cast<std::uint64_t>(regulator.B.cols()); }
  std::uint64_t columns() const { return static_cast<std::uint64_t>(regulator.A.rows()); }
};

}  // namespace

LinearQuadraticValue solve(const seedbed_linear_quadratic_model& model,
                           const std::vector<double>& K, const std::vector<double>& variance,
                           const Objective& objective) {
  return Regulator(model, objective)
      .value(matrix(K.data(), model.m, model.n), matrix(variance.data(), model.m, 1));
}

///   K ← K + (λ D − ∇²J)⁻¹ ∇J,   D = diag |∇²J|
///
/// λ falls after a step that gains and rises after one that does not. Source: Marquardt 1963.
std::vector<double> best_static_gain(const seedbed_linear_quadratic_model& model,
                                     const std::vector<double>& variance,
                                     const Objective& objective) {
  const GainObjective J{Regulator(model, objective), matrix(variance.data(), model.m, 1)};
  VectorXd K = VectorXd::Zero(static_cast<Eigen::Index>(model.m * model.n)), gradient, at_trial;
  double value = J(K, gradient), lambda = 1.0;
  for (int step = 0; step < 1000; ++step) {
    const double scale = 1e-9 * (1.0 + std::abs(value));
    if (gradient.lpNorm<Eigen::Infinity>() <= scale) return {K.begin(), K.end()};
    MatrixXd D = -J.hessian(K);
    D.diagonal() += lambda * (D.diagonal().cwiseAbs().array() + scale).matrix();
    const Eigen::LLT<MatrixXd> factor(D);
    const bool concave = factor.info() == Eigen::Success;
    const VectorXd trial = concave ? K + factor.solve(gradient) : K;
    const double gained = concave ? J(trial, at_trial) - value : -1.0;
    // Within rounding of the top J cannot tell better from worse; the gradient can.
    const bool flat = std::abs(gained) <= 1e-14 * std::abs(value);
    if (gained > 0.0 || (flat && at_trial.norm() < gradient.norm())) {
      K = trial;
      gradient = at_trial;
      value += gained;
      lambda *= 0.1;
    } else {
      lambda = 10.0 * lambda + 1e-12;
    }
  }
  throw Error("best static gain: expected damped Newton steps to settle, got none that did",
              Exit::tasks_failed);
}

}  // namespace seedbed
