#include "oracle/tabular.hpp"

namespace seedbed {

namespace {

///   Q_t(s,a) = Σ_o P_o [r_o + γ (1 − terminated_o) V_{t+1}(s'_o)]
///   V_t(s)   = Σ_a π_t(a|s) Q_t(s,a)
///
/// backward from V_H = 0, over the outcomes o of (s,a).
void values(const TabularProblem& p, TabularSolution& solution) {
  const seedbed_tabular_model& m = p.model;
  for (std::size_t t = p.horizon; t-- > 0;) {
    for (std::size_t o = 0; o < m.rows; ++o) {
      const double following = solution.V[p.at(t + 1, m.next[o])];
      solution.Q[p.at(t, m.state[o], m.action[o])] +=
          m.probability[o] * (m.reward[o] + p.discount * (1.0 - m.terminated[o]) * following);
    }
    for (std::size_t s = 0; s < m.states; ++s)
      for (std::size_t a = 0; a < m.actions; ++a)
        solution.V[p.at(t, s)] += p.pi[p.at(t, s, a)] * solution.Q[p.at(t, s, a)];
  }
}

///   d_0 = ρ₀      d_{t+1}(s') = Σ_o d_t(s_o) π_t(a_o|s_o) P_o (1 − terminated_o) [s'_o = s']
void state_distribution(const TabularProblem& p, TabularSolution& solution) {
  const seedbed_tabular_model& m = p.model;
  for (std::size_t s = 0; s < m.states && p.horizon > 0; ++s) solution.d[s] = m.initial[s];
  for (std::size_t t = 0; t + 1 < p.horizon; ++t)
    for (std::size_t o = 0; o < m.rows; ++o)
      solution.d[p.at(t + 1, m.next[o])] += solution.d[p.at(t, m.state[o])] *
                                            p.pi[p.at(t, m.state[o], m.action[o])] *
                                            m.probability[o] * (1.0 - m.terminated[o]);
}

}  // namespace

///   J = Σ_s ρ₀(s) V_0(s)      ∇J = Σ_t γᵗ Σ_s d_t(s) Σ_a π_t(a|s) ψ_t(s,a) Q_t(s,a)
///
/// Source: Sutton et al. 2000, theorem 1, for a finite horizon.
TabularSolution solve(const TabularProblem& p) {
  const std::size_t S = p.model.states, A = p.model.actions, H = p.horizon;
  TabularSolution solution;
  solution.V.assign((H + 1) * S, 0.0);
  solution.Q.assign(H * S * A, 0.0);
  solution.d.assign(H * S, 0.0);
  solution.weight.assign(H * S * A, 0.0);
  values(p, solution);
  state_distribution(p, solution);
  for (std::size_t s = 0; s < S; ++s) solution.J += p.model.initial[s] * solution.V[s];
  double power = 1.0;
  for (std::size_t t = 0; t < H; ++t, power *= p.discount)
    for (std::size_t s = 0; s < S; ++s)
      for (std::size_t a = 0; a < A; ++a)
        solution.weight[p.at(t, s, a)] =
            power * solution.d[p.at(t, s)] * p.pi[p.at(t, s, a)] * solution.Q[p.at(t, s, a)];
  return solution;
}

}  // namespace seedbed
