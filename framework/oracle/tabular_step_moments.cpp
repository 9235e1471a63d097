#include "oracle/outcome_table.hpp"
#include "oracle/step_scores.hpp"
#include "oracle/tabular_variance.hpp"

namespace seedbed {

namespace {

/// E[C 1{s_t = s}] and E[C² 1{s_t = s}] by component, with C = Σ_{u<t} ψ_u; [S][d] each.
struct Past {
  Past(std::size_t states, std::size_t d) : C(states, d), CC(states, d) {}
  Dense C, CC;
};

/// Forward over what came before a step, then backward over what follows it.
class Steps {
 public:
  Steps(const FiniteProcess& process, Arena& arena)
      : process_(process),
        p_(process.problem()),
        arena_(arena),
        outcomes_(p_.model),
        solution_(solve(p_)),
        d_(process.theta().size()),
        past_(p_.model.states, d_),
        following_(p_.model.states, d_),
        moments_{p_.discount, Dense(p_.horizon, d_), Dense(p_.horizon, d_), Dense(p_.horizon, d_)} {
  }

  StepMoments moments() {
    for (std::size_t t = 0; t < p_.horizon; ++t) advance(t);
    for (std::size_t t = p_.horizon; t-- > 0;) retreat(t);
    return moments_;
  }

 private:
  /// visit(s, a, ψ, π, d_t(s)) for all that can happen at step t.
  template <class Visit>
  void each(std::size_t t, Visit&& visit) const {
    const StepScores scores(process_, t, arena_);
    for (std::size_t s = 0; s < p_.model.states; ++s)
      for (std::size_t a = 0; a < p_.model.actions; ++a) {
        const double pi = p_.pi[p_.at(t, s, a)], visits = solution_.d[p_.at(t, s)];
        if (pi > 0.0 && visits > 0.0) visit(s, a, scores(s, a), pi, visits);
      }
  }

  ///   E ψ_t²      E ψ_t Σ_{u≤t} ψ_u G_t = Σ_s Σ_a π ψ (d ψ + E[C 1{s}]) Q
  ///   E C_t² r_t = Σ_s Σ_a π E[(C + ψ)² 1{s}] E[r_t | s,a]
  void advance(std::size_t t) {
    Past next(p_.model.states, d_);
    each(t, [&](std::size_t s, std::size_t a, std::span<const StepScores::Entry> psi, double pi,
                double visits) {
      Past now(1, d_);
      for (std::size_t j = 0; j < d_; ++j) {
        now.C(0, j) = pi * past_.C(s, j);
        now.CC(0, j) = pi * past_.CC(s, j);
      }
      for (const auto& [j, value] : psi) {
        now.CC(0, j) += pi * value * (2.0 * past_.C(s, j) + visits * value);
        now.C(0, j) += pi * visits * value;
        moments_.squares(t, j) += pi * visits * value * value;
        moments_.products(t, j) += value * now.C(0, j) * solution_.Q[p_.at(t, s, a)];
      }
      outcomes_.each(s, a, [&](const OutcomeTable::Outcome& o) {
        for (std::size_t j = 0; j < d_; ++j) {
          next.C(o.next, j) += o.probability * o.going_on * now.C(0, j);
          next.CC(o.next, j) += o.probability * o.going_on * now.CC(0, j);
          moments_.rewards(t, j) += o.probability * o.reward * now.CC(0, j);
        }
      });
    });
    past_ = std::move(next);
  }

  ///   E ψ_t Σ_{u>t} γ^{u−t} ψ_u G_u = Σ_s d Σ_a π ψ γ E[g' | s,a]      E[g | s] = Σ_a π (ψQ + γg')
  void retreat(std::size_t t) {
    Dense now(p_.model.states, d_);
    std::vector<double> mean(d_);
    each(t, [&](std::size_t s, std::size_t a, std::span<const StepScores::Entry> psi, double pi,
                double visits) {
      mean.assign(d_, 0.0);
      outcomes_.each(s, a, [&](const OutcomeTable::Outcome& o) {
        const double weight = p_.discount * o.probability * o.going_on;
        for (std::size_t j = 0; j < d_; ++j) mean[j] += weight * following_(o.next, j);
      });
      for (const auto& [j, value] : psi) moments_.products(t, j) += pi * visits * value * mean[j];
      add(solution_.Q[p_.at(t, s, a)], psi, mean.data());
      for (std::size_t j = 0; j < d_; ++j) now(s, j) += pi * mean[j];
    });
    following_ = std::move(now);
  }

  const FiniteProcess& process_;
  const TabularProblem& p_;
  Arena& arena_;
  OutcomeTable outcomes_;
  TabularSolution solution_;
  std::size_t d_;
  Past past_;
  Dense following_;  // [S][d] of t + 1
  StepMoments moments_;
};

}  // namespace

StepMoments step_moments(const FiniteProcess& process, Arena& arena) {
  return Steps(process, arena).moments();
}

}  // namespace seedbed
