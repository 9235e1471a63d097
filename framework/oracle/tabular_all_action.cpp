#include "oracle/outcome_table.hpp"
#include "oracle/second_moment.hpp"
#include "oracle/tabular_variance.hpp"

namespace seedbed {

namespace {

/// The backward pass, with u_t(s) = E[Σ_{k≥t} γ^{k−t} h_k | s_t = s].
struct AllAction {
  const FiniteProcess& process;
  Arena& arena;
  const TabularProblem& p = process.problem();
  OutcomeTable outcomes{p.model};
  TabularSolution solution = solve(p);
  std::size_t S = p.model.states, d = process.theta().size();
  std::vector<double> u = std::vector<double>(S * d, 0.0);  ///< [S][d]
  SecondMoment second{d};

  ///   h_t(s) = Σ_a π_t(a|s) ψ_t(s,a) Q_t(s,a)
  std::vector<StepScores::Entry> h(const StepScores& scores, std::size_t t, std::size_t s) const {
    std::vector<double> dense(d, 0.0);
    for (std::size_t a = 0; a < p.model.actions; ++a)
      if (const double pi = p.pi[p.at(t, s, a)]; pi > 0.0)
        add(pi * solution.Q[p.at(t, s, a)], scores(s, a), dense.data());
    std::vector<StepScores::Entry> entries;
    for (std::size_t j = 0; j < d; ++j)
      if (dense[j] != 0.0) entries.push_back({j, dense[j]});
    return entries;
  }

  ///   γ E[u_{t+1}(s') | s_t = s] = γ Σ_a π Σ_o P u_{t+1}(s'_o)
  void following(std::size_t t, std::size_t s, double* mean) const {
    for (std::size_t a = 0; a < p.model.actions; ++a)
      outcomes.each(s, a, [&](const OutcomeTable::Outcome& o) {
        const double weight = p.discount * p.pi[p.at(t, s, a)] * o.probability * o.going_on;
        for (std::size_t j = 0; j < d && weight != 0.0; ++j) mean[j] += weight * u[o.next * d + j];
      });
  }

  void step(std::size_t t, double squared_power) {
    const StepScores scores(process, t, arena);
    std::vector<double> now(S * d, 0.0);
    for (std::size_t s = 0; s < S; ++s) {
      const double visits = solution.d[p.at(t, s)];
      if (visits == 0.0) continue;
      double* mean = &now[s * d];
      following(t, s, mean);
      const auto entries = h(scores, t, s);
      second.add(squared_power * visits, entries, 1.0, mean);
      add(1.0, entries, mean);
    }
    u = std::move(now);
  }
};

}  // namespace

///   E gg' = Σ_t γ^{2t} Σ_s d_t(s) (hh' + h E[γu'|s]' + E[γu'|s] h')
ContributionMoments all_action_moments(const FiniteProcess& process, Arena& arena) {
  AllAction pass{process, arena};
  const std::vector<double> power = geometric(pass.p.discount, pass.p.horizon);
  for (std::size_t t = pass.p.horizon; t-- > 0;) pass.step(t, power[t] * power[t]);
  std::vector<double> mean(pass.d, 0.0);
  for (std::size_t s = 0; s < pass.S; ++s)
    for (std::size_t j = 0; j < pass.d; ++j)
      mean[j] += pass.p.model.initial[s] * pass.u[s * pass.d + j];
  return {mean, covariance_of(pass.second.value(), mean)};
}

}  // namespace seedbed
