#include <algorithm>
#include <array>

#include "oracle/outcome_table.hpp"
#include "oracle/second_moment.hpp"
#include "oracle/tabular_variance.hpp"

namespace seedbed {

namespace {

constexpr double binomial[3][3] = {{1, 0, 0}, {1, 1, 0}, {1, 2, 1}};
using Powers = std::array<double, 3>;  // 1, x, x^2 or their moments

Powers powers(double x) {
  return {1.0, x, x * x};
}

/// The backward pass at one step. G is the return from t on, Z the sum of scores from t on; for
/// each state E[G^j] and E[Z G^j], where E[Z] = 0.
class Reinforce {
 public:
  Reinforce(const FiniteProcess& process, Arena& arena)
      : process_(process),
        p_(process.problem()),
        arena_(arena),
        outcomes_(p_.model),
        d_(process.theta().size()),
        past_(past()),
        G_(p_.model.states, {1.0, 0.0, 0.0}),
        ZG_(3, std::vector<double>(p_.model.states * d_, 0.0)),
        sum_(3, SecondMoment(d_)) {}

  ReinforceMoments moments() {
    const std::vector<double> power = geometric(p_.discount, p_.horizon);
    for (std::size_t t = p_.horizon; t-- > 0;) step(t, power[t]);
    ReinforceMoments result;
    result.gradient.assign(d_, 0.0);
    for (std::size_t s = 0; s < p_.model.states; ++s) {
      result.J += p_.model.initial[s] * G_[s][1];
      for (std::size_t j = 0; j < d_; ++j)
        result.gradient[j] += p_.model.initial[s] * ZG_[1][s * d_ + j];
    }
    result.F = sum_[0].value();
    result.ZZR = sum_[1].value();
    result.ZZRR = sum_[2].value();
    return result;
  }

 private:
  ///   E[B_{t+1}^k 1{s'}] = Σ π P (1 − terminated) Σ_i C(k,i) E[B_t^{k−i} 1{s}] (γᵗ r)^i
  ///
  /// where B_t = Σ_{k<t} γ^k r_k is what came before; [H][S].
  std::vector<Powers> past() const {
    const seedbed_tabular_model& m = p_.model;
    std::vector<Powers> B(p_.horizon * m.states, Powers{});
    for (std::size_t s = 0; s < m.states && p_.horizon > 0; ++s) B[s][0] = m.initial[s];
    double power = 1.0;
    for (std::size_t t = 0; t + 1 < p_.horizon; ++t, power *= p_.discount)
      for (std::size_t o = 0; o < m.rows; ++o) {
        const std::size_t s = m.state[o];
        const double weight =
            p_.pi[p_.at(t, s, m.action[o])] * m.probability[o] * (1.0 - m.terminated[o]);
        const Powers r = powers(power * m.reward[o]), before = B[p_.at(t, s)];
        for (std::size_t k = 0; k < 3; ++k)
          for (std::size_t i = 0; i <= k; ++i)
            B[p_.at(t + 1, m.next[o])][k] += weight * binomial[k][i] * before[k - i] * r[i];
      }
    return B;
  }

  ///   E[G^j | s,a]    = Σ_o P Σ_i C(j,i) r^{j−i} γ^i E[G'^i | s']
  ///   E[Z' G^j | s,a] = Σ_o P Σ_i C(j,i) r^{j−i} γ^i E[Z' G'^i | s']
  void act(std::size_t s, std::size_t a) {
    m_ = {};
    for (auto& w : w_) w.assign(d_, 0.0);
    const Powers gamma = powers(p_.discount);
    outcomes_.each(s, a, [&](const OutcomeTable::Outcome& o) {
      const Powers r = powers(o.reward);
      for (std::size_t j = 0; j < 3; ++j) {
        m_[j] += o.probability * r[j];
        for (std::size_t i = 1; i <= j; ++i) {
          const double weight = o.probability * o.going_on * binomial[j][i] * r[j - i] * gamma[i];
          if (weight == 0.0) continue;
          m_[j] += weight * G_[o.next][i];
          const double* following = ZG_[i].data() + o.next * d_;
          for (std::size_t l = 0; l < d_; ++l) w_[j][l] += weight * following[l];
        }
      }
    });
  }

  ///   E ZZ'R^k += Σ_i C(k,i) E[B^{k−i} 1{s}] γ^{ti} π (ψψ' E[G^i] + ψ E[Z'G^i]' + E[Z'G^i] ψ')
  ///
  /// for the pairs (t, u >= t) of Z = Σ ψ_t: given s_t the past is independent of the rest.
  void add(double pi, const Powers& before, const Powers& power,
           std::span<const StepScores::Entry> psi) {
    std::vector<double> omega(d_);
    for (std::size_t k = 0; k < 3; ++k) {
      double mu = 0.0;
      std::fill(omega.begin(), omega.end(), 0.0);
      for (std::size_t i = 0; i <= k; ++i) {
        const double weight = binomial[k][i] * before[k - i] * power[i];
        mu += weight * m_[i];
        for (std::size_t l = 0; l < d_; ++l) omega[l] += weight * w_[i][l];
      }
      sum_[k].add(pi, psi, mu, omega.data());
    }
  }

  void step(std::size_t t, double power) {
    const StepScores scores(process_, t, arena_);
    std::vector<Powers> G(G_.size(), Powers{1.0, 0.0, 0.0});
    std::vector<std::vector<double>> ZG(3, std::vector<double>(ZG_[0].size(), 0.0));
    for (std::size_t s = 0; s < p_.model.states; ++s) {
      const Powers& before = past_[p_.at(t, s)];
      if (before[0] == 0.0) continue;  // never there
      for (std::size_t a = 0; a < p_.model.actions; ++a) {
        const double pi = p_.pi[p_.at(t, s, a)];
        if (pi == 0.0) continue;
        const auto psi = scores(s, a);
        act(s, a);
        add(pi, before, powers(power), psi);
        for (std::size_t j = 1; j < 3; ++j) {
          G[s][j] += pi * m_[j];
          double* to = ZG[j].data() + s * d_;
          seedbed::add(pi * m_[j], psi, to);
          for (std::size_t l = 0; l < d_; ++l) to[l] += pi * w_[j][l];
        }
      }
    }
    G_ = std::move(G);
    ZG_ = std::move(ZG);
  }

  const FiniteProcess& process_;
  const TabularProblem& p_;
  Arena& arena_;
  OutcomeTable outcomes_;
  std::size_t d_;
  std::vector<Powers> past_;
  std::vector<Powers> G_;                 // [S]
  std::vector<std::vector<double>> ZG_;   // [3][S][d]
  std::vector<SecondMoment> sum_;         // of k = 0, 1, 2
  Powers m_{};                            // of one (s, a)
  std::array<std::vector<double>, 3> w_;  // of one (s, a), [d] each
};

}  // namespace

ReinforceMoments reinforce_moments(const FiniteProcess& process, Arena& arena) {
  return Reinforce(process, arena).moments();
}

}  // namespace seedbed
