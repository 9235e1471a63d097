#include "oracle/linear_quadratic.hpp"

#include <cmath>
#include <seedbed/error.hpp>

#include "oracle/dense.hpp"

namespace seedbed {

namespace {

/// The model, in the symbols of the formulas.
struct Regulator {
  Dense A, B, Q, R, Q_next, W, M_0;  ///< M_0 = m_0 m_0' + X_0
  std::size_t H;
  double gamma;

  Regulator(const seedbed_linear_quadratic_model& model, const Objective& objective)
      : A(model.n, model.n, model.A),
        B(model.n, model.m, model.B),
        Q(symmetric(model.Q, model.n)),
        R(symmetric(model.R, model.m)),
        Q_next(symmetric(model.Q_next, model.n)),
        W(symmetric(model.W, model.n)),
        M_0(symmetric(model.X_0, model.n)),
        H(objective.horizon),
        gamma(objective.discount) {
    const Dense m_0(model.n, 1, model.m_0);
    M_0 += m_0 * transpose(m_0);
  }

  ///   F = A + BK    S_{t+1} = Q⁺ + γ P_{t+1}    P_t = Q + K'RK + F'S_{t+1}F    P_H = 0, n_H = 0
  ///   n_t = tr Σ_u (R + B'S_{t+1}B) + tr W S_{t+1} + γ n_{t+1}
  ///   J = −(tr P_0 M_0 + n_0)        M_t = E x_t x_t'    M_{t+1} = F M_t F' + B Σ_u B' + W
  ///   ∂J/∂K = −2 Σ_t γᵗ [(R + B'S_{t+1}B) K + B'S_{t+1}A] M_t
  ///   ∂J/∂Σ_u = −Σ_t γᵗ (R + B'S_{t+1}B)          (P_t does not depend on Σ_u)
  ///
  /// for reward = −cost. Source: Fazel et al. 2018, lemma 1, for a finite horizon.
  LinearQuadraticValue value(const Dense& K, const Dense& Sigma_u) const {
    const Dense F = A + B * K;
    std::vector<Dense> S(H + 1, Q_next);  // S[t]: S_t for t = 1 .. H
    Dense P(A.rows, A.rows);
    double n = 0.0;
    for (std::size_t t = H; t-- > 0;) {
      S[t + 1] = Q_next + gamma * P;
      P = Q + transpose(K) * R * K + transpose(F) * S[t + 1] * F;
      n = inner(Sigma_u, curvature(S[t + 1])) + inner(W, S[t + 1]) + gamma * n;
    }
    Dense M = M_0, dK(K.rows, K.columns), dSigma_u(K.rows, K.rows);
    double power = 1.0;
    for (std::size_t t = 0; t < H; ++t, power *= gamma) {
      const Dense C = curvature(S[t + 1]);
      dK += -2.0 * power * ((C * K + transpose(B) * S[t + 1] * A) * M);
      dSigma_u += -power * C;
      M = F * M * transpose(F) + B * Sigma_u * transpose(B) + W;
    }
    LinearQuadraticValue result{-(inner(P, M_0) + n), dK.data, {}};
    for (std::size_t i = 0; i < K.rows; ++i) result.dJ_dvariance.push_back(dSigma_u(i, i));
    return result;
  }

  /// R + B'SB: half the second derivative of the cost in u.
  Dense curvature(const Dense& S) const { return R + transpose(B) * S * B; }
};

/// J and its gradient in the entries of K, as a column.
struct GainObjective {
  Regulator regulator;
  Dense Sigma_u;

  double operator()(const Dense& K, Dense& gradient) const {
    const std::size_t m = regulator.B.columns, n = regulator.A.rows;
    const LinearQuadraticValue value = regulator.value(Dense(m, n, K.data.data()), Sigma_u);
    gradient.data = value.dJ_dK;
    return value.J;
  }
};

///   H ← (I − ρ s y') H (I − ρ y s') + ρ s s'        ρ = 1/(y's)
///
/// for a step s that made −∇J rise by y; unchanged where J is not concave along s (y's <= 0).
Dense bfgs(const Dense& H, const Dense& s, const Dense& y) {
  const double along = inner(y, s);
  if (along <= 0.0) return H;
  const Dense I = diagonal(std::vector<double>(H.rows, 1.0));
  const Dense left = I - (1.0 / along) * (s * transpose(y));
  return left * H * transpose(left) + (1.0 / along) * (s * transpose(s));
}

}  // namespace

LinearQuadraticValue solve(const seedbed_linear_quadratic_model& model,
                           const std::vector<double>& K, const std::vector<double>& variance,
                           const Objective& objective) {
  return Regulator(model, objective).value(Dense(model.m, model.n, K.data()), diagonal(variance));
}

///   K ← K + α H ∇J,   α = 1, ½, ¼, ... until J rises
///
/// Source: Nocedal & Wright 2006, algorithm 6.1, with backtracking.
std::vector<double> best_static_gain(const seedbed_linear_quadratic_model& model,
                                     const std::vector<double>& variance,
                                     const Objective& objective) {
  const GainObjective J{Regulator(model, objective), diagonal(variance)};
  Dense K(model.m * model.n, 1), gradient = K, trial_gradient = K;
  double value = J(K, gradient);
  Dense H = (1.0 / (1.0 + norm(gradient))) * diagonal(std::vector<double>(K.rows, 1.0));
  for (int step = 0; step < 1000; ++step) {
    if (norm(gradient) <= 1e-9 * (1.0 + std::abs(value))) return K.data;
    Dense s = H * gradient;
    double rise = J(K + s, trial_gradient) - value;
    // Within rounding of the top J cannot tell better from worse; the gradient can.
    const auto better = [&] {
      const bool flat = std::abs(rise) <= 1e-13 * std::abs(value);
      return rise >= 1e-4 * inner(gradient, s) || (flat && norm(trial_gradient) < norm(gradient));
    };
    for (int halving = 0; halving < 60 && !better(); ++halving) {
      s *= 0.5;
      rise = J(K + s, trial_gradient) - value;
    }
    if (!better()) break;
    K += s;
    value += rise;
    H = bfgs(H, s, gradient - trial_gradient);
    gradient = trial_gradient;
  }
  throw Error("best static gain: expected quasi-Newton steps to settle, got none that did",
              Exit::tasks_failed);
}

}  // namespace seedbed
