#include "oracle/foresight.hpp"

namespace seedbed {

///   α_t(s) = Σ_a π E[A_t|s,a]      u_t(s) = Σ_a π (ψ E[A_t|s,a] + y E[u_{t+1}(s')|s,a])
Foresight::Foresight(const FiniteProcess& process, const Critic& critic_, Arena& arena)
    : p(process.problem()),
      critic(critic_),
      S(p.model.states),
      A(p.model.actions),
      d(process.theta().size()),
      outcomes(p.model),
      visits(solve(p).d),
      alpha((p.horizon + 1) * S, 0.0),
      u((p.horizon + 1) * S * d, 0.0) {
  for (std::size_t t = 0; t < p.horizon; ++t) scores.emplace_back(process, t, arena);
  for (std::size_t t = p.horizon; t-- > 0;)
    for (std::size_t s = 0; s < S; ++s) {
      if (visits[p.at(t, s)] == 0.0) continue;
      double* now = &u[p.at(t, s) * d];
      for (std::size_t a = 0; a < A; ++a) {
        const double pi = p.pi[p.at(t, s, a)], expected = advantage(t, s, a);
        if (pi == 0.0) continue;
        alpha[p.at(t, s)] += pi * expected;
        add(pi * expected, scores[t](s, a), now);
        add_following(t, s, a, pi, now);
      }
    }
}

///   Σ_s ρ₀(s) (u_0(s) − E u_0)²
std::vector<double> Foresight::initial_variance() const {
  std::vector<double> mean(d, 0.0), variance(d, 0.0);
  for (std::size_t s = 0; s < S; ++s)
    for (std::size_t j = 0; j < d; ++j) mean[j] += p.model.initial[s] * u[s * d + j];
  for (std::size_t s = 0; s < S; ++s)
    for (std::size_t j = 0; j < d; ++j)
      variance[j] += p.model.initial[s] * (u[s * d + j] - mean[j]) * (u[s * d + j] - mean[j]);
  return variance;
}

double Foresight::surprise(std::size_t t, std::size_t s, const OutcomeTable::Outcome& o) const {
  const std::size_t next = p.at(t + 1, o.next);
  return o.reward - critic.values[p.at(t, s)] +
         o.going_on * p.discount * (critic.values[next] + critic.lambda * alpha[next]);
}

double Foresight::advantage(std::size_t t, std::size_t s, std::size_t a) const {
  double expected = 0.0;
  outcomes.each(
      s, a, [&](const OutcomeTable::Outcome& o) { expected += o.probability * surprise(t, s, o); });
  return expected;
}

void Foresight::add_following(std::size_t t, std::size_t s, std::size_t a, double weight,
                              double* to) const {
  outcomes.each(s, a, [&](const OutcomeTable::Outcome& o) {
    const double factor = weight * critic.decay * o.probability * o.going_on;
    if (factor == 0.0) return;
    const double* following = &u[p.at(t + 1, o.next) * d];
    for (std::size_t j = 0; j < d; ++j) to[j] += factor * following[j];
  });
}

}  // namespace seedbed
