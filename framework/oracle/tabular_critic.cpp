#include <algorithm>
#include <cassert>

#include "oracle/outcome_table.hpp"
#include "oracle/second_moment.hpp"
#include "oracle/tabular_variance.hpp"

namespace seedbed {

namespace {

/// Moments of the advantage A_t and of g_t = psi_t (A_t - b_t) + y g_{t+1}, y the decay: of each
/// state, or of one (s, a) with y g_{t+1} in the place of g_t.
struct Moments {
  Moments(std::size_t states, std::size_t d)
      : A(states, 0.0), AA(states, 0.0), g(states * d, 0.0), gA(states * d, 0.0) {}
  std::vector<double> A, AA;  ///< [S]
  std::vector<double> g, gA;  ///< [S][d]
};

/// The backward pass. estimators.md carries E[gg' | s]; here it is unrolled, for it is linear:
/// what a step adds needs only vectors of what follows.
///
///   E gg' = Σ_t y^{2t} Σ_s d_t(s) Σ_a π (ψψ' E[A²] + ψ E[y g'A]' + E[y g'A] ψ'
///                                        + φφ' − φ (ψ E[A] + E[y g'])' − (ψ E[A] + E[y g']) φ')
///
/// where φ_j = ψ_j b_tj: the last line is what the baselines change.
class Advantages {
 public:
  Advantages(const FiniteProcess& process, const Critic& critic, Arena& arena)
      : process_(process),
        critic_(critic),
        p_(process.problem()),
        arena_(arena),
        outcomes_(p_.model),
        S_(p_.model.states),
        d_(process.theta().size()),
        visits_(solve(p_).d),
        following_(S_, d_),
        given_(1, d_),
        second_(d_) {}

  ContributionMoments moments() {
    const std::vector<double> power = geometric(critic_.decay, p_.horizon);
    for (std::size_t t = p_.horizon; t-- > 0;) step(t, power[t] * power[t]);
    std::vector<double> mean(d_, 0.0);
    for (std::size_t s = 0; s < S_; ++s)
      for (std::size_t j = 0; j < d_; ++j)
        mean[j] += p_.model.initial[s] * following_.g[s * d_ + j];
    return {mean, covariance_of(second_.value(), mean)};
  }

 private:
  ///   A = δ + x A'        x = γλ
  ///   E[A]      = Σ_o P (δ + x E[A'])          E[y g'] = y Σ_o P E[g']
  ///   E[A²]     = Σ_o P (δ² + 2δx E[A'] + x² E[A'²])
  ///   E[y g' A] = y Σ_o P (δ E[g'] + x E[g'A'])
  void look_ahead(std::size_t t, std::size_t s, std::size_t a) {
    given_ = Moments(1, d_);
    const double x = p_.discount * critic_.lambda, y = critic_.decay;
    outcomes_.each(s, a, [&](const OutcomeTable::Outcome& o) {
      const double P = o.probability, going = P * o.going_on;
      const double next_value = o.going_on * critic_.values[p_.at(t + 1, o.next)];
      const double delta = o.reward + p_.discount * next_value - critic_.values[p_.at(t, s)];
      const double A = following_.A[o.next], AA = following_.AA[o.next];
      given_.A[0] += P * delta + going * x * A;
      given_.AA[0] += P * delta * delta + going * (2.0 * delta * x * A + x * x * AA);
      if (going == 0.0) return;
      const double *g = &following_.g[o.next * d_], *gA = &following_.gA[o.next * d_];
      for (std::size_t j = 0; j < d_; ++j) {
        given_.g[j] += going * y * g[j];
        given_.gA[j] += going * y * (delta * g[j] + x * gA[j]);
      }
    });
  }

  ///   φ_j = ψ_j b_tj where it is not 0
  std::vector<StepScores::Entry> baseline_parts(std::size_t t,
                                                std::span<const StepScores::Entry> psi) const {
    std::vector<StepScores::Entry> phi;
    if (critic_.baselines.rows == 0) return phi;
    for (const auto& [index, value] : psi)
      if (const double b = critic_.baselines(t, index); b != 0.0) phi.push_back({index, b * value});
    return phi;
  }

  /// What (s, a) adds to E gg', of which `weight` is y^{2t} d_t(s) π.
  void add_second(double weight, std::span<const StepScores::Entry> psi,
                  std::span<const StepScores::Entry> phi) {
    second_.add(weight, psi, given_.AA[0], given_.gA.data());
    if (phi.empty()) return;
    std::vector<double> less(d_);
    for (std::size_t j = 0; j < d_; ++j) less[j] = -given_.g[j];
    add(-given_.A[0], psi, less.data());
    second_.add(weight, phi, 1.0, less.data());
  }

  ///   E[g] = Σ_a π (ψ E[A] + E[y g'])        E[gA] = Σ_a π (ψ E[A²] − φ E[A] + E[y g'A])
  void step(std::size_t t, double squared_power) {
    const StepScores scores(process_, t, arena_);
    Moments now(S_, d_);
    for (std::size_t s = 0; s < S_; ++s) {
      const double visits = visits_[p_.at(t, s)];
      if (visits == 0.0) continue;
      for (std::size_t a = 0; a < p_.model.actions; ++a) {
        const double pi = p_.pi[p_.at(t, s, a)];
        if (pi == 0.0) continue;
        const auto psi = scores(s, a);
        const auto phi = baseline_parts(t, psi);
        look_ahead(t, s, a);
        add_second(squared_power * visits * pi, psi, phi);
        now.A[s] += pi * given_.A[0];
        now.AA[s] += pi * given_.AA[0];
        add(pi * given_.A[0], psi, &now.g[s * d_]);
        add(pi * given_.AA[0], psi, &now.gA[s * d_]);
        add(-pi * given_.A[0], phi, &now.gA[s * d_]);
        for (std::size_t j = 0; j < d_; ++j) {
          now.g[s * d_ + j] += pi * given_.g[j];
          now.gA[s * d_ + j] += pi * given_.gA[j];
        }
      }
    }
    following_ = std::move(now);
  }

  const FiniteProcess& process_;
  const Critic& critic_;
  const TabularProblem& p_;
  Arena& arena_;
  OutcomeTable outcomes_;
  std::size_t S_, d_;
  std::vector<double> visits_;  // d_t(s)
  Moments following_;           // of t + 1
  Moments given_;               // of one (s, a)
  SecondMoment second_;
};

}  // namespace

ContributionMoments critic_moments(const FiniteProcess& process, const Critic& critic,
                                   Arena& arena) {
  assert(critic.values.size() == no_baseline(process.problem()).size());
  return Advantages(process, critic, arena).moments();
}

std::vector<double> no_baseline(const TabularProblem& p) {
  return std::vector<double>((p.horizon + 1) * p.model.states, 0.0);
}

///   b_t = Σ_s d_t(s) V_t(s) / Σ_s d_t(s)
std::vector<double> step_baseline(const TabularProblem& p, const TabularSolution& solution) {
  std::vector<double> b = no_baseline(p);
  for (std::size_t t = 0; t < p.horizon; ++t) {
    double value = 0.0, alive = 0.0;
    for (std::size_t s = 0; s < p.model.states; ++s) {
      value += solution.d[p.at(t, s)] * solution.V[p.at(t, s)];
      alive += solution.d[p.at(t, s)];
    }
    for (std::size_t s = 0; s < p.model.states && alive > 0.0; ++s) b[p.at(t, s)] = value / alive;
  }
  return b;
}

}  // namespace seedbed
