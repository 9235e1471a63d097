#include "oracle/variance_sources.hpp"

#include "oracle/foresight.hpp"
#include "oracle/second_moment.hpp"

namespace seedbed {

double row_sum(const Dense& parts, std::size_t t) {
  double sum = 0.0;
  for (std::size_t j = 0; j < parts.columns; ++j) sum += parts(t, j);
  return sum;
}

double VarianceSources::total() const {
  double sum = 0.0;
  for (const double part : initial) sum += part;
  for (std::size_t t = 0; t < action.rows; ++t) sum += row_sum(action, t) + row_sum(transition, t);
  return sum;
}

namespace {

/// part += weight (x - mean)^2, component by component.
void add_square(double weight, const double* x, const std::vector<double>& mean, double* part) {
  for (std::size_t j = 0; j < mean.size(); ++j)
    part[j] += weight * (x[j] - mean[j]) * (x[j] - mean[j]);
}

/// Of one (t, s): m_a = γ E[u'|s,a], and its mean over the actions.
void add_state(const Foresight& ahead, std::size_t t, std::size_t s, double weight,
               VarianceSources& parts) {
  const TabularProblem& p = ahead.p;
  const std::vector<double> nothing(ahead.d, 0.0);
  std::vector<std::vector<double>> following(ahead.A, nothing);
  std::vector<double> mean = nothing, next(ahead.d);
  for (std::size_t a = 0; a < ahead.A; ++a) {
    ahead.add_following(t, s, a, 1.0, following[a].data());
    for (std::size_t j = 0; j < ahead.d; ++j) mean[j] += p.pi[p.at(t, s, a)] * following[a][j];
  }
  for (std::size_t a = 0; a < ahead.A; ++a) {
    const double pi = weight * p.pi[p.at(t, s, a)];
    add_square(pi, following[a].data(), mean, &parts.action(t, 0));
    ahead.outcomes.each(s, a, [&](const OutcomeTable::Outcome& o) {
      for (std::size_t j = 0; j < ahead.d; ++j)
        next[j] = o.going_on * p.discount * ahead.u[p.at(t + 1, o.next) * ahead.d + j];
      add_square(pi * o.probability, next.data(), following[a], &parts.transition(t, 0));
    });
  }
}

}  // namespace

/// h_t(s) holds no action, but a_t decides where the process goes: with u_t(s) = ∇V_t(s), as for
/// reward-to-go, the draws of a_t and of the outcome move E[g|F] by
///
///   γᵗ (γ E[u'|s,a] − γ E[u'|s])        γᵗ (γ u'(s') − γ E[u'|s,a])
VarianceSources all_action_sources(const FiniteProcess& process, Arena& arena) {
  const TabularProblem& p = process.problem();
  const Foresight ahead(process, {no_baseline(p), 1.0, p.discount}, arena);
  VarianceSources parts{ahead.initial_variance(), Dense(p.horizon, ahead.d),
                        Dense(p.horizon, ahead.d)};
  const std::vector<double> power = geometric(p.discount, p.horizon);
  for (std::size_t t = 0; t < p.horizon; ++t)
    for (std::size_t s = 0; s < ahead.S; ++s)
      if (const double visits = ahead.visits[p.at(t, s)]; visits > 0.0)
        add_state(ahead, t, s, power[t] * power[t] * visits, parts);
  return parts;
}

std::optional<std::vector<NamedSources>> sources_of_ladder(const DecisionProblem& problem,
                                                           const std::vector<double>& theta,
                                                           Arena& arena) {
  if (!FiniteProcess::supports(problem.environment(), problem.policy())) return std::nullopt;
  const FiniteProcess process(problem.environment(), problem.policy(), problem.objective(), theta,
                              arena);
  const TabularProblem& p = process.problem();
  return {
      {{"REINFORCE", reinforce_sources(process, 0.0, arena)},
       {"reward-to-go", critic_sources(process, {no_baseline(p), 1.0, p.discount}, arena)},
       {"reward-to-go, b = V(s)", critic_sources(process, {solve(p).V, 1.0, p.discount}, arena)},
       {"all-action, exact Q", all_action_sources(process, arena)}}};
}

}  // namespace seedbed
